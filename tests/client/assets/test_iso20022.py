# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (one broken rule a line)
from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from orders import UETR

from concordat.assets.iso20022 import (
    AccountId,
    Agent,
    Assignment,
    Finding,
    MessageError,
    PaymentResolution,
    Query,
    Recall,
    RecalledPayment,
    Reply,
    Resolution,
    Search,
    account_id,
    read_query,
    read_recall,
    read_reply,
    read_resolution,
    unchecked,
    write_query,
    write_recall,
    write_reply,
    write_resolution,
)
from concordat.assets.values import accounts
from concordat.assets.values.money import Money, by_alpha, currencies, parse
from concordat.errors import UsageError

NOW = 1_795_200_000
POLICE = Agent(name="Example Police", party=True)
BANK = Agent("TESTSGSG", "Example Bank")
IBAN = AccountId(iban="GB33BUKB20201555555555")
RECALL = Recall(
    Assignment("A-1", POLICE, BANK, NOW),
    (
        RecalledPayment(
            id="C-1",
            uetr=UETR,
            end_to_end_id="E2E-1",
            transaction_id="TX-1",
            amount=parse("MYR 1234.50"),
            settlement_date="2026-11-20",
            information=("Order STOP-2026-0042", "Call back +60 3 0000 0000"),
            debtor_account=IBAN,
            debtor_agent=Agent("TESTMYKL"),
            creditor_agent=BANK,
            creditor_account=AccountId(other="0123456"),
        ),
        RecalledPayment(transaction_id="TX-2"),
    ),
    "0317",
)
RESOLUTION = Resolution(
    Assignment("R-1", BANK, POLICE, NOW),
    "PDCR",
    (PaymentResolution("C-1", UETR, "E2E-1", "PDCR", "LEGL", ("Held in part.",), parse("MYR 1234.50")),),
    "0317",
)
QUERY = Query(
    id="Q-1",
    legal_basis="CPC 116D",
    confidential=True,
    period_from="2026-11-01",
    period_to="2026-11-22",
    search=Search(("camt.053.001.08",), account=IBAN, currency="GBP", servicer=BANK, owner="Example Holder"),
    due="2026-11-25",
    disclaimer="For case 0317 only.",
)
REPLY = Reply(
    "P-1", "Q-1", "PART", QUERY.search,
    (Finding("camt.053.001.08", "FOUN", "In part."), Finding("x", "NFOU"), Finding("y", "NOAP")),
)  # fmt: skip
SEARCHES = (
    QUERY.search,
    Search(("a", "b"), account=AccountId(other="0123"), parties="OWNE"),
    Search(("a",), account=IBAN, parties="agents"),
    Search(("a", "b"), card="4111111111111111"),
    Search(("a",), customer="Example Holder", parties="ALLP"),
    Search(("DTTX", "OREC"), transactions=("TX-1", "TX-2")),
)
WRITTEN: dict[str, tuple[bytes, Callable[[bytes], tuple[Any, tuple[str, ...]]]]] = {
    "recall": (write_recall(RECALL), read_recall),
    "resolution": (write_resolution(RESOLUTION), read_resolution),
    "query": (write_query(QUERY), read_query),
    "reply": (write_reply(REPLY), read_reply),
}


def broken(which: str, old: str, new: str, count: int = 1) -> dict[str, str]:
    """Reasons by path that a message is refused for after one change."""
    data, reader = WRITTEN[which]
    text = data.decode()
    assert old in text, old
    with pytest.raises(MessageError) as refused:
        reader(text.replace(old, new, count).encode())
    found: dict[str, str] = {}
    for mistake in refused.value.mistakes:
        found[mistake.path] = f"{found.get(mistake.path, '')}{mistake.reason}; "
    return found


def test_messages_come_back_as_they_were() -> None:
    expected = {"recall": RECALL, "resolution": RESOLUTION, "query": QUERY, "reply": REPLY}
    for name, (data, reader) in WRITTEN.items():
        assert reader(data) == (expected[name], ())
        assert data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")


@pytest.mark.parametrize("search", SEARCHES)
def test_each_search_comes_back(search: Search) -> None:
    assert read_query(write_query(replace(QUERY, search=search)))[0].search == search


