# SPDX-License-Identifier: Apache-2.0
"""Messages in the shape of ISO 20022: query and reply (auth.001, auth.002), recall and its answer (camt.056,
camt.029).
"""

from __future__ import annotations

from concordat.assets.iso20022.mapping import agent_of, message_id, query_of, recall_of, resolution_of
from concordat.assets.iso20022.parties import AccountId, Agent, Assignment, account_id
from concordat.assets.iso20022.query import (
    Finding,
    Query,
    Reply,
    Search,
    read_query,
    read_reply,
    write_query,
    write_reply,
)
from concordat.assets.iso20022.recall import (
    PaymentResolution,
    Recall,
    RecalledPayment,
    Resolution,
    read_recall,
    read_resolution,
    write_recall,
    write_resolution,
)
from concordat.assets.iso20022.rules import unchecked
from concordat.assets.iso20022.xml import MessageError

__all__ = [
    "AccountId",
    "Agent",
    "Assignment",
    "Finding",
    "MessageError",
    "PaymentResolution",
    "Query",
    "Recall",
    "RecalledPayment",
    "Reply",
    "Resolution",
    "Search",
    "account_id",
    "agent_of",
    "message_id",
    "query_of",
    "read_query",
    "read_recall",
    "read_reply",
    "read_resolution",
    "recall_of",
    "resolution_of",
    "unchecked",
    "write_query",
    "write_recall",
    "write_reply",
    "write_resolution",
]
