# SPDX-License-Identifier: Apache-2.0
"""Sealed messages and how they travel."""
