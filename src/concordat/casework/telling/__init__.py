# SPDX-License-Identifier: Apache-2.0
"""Telling other programs what is new, whoever's news it is: commands, web hooks, and the loop that looks."""
