# SPDX-License-Identifier: Apache-2.0
"""The stage for freezing: two countries' suite in memory behind a node, an officer for each hand, workspaces.

Institutions are in Singapore and Malaysia; requests come from either police. The profiles are the bundled
ones. Each agency has one workspace with its encryption key, all share one mailbox folder. Other tests import
this module (``freeze_stage``) and its fixtures from ``freeze_fixtures``.
"""

from __future__ import annotations

import copy
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from fakecast import key
from stage import URL, DevNode, appoint, uri

from concordat.assets import holds, profilebook
from concordat.assets.holds import ChainAnswer
from concordat.assets.law.profiles import bundled_profiles
from concordat.assets.values import money
from concordat.assets.words import AnswerKind, Refusal
from concordat.casework import Desk
from concordat.casework.freezing import naming, requesting
from concordat.evidence.places import numeric
from concordat.ledger.deploy import Founder
from concordat.mail import sealed
from concordat.mail.sealed import KeyRing
from concordat.membership import agencies
from concordat.membership.agencies import AgencyKind, Competence
from concordat.membership.numbers import number_of
from concordat.membership.powers import DEFINED, Power
from concordat.pins import start_workspace
from concordat.testing import MemoryLedger
from concordat.workspace import Workspace

BEGIN = 1773619200  # 2026-03-16T00:00:00Z, a Monday
PASSWORD = "correct horse"
HOUR, DAY = 3600, 86_400
SG, MY = numeric("SG"), numeric("MY")

#: Short name: place, ordinal, kind. The institutions are invented.
AGENCIES: Mapping[str, tuple[int, int, AgencyKind]] = {
    "SG-AGC": (SG, 1, AgencyKind.CENTRAL_AUTHORITY),
    "SG-SPF": (SG, 2, AgencyKind.POLICE),
    "SG-ASC": (SG, 3, AgencyKind.FINANCIAL_INTELLIGENCE_UNIT),
    "SG-COURT": (SG, 4, AgencyKind.COURT),
    "SG-PROS": (SG, 5, AgencyKind.PROSECUTOR),
    "SG-MERLION": (SG, 6, AgencyKind.BANK),
    "SG-ORCHID": (SG, 7, AgencyKind.BANK),
    "SG-KOPIPAY": (SG, 8, AgencyKind.PAYMENT_INSTITUTION),
    "MY-AGC": (MY, 1, AgencyKind.CENTRAL_AUTHORITY),
    "MY-PDRM": (MY, 2, AgencyKind.POLICE),
    "MY-NFCC": (MY, 3, AgencyKind.FINANCIAL_INTELLIGENCE_UNIT),
    "MY-COURT": (MY, 4, AgencyKind.COURT),
    "MY-PROS": (MY, 5, AgencyKind.PROSECUTOR),
    "MY-HORNBILL": (MY, 6, AgencyKind.BANK),
}
NUMBER = {name: number_of(place, ordinal) for name, (place, ordinal, _) in AGENCIES.items()}

P = Power
#: Officer: agency and powers. Each phase of a measure has its own hands.
OFFICERS: Mapping[str, tuple[str, Power]] = {
    "inspector": ("SG-SPF", P.REQUEST | P.RELEASE),
    "superintendent": ("SG-SPF", P.RATIFY | P.RATIFY_HIGH),
    "distributor": ("SG-SPF", P.DISTRIBUTE | P.KEEP),
    "endorser": ("SG-ASC", P.ENDORSE | P.RELEASE),
    "unit-head": ("SG-ASC", P.RATIFY_HIGH),
    "unit-reviewer": ("SG-ASC", P.REVIEW),
    "judge": ("SG-COURT", P.JUDGE | P.RELEASE),
    "prosecutor": ("SG-PROS", P.PROPOSE),
    "reviewer": ("SG-PROS", P.REVIEW),
    "teller": ("SG-MERLION", P.ANSWER | P.OBJECT),
    "teller-two": ("SG-MERLION", P.ANSWER),
    "checker": ("SG-MERLION", P.CHECK),
    "bank-keeper": ("SG-MERLION", P.KEEP),
    "orchid-teller": ("SG-ORCHID", P.ANSWER | P.OBJECT),
    "orchid-checker": ("SG-ORCHID", P.CHECK),
    "kopi-teller": ("SG-KOPIPAY", P.ANSWER),
    "kopi-checker": ("SG-KOPIPAY", P.CHECK),
    "my-inspector": ("MY-PDRM", P.REQUEST | P.RELEASE),
    "my-superintendent": ("MY-PDRM", P.RATIFY | P.RATIFY_HIGH),
    "my-distributor": ("MY-PDRM", P.DISTRIBUTE | P.KEEP),
    "my-endorser": ("MY-NFCC", P.ENDORSE | P.RELEASE),
    "my-judge": ("MY-COURT", P.JUDGE | P.RELEASE),
    "my-prosecutor": ("MY-PROS", P.PROPOSE),
    "my-reviewer": ("MY-PROS", P.REVIEW),
    "my-teller": ("MY-HORNBILL", P.ANSWER | P.OBJECT),
    "my-checker": ("MY-HORNBILL", P.CHECK),
}
ACCOUNTS = ("account:MERLSGSG:1234567890", "account:MERLSGSG:9876543210", "account:ORCHSGSG:5550001112")
"""Two at the first bank, one at the second."""
HOLDER = "Tan Ah Invented"


