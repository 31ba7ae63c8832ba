# SPDX-License-Identifier: Apache-2.0
"""Intelligence between agencies: graded notes with a handling code, merging, private matching."""
