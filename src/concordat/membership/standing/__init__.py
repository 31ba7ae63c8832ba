# SPDX-License-Identifier: Apache-2.0
"""Standing: what agencies did, as a number that takes and gives powers; computed anew from the events."""
