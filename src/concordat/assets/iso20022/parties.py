# SPDX-License-Identifier: Apache-2.0
"""Parts that the messages share: agents, assignments, accounts."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from concordat.assets.iso20022.xml import find, instant, node, text_at, time_at
from concordat.assets.values.accounts import Account, Kind
from concordat.errors import UsageError


@dataclass(frozen=True, slots=True)
class Agent:
    """A financial institution or an authority: by BIC, by name, or both.

    An authority (``party``) has a name only.
    """

    bic: str | None = None
    name: str | None = None
    party: bool = False

    def __post_init__(self) -> None:
        if not (self.bic or self.name) or (self.party and (self.bic or not self.name)):
            raise UsageError(
                "A party of a message needs a name or, if it is an institution, a BIC.", code="iso20022.party"
            )


@dataclass(frozen=True, slots=True)
class AccountId:
    """An account as messages name it: an IBAN, or another number of at most 34 characters."""

    iban: str | None = None
    other: str | None = None

    def __post_init__(self) -> None:
        if (self.iban is None) == (self.other is None):
            raise UsageError(
                "An account of a message has either an IBAN or another number.", code="iso20022.account"
            )


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who sends a case to whom, when (seconds since 1970 UTC)."""

    id: str
    assigner: Agent
    assignee: Agent
    created: int


def account_id(account: Account) -> AccountId:
    """Give an account's number for a message.

    Raises:
        UsageError: these messages carry no such account.

    """
    if account.kind is Kind.IBAN:
        return AccountId(iban=account.number)
    if account.kind is Kind.ACCOUNT:
        return AccountId(other=account.number)
    raise UsageError(
        f"{account.masked} is no bank account; this message carries none other.",
        code="iso20022.account",
        next="Send the request itself: it takes accounts of every kind.",
    )


def institution_node(name: str, agent: Agent) -> Element | None:
    """Give ``BranchAndFinancialInstitutionIdentification``."""
    return node(name, node("FinInstnId", node("BICFI", agent.bic), node("Nm", agent.name)))


def party_node(name: str, agent: Agent) -> Element | None:
    """Give ``Party40Choice``."""
    if agent.party:
        return node(name, node("Pty", node("Nm", agent.name)))
    return node(name, institution_node("Agt", agent))


def assignment_node(assignment: Assignment) -> Element | None:
    """Give ``CaseAssignment5``."""
    return node(
        "Assgnmt",
        node("Id", assignment.id),
        party_node("Assgnr", assignment.assigner),
        party_node("Assgne", assignment.assignee),
        node("CreDtTm", instant(assignment.created)),
    )


def case_node(name: str, case: str | None, creator: Agent) -> Element | None:
    """Give ``Case5``, or None without a case."""
    return None if case is None else node(name, node("Id", case), party_node("Cretr", creator))


def account_id_node(account: AccountId) -> Element | None:
    """Give ``AccountIdentification4Choice`` under ``Id``."""
    return node("Id", node("IBAN", account.iban), node("Othr", node("Id", account.other)))


def read_institution(element: Element | None) -> Agent | None:
    """Read an institution by BIC and name; None if it is named in another way."""
    bic, name = text_at(element, "FinInstnId/BICFI"), text_at(element, "FinInstnId/Nm")
    return Agent(bic, name) if bic or name else None


def read_party(element: Element | None) -> Agent:
    """Read a party; one that is named in another way than by BIC or name is "(not named)"."""
    name = text_at(element, "Pty/Nm")
    if name:
        return Agent(name=name, party=True)
    return read_institution(find(element, "Agt")) or Agent(name="(not named)", party=True)


def read_assignment(element: Element | None) -> Assignment:
    """Read ``CaseAssignment5`` that has been checked."""
    return Assignment(
        text_at(element, "Id") or "",
        read_party(find(element, "Assgnr")),
        read_party(find(element, "Assgne")),
        time_at(element, "CreDtTm") or 0,
    )


def read_account_id(element: Element | None) -> AccountId | None:
    """Read ``AccountIdentification4Choice``."""
    iban, other = text_at(element, "IBAN"), text_at(element, "Othr/Id")
    return AccountId(iban, None if iban else other) if iban or other else None
