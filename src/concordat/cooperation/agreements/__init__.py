# SPDX-License-Identifier: Apache-2.0
"""Agreements as parties write them: file, template, comparison of versions."""
