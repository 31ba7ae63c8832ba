# SPDX-License-Identifier: Apache-2.0
"""The papers of freezing: what each act looks like on paper, in English and Chinese.

Every paper is a function of a ``matter.Matter`` (the request as chain and order have it) and of its act; it
is dated by the block of the act. ``rendering`` makes PDF, HTML and JSON of it, the same bytes each time.
"""
