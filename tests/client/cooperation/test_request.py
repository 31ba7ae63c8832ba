# SPDX-License-Identifier: Apache-2.0
"""Requests: read, told to the chain, templates, and every mistake at once."""

from __future__ import annotations

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak
from hypothesis import given, settings
from hypothesis import strategies as st
from request_samples import POLICE, REQUEST, SECRETS, THREAD, changed, checklist, mistakes, request

from concordat.assets.orders.fieldtree import MistakesError
from concordat.cooperation.law import library
from concordat.cooperation.law.parts import FieldSpec, Form
from concordat.cooperation.orders import requestfile
from concordat.cooperation.orders.request import chain_order, new_secrets, request_id, secret_commitment
from concordat.cooperation.orders.requesttemplate import template
from concordat.cooperation.words import Channel, LegalBasis, RequestKind, Urgency, UseLimit
from concordat.errors import ConcordatError
from concordat.evidence import canonical
from concordat.evidence.methods import Method


def test_what_an_officer_writes_is_read() -> None:
    found = request()
    assert (found.kind, found.to, found.forum) == (RequestKind.EVIDENCE, "MY", "CN")
    assert (found.urgency, found.channel) == (Urgency.DATA_ABOUT_TO_BE_LOST, Channel.INTERPOL)
    assert found.outside == "IP-2026-7781"
    assert found.methods == (Method.STORAGE_IMAGING, Method.SEIZURE_OF_ORIGINAL)
    assert found.methods_mask == 0b110
    assert found.use_limits == UseLimit.CASE_ONLY | UseLimit.NO_FORWARDING
    assert found.content["law"] == ("Criminal Law, art. 266",)
    assert found.content["by"] == 1798106400
    assert found.content["facts"] == (
        "Callers who said that they were of a bank made 41 victims transfer money between March and May 2026."
    )


@pytest.mark.parametrize("text", [REQUEST, POLICE])
def test_json_says_the_same(text: str) -> None:
    found = requestfile.parse(text)
    again = requestfile.from_json(canonical.dumps(found.as_json()))
    assert again == found
    assert canonical.dumps(again.as_json()) == canonical.dumps(found.as_json())


def test_what_the_chain_is_told() -> None:
    found = request()
    order = chain_order(found, SECRETS, checklist=checklist(), message=b"\x05" * 32)
    assert tuple(order.struct().values()) == (
        9,
        458,
        0,
        1,
        bytes.fromhex(THREAD[2:]),
        3,
        1,
        156,
        0b110,
        True,
        checklist().hash,
        bytes(keccak(SECRETS.salt + canonical.dumps(found.as_json()))),
        b"\x05" * 32,
        bytes(keccak(SECRETS.panel)),
    )
    key = keccak(encode(["uint32", "bytes32"], [7, order.order]))
    assert request_id(7, order.order) == key
    assert secret_commitment(SECRETS.panel) != secret_commitment(SECRETS.salt)


def test_a_promise_is_told_by_its_hash_and_police_by_nothing() -> None:
    text = changed(
        f'basis: {{on: TREATY, agreement: "{THREAD}"}}', "basis: {on: RECIPROCITY, promise: So we do.}"
    )
    order = chain_order(requestfile.parse(text), SECRETS)
    assert (order.basis, order.agreement) == (LegalBasis.RECIPROCITY, bytes(keccak(b"So we do.")))
    police = chain_order(requestfile.parse(POLICE), SECRETS, agency=5)
    assert (police.agreement, police.agency, police.checklist) == (bytes(32), 5, bytes(32))


@pytest.mark.parametrize("basis", [LegalBasis.RECIPROCITY, LegalBasis.POLICE])
def test_a_concluded_promise_and_a_police_memorandum_are_told_by_their_thread(basis: LegalBasis) -> None:
    text = changed("on: TREATY", f"on: {basis.name}")
    read = requestfile.parse(text)
    order = chain_order(read, SECRETS)
    assert (order.basis, order.agreement) == (basis, bytes.fromhex(THREAD[2:]))
    assert requestfile.from_json(canonical.dumps(read.as_json())) == read