@dataclass
class Stage:
    """A suite with people in it, as seen through one node.

    Attributes:
        folder: where workspaces, orders and request folders of the test lie.
        mailbox: shared by all workspaces.
    """

    ledger: MemoryLedger
    node: DevNode
    folder: Path
    made: dict[str, Workspace] = field(default_factory=dict)

    @property
    def mailbox(self) -> Path:
        return self.folder / "mailbox"

    def workspace(self, agency: str) -> Workspace:
        """The workspace of an agency; made when it is first asked for."""
        if agency not in self.made:
            folder = self.folder / agency
            made = start_workspace(folder, rpc=URL, directory=self.ledger.address("Directory"), agency=agency)
            made.set(mailbox=str(self.mailbox))
            for path in _keys().glob(f"agency-{NUMBER[agency]}-*"):
                shutil.copy(path, made.keys / path.name)
            self.made[agency] = made
        return self.made[agency]

    def desk(self, who: str, agency: str = "") -> Desk:
        """A fresh desk of an officer, as every command opens one."""
        workspace = self.workspace(agency or OFFICERS[who][0])
        return Desk(workspace, lambda _: PASSWORD, key=uri(who))

    def order(self, number: str = "JCC-0317", *, agency: str = "SG-SPF", **changes: Any) -> Path:
        """An order, written into the workspace's folder of its agency."""
        self.workspace(agency)
        path = self.folder / agency / f"{number}.yaml"
        path.write_text(json.dumps(order(number, agency, **changes), indent=1), encoding="utf-8")
        return path

    def requested(self, who: str = "inspector", number: str = "JCC-0317", **changes: Any) -> bytes:
        """A request that was sent; its id."""
        path = self.order(number, agency=OFFICERS[who][0], **changes)
        return requesting.request(self.desk(who), path).file.told.id

    def running(self, who: str = "inspector", number: str = "JCC-0317", **changes: Any) -> bytes:
        """A request at home that was ratified; its id."""
        found = self.requested(who, number, **changes)
        requesting.ratify(self.desk("superintendent"), f"0x{found.hex()}")
        return found

    def named(self, request: bytes, number: int = 1) -> holds.Named:
        """One target of a request, from 1."""
        return list(holds.named(self.ledger, request=request))[number - 1]

    def answer(
        self,
        request: bytes,
        number: int = 1,
        kind: AnswerKind = AnswerKind.HELD,
        amount: str | int | None = None,
        *,
        who: str = "teller",
        checker: str = "checker",
        code: Refusal | None = None,
        detail: bytes = holds.NONE,
        earlier: holds.Named | None = None,
    ) -> bytes:
        """The institution's answer, sent past the client and checked at once unless ``checker`` is "".

        An amount is by default what was asked. Returns the hold's id.
        """
        named = self.named(request, number)
        asked = named.amount if kind.takes else 0
        held = asked if amount is None else amount if isinstance(amount, int) else money.parse(amount).amount
        given = ChainAnswer(
            request,
            named.target,
            kind,
            held,
            code,
            earlier.request if earlier else holds.NONE,
            earlier.target if earlier else holds.NONE,
            detail,
        )
        holds.answer(self.ledger, key(who), [given])
        self._mined()
        if checker and kind.is_outcome:
            holds.check(self.ledger, key(checker), [self.seen(named)])
            self._mined()
        return named.hold

    def seen(self, named: holds.Named) -> holds.Seen:
        """What a second officer sees of an answer."""
        hold = holds.hold_of(self.ledger, named.hold)
        assert hold
        return holds.seen(self.ledger, named.request, named.target, hold)

    def held(self, number: str = "JCC-0317", **changes: Any) -> bytes:
        """A request at home whose first target is held and checked; its id."""
        request = self.running(number=number, **changes)
        self.answer(request)
        return request

    def pass_time(self, seconds: int) -> None:
        """Let time pass until the next block."""
        self.ledger.pass_time(seconds)
        self.ledger.world.mine()
        self._mined()

    def _mined(self) -> None:
        """Let the node know the time of a block that was made past it."""
        self.node.times[self.ledger.world.block] = self.ledger.now()

    def sent(self) -> int:
        """How many transactions the node was given."""
        return len(self.node.sent)

    def file(self, agency: str, number: str = "JCC-0317") -> Path:
        """The folder of a request."""
        return self.folder / agency / f"{number}.freeze"

    def paper(self, name: str = "decision.pdf", content: bytes = b"%PDF decision") -> Path:
        """Some document."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path


def order(number: str, agency: str, **changes: Any) -> dict[str, Any]:
    """An order as an officer writes it; ``targets`` by default are one account at each bank of Singapore."""
    content: dict[str, Any] = {
        "concordat": "order/1",
        "number": number,
        "case": "0317",
        "measure": "FREEZE",
        "asset_class": "CASH",
        "jurisdiction": "SG",
        "agency": agency,
        "officer": {"name": "Lim Invented", "rank": "Inspector", "contact": "+65 0000 0000, day and night"},
        "legal_basis": [{"law": "PSA-2025", "article": "s. 4"}],
        "grounds": "Money of a victim went to these accounts.",
        "period": {"count": 30, "unit": "DAYS"},
        "confidential": True,
        "targets": [
            target("SG-MERLION", ACCOUNTS[0], "SGD 1,500.00"),
            target("SG-ORCHID", ACCOUNTS[2], "SGD 800.00"),
        ],
    }
    return {**content, **changes}


def target(institution: str, account: str, amount: str = "", **changes: Any) -> dict[str, Any]:
    """One target; the whole balance in SGD where no amount is given."""
    how = {"amount": amount} if amount else {"whole_balance": "SGD"}
    scope = {"later_credits": False, "interest": True}
    given = {"institution": institution, "account": account, "holder": HOLDER, "scope": scope, **how}
    return {**given, **changes}


def stop(number: str = "JCC-STOP", **changes: Any) -> dict[str, Any]:
    """What makes an order a stop-payment of one payment."""
    payment = {"amount": "SGD 1,500.00", "value_time": "2026-03-16T08:00:00+08:00"}
    named = target("SG-MERLION", ACCOUNTS[0], "SGD 1,500.00", payment=payment)
    period = {"count": 48, "unit": "HOURS"}
    return {"measure": "STOP_PAYMENT", "period": period, "targets": [named], **changes}


def request_text(request: bytes) -> str:
    """How a request is named on the command line."""
    return f"0x{request.hex()}"


def find(stage: Stage, who: str, text: str) -> Sequence[naming.FoundHold]:
    """The holds that a text means to somebody."""
    return naming.holds_named(stage.desk(who), text)


def set_stage(folder: Path) -> Stage:
    """Everything is ready: appointed, adopted, keys published, and an hour has passed."""
    ledger = copy.deepcopy(_ready())
    node = DevNode(ledger, *(key(name) for name in (*AGENCIES, *OFFICERS, "anyone", "holder")))
    return Stage(ledger, node, folder)


@cache
def _ready() -> MemoryLedger:
    founders = [
        Founder(place, int(kind), key(name).address, int(DEFINED), name)
        for name, (place, _, kind) in AGENCIES.items()
    ]
    ledger = MemoryLedger(founders, time=BEGIN)
    for officer, (agency, powers) in OFFICERS.items():
        appoint(ledger, officer, agency, NUMBER[agency], powers)
    for name, number in NUMBER.items():
        public = KeyRing(_keys(), number).public(1)
        agencies.publish_encryption_key(ledger, key(name), public)
    for place, authority, endorser in (("SG", "SG-AGC", "SG-ASC"), ("MY", "MY-AGC", "MY-NFCC")):
        agencies.set_contact_point(ledger, key(authority), Competence.FREEZING_OF_FUNDS, NUMBER[endorser])
        book = bundled_profiles(place)
        planned = profilebook.plan(ledger, book, NUMBER[endorser])
        profilebook.adopt(ledger, key(authority), numeric(place), book.sha256, planned)
    ledger.pass_time(HOUR)
    return ledger


@cache
def _keys() -> Path:
    """Encryption keys of all agencies, made once a run."""
    folder = Path(tempfile.mkdtemp(prefix="freeze-keys-"))
    with cheap_passwords():
        for number in NUMBER.values():
            KeyRing(folder, number).create(1, PASSWORD)
    return folder


@contextmanager
def cheap_passwords() -> Iterator[None]:
    """Encryption keys open without the work that makes guessing dear."""
    slow = sealed.Scrypt
    sealed.Scrypt = lambda **cost: slow(**{**cost, "n": 2})  # type: ignore[misc,assignment]
    try:
        yield
    finally:
        sealed.Scrypt = slow  # type: ignore[misc]
