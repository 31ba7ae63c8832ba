# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (one mistake a line)
from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from orders import UETR, changed, mistakes, order

from concordat.assets.orders.fieldtree import MistakesError
from concordat.assets.orders.order import LegalBasis, Period
from concordat.assets.orders.orderfile import from_json, parse
from concordat.assets.orders.ordermessage import (
    TargetSecrets,
    commitment,
    document,
    new_secrets,
    read,
    target_word,
    write,
)
from concordat.assets.orders.ordertemplate import template
from concordat.assets.values import commitments
from concordat.assets.values.money import Money, by_alpha
from concordat.assets.words import AssetClass, Measure, PeriodUnit, Refusal
from concordat.errors import UsageError, VerificationError
from concordat.evidence import canonical

SALT = bytes(range(32))
KEY = "0x" + "ab" * 20
SECRET = bytes(range(1, 33))


def secrets() -> list[TargetSecrets]:
    return [new_secrets(KEY, SECRET), new_secrets()]


def test_order_says_what_was_written() -> None:
    found = order()
    assert (found.number, found.case, found.measure) == ("STOP-2026-0042", "0317", Measure.STOP_PAYMENT)
    assert found.legal_basis == (LegalBasis("CPC", "116D", "Criminal Procedure Code"),)
    assert found.period == Period(48, PeriodUnit.HOURS)
    assert found.grounds.startswith("The victim paid") and "\n" not in found.grounds
    assert found.confidential_until == 1797868800
    assert found.institutions() == ("SG-BANK-A", 17)
    first, second = found.targets
    assert first.amount == Money(123450, by_alpha("SGD")) and not first.whole
    assert first.account.canonical == "iban:GB33BUKB20201555555555"
    assert first.payment is not None and first.payment.value_time == 1795138200
    assert second.whole and second.currency == by_alpha("SGD")
    assert second.payment is not None and second.payment.payee == second.account
    assert (first.scope_bits, second.scope_bits) == (0, 7)


def test_json_gives_the_same_order_and_one_form_only() -> None:
    data = canonical.dumps(order().as_json())
    assert from_json(data) == order()
    assert b'"amount":{"amount":"123450","currency":702}' in data


