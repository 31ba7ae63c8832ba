# SPDX-License-Identifier: Apache-2.0
"""Freeze profiles: the law of freezing as data."""
