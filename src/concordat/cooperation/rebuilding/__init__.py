# SPDX-License-Identifier: Apache-2.0
"""States of what a suite holds, computed anew from its events alone: pure reducers, one a module."""
