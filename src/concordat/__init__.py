# SPDX-License-Identifier: Apache-2.0
"""Register, judge and prove digital evidence between agencies of different countries."""

__version__ = "0.1.0"