def test_reason_is_fraud_and_namespaces_name_the_version() -> None:
    assert b"<Cd>FRAD</Cd>" in WRITTEN["recall"][0]
    for name, version in (
        ("recall", b"camt.056.001.08"), ("resolution", b"camt.029.001.09"),
        ("query", b"auth.001.001.01"), ("reply", b"auth.002.001.01"),
    ):  # fmt: skip
        assert b'xmlns="urn:iso:std:iso:20022:tech:xsd:' + version + b'"' in WRITTEN[name][0]
        assert version.decode() in unchecked().en and version.decode() in unchecked().zh


TX = "/Document/FIToFIPmtCxlReq/Undrlyg[1]/TxInf[1]"


@pytest.mark.parametrize(
    ("which", "old", "new", "path", "reason"),
    [
        ("recall", "camt.056.001.08", "camt.056.001.11", "/Document", "another version"),
        ("recall", "<Document", "<Dokument", "/", "not XML"),
        ("recall", "<Id>A-1</Id>", "", "/Document/FIToFIPmtCxlReq/Assgnmt", "Id is missing"),
        ("recall", "<Id>A-1</Id>", "<Id/>", "/Document/FIToFIPmtCxlReq/Assgnmt/Id", "empty"),
        ("recall", "A-1", "A" * 36, "/Document/FIToFIPmtCxlReq/Assgnmt/Id", "36 characters; at most 35"),
        ("recall", "<Id>A-1</Id>", "<Id>A</Id><Id>B</Id>", "/Document/FIToFIPmtCxlReq/Assgnmt", "Id occurs 2 times"),
        ("recall", "<Id>A-1</Id>", "<Id><b/></Id>", "/Document/FIToFIPmtCxlReq/Assgnmt/Id", "element b"),
        ("recall", "<Id>A-1</Id>", "<Id x='1'>A</Id>", "/Document/FIToFIPmtCxlReq/Assgnmt/Id", "attribute x"),
        ("recall", "<Assgnmt>", "<Assgnmt y='1'>", "/Document/FIToFIPmtCxlReq/Assgnmt", "attribute y"),
        ("recall", "<Assgnmt>", "<Assgnmt>words", "/Document/FIToFIPmtCxlReq/Assgnmt", "text stands between"),
        ("recall", "<Assgnmt>", "<Foo/><Assgnmt>", "/Document/FIToFIPmtCxlReq", "Foo does not belong"),
        ("recall", "<Assgnmt>", "<Assgnmt xmlns='urn:x'>", "/Document/FIToFIPmtCxlReq", "Assgnmt does not belong"),
        ("recall", f"<OrgnlUETR>{UETR}</OrgnlUETR>", "", "", ""),
        ("recall", UETR, UETR.upper(), f"{TX}/OrgnlUETR", "UETR"),
        ("recall", UETR, UETR.replace("-4a", "-1a"), f"{TX}/OrgnlUETR", "UETR"),
        ("recall", "1234.50", "1234.505", f"{TX}/OrgnlIntrBkSttlmAmt", "3 decimals; MYR has 2"),
        ("recall", "1234.50", "-1.00", f"{TX}/OrgnlIntrBkSttlmAmt", "without sign"),
        ("recall", "1234.50", "1,234.50", f"{TX}/OrgnlIntrBkSttlmAmt", "amount such as"),
        ("recall", "1234.50", "1e3", f"{TX}/OrgnlIntrBkSttlmAmt", "amount such as"),
        ("recall", "1234.50", "1" * 19, f"{TX}/OrgnlIntrBkSttlmAmt", "19 digits"),
        ("recall", 'Ccy="MYR"', "", f"{TX}/OrgnlIntrBkSttlmAmt", "Ccy is missing"),
        ("recall", 'Ccy="MYR"', 'Ccy="ABC"', f"{TX}/OrgnlIntrBkSttlmAmt", "no currency"),
        ("recall", 'Ccy="MYR"', 'Ccy="myr"', f"{TX}/OrgnlIntrBkSttlmAmt", "capital"),
        ("recall", 'Ccy="MYR"', 'Ccy="BTC"', f"{TX}/OrgnlIntrBkSttlmAmt", "virtual asset"),
        ("recall", 'Ccy="MYR"', 'Ccy="JPY"', f"{TX}/OrgnlIntrBkSttlmAmt", "1 decimals; JPY has 0"),
        ("recall", "Dt>2026-11-20", "Dt>20.11.2026", f"{TX}/OrgnlIntrBkSttlmDt", "date"),
        ("recall", "Dt>2026-11-20", "Dt>2026-02-30", f"{TX}/OrgnlIntrBkSttlmDt", "date"),
        ("recall", "T18:40:00Z", "", "/Document/FIToFIPmtCxlReq/Assgnmt/CreDtTm", "time such as"),
        ("recall", "T18:40:00Z", "T25:40:00Z", "/Document/FIToFIPmtCxlReq/Assgnmt/CreDtTm", "time such as"),
        ("recall", "<Cd>FRAD</Cd>", "<Cd>FRAUD</Cd>", f"{TX}/CxlRsnInf[1]/Rsn/Cd", "at most 4"),
        ("recall", "<Cd>FRAD</Cd>", "<Cd>FRAD</Cd><Prtry>x</Prtry>", f"{TX}/CxlRsnInf[1]/Rsn", "exactly one of Cd, Prtry"),
        ("recall", "<Cd>FRAD</Cd>", "", f"{TX}/CxlRsnInf[1]/Rsn", "there is none"),
        ("recall", "Order STOP-2026-0042", "x" * 106, f"{TX}/CxlRsnInf[1]/AddtlInf[1]", "at most 105"),
        ("recall", "Call back +60 3 0000 0000", "x" * 106, f"{TX}/CxlRsnInf[1]/AddtlInf[2]", "at most 105"),
        ("recall", "BUKB20201555555555", "BUKB20201555555556", f"{TX}/OrgnlTxRef/DbtrAcct/Id/IBAN", "check digits"),
        ("recall", "GB33BUKB", "GB33 BUKB", f"{TX}/OrgnlTxRef/DbtrAcct/Id/IBAN", "without spaces"),
        ("recall", "0123456", "0" * 35, f"{TX}/OrgnlTxRef/CdtrAcct/Id/Othr/Id", "at most 34"),
        ("recall", "TESTMYKL", "TESTMY", f"{TX}/OrgnlTxRef/DbtrAgt/FinInstnId/BICFI", "BIC"),
        ("recall", "<NbOfTxs>2", "<NbOfTxs>two", "/Document/FIToFIPmtCxlReq/CtrlData/NbOfTxs", "number"),
        ("recall", "<CxlId>C-1</CxlId>", "<OrgnlTxId>a</OrgnlTxId><CxlId>C-1</CxlId>", TX, "CxlId stands after OrgnlTxId"),
        ("resolution", "<Conf>PDCR</Conf>", "", "/Document/RsltnOfInvstgtn/Sts", "exactly one of Conf"),
        ("resolution", "<TxCxlSts>PDCR", "<TxCxlSts>OK", "/Document/RsltnOfInvstgtn/CxlDtls[1]/TxInfAndSts[1]/TxCxlSts", "RJCR, ACCR, PDCR"),
        ("query", "<Prgrph>CPC 116D</Prgrph>", "", "/Document/InfReqOpng/LglMndtBsis", "Prgrph is missing"),
        ("query", "CPC 116D", "x" * 36, "/Document/InfReqOpng/LglMndtBsis/Prgrph", "at most 35"),
        ("query", "<CnfdtltySts>true", "<CnfdtltySts>yes", "/Document/InfReqOpng/CnfdtltySts", "true, false"),
        ("query", "<Cd>ALLP", "<Cd>EVERY", "/Document/InfReqOpng/SchCrit/Acct/InvstgtdPties/Cd", "ALLP, OWNE"),
        ("query", "TESTSGSG", "1ESTSGSG", "/Document/InfReqOpng/SchCrit/Acct/Id/Svcr/FinInstnId/BICFI", "BIC"),
        ("query", "<Ccy>GBP", "<Ccy>gbp", "/Document/InfReqOpng/SchCrit/Acct/Id/Ccy", "currency code"),
        ("query", "<Nm>Example Holder</Nm>", f"<Nm>{'x' * 141}</Nm>", "/Document/InfReqOpng/SchCrit/Acct/Id/Ownr/Nm", "at most 140"),
        ("reply", "<RspnSts>PART", "<RspnSts>DONE", "/Document/InfReqRspn/RspnSts", "NRES, PART, COMP"),
        ("reply", "<InvstgtnSts>NFOU", "<InvstgtnSts>NONE", "/Document/InfReqRspn/RtrInd[2]/InvstgtnRslt/InvstgtnSts", "FOUN, NFOU, NOAP"),
    ],
)  # fmt: skip
def test_each_broken_rule_is_told_with_path_and_reason(
    which: str, old: str, new: str, path: str, reason: str
) -> None:
    if not path:
        data, reader = WRITTEN[which]
        reader(data.decode().replace(old, new, 1).encode())
        return
    found = broken(which, old, new)
    assert reason in found[path], found
    assert not any("20201555555556" in each for each in found.values())


