# SPDX-License-Identifier: Apache-2.0
"""Claims and how money is divided among them."""
