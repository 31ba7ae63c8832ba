# SPDX-License-Identifier: Apache-2.0
"""An institution's spreadsheet and calendar."""