def test_all_broken_rules_are_told_at_once() -> None:
    data, reader = WRITTEN["recall"]
    with pytest.raises(MessageError) as refused:
        reader(data.replace(b"FRAD", b"FRAUD").replace(b"1234.50", b"x").replace(b"TESTMYKL", b"T"))
    assert len(refused.value.mistakes) == 4
    assert refused.value.message.count("\n  /Document/FIToFIPmtCxlReq/") == 4


def test_what_is_not_looked_at_is_named() -> None:
    address = "<PstlAdr><Ctry>SG</Ctry><anything/></PstlAdr>"
    data = (
        WRITTEN["recall"][0].decode().replace("<Nm>Example Bank</Nm>", f"<Nm>Example Bank</Nm>{address}", 1)
    )
    recall, unread = read_recall(data.encode())
    assert recall == RECALL
    assert unread == ("/Document/FIToFIPmtCxlReq/Assgnmt/Assgne/Agt/FinInstnId/PstlAdr",)


def test_schema_location_is_no_mistake_and_a_time_without_offset_is_utc() -> None:
    hint = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"'
    data = (
        WRITTEN["recall"][0]
        .decode()
        .replace("<Document", f"<Document{hint}")
        .replace("18:40:00Z", "18:40:00.5")
    )
    assert read_recall(data.encode())[0].assignment.created == NOW


