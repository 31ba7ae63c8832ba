# SPDX-License-Identifier: Apache-2.0
"""Query to an institution (auth.001.001.01) and its reply (auth.002.001.01), out and in.

No ISO 20022 message orders a freeze. What these carry is the question (which account, card, customer or
payment; on which legal basis; by when) and whether something was found; the order itself is the project's
own message.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from concordat.assets.iso20022.parties import (
    AccountId,
    Agent,
    account_id_node,
    institution_node,
    read_account_id,
    read_institution,
)
from concordat.assets.iso20022.rules import QUERY, REPLY
from concordat.assets.iso20022.xml import all_named, find, flag_at, node, read, text_at, write
from concordat.errors import UsageError

EVERYBODY: Final = "ALLP"
"""All parties of an account; OWNE: its owners only."""
OWNERS: Final = "OWNE"


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked about: exactly one of account, card, customer and transactions.

    Attributes:
        account, currency, servicer, owner: the account, what it is in, its bank, its holder's name.
        card: 8 to 28 digits.
        customer: name of a person or company.
        transactions: numbers of payments.
        parties: ALLP all, OWNE owners only, or a word of the recipient's own.
        wanted: message names of what is asked for, as camt.053; of transactions DTTX (details) or OREC
            (records).

    """

    wanted: tuple[str, ...]
    account: AccountId | None = None
    currency: str | None = None
    servicer: Agent | None = None
    owner: str | None = None
    card: str | None = None
    customer: str | None = None
    transactions: tuple[str, ...] = ()
    parties: str = EVERYBODY

    def __post_init__(self) -> None:
        given = [each for each in (self.account, self.card, self.customer, self.transactions) if each]
        if len(given) != 1 or not self.wanted:
            raise UsageError(
                "A query asks about one account, card or customer or some payments, and says what it wants.",
                code="iso20022.query",
            )


@dataclass(frozen=True, slots=True)
class Query:
    """A query of an authority. Dates as 2026-11-22, both inclusive."""

    id: str
    legal_basis: str
    confidential: bool
    period_from: str
    period_to: str
    search: Search
    due: str | None = None
    disclaimer: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Reply to one thing that was wanted: FOUN, NFOU, NOAP, or None where contents are attached instead."""

    wanted: str
    status: str | None
    information: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An institution's reply. ``status``: COMP complete, PART partial, NRES no response possible."""

    id: str
    query: str
    status: str
    search: Search
    findings: tuple[Finding, ...]


def write_query(query: Query) -> bytes:
    """Give auth.001.001.01.

    Raises:
        MessageError: something breaks a rule of the message.

    """
    return write(
        QUERY,
        node(
            "InfReqOpng",
            node("InvstgtnId", query.id),
            node("LglMndtBsis", node("Prgrph", query.legal_basis), node("Dsclmr", query.disclaimer)),
            node("CnfdtltySts", "true" if query.confidential else "false"),
            node("DueDt", node("DueDt", query.due)),
            node("InvstgtnPrd", node("Dt", node("FrDt", query.period_from), node("ToDt", query.period_to))),
            _search_node(query.search),
        ),
    )


def read_query(data: bytes) -> tuple[Query, tuple[str, ...]]:
    """Read auth.001.001.01.

    Returns:
        The query, and the paths of what the message holds besides and nobody looked at.

    Raises:
        MessageError: with every broken rule.

    """
    document = read(data, QUERY)
    root = find(document, QUERY.root)
    period = find(root, "InvstgtnPrd")
    query = Query(
        id=text_at(root, "InvstgtnId") or "",
        legal_basis=text_at(root, "LglMndtBsis/Prgrph") or "",
        confidential=flag_at(root, "CnfdtltySts"),
        period_from=text_at(period, "Dt/FrDt") or (text_at(period, "DtTm/FrDtTm") or "")[:10],
        period_to=text_at(period, "Dt/ToDt") or (text_at(period, "DtTm/ToDtTm") or "")[:10],
        search=_search(find(root, "SchCrit")),
        due=text_at(root, "DueDt/DueDt"),
        disclaimer=text_at(root, "LglMndtBsis/Dsclmr"),
    )
    return query, QUERY.unread(document)


