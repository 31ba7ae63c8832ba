# SPDX-License-Identifier: Apache-2.0
"""Five years of thirty agencies on the very model of standing, and what a few can do to the others."""