def test_json_that_people_write_is_yaml() -> None:
    as_people = json.dumps(
        {
            **json.loads(canonical.dumps(order().head())),
            "confidential_until": "2026-12-22T00:00:00+08:00",
            "targets": [
                {
                    "institution": 17,
                    "account": "account:DBSSSGSG:0123456",
                    "holder": "Other Holder",
                    "whole_balance": "SGD",
                    "scope": {"later_credits": True, "interest": True},
                    "payment": {"amount": "MYR 250.00", "value_time": "2026-11-20T10:00:00Z"},
                }
            ],
        }
    )
    assert parse(as_people).targets[0].account == order().targets[1].account


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ('"0317"', "0317", "case", "number to YAML"),
        ('"0317"', "NO", None, ""),
        ('"0317"', "true", "case", "yes or no to YAML"),
        ("order/1", "order/2", "concordat", "unknown format"),
        ("number: STOP-2026-0042", "numbr: x", "numbr", "did you mean number?"),
        ("number: STOP-2026-0042\n", "", "number", "missing"),
        ("STOP_PAYMENT", "STOP", "measure", "possible: STOP_PAYMENT, FREEZE"),
        ("CASH", "CAHS", "asset_class", "did you mean CASH?"),
        ("jurisdiction: SG", "jurisdiction: XX", "jurisdiction", "somewhere"),
        ("jurisdiction: SG", "jurisdiction: Singapore", "jurisdiction", "no ISO 3166-1"),
        ("jurisdiction: SG", "jurisdiction: INTL", "jurisdiction", "somewhere"),
        ("agency: MY-PDRM", "agency: 0", "agency", "from 1 to"),
        ("rank: Inspector", "rank: ", "officer.rank", "missing"),
        ("unit: HOURS", "unit: WEEKS", "period.unit", "unknown unit"),
        ("count: 48", "count: 0", "period.count", "from 1"),
        ("count: 48", "count: 1.5", "period.count", "whole number"),
        ("confidential: true", "confidential: yes", "confidential", "true or false"),
        ("confidential: true", "confidential: false", "confidential_until", "nothing to end"),
        ("2026-12-22T00:00:00+08:00", "2026-12-22", "confidential_until", "offset"),
        ("2026-12-22T00:00:00+08:00", "2026-02-30T00:00:00Z", "confidential_until", "calendar"),
        ("2026-12-22T00:00:00+08:00", "1969-02-03T00:00:00Z", "confidential_until", "before 1970"),
        ("5555 55\n", "5555 56\n", "targets[0].account", "check digits"),
        ("iban:GB33 BUKB 2020 1555 5555 55", "4111111111111111", "targets[0].account", "number to YAML"),
        ("SGD 1,234.50", "1234.50", "targets[0].amount", "number to YAML"),
        ("SGD 1,234.50", "SGD 1,234.505", "targets[0].amount", "3 digits"),
        ("SGD 1,234.50", "SGD 0.00", "targets[0].amount", "zero"),
        ("SGD 1,234.50", "USDT 5.00", "targets[0].amount", "virtual asset"),
        ("whole_balance: SGD", "whole_balance: XYZ", "targets[1].whole_balance", "no currency"),
        ("whole_balance: SGD", "whole_balance: USDT", "targets[1].whole_balance", "virtual asset"),
        ("whole_balance: SGD", "amount:", "targets[1].amount", "whole_balance"),
        ("whole_balance: SGD", "whole_balance: SGD\n    amount: SGD 1.00", "targets[1].whole_balance", "either"),
        ("    holder: Other Holder\n", "", "targets[1].holder", "account holder"),
        (", interest: true", "", "targets[1].scope.interest", "missing"),
        ("      amount: MYR 250.00\n", "", "targets[1].payment.amount", "what was paid"),
        ("      value_time: 2026-11-20T10:00:00Z\n", "", "targets[1].payment.value_time", "when"),
        (UETR, UETR.replace("4a6b", "1a6b"), "targets[0].payment.uetr", "UETR"),
        ('"0xabab', '"0xABab', "targets[1].payment.transaction_hash", "64 digits"),
        ("account:DBSSSGSG:0123-456", "iban:GB33BUKB20201555555555", "targets[1].account", "named already"),
        ("account:DBSSSGSG:0123-456", "eip155:1:0x" + "ab" * 20, "targets[1].account", "address on a chain"),
        ("account:DBSSSGSG:0123-456", "asset:VEHICLE:X", "targets[1].account", "VEHICLE"),
        ("language: en", "language: English!", "targets[0].notice.language", "language"),
        ('case: "0317"', 'case: "03\\u202e17"', "case", "direction of writing"),
        ('case: "0317"', 'case: "03\\n17"', "case", "line break"),
        ("name: Aminah Example", "name: &a Aminah", "", "anchors"),
        ("name: Aminah Example", "name: !!str Aminah", "", "tags"),
        ('case: "0317"', 'case: "0317"\ncase: "0318"', "case", "stands already on line 3"),
        ("holder: Other Holder", "holder: [a]", "targets[1].holder", "text is expected"),
        ("targets:\n", "targets: []\nx:\n", "targets", "at least one"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_its_place(old: str, new: str, where: str | None, what: str) -> None:
    text = changed(old, new)
    if where is None:
        assert parse(text).case == "NO"
        return
    found = [mistake for mistake in mistakes(text) if mistake.field == where and what in mistake.message]
    assert found, mistakes(text)
    assert found[0].line > 0 and found[0].column > 0
    assert "20201555555556" not in str(mistakes(text)) and "4111" not in str(mistakes(text))


def test_all_mistakes_are_told_at_once() -> None:
    text = changed('"0317"', "0317").replace("HOURS", "HOUR").replace("SGD 1,234.50", "SGD 1.005")
    found = mistakes(text)
    assert [mistake.field for mistake in found] == ["case", "period.unit", "targets[0].amount"]
    assert str(found[0]) == ("line 3, column 1: case: this is a number to YAML, not text: write it in quotes")


@pytest.mark.parametrize(
    "text", ["", "- a", "a", "{", "\x00", "a: b\n---\nc: d", "%YAML 1.1\n---\na: b", "[" * 50]
)
def test_what_is_no_order_ends_in_a_sentence(text: str) -> None:
    assert mistakes(text)


@given(st.binary(max_size=200))
def test_no_bytes_make_reading_fail_otherwise(data: bytes) -> None:
    with pytest.raises(MistakesError):
        from_json(data)
    with pytest.raises(MistakesError):
        parse(data.decode("latin-1"))


@pytest.mark.parametrize(
    "data",
    [b"[" * 100_000, b'{"a":1,"a":2}', b'{"a":1.5}', b'{"a":NaN}', b"1" * 5_000, b" " * ((4 << 20) + 1)],
)
def test_hostile_json_ends_in_a_sentence(data: bytes) -> None:
    with pytest.raises(MistakesError):
        from_json(data)


def test_freeze_needs_no_payment_and_a_thing_no_amount() -> None:
    text = changed("STOP_PAYMENT", "SEAL").replace("asset_class: CASH", "asset_class: VEHICLE")
    head = text[: text.index("targets:")]
    found = parse(
        head
        + "targets:\n  - institution: 5\n    account: asset:VEHICLE:lsvam4187c2184841\n    holder: A\n"
        + "    scope: {later_credits: false, interest: false}\n"
    )
    target = found.targets[0]
    assert (target.amount, target.currency, target.whole) == (None, None, True)
    assert target.account.canonical == "asset:VEHICLE:LSVAM4187C2184841"
    assert from_json(canonical.dumps(found.as_json())) == found


def test_institution_sees_its_own_target_only_and_can_check_it() -> None:
    mine = secrets()
    data = write(order(), SALT, mine, 17)
    for hidden in (
        b'GB33BUKB20201555555555"',
        b"Example Holder",
        b"Your account is held",
        mine[0].salt.hex().encode(),
    ):
        assert hidden not in data.replace(b'"payer":"iban:GB33BUKB20201555555555"', b"")
    found = read(data)
    assert (found.of, len(found.targets), found.targets[0].number) == (2, 1, 1)
    assert found.order.targets == order().targets[1:]
    assert found.commitment == commitment(order(), SALT, mine)
    found.check(commitment(order(), SALT, mine), [target_word(order().targets[1], mine[1])])


def test_endorser_sees_every_target_but_no_notice_key() -> None:
    mine = secrets()
    found = read(write(order(), SALT, mine))
    assert found.order == order()
    assert all(target.secrets.notice_secret is None for target in found.targets)
    own = read(write(order(), SALT, mine, "SG-BANK-A")).targets[0].secrets
    assert (own.notice_key, own.notice_secret, own.salt) == (KEY, SECRET, mine[0].salt)
    assert SECRET.hex() not in repr(own) and own.salt.hex() not in repr(own)


def test_committed_document_names_targets_by_salted_hashes() -> None:
    mine = secrets()
    whole = document(order(), mine)
    assert b"BUKB" not in canonical.dumps(whole)
    assert commitment(order(), SALT, mine) == commitments.order_commitment(SALT, whole)
    assert document(order(), secrets())["targets"] != whole["targets"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Other Holder", b"Third Holder"),
        (b'"later_credits":true', b'"later_credits":false'),
        (b'"25000"', b'"25001"'),
    ],
)
def test_changed_target_is_told(old: bytes, new: bytes) -> None:
    data = write(order(), SALT, secrets(), 17)
    assert old in data
    with pytest.raises(VerificationError) as refused:
        read(data.replace(old, new))
    assert "456" in refused.value.message and "0123456" not in str(refused.value)