def write_reply(reply: Reply) -> bytes:
    """Give auth.002.001.01.

    Raises:
        MessageError: something breaks a rule of the message.

    """
    return write(
        REPLY,
        node(
            "InfReqRspn",
            node("RspnId", reply.id),
            node("InvstgtnId", reply.query),
            node("RspnSts", reply.status),
            _search_node(reply.search),
            *(
                node(
                    "RtrInd",
                    node("AuthrtyReqTp", node("MsgNmId", finding.wanted)),
                    node("InvstgtnRslt", node("InvstgtnSts", finding.status)),
                    node("AddtlInf", finding.information),
                )
                for finding in reply.findings
            ),
        ),
    )


def read_reply(data: bytes) -> tuple[Reply, tuple[str, ...]]:
    """Read auth.002.001.01; see :func:`read_query`."""
    document = read(data, REPLY)
    root = find(document, REPLY.root)
    findings = tuple(
        Finding(
            text_at(each, "AuthrtyReqTp/MsgNmId") or "",
            text_at(each, "InvstgtnRslt/InvstgtnSts"),
            text_at(each, "AddtlInf"),
        )
        for each in all_named(root, "RtrInd")
    )
    reply = Reply(
        id=text_at(root, "RspnId") or "",
        query=text_at(root, "InvstgtnId") or "",
        status=text_at(root, "RspnSts") or "",
        search=_search(find(root, "SchCrit")),
        findings=findings,
    )
    return reply, REPLY.unread(document)


def _search_node(search: Search) -> Element | None:
    types = [node("AuthrtyReqTp", node("MsgNmId", wanted)) for wanted in search.wanted]
    if search.account:
        inside = node(
            "Acct", _account_node(search, search.account), _parties("InvstgtdPties", search), *types
        )
    elif search.card:
        inside = node("PmtInstrm", node("CardNb", search.card), *types)
    elif search.customer:
        requests = [
            node("AuthrtyReq", node("Tp", node("MsgNmId", wanted)), _parties("InvstgtdRoles", search))
            for wanted in search.wanted
        ]
        inside = node("CstmrId", node("Pty", node("Nm", search.customer)), *requests)
    else:
        numbers = [
            node("OrgnlTxNb", node("Nb", number), *(node("Tp", wanted) for wanted in search.wanted))
            for number in search.transactions
        ]
        return node("SchCrit", *numbers)
    return node("SchCrit", inside)


def _account_node(search: Search, account: AccountId) -> Element | None:
    return node(
        "Id",
        account_id_node(account),
        node("Ccy", search.currency),
        node("Ownr", node("Nm", search.owner)),
        institution_node("Svcr", search.servicer) if search.servicer else None,
    )


def _parties(name: str, search: Search) -> Element | None:
    own = search.parties not in (EVERYBODY, OWNERS)
    return node(name, node("Prtry" if own else "Cd", search.parties))


def _search(element: Element | None) -> Search:
    """Read ``SearchCriteria1Choice`` that has been checked."""
    account, card = find(element, "Acct"), find(element, "PmtInstrm")
    customer = find(element, "CstmrId")
    if account is not None:
        return Search(
            wanted=_wanted(account),
            account=read_account_id(find(account, "Id/Id")),
            currency=text_at(account, "Id/Ccy"),
            servicer=read_institution(find(account, "Id/Svcr")),
            owner=text_at(account, "Id/Ownr/Nm"),
            parties=_read_parties(find(account, "InvstgtdPties")),
        )
    if card is not None:
        return Search(wanted=_wanted(card), card=text_at(card, "CardNb"))
    if customer is not None:
        requests = list(all_named(customer, "AuthrtyReq"))
        return Search(
            wanted=tuple(text_at(each, "Tp/MsgNmId") or "" for each in requests),
            customer=text_at(customer, "Pty/Nm") or "(not named)",
            parties=_read_parties(find(requests[0], "InvstgtdRoles")),
        )
    numbers = list(all_named(element, "OrgnlTxNb"))
    wanted = dict.fromkeys(kind.text or "" for number in numbers for kind in all_named(number, "Tp"))
    return Search(wanted=tuple(wanted), transactions=tuple(text_at(each, "Nb") or "" for each in numbers))


def _wanted(element: Element) -> tuple[str, ...]:
    return tuple(text_at(each, "MsgNmId") or "" for each in all_named(element, "AuthrtyReqTp"))


def _read_parties(element: Element | None) -> str:
    return text_at(element, "Cd") or text_at(element, "Prtry") or EVERYBODY
