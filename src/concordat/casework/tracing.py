# SPDX-License-Identifier: Apache-2.0
"""Where an acquisition came from and where it went: every act on it, in order, with who signed; and gaps.

A gap is something that left and of which nobody showed that it arrived.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from concordat.casework.desk import Desk
from concordat.errors import UsageError
from concordat.evidence import registry
from concordat.evidence.laws import Text
from concordat.ledger import eventlog
from concordat.ledger.chain import Chain
from concordat.ledger.protocol import Event

REQUESTS, ANSWERS, TEAMS = "AssistanceRequests", "AssistanceAnswers", "JointTeams"
#: Values that name who signed an act, the first that an event has.
_SIGNERS: Final = ("collector", "signer", "officer")
#: Values that name the agency that acted, the first that an event has.
_ACTORS: Final = ("confirmer", "executor", "asker", "court", "body", "agency", "from")


@dataclass(frozen=True)
class Step:
    """One act.

    Attributes:
        event: with its time.
        signer: address whose signature stands under it: who collected or co-signed, else who sent it.
        agency: number of the agency that acted; 0: none is named.
        request: under which request for assistance, 32 bytes; "": under none.
        to: number of the agency to which it went; 0: to nobody.
    """

    event: Event
    signer: str
    agency: int
    request: bytes = b""
    to: int = 0


@dataclass(frozen=True)
class Gap:
    """Something that left and never showed up.

    Attributes:
        step: by which it left.
        to: number of the agency that did not show that it has it; 0: nobody is named.
        text: what is missing.
    """

    step: Step
    to: int
    text: Text


@dataclass(frozen=True)
class Trace:
    """The source and the way of an acquisition.

    Attributes:
        agency: that registered it.
        steps: oldest first.
    """

    agency: int
    root: bytes
    steps: tuple[Step, ...]
    gaps: tuple[Gap, ...]


def trace(desk: Desk, root: bytes, agency: int | None = None) -> Trace:
    """Everything that the chain knows of an acquisition.

    Args:
        desk: to ask the chain.
        root: of the acquisition, 32 bytes.
        agency: that registered it; needed only where several registered the same.

    Raises:
        UsageError: nobody registered it, or several did.
    """
    found = _registered(desk.chain, root, agency)
    way = _Way(desk.chain, found, root)
    steps = sorted(way.steps(), key=lambda step: (step.event.block, step.event.log_index))
    return Trace(found, root, tuple(steps), tuple(way.gaps(steps)))


def _registered(chain: Chain, root: bytes, agency: int | None) -> int:
    events = chain.events(registry.REGISTRY, "AcquisitionRegistered", root=root)
    found = [int(event.args["agency"]) for event in events]
    wanted = [each for each in found if agency in (None, each)]
    if len(wanted) == 1:
        return wanted[0]
    if not wanted:
        raise UsageError(
            f"Nobody registered 0x{root.hex()}." if not found else "That agency did not register it.",
            code="trace.none",
            next="Check the root; a package is registered with: concordat register",
        )
    raise UsageError(
        f"{len(wanted)} agencies registered 0x{root.hex()}.",
        code="trace.several",
        next=f"Say whose is meant: --agency {' or '.join(map(str, wanted))}",
    )


@dataclass
class _Way:
    """Gathers the acts on one acquisition."""

    chain: Chain
    agency: int
    root: bytes

    def steps(self) -> Iterator[Step]:
        """All acts, in no order; each once."""
        for event in registry.history(self.chain, self.agency, self.root):
            yield self._step(event)
        own = {"agency": self.agency, "root": self.root}
        for event in self.chain.events("AssetRegister", "AcquisitionLinked", **own):
            yield self._step(event)
        for event in self._said(TEAMS, "Shared", "item"):
            yield self._step(event)
        for name in ("AppraisalAsked", "OpinionGiven"):
            for event in self._said("Appraisals", name, "item"):
                yield self._step(event, to=event.args["body"] if name == "AppraisalAsked" else 0)
        for name in ("Granted", "ForwardedOn"):
            yield from self._granted(name)
        for request in self._requests:
            yield from self._of_request(request)

    def gaps(self, steps: Sequence[Step]) -> Iterator[Gap]:
        """What left under a request and was never opened by whoever asked."""
        for step in steps:
            if step.event.name == "RequestAnswered" and not self._received(step):
                yield Gap(step, step.to, _NOT_RECEIVED)
            if step.event.name == "AppraisalAsked" and not self._appraised(step):
                yield Gap(step, step.to, _NOT_APPRAISED)

    @cached_property
    def _answered(self) -> Sequence[Event]:
        return self.chain.events(ANSWERS, "AcquisitionAnswered", agency=self.agency, root=self.root)

    @cached_property
    def _requests(self) -> Sequence[bytes]:
        return list(dict.fromkeys(bytes(event.args["request"]) for event in self._answered))

    @cached_property
    def _grants(self) -> set[bytes]:
        return {bytes(event.args["grant"]) for event in self._said("Sharing", "Granted", "items")}

    def _of_request(self, request: bytes) -> Iterator[Step]:
        asked = self.chain.events(REQUESTS, "Asked", request=request)[0]
        yield self._step(asked, request=request)
        sent = {event.transaction for event in self._answered if event.args["request"] == request}
        messages = set()
        for event in self.chain.events(ANSWERS, "RequestAnswered", request=request):
            if event.transaction in sent:
                messages.add(bytes(event.args["message"]))
                yield self._step(event, request, asked.args["from"])
        for event in self._answered:
            if event.args["request"] == request:
                yield self._step(event, request)
        for event in self.chain.events(REQUESTS, "MessageReceived", request=request):
            if bytes(event.args["message"]) in messages:
                yield self._step(event, request)
        for event in self.chain.events(ANSWERS, "AnswerConfirmed", request=request):
            yield self._step(event, request)
        for event in self.chain.events(ANSWERS, "EvidenceExcluded", request=request):
            if event.args["root"] == self.root:
                yield self._step(event, request)

    def _granted(self, name: str) -> Iterator[Step]:
        for event in self.chain.events("Sharing", name) if self._grants else ():
            if bytes(event.args["grant"]) in self._grants:
                yield self._step(event, to=event.args["to"])

    def _received(self, step: Step) -> bool:
        return any(
            event.args["message"] == step.event.args["message"] and event.args["agency"] == step.to
            for event in self.chain.events(REQUESTS, "MessageReceived", request=step.request)
        )

    def _appraised(self, step: Step) -> bool:
        appraisal = step.event.args["appraisal"]
        names = ("OpinionGiven", "AppraisalDeclined")
        return bool(eventlog.of(self.chain, "Appraisals", names, appraisal=appraisal))

    def _said(self, contract: str, name: str, value: str) -> list[Event]:
        """Events that name the root in a value by which a node cannot search."""
        return [each for each in self.chain.events(contract, name) if each.args[value] == self.root]

    def _step(self, event: Event, request: bytes = b"", to: int = 0) -> Step:
        timed = eventlog.with_times(self.chain, [event])[0]
        args = event.args
        signer = _first(args, _SIGNERS) or self.chain.sender(event.transaction)
        return Step(timed, str(signer), int(_first(args, _ACTORS) or 0), request, int(to))


def _first(args: Any, names: Sequence[str]) -> Any:
    return next((args[name] for name in names if name in args), None)


_NOT_RECEIVED: Final = Text(
    "it was sent in answer to a request, and whoever asked never showed that it arrived",
    "已作为答复发出，但请求方从未出具收到证明",
)
_NOT_APPRAISED: Final = Text(
    "it was sent to be appraised, and neither an opinion nor a refusal came back",
    "已送交鉴定，但未见鉴定意见或不予受理通知",
)
