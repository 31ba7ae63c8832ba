# SPDX-License-Identifier: Apache-2.0
"""Private folders on disk: what the chain must not know."""
