# SPDX-License-Identifier: Apache-2.0
"""What money, accounts and periods are: values without any chain."""
