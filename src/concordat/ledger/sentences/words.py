# SPDX-License-Identifier: Apache-2.0
"""Values of a contract's error as people read them: its name in the contract says what a value means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any

from concordat.assets.states import HoldState
from concordat.assets.words import AssetClass, Measure
from concordat.cooperation.states import (
    ActionStatus,
    AgreementStatus,
    AssistanceStatus,
    CaseStatus,
    DisputeStatus,
    TaskStatus,
    TeamStatus,
)
from concordat.cooperation.words import AppraisalField, Handling, Purpose, RequestKind, Urgency, Word
from concordat.evidence import places
from concordat.evidence.methods import Method
from concordat.evidence.standards import Origin, Reason
from concordat.evidence.steps import Step
from concordat.membership import numbers, powers


def spoken(values: Mapping[str, Any]) -> dict[str, str]:
    """Every value as text, by its name (a Python keyword as it is)."""
    return {name: _spoken(name, value) for name, value in values.items()}


def moment(seconds: int) -> str:
    """Seconds since 1970 as UTC time; the number itself where no calendar reaches."""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    except (OverflowError, ValueError, OSError):
        return str(seconds)


def reasons(mask: int) -> str:
    """Names of the steps and other reasons in a mask."""
    names = [step.name for step in Step if mask >> step & 1]
    names += [reason.name for reason in Reason if mask >> reason & 1]
    return ", ".join(names) or "nothing"


def standard_key(key: int) -> str:
    """Forum, origin and method of a StandardKey."""
    return f"{_place(key >> 7)}, {Origin(key >> 6 & 1).name.lower()}, {_method(key & 0x3F)}"


def profile_key(key: int) -> str:
    """Jurisdiction, measure and asset class of a ProfileKey."""
    kinds = (_enumerated(Measure, key >> 4 & 0xF), _enumerated(AssetClass, key & 0xF))
    return f"{_place(key >> 8)}, {', '.join(kinds)}"


def _spoken(name: str, value: Any) -> str:
    if name in _BY_NAME and isinstance(value, int):
        return _BY_NAME[name](value)
    if isinstance(value, bytes):
        return _name(value) if name == "name" else "0x" + value.hex()
    return str(value)


def _place(code: int) -> str:
    try:
        return places.alpha(code)
    except places.PlaceError:
        return str(code)


def _method(number: int) -> str:
    try:
        return Method(number).name
    except ValueError:
        return f"method {number}"


def _enumerated(kind: type[IntEnum], number: int) -> str:
    try:
        return kind(number).name
    except ValueError:
        return str(number)


def _worded(kind: type[Word], number: int) -> str:
    try:
        return kind(number).text.en
    except ValueError:
        return str(number)


def _party(number: int) -> str:
    """An agency, or the country alone."""
    return numbers.label(number) if number >> 16 else _place(number)


def _powers(mask: int) -> str:
    return ", ".join(powers.to_names(mask)) or "no power"


def _name(word: bytes) -> str:
    return word.rstrip(b"\0").decode("ascii", "replace")


def _one_of(*names: str) -> Callable[[int], str]:
    """The name that a number of an enumeration stands for; the number itself where it stands for none."""
    return lambda number: names[number] if number < len(names) else str(number)


def _dossier_parts(mask: int) -> str:
    return ", ".join(name for bit, name in enumerate(_DOSSIER_PARTS) if mask >> bit & 1) or "nothing"


def _request_kinds(mask: int) -> str:
    named = [_worded(RequestKind, kind) for kind in RequestKind if mask >> kind & 1]
    return ", ".join(named) or f"0x{mask:x}"


def _facts(word: int) -> str:
    return f"0x{word:040x}"


_BOUNDS = ("from", "until", "since", "at", "deadline", "earliest", "latest", "present", "noticeUntil")
_TIMES = (*_BOUNDS, "startsAt", "endsAt", "startedAt", "endedAt", "registeredAt", "due", "releaseAt")

_REQUEST_STATUS = (
    *("none", "awaiting ratification", "awaiting endorsement", "provisional", "running"),
    *("lapsed", "declined", "withdrawn"),
)
_HOLD_STATUS = (
    *("none", "dormant", "open", "delivered", "acknowledged", "overdue", "held", "held in part", "not found"),
    *(
        "without funds",
        "moved on",
        "mismatched",
        "unreadable",
        "refused",
        "waiting",
        "on its turn",
        "released",
    ),
    *("continued", "disposed", "expired", "lapsed", "withdrawn"),
)
_ORDER_PARTS = (
    *(
        "parts",
        "kind",
        "country or agency",
        "basis",
        "urgency",
        "channel",
        "checklist",
        "methods",
        "presence",
    ),
)
_DRAFT_PARTS = (
    *("parts", "text", "parties", "basis", "number of ratifications", "notice", "dates"),
    *("terms of the kinds of requests", "duties"),
)
_DOSSIER_PARTS = ("source", "nature", "ownership", "value", "need", "acquisitions")

_TEAM_FAULTS = ("none", "members", "end", "terms", "one jurisdiction alone", "without its lead")

_AGENCIES = ("agency", "theirs", "payer", "custodian", "institution", "endorser", "target")
_PROPOSAL_STATES = (
    *("waiting", "open for votes", "cancelled", "defeated", "succeeded", "queued", "expired", "executed"),
)
_MODULE_STATES = ("absent", "active", "finishing", "retired")
_DECISIONS = ("none", "admission", "suspension", "exclusion", "rules", "modules", "constitution")

_BY_NAME: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(_TIMES, moment),
    **dict.fromkeys(_AGENCIES, numbers.label),
    **dict.fromkeys(("asker", "asked", "party", "debtor", "receiver", "authority", "executor"), _party),
    **dict.fromkeys(("lead", "to", "body"), numbers.label),
    **dict.fromkeys(("granter", "recipient", "assignee", "assigner"), numbers.label),
    **dict.fromkeys(("power", "powers", "charter"), _powers),
    **dict.fromkeys(("fatal", "curable", "noted", "steps", "overlap"), reasons),
    **dict.fromkeys(("place", "dataLocation", "jurisdiction", "forum"), _place),
    "key": standard_key,
    "profile": profile_key,
    "measure": lambda number: _enumerated(Measure, number),
    "assetClass": lambda number: _enumerated(AssetClass, number),
    "method": _method,
    "facts": _facts,
    "current": _one_of(*_PROPOSAL_STATES),
    **dict.fromkeys(("moduleState", "wanted"), _one_of(*_MODULE_STATES)),
    "decisionKind": _one_of(*_DECISIONS),
    "missing": _dossier_parts,
    "part": _one_of(*_DOSSIER_PARTS),
    "assetState": _one_of("none", "identified", "valued", "sale ordered", "sold", "disposed", "released"),
    "requestStatus": _one_of(*_REQUEST_STATUS),
    "holdState": lambda number: _enumerated(HoldState, number).lower().replace("_", " "),
    "holdStatus": _one_of(*_HOLD_STATUS),
    "requestKind": lambda number: _worded(RequestKind, number),
    "urgency": lambda number: _worded(Urgency, number),
    "assistanceStatus": lambda number: _worded(AssistanceStatus, number),
    "orderPart": _one_of(*_ORDER_PARTS),
    "caseStatus": lambda number: _worded(CaseStatus, number),
    "teamStatus": lambda number: _worded(TeamStatus, number),
    "actionStatus": lambda number: _worded(ActionStatus, number),
    "teamFault": _one_of(*_TEAM_FAULTS),
    "actionFault": _one_of("none", "content", "number of approvals", "dates"),
    "disputeStatus": lambda number: _worded(DisputeStatus, number),
    "field": lambda number: _worded(AppraisalField, number),
    "purpose": lambda number: _worded(Purpose, number),
    "handling": lambda number: _worded(Handling, number),
    "taskStatus": lambda number: _worded(TaskStatus, number),
    "agreementStatus": lambda number: _worded(AgreementStatus, number),
    "draftPart": _one_of(*_DRAFT_PARTS),
    "kinds": _request_kinds,
    "tipState": _one_of("none", "submitted", "actionable", "not actionable", "rewarded", "paid"),
}
