# SPDX-License-Identifier: Apache-2.0
"""What an institution does: read what is asked, answer, check, hold, watch."""
