# SPDX-License-Identifier: Apache-2.0
"""Messages and checklists: what is sent is what is read, and nothing else passes."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from request_samples import POLICE, SECRETS, checklist, request

from concordat.assets.orders.fieldtree import MistakesError
from concordat.cooperation.answers import Reference
from concordat.cooperation.orders import checklist as checklists
from concordat.cooperation.orders import messages
from concordat.cooperation.orders.checklist import InForce, export
from concordat.cooperation.orders.messages import (
    Answer,
    Body,
    Cited,
    Message,
    MessageType,
    Opening,
    Postponement,
    Refusal,
    Side,
    Words,
)
from concordat.cooperation.orders.requestfile import parse
from concordat.cooperation.words import PostponeReason, ReferenceKind, RefusalGround, ShortAnswer
from concordat.errors import ConcordatError, VerificationError
from concordat.evidence import canonical
from concordat.evidence.assess import Verdict
from concordat.evidence.facts import Facts
from concordat.evidence.methods import Method
from concordat.evidence.rulebook import bundled
from concordat.evidence.standards import Origin
from concordat.evidence.steps import Step
from concordat.mail import sealed

KEY = b"\x07" * 32
REFERENCE = Cited(Reference(ReferenceKind.ACQUISITION, 9, b"\x11" * 32), "Image of server 1")
BODIES: dict[MessageType, Body] = {
    MessageType.REQUEST: Opening(request(), SECRETS.salt, checklist()),
    MessageType.PASSED_ON: Opening(request(), SECRETS.salt, checklist(), "Checked, complete."),
    MessageType.ASSIGNED: Opening(parse(POLICE), SECRETS.salt, None, "To the unit at the site."),
    MessageType.SUPPLEMENT_ASKED: Words("Please name the rack.", ("Rack number", "Contact on site")),
    MessageType.SUPPLEMENT: Words("Rack 7."),
    MessageType.CONDITIONS: Words("With these conditions.", ("Costs are shared.",)),
    MessageType.POSTPONED: Postponement(1_800_000_000, PostponeReason.OWN_PROCEEDINGS, "Own raid first."),
    MessageType.REFUSAL: Refusal(RefusalGround.NO_SUBSTANTIAL_LINK, "The rack was never used."),
    MessageType.ANSWER: Answer(True, "All that was asked.", None, (REFERENCE,)),
}


@pytest.mark.parametrize("kind", MessageType)
def test_what_is_sent_is_what_is_read(kind: MessageType) -> None:
    message = Message(kind, KEY, BODIES[kind])
    data = message.to_bytes()
    again = messages.expect(data, kind, KEY)
    assert again.to_bytes() == data
    assert canonical.loads(data)["type"] == kind.value


@pytest.mark.parametrize("kind", MessageType)
def test_only_the_addressee_opens_it(kind: MessageType) -> None:
    data = Message(kind, KEY, BODIES[kind]).to_bytes()
    key, third = X25519PrivateKey.generate(), X25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    envelope = sealed.seal(
        data, kind=kind.sealed_kind, genesis_id=KEY, recipient=5, key_version=1, public_key=public
    )
    assert sealed.unseal(envelope, key, kind=kind.sealed_kind, genesis_id=KEY) == data
    with pytest.raises(VerificationError):
        sealed.unseal(envelope, third, kind=kind.sealed_kind, genesis_id=KEY)


def test_every_message_has_a_reader() -> None:
    assert set(messages.READERS) == set(MessageType)
    assert messages.reader_of(MessageType.REQUEST, direct=True) is Side.RECEIVER
    assert messages.reader_of(MessageType.REQUEST, direct=False) is Side.OWN_AUTHORITY
    assert messages.reader_of(MessageType.ANSWER, direct=False) is Side.ASKER


def test_an_opening_is_what_the_chain_committed_to() -> None:
    found = messages.read(Message(MessageType.REQUEST, KEY, BODIES[MessageType.REQUEST]).to_bytes()).body
    assert isinstance(found, Opening)
    found.check(found.commitment, checklist().hash)
    with pytest.raises(VerificationError, match="another request"):
        found.check(b"\x01" * 32, checklist().hash)
    with pytest.raises(VerificationError, match="another checklist"):
        found.check(found.commitment, b"\x01" * 32)


def test_another_type_or_request_is_refused() -> None:
    data = Message(MessageType.REFUSAL, KEY, BODIES[MessageType.REFUSAL]).to_bytes()
    with pytest.raises(VerificationError, match="of another type"):
        messages.expect(data, MessageType.ANSWER, KEY)
    with pytest.raises(VerificationError, match="about another request"):
        messages.expect(data, MessageType.REFUSAL, b"\x08" * 32)


def test_yes_or_no_has_no_lists_and_nothing_is_named_twice() -> None:
    both = Answer(True, "Yes.", ShortAnswer.YES, (REFERENCE,))
    with pytest.raises(MistakesError, match="has no lists"):
        messages.read(Message(MessageType.ANSWER, KEY, both).to_bytes())
    twice = Answer(True, "Twice.", None, (REFERENCE, REFERENCE))
    with pytest.raises(MistakesError, match="stands in it twice"):
        messages.read(Message(MessageType.ANSWER, KEY, twice).to_bytes())


def test_a_checklist_belongs_to_its_request() -> None:
    other = export("CN", "SG", [Method.STORAGE_IMAGING], {"CN": bundled("CN")})
    for wrong, message in ((None, "travels with a request"), (other, "another country")):
        data = Message(MessageType.REQUEST, KEY, Opening(request(), SECRETS.salt, wrong)).to_bytes()
        with pytest.raises(MistakesError, match=message):
            messages.read(data)


def test_conditions_have_one_hash() -> None:
    assert Words("a", ("b",)).hash == Words("a", ("b",)).hash != Words("a", ("c",)).hash


def test_the_checklist_is_the_standard_in_force_with_its_words() -> None:
    standard = bundled("CN").compile(Origin.FOREIGN, Method.STORAGE_IMAGING)
    found = checklist()
    assert found.standards[Method.STORAGE_IMAGING].standard == standard
    lines = found.lines(Method.STORAGE_IMAGING)
    asked = bin(standard.fatal | standard.curable | standard.noted).count("1") + len(standard.clauses)
    assert len(lines) == asked
    assert all(line["law"]["zh"] and line["do"]["en"] for line in lines)
    assert checklists.read(canonical.loads(canonical.dumps(dict(found.content)))).hash == found.hash


def test_an_adopted_standard_that_no_rulebook_explains_still_has_its_steps() -> None:
    own = bundled("CN").compile(Origin.FOREIGN, Method.ONLINE_EXTRACTION)
    found = export("CN", "MY", [Method.STORAGE_IMAGING], {"CN": bundled("CN")},
                   {Method.STORAGE_IMAGING: InForce(own, 3)})  # fmt: skip
    assert found.content["methods"][0]["version"] == 3
    assert any("law" not in line for line in found.lines(Method.STORAGE_IMAGING))


def test_a_forum_without_standard_is_a_sentence() -> None:
    with pytest.raises(ConcordatError, match="FR has no standard"):
        export("FR", "MY", [Method.STORAGE_IMAGING], {"CN": bundled("CN")})


@given(st.integers(0, 2**64 - 1), st.integers(0, 4))
def test_the_answer_is_judged_by_exactly_the_list(steps: int, officers: int) -> None:
    found = checklist()
    facts = Facts(1_790_000_000, 60, 458, 458, Method.STORAGE_IMAGING, 1, officers, steps)
    assessment = found.judge(facts, Method.STORAGE_IMAGING, facts.ended_at + 60)
    missing = found.missing(assessment, Method.STORAGE_IMAGING)
    for line in missing:
        assert not any(steps >> Step[name] & 1 for name in line["any_of"])
    named = {line["bit"] for line in missing}
    for line in found.lines(Method.STORAGE_IMAGING):
        taken = any(steps >> Step[name] & 1 for name in line["any_of"])
        assert (line["bit"] in named) != taken
    grave = [line for line in missing if line["severity"] == "FATAL"]
    assert not grave or assessment.verdict is Verdict.REFUSED


def test_a_method_that_is_not_listed_is_refused() -> None:
    facts = Facts(1_790_000_000, 60, 458, 458, Method.LIVE_CAPTURE, 1, 2, 0)
    with pytest.raises(VerificationError, match="says nothing of"):
        checklist().judge(facts, Method.LIVE_CAPTURE, facts.ended_at)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_hostile_messages_end_in_a_sentence(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(MessageType))
    content = canonical.loads(Message(kind, KEY, BODIES[kind]).to_bytes())
    spots = list(_spots(content))
    target, key = data.draw(st.sampled_from(range(len(spots))).map(lambda n: spots[n]))
    changed = copy.deepcopy(content)
    _put(
        changed,
        target,
        key,
        data.draw(st.sampled_from([None, 0, -1, "", "0x00", [], {}, True, "\u202e", [[]]])),
    )
    try:
        messages.read(canonical.dumps(changed))
    except ConcordatError as error:
        assert error.message


def _spots(value: Any, path: tuple[Any, ...] = ()) -> Any:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield path, key
        yield from _spots(inner, (*path, key))


def _put(content: Any, path: tuple[Any, ...], key: Any, value: Any) -> None:
    for step in path:
        content = content[step]
    content[key] = value


@given(st.binary(max_size=200))
def test_noise_ends_in_a_sentence(data: bytes) -> None:
    with pytest.raises(MistakesError):
        messages.read(data)
