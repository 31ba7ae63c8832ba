# SPDX-License-Identifier: Apache-2.0
"""Assets: from a freeze request to what is held, answered, released or given back."""
