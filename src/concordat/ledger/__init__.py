# SPDX-License-Identifier: Apache-2.0
"""All that speaks to a node: calls, transactions, keys, the durable outbox, proofs, creation of a suite."""
