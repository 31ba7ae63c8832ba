# SPDX-License-Identifier: Apache-2.0
"""The request for assistance as an officer writes it, as frozen values, its JSON, and what the chain is told.

Common content is that of article 13 of the Chinese law on mutual assistance (IMLA), the longest list here;
what a kind asks beside it, and what a country needs less, is data (``standards/cooperation``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from concordat.assets.orders.order import Institution, Officer
from concordat.assets.values import commitments
from concordat.cooperation.assistance import ChainOrder
from concordat.cooperation.orders.checklist import Checklist
from concordat.cooperation.words import Channel, LegalBasis, RequestKind, Urgency, UseLimit
from concordat.evidence import places
from concordat.evidence.methods import Method

FORMAT: Final = "request/1"
NONE: Final = bytes(32)
NO_LIMITS: Final = UseLimit(0)

Value = str | int | bool | tuple[str, ...]
"""Of one field of the content, by its form."""


@dataclass(frozen=True, slots=True)
class Standing:
    """On what a request stands.

    Attributes:
        agreement: thread of the agreement on the chain, 32 bytes; None for a bare promise, and between police
            without a memorandum.
        promise: words of the promise of reciprocity.
    """

    basis: LegalBasis
    agreement: bytes | None = None
    promise: str | None = None

    @property
    def word(self) -> bytes:
        """``agreement`` of the order on the chain."""
        if self.promise is not None:
            return bytes(keccak(self.promise.encode()))
        return self.agreement or NONE

    def as_json(self) -> dict[str, Any]:
        """For the request's JSON."""
        found: dict[str, Any] = {"on": str(self.basis.name)}
        if self.agreement is not None:
            found["agreement"] = f"0x{self.agreement.hex()}"
        if self.promise is not None:
            found["promise"] = self.promise
        return found


@dataclass(frozen=True, slots=True)
class Request:
    """One request for assistance.

    Attributes:
        number: on the paper.
        to: code of the country that is asked.
        authority: own agency, number or short name; officer: who asks, with a number for call-back.
        agency: that is asked, for direct kinds; None: the contact point.
        why: justification of the urgency, in words.
        outside: reference on the outside channel (INTERPOL message number...), by which it is found again.
        case: own case reference.
        content: fields by id, common ones and those of the kind.
        offence: id of the shared list, for the dual criminality table; None: not said.
        forum: code of whose standard the evidence is to meet; None: none.
        methods: of collection that the request covers.
        presence: whether own officials wish to be there.
        use_limits: to which the asker binds itself.
        languages: of the translations that go with it.
    """

    number: str
    kind: RequestKind
    to: str
    authority: Institution
    officer: Officer
    standing: Standing
    case: str
    content: Mapping[str, Value] = field(repr=False)
    agency: Institution | None = None
    urgency: Urgency = Urgency.NONE
    why: str | None = None
    channel: Channel = Channel.LEDGER
    outside: str | None = None
    forum: str | None = None
    methods: tuple[Method, ...] = ()
    presence: bool = False
    use_limits: UseLimit = NO_LIMITS
    languages: tuple[str, ...] = ()

    @property
    def offence(self) -> str | None:
        """Id of the shared list of offences; None: not said."""
        found = self.content.get("offence")
        return found if isinstance(found, str) else None

    @property
    def methods_mask(self) -> int:
        """``methods`` of the order on the chain: bit of each; bit 0 is OTHER."""
        return sum(1 << method_bit(method) for method in set(self.methods))

    def as_json(self) -> dict[str, Any]:
        """The whole, for canonical JSON; what is not given is left out."""
        given: dict[str, Any] = {
            "concordat": FORMAT,
            "number": self.number,
            "kind": str(self.kind.name),
            "to": self.to,
            "authority": self.authority,
            "officer": self.officer.as_json(),
            "agency": self.agency,
            "basis": self.standing.as_json(),
            "case": self.case,
            "content": {key: list(v) if isinstance(v, tuple) else v for key, v in self.content.items()},
            "presence": self.presence or None,
            "use_limits": [str(limit.name) for limit in UseLimit if limit in self.use_limits] or None,
            "languages": list(self.languages) or None,
        }
        if self.urgency is not Urgency.NONE:
            given["urgency"] = {"code": str(self.urgency.name), "why": self.why}
        if self.channel is not Channel.LEDGER or self.outside:
            outside = {"reference": self.outside} if self.outside else {}
            given["channel"] = {"way": str(self.channel.name), **outside}
        if self.methods:
            forum = {"forum": self.forum} if self.forum else {}
            given["evidence"] = {**forum, "methods": [method.name for method in self.methods]}
        return {key: value for key, value in given.items() if value is not None}


@dataclass(frozen=True, slots=True)
class RequestSecrets:
    """What opens a request.

    Attributes:
        salt: of the order's commitment; goes to whoever is asked, in the message.
        panel: for the draw of a panel; nobody else may know it before it is revealed.
    """

    salt: bytes = field(repr=False)
    panel: bytes = field(repr=False)


def new_secrets() -> RequestSecrets:
    """Fresh random ones, for one request."""
    return RequestSecrets(commitments.new_salt(), commitments.new_salt())


def secret_commitment(panel: bytes) -> bytes:
    """``secret`` on the chain: keccak256(abi.encode(32 bytes))."""
    return bytes(keccak(encode(["bytes32"], [panel])))


def order_commitment(request: Request, salt: bytes) -> bytes:
    """``order`` on the chain."""
    return commitments.order_commitment(salt, request.as_json())


def request_id(agency: int, order: bytes) -> bytes:
    """Key of the request: keccak256(abi.encode(agency, order))."""
    return commitments.request_id(agency, order)


def method_bit(method: Method) -> int:
    """Bit of a method in ``methods``; OTHER has bit 0."""
    return 0 if method is Method.OTHER else int(method)


def chain_order(
    request: Request,
    secrets: RequestSecrets,
    *,
    agency: int = 0,
    checklist: Checklist | None = None,
    message: bytes = NONE,
) -> ChainOrder:
    """What the chain is told of a request.

    Args:
        request: as written.
        secrets: of this request.
        agency: number of the agency asked, for direct kinds; 0: the contact point.
        checklist: that travels with it, where a forum is named.
        message: hash of the message sealed to whoever is asked.
    """
    return ChainOrder(
        kind=request.kind,
        to=places.numeric(request.to),
        agency=agency,
        basis=request.standing.basis,
        agreement=request.standing.word,
        urgency=request.urgency,
        channel=request.channel,
        forum=places.numeric(request.forum) if request.forum else 0,
        methods=request.methods_mask,
        presence=request.presence,
        checklist=checklist.hash if checklist else NONE,
        order=order_commitment(request, secrets.salt),
        message=message,
        secret=secret_commitment(secrets.panel),
    )
