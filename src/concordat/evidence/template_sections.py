# SPDX-License-Identifier: Apache-2.0
"""Which fields of a record are asked for: by which steps, client's checks or methods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from concordat.evidence.methods import Method
from concordat.evidence.steps import Step


@dataclass(frozen=True, slots=True)
class Section:
    """Fields of the record that are asked for if any of some steps or client's checks is.

    Attributes:
        key: name of the field or group.
        fields: of the group, each with the steps that ask for it, none meaning always.
        steps: that ask for the group.
        checks: names of pre-check rules that ask for it.
        methods: that need it whatever the law.
        is_list: whether the group is the first entry of a list.

    """

    key: str
    fields: Mapping[str, tuple[Step, ...]]
    steps: tuple[Step, ...]
    checks: tuple[str, ...] = ()
    methods: tuple[Method, ...] = ()
    is_list: bool = False


APPROVAL: Final = (
    Step.APPROVED_AT_REQUIRED_RANK,
    Step.COURT_AUTHORISED,
    Step.SURVEILLANCE_APPROVED_OR_UNUSED,
)
_BASIS: Final = (Step.LEGAL_BASIS_CITED, Step.LEGAL_BASIS_IN_TIME, Step.LEGAL_PROCESS_FITS_DATA, *APPROVAL)
_BASIS_METHODS: Final = (
    Method.PROVIDER_PRODUCTION,
    Method.DATA_PRESERVATION,
    Method.TECHNICAL_SURVEILLANCE,
)

SECTIONS: Final = (
    Section("clock", {"source": (), "offset_ms": ()}, (Step.CLOCK_OFFSET_RECORDED,)),
    Section(
        "legal_basis",
        {
            "type": (),
            "reference": (),
            "issuer_rank": APPROVAL,
            "from": (Step.LEGAL_BASIS_IN_TIME,),
            "until": (Step.LEGAL_BASIS_IN_TIME,),
        },
        _BASIS,
        methods=_BASIS_METHODS,
    ),
    Section("holder", {"present": (), "reason": ()}, (Step.HOLDER_SIGNED, Step.HOLDER_ABSENCE_REASONED)),
    Section(
        "witness",
        {"present": (), "eligible": (), "reason": ()},
        (Step.WITNESS_SIGNED, Step.WITNESS_ELIGIBLE, Step.WITNESS_ABSENCE_REASONED),
    ),
    Section(
        "tools",
        {"name": (), "version": (), "validation": (Step.TOOL_VALIDATED,)},
        (Step.TOOL_IDENTIFIED, Step.TOOL_VALIDATED),
        is_list=True,
    ),
    Section("confidentiality", {}, (Step.CONFIDENTIALITY_SET,)),
    Section("use_limits", {}, (Step.USE_LIMITS_STATED,)),
    Section(
        "source",
        {"description": (), "locator": ()},
        (Step.SOURCE_STATEMENT, Step.ONLINE_RECORD_COMPLETE, Step.PRE_CHAIN_HISTORY_STATED),
        ("source-known",),
        (Method.ONLINE_EXTRACTION, Method.FOREIGN_TRANSFER, Method.VICTIM_SUBMISSION),
    ),
    Section("original_not_seized", {"reason": (), "location": ()}, (), ("original-not-seized-reason",)),
    Section("preservation", {"reason": (), "until": ()}, (), ("preservation-ground", "preservation-period")),
    Section(
        "items",
        {"path": (), "category": (), "number": ()},
        (),
        ("data-category", "item-list-columns"),
        is_list=True,
    ),
)
