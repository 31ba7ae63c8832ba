# SPDX-License-Identifier: Apache-2.0
"""Papers of cooperation: request letter, transmission, acknowledgement, answers, agreement, extradition.

Each is a `rendering` document in English and Chinese; none is a ruling.
"""
