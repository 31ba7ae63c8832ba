# SPDX-License-Identifier: Apache-2.0
"""Key figures from the log."""