@pytest.mark.parametrize(
    "change",
    [
        {"payments": ()},
        {"payments": (RecalledPayment(id="C-1"),)},
        {"payments": (replace(RECALL.payments[0], information=("x" * 106,)),)},
        {"payments": (replace(RECALL.payments[0], information=("\x00",)),)},
        {"payments": (replace(RECALL.payments[0], information=("\ud800",)),)},
        {"payments": (replace(RECALL.payments[0], amount=parse("BTC 1.00000000")),)},
        {"payments": (replace(RECALL.payments[0], amount=Money(10**20 + 1, by_alpha("MYR"))),)},
        {"payments": (replace(RECALL.payments[0], uetr="x"),)},
        {"case": ""},
    ],
)
def test_what_breaks_a_rule_is_never_written(change: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        write_recall(replace(RECALL, **change))


def test_parties_accounts_and_searches_say_one_thing() -> None:
    for wrong in (
        lambda: Agent(),
        lambda: Agent("TESTSGSG", "x", party=True),
        lambda: AccountId(),
        lambda: AccountId("a", "b"),
        lambda: Search(("a",)),
        lambda: Search((), card="4111111111111111"),
        lambda: Search(("a",), card="4111111111111111", customer="x"),
        lambda: account_id(accounts.parse("eip155:1:0x" + "ab" * 20)),
    ):
        with pytest.raises(UsageError):
            wrong()
    assert account_id(accounts.parse("iban:GB33BUKB20201555555555")) == IBAN
    assert account_id(accounts.parse("account:DBSSSGSG:0123-456")) == AccountId(other="0123456")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not xml",
        b"<a>",
        b"<Document/>",
        b'<?xml version="1.0" encoding="x-nothing"?><Document/>',
        b'<!DOCTYPE x [<!ENTITY a "a">]><Document>&a;</Document>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><Document/>',
        b"<a>" * 20_000 + b"</a>" * 20_000,
        b" " * ((4 << 20) + 1),
        b"\xff\xfe<\x00",
    ],
    ids=lambda data: f"{len(data)}-{data[:12]!r}",
)
def test_hostile_xml_ends_in_a_sentence(data: bytes) -> None:
    for _, reader in WRITTEN.values():
        with pytest.raises(MessageError):
            reader(data)


