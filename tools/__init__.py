# SPDX-License-Identifier: Apache-2.0
"""Programs of the workshop; none of them is part of the published package."""
