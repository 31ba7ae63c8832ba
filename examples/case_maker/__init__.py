# SPDX-License-Identifier: Apache-2.0
"""Makers of the exhibits and papers of the fictional case 0317, one kind of file a module."""