def test_officials_are_present_only_through_the_authorities() -> None:
    assert "by consent of its central authority" in str(mistakes(POLICE + "presence: true\n")[0])
    assert not requestfile.parse(POLICE + "presence: false\n").presence


def test_secrets_are_fresh_and_not_shown() -> None:
    one, other = new_secrets(), new_secrets()
    assert len({one.salt, one.panel, other.salt, other.panel}) == 4
    assert "salt" not in repr(one)
    assert "Callers" not in repr(request())


MISTAKES = [
    ("kind: EVIDENCE", "kind: EVIDENC", "did you mean EVIDENCE?"),
    ("to: MY", "to: EU", "a country is expected"),
    ("to: MY", "to: Malaysia", "no ISO 3166-1"),
    ("  code: DATA_ABOUT_TO_BE_LOST\n", "", "urgency.code: it is missing"),
    ("  why: The host deletes its logs after thirty days.\n", "", "urgency.why: it is missing"),
    ("code: DATA_ABOUT_TO_BE_LOST", "code: HURRY", "unknown justification 'HURRY'"),
    (f'on: TREATY, agreement: "{THREAD}"', "on: TREATY", "name the agreement on this chain"),
    (f'on: TREATY, agreement: "{THREAD}"', "on: POLICE", "police cooperation without an agreement carries"),
    (f'on: TREATY, agreement: "{THREAD}"', "on: RECIPROCITY", "a promise of reciprocity is given in words"),
    (f'{THREAD}"', f'{THREAD}", promise: So we do.', "only where there is no agreement"),
    ("way: INTERPOL", "way: FAX", "unknown channel 'FAX'"),
    ('case: "0317"', "case: 0317", "write it in quotes"),
    ("  nature: Fraud by telecommunication\n", "", "content.nature: it is missing"),
    ("  evidence_items:", "  evidence_item:", "did you mean evidence_items?"),
    ("  by: 2026-12-24T18:00:00+08:00\n", "", "content.by: it is missing"),
    ("18:00:00+08:00", "18:00:00", "a time with its offset"),
    ("methods: [STORAGE_IMAGING,", "methods: [STORAGE_IMAGING, STORAGE_IMAGING,", "named already"),
    ("authority: CN-MPS", "authority: CN-MPS\nagency: 17", "leave it out"),
    ("use_limits: [CASE_ONLY", "use_limits: [CASE", "unknown use limit 'CASE'"),
    ("languages: [en, ms]", "languages: [English]", "a language such as en or zh"),
    ("presence: true", "presence: perhaps", "true or false"),
]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES)
def test_mistakes_are_told_where_they_stand(old: str, new: str, message: str) -> None:
    found = mistakes(changed(old, new))
    assert any(message in str(each) for each in found), [str(each) for each in found]
    assert all(each.line for each in found)


def test_all_mistakes_are_told_at_once() -> None:
    text = (
        changed("kind: EVIDENCE", "kind: WITNES")
        .replace("to: MY", "to: XY")
        .replace("way: INTERPOL", "way: X")
    )
    assert len(mistakes(text)) >= 3


def test_evidence_names_methods_and_police_asks_for_none() -> None:
    start = REQUEST.index("evidence: {")
    without = REQUEST[:start] + REQUEST[REQUEST.index("presence:") :]
    assert "name the methods of collection" in str(mistakes(without)[0])
    asked = POLICE + "evidence: {methods: [ONLINE_EXTRACTION]}\n"
    assert "police information is no evidence" in str(mistakes(asked)[0])


def test_what_the_country_does_not_need_does_not_block() -> None:
    assert "persons" not in request().content
    china = changed("to: MY", "to: CN")
    assert [each.field for each in mistakes(china)] == ["content.persons"]
    given = changed("  by:", '  persons: ["Chan Example, born 1990"]\n  by:', china)
    assert requestfile.parse(given).content["persons"] == ("Chan Example, born 1990",)


