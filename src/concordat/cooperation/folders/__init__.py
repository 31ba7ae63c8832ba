# SPDX-License-Identifier: Apache-2.0
"""Private folders of requests for assistance: what the chain must not know."""