def test_changed_head_is_another_commitment() -> None:
    mine = secrets()
    found = read(write(order(), SALT, mine, 17).replace(b"Inspector", b"Sergeant"))
    with pytest.raises(VerificationError, match="another order"):
        found.check(commitment(order(), SALT, mine), [found.targets[0].word])
    with pytest.raises(VerificationError, match="another target"):
        read(write(order(), SALT, mine, 17)).check(commitment(order(), SALT, mine), [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"freeze-message/1", b"freeze-message/9"),
        (b'"number":1', b'"number":7'),
        (b'"number":1', b'"number":-1'),
        (b'"salt":"0x', b'"salt":"0y'),
        (b'"notice_key":"0x00', b'"notice_key":"0xZZ'),
        (b'"account:DBSSSGSG:0123456"', b'"account:DBSSSGSG:0123-456"'),
        (b'"targets":["0x', b'"targets":["0z'),
        (b'"targets":["0x', b'"targets":[5,"0x'),
    ],
)  # fmt: skip
def test_malformed_message_ends_in_a_sentence(old: bytes, new: bytes) -> None:
    data = write(order(), SALT, secrets(), 17)
    assert old in data
    with pytest.raises((MistakesError, VerificationError)):
        read(data.replace(old, new))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("measure", list(Measure))
def test_template_is_an_order_with_gaps_only(measure: Measure, lang: str) -> None:
    text = template(measure, "SG", lang=lang)
    found = mistakes(text)
    assert found and all("missing" in mistake.message for mistake in found)
    assert not {mistake.field for mistake in found} & {
        "targets[0].notice",
        "targets[0].payment",
        "confidential_until",
    }
    assert any(mistake.field == "targets[0].payment.amount" for mistake in found) == (
        measure is Measure.STOP_PAYMENT
    )


def test_filled_template_is_an_order() -> None:
    fills = {
        "number": "F-1", "case": '"7"', "agency": "MY-PDRM", "name": "A", "rank": "B", "contact": "C",
        "law": "L", "article": '"1"', "grounds": "G", "count": "6", "institution": "SG-A",
        "account": "card:4111111111111111", "holder": "H", "whole_balance": "SGD", "later_credits": "true",
        "interest": "false",
    }  # fmt: skip
    text = template(Measure.FREEZE, "SG", lang="en")
    for key, value in fills.items():
        text, count = re.subn(rf"(?m)^([ -]*){key}:", rf"\g<1>{key}: {value}", text, count=1)
        assert count, key
    found = parse(text)
    assert (found.period.text("en"), found.period.text("zh")) == ("6 months", "6个月")
    assert found.targets[0].notice is None and found.targets[0].payment is None


def test_template_refuses_what_is_no_country() -> None:
    with pytest.raises(UsageError):
        template(Measure.FREEZE, "INTL")
    assert "European Union" in template(Measure.FREEZE, "EU", lang="en")


def test_words_have_both_languages_and_the_contracts_numbers() -> None:
    for known in (*Measure, *AssetClass, *PeriodUnit, *Refusal):
        assert known.label().en and known.label().zh
    assert [code.value for code in Refusal if code < 99] == list(range(1, 15))