def test_whoever_is_asked_opens_an_incomplete_request_and_sees_what_is_lacking() -> None:
    assert requestfile.lacking(request()) == ()
    content = request().as_json()
    del content["content"]["link"]
    content["content"]["danger"] = "Nobody asked for this here."
    found = requestfile.from_json(canonical.dumps(content))
    assert [each.id for each in requestfile.lacking(found)] == ["link"]
    assert found.content["danger"] == "Nobody asked for this here."
    content["content"]["no_such"] = "x"
    with pytest.raises(MistakesError, match="there is no such field"):
        requestfile.from_json(canonical.dumps(content))


def test_handling_and_offence_are_known_words() -> None:
    assert "RED, AMBER_STRICT" in str(mistakes(changed("handling: AMBER", "handling: BLUE", POLICE))[0])
    assert "count" in str(mistakes(changed("count: 6", "count: 0", POLICE))[0])
    assert "a hash" in str(mistakes(changed('"0x1111', '"0x111', POLICE))[0])


@pytest.mark.parametrize("kind", RequestKind)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_template_is_filled_in_and_read(kind: RequestKind, lang: str) -> None:
    text = template(kind, "MY", asker="CN", lang=lang)
    assert all(len(line) < 400 for line in text.splitlines())
    found = mistakes(text)
    assert all("it is missing" in each.message or "promise" in each.message or "agreement" in each.message
               for each in found), [str(each) for each in found]  # fmt: skip
    filled = _fill(text, kind)
    read = requestfile.parse(filled)
    assert read.kind is kind


def _fill(text: str, kind: RequestKind) -> str:
    """The template with everything that is needed."""
    book = library.kinds()
    head = {
        "number": "N-1",
        "authority": "CN-MPS",
        "name": "A",
        "rank": "B",
        "contact": "C",
        "case": '"1"',
        "on": "POLICE" if kind.is_for_police else "TREATY",
        "agreement": "" if kind.is_for_police else f'"{THREAD}"',
        "methods": "[ONLINE_EXTRACTION]",
    }
    needed = library.required_fields(kind, "MY")
    lines = []
    for line in text.splitlines():
        key = line.split("#")[0].strip().removesuffix(":")
        key = key.split(":")[0]
        if key in needed:
            line = f"  {key}: {_example(book.fields[key])}"
        elif line.split("#")[0].rstrip().endswith(":") and head.get(key):
            indent = len(line) - len(line.lstrip())
            line = f"{' ' * indent}{key}: {head[key]}"
        elif key == "on":
            line = f"  on: {head['on']}"
        lines.append(line)
    return "\n".join(lines)


def _example(spec: FieldSpec) -> str:
    if spec.id == "handling":
        return "GREEN"
    if spec.id == "offence":
        return "TELECOM_FRAUD"
    return {
        Form.TEXT: "text",
        Form.LINES: "text",
        Form.LIST: "[one, two]",
        Form.TIME: "2027-01-01T00:00:00Z",
        Form.DAY: '"2027-01-01"',
        Form.FLAG: "true",
        Form.HASH: '"0x' + "1" * 64 + '"',
        Form.NUMBER: "3",
    }[spec.form]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_template_says_on_what_it_can_stand(lang: str) -> None:
    text = template(RequestKind.EXTRADITION, "TH", asker="CN", lang=lang)
    assert "TREATY" in text
    assert "UNTOC" in text
    assert ("to be checked" if lang == "en" else "须核实") in text
    with pytest.raises(ConcordatError, match="sent to a country"):
        template(RequestKind.EVIDENCE, "INTL")


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_hostile_text_ends_in_a_sentence(data: st.DataObject) -> None:
    lines = REQUEST.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = data.draw(
        st.one_of(
            st.text(max_size=60),
            st.sampled_from(["a: [", "x: !!python/object 1", "k: \u202e", "- - -", "n: 1e999", "k: {a"]),
            st.just(lines[at] * 3),
        )
    )
    try:
        requestfile.parse("\n".join(lines))
    except MistakesError as error:
        assert error.mistakes
        assert error.next


LEAVES = st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(VALUES, st.sampled_from(sorted(request().as_json())))
def test_hostile_json_ends_in_a_sentence(value: object, key: str) -> None:
    content = {**request().as_json(), key: value}
    try:
        requestfile.from_json(canonical.dumps(content))
    except MistakesError as error:
        assert error.mistakes