@given(st.binary(max_size=200), st.integers(0, 10_000))
def test_no_damage_makes_reading_fail_otherwise(noise: bytes, at: int) -> None:
    for data, reader in WRITTEN.values():
        place = at % len(data)
        try:
            reader(data[:place] + noise + data[place + len(noise) :])
        except MessageError as error:
            assert error.mistakes


TEXT = st.text(
    st.characters(min_codepoint=33, max_codepoint=0xFFFD, blacklist_categories=("Cs", "Cc")), min_size=1
)
MONEY = st.builds(
    Money,
    st.integers(0, 10**18 - 1),
    st.sampled_from([each for each in currencies() if each.code < 1000]),
)
ACCOUNT = st.just(IBAN) | st.builds(
    AccountId, other=st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=34)
)
AGENT = st.sampled_from([BANK, POLICE, Agent("TESTMYKLXXX"), Agent(name="Only a name")])
INSTITUTION = AGENT.filter(lambda agent: not agent.party)


def short(most: int) -> st.SearchStrategy[str]:
    return TEXT.map(lambda text: text[:most])


@settings(max_examples=60)
@given(
    st.builds(
        Recall,
        st.builds(Assignment, short(35), AGENT, AGENT, st.integers(0, 2**35)),
        st.lists(
            st.builds(
                RecalledPayment,
                id=st.none() | short(35),
                uetr=st.just(UETR),
                end_to_end_id=st.none() | short(35),
                transaction_id=st.none() | short(35),
                amount=st.none() | MONEY,
                settlement_date=st.none() | st.dates().map(str),
                reason=st.sampled_from(["FRAD", "DUPL"]),
                information=st.lists(short(105), max_size=3).map(tuple),
                debtor_account=st.none() | ACCOUNT,
                debtor_agent=st.none() | INSTITUTION,
                creditor_agent=st.none() | INSTITUTION,
                creditor_account=st.none() | ACCOUNT,
            ),
            min_size=1,
            max_size=3,
        ).map(tuple),
        st.none() | short(35),
    )
)
def test_any_recall_comes_back(recall: Recall) -> None:
    assert read_recall(write_recall(recall)) == (recall, ())


@settings(max_examples=60)
@given(
    st.builds(
        Resolution,
        st.builds(Assignment, short(35), AGENT, AGENT, st.integers(0, 2**35)),
        short(4),
        st.lists(
            st.builds(
                PaymentResolution,
                st.none() | short(35),
                st.just(UETR),
                st.none() | short(35),
                st.sampled_from(["RJCR", "ACCR", "PDCR"]),
                st.none() | short(4),
                st.lists(short(105), max_size=3).map(tuple),
                st.none() | MONEY,
            ),
            max_size=3,
        ).map(tuple),
        st.none() | short(35),
    )
)
def test_any_resolution_comes_back(resolution: Resolution) -> None:
    assert read_resolution(write_resolution(resolution)) == (resolution, ())


@settings(max_examples=60)
@given(short(35), short(35), st.booleans(), st.sampled_from(SEARCHES), st.none() | short(350), st.dates())
def test_any_query_and_reply_come_back(
    name: str, basis: str, confidential: bool, search: Search, disclaimer: str | None, day: Any
) -> None:
    query = Query(name, basis, confidential, str(day), str(day), search, str(day), disclaimer)
    assert read_query(write_query(query)) == (query, ())
    reply = Reply(name, basis, "COMP", search, (Finding(name, "NOAP", disclaimer), Finding(basis, "FOUN")))
    assert read_reply(write_reply(reply)) == (reply, ())
