# SPDX-License-Identifier: Apache-2.0
"""What agencies and institutions write to each other: orders, answers, notices."""
