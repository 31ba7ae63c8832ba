# SPDX-License-Identifier: Apache-2.0
"""The mule's account, twice: the CSV of the bank's web site and the same as ISO 20022 camt.053.001.08."""

from __future__ import annotations

import csv
import io
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from xml.sax.saxutils import escape

from . import story
from .story import Account

OPENING = Decimal("1250.00")
CURRENCY = "CNY"
NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
_MADE = story.at(3, 16, 23, 58, 41)
_UETRS = uuid.UUID("00000000-0000-4000-8000-000000000317")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the statement: signed amount, the other side and what is said about it."""

    when: datetime
    amount: Decimal
    other: Account
    text: str

    @property
    def cross_border(self) -> bool:
        """Say whether the other bank is outside Malaysia."""
        return self.other.bic[4:6] != "MY"


def entries() -> list[Entry]:
    """Give the account's entries in order: deposits, bait, ten transfers, each passed on in half an hour."""
    found = [Entry(p.when, Decimal(p.yuan), story.VICTIM, "INVESTMENT C-0317") for p in story.FIRST_DEPOSITS]
    found.append(Entry(story.BAIT.when - timedelta(minutes=24), Decimal(45_000), story.HANDLER, "TOP UP"))
    found.append(Entry(story.BAIT.when, Decimal(story.BAIT.yuan), story.VICTIM, "WITHDRAWAL C-0317"))
    for number, payment in enumerate(story.DRAIN, start=1):
        found.append(Entry(payment.when, Decimal(payment.yuan), story.VICTIM, f"C-0317 NO {number:02d}"))
        passed_on = Decimal(payment.yuan) * Decimal("0.97")  # the mule keeps three in a hundred
        moved = payment.when + timedelta(minutes=11 + number, seconds=7 * number)
        found.append(Entry(moved, -passed_on, story.SINGAPORE, f"GOODS INV {317000 + number}"))
    found.append(Entry(story.at(3, 13, 18, 20, 5), Decimal(-90_000), story.HANDLER, "SETTLEMENT MARCH"))
    return sorted(found, key=lambda entry: entry.when)


def reference(number: int) -> str:
    """Give the bank's own reference of entry `number` (from 1)."""
    return f"BCB26{number:07d}"


def balances() -> list[Decimal]:
    """Give the balance after each entry."""
    after, balance = [], OPENING
    for entry in entries():
        balance += entry.amount
        after.append(balance)
    return after


_COLUMNS = (
    "booking_time",
    "value_date",
    "reference",
    "description",
    "counterparty",
    "counterparty_account",
    "counterparty_bic",
    "debit",
    "credit",
    "balance",
    "currency",
)


def statement_csv() -> bytes:
    """Write the statement as CSV: UTF-8 with byte order mark (as a spreadsheet wants it), CRLF."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for number, (entry, balance) in enumerate(zip(entries(), balances(), strict=True), start=1):
        row = {
            "booking_time": entry.when.isoformat(),
            "value_date": entry.when.date().isoformat(),
            "reference": reference(number),
            "description": entry.text,
            "counterparty": entry.other.holder,
            "counterparty_account": entry.other.number,
            "counterparty_bic": entry.other.bic,
            "balance": f"{balance:.2f}",
            "currency": CURRENCY,
        }
        row["credit" if entry.amount > 0 else "debit"] = f"{abs(entry.amount):.2f}"
        writer.writerow(row)
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def _account(account: Account) -> str:
    return f"<Id><Othr><Id>{account.number}</Id></Othr></Id>"


def _agent(account: Account) -> str:
    return f"<FinInstnId><BICFI>{account.bic}</BICFI><Nm>{escape(account.bank)}</Nm></FinInstnId>"


def _amount(value: Decimal) -> str:
    direction = "CRDT" if value >= 0 else "DBIT"
    return f'<Amt Ccy="{CURRENCY}">{abs(value):.2f}</Amt><CdtDbtInd>{direction}</CdtDbtInd>'


def _entry(number: int, entry: Entry) -> str:
    ours = reference(number)
    side = "Dbtr" if entry.amount > 0 else "Cdtr"
    family = "RCDT" if entry.amount > 0 else "ICDT"
    kind = "XBCT" if entry.cross_border else "DMCT"
    uetr = uuid.uuid5(_UETRS, ours)
    version_4 = uuid.UUID(int=(uetr.int & ~(0xF << 76)) | (4 << 76))  # ISO 20022 asks for a UUID of version 4
    return f"""
   <Ntry>
    <NtryRef>{number}</NtryRef>{_amount(entry.amount)}<Sts><Cd>BOOK</Cd></Sts>
    <BookgDt><DtTm>{entry.when.isoformat()}</DtTm></BookgDt><ValDt><Dt>{entry.when.date().isoformat()}</Dt></ValDt>
    <AcctSvcrRef>{ours}</AcctSvcrRef>
    <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>{kind}</SubFmlyCd></Fmly></Domn></BkTxCd>
    <NtryDtls><TxDtls>
     <Refs><AcctSvcrRef>{ours}</AcctSvcrRef><EndToEndId>E2E-{ours}</EndToEndId><UETR>{version_4}</UETR></Refs>
     {_amount(entry.amount)}
     <RltdPties><{side}><Pty><Nm>{escape(entry.other.holder)}</Nm></Pty></{side}>
      <{side}Acct>{_account(entry.other)}</{side}Acct></RltdPties>
     <RltdAgts><{side}Agt>{_agent(entry.other)}</{side}Agt></RltdAgts>
     <RmtInf><Ustrd>{escape(entry.text)}</Ustrd></RmtInf>
    </TxDtls></NtryDtls>
   </Ntry>"""


def _balance(code: str, value: Decimal, date: str) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(value)}<Dt><Dt>{date}</Dt></Dt></Bal>"
    )


def statement_camt() -> bytes:
    """Write the same statement as camt.053.001.08: elements in its schema's order, the CSV's totals."""
    rows = entries()
    credit = [e.amount for e in rows if e.amount > 0]
    debit = [-e.amount for e in rows if e.amount < 0]
    net = sum(credit) - sum(debit)
    direction = "CRDT" if net >= 0 else "DBIT"
    body = "".join(_entry(number, entry) for number, entry in enumerate(rows, start=1))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <BkToCstmrStmt>
  <GrpHdr><MsgId>BCB-STMT-20260316-0317</MsgId><CreDtTm>{_MADE.isoformat()}</CreDtTm></GrpHdr>
  <Stmt>
   <Id>{story.MULE.number}-202603</Id><ElctrncSeqNb>3</ElctrncSeqNb><CreDtTm>{_MADE.isoformat()}</CreDtTm>
   <FrToDt><FrDtTm>2026-02-01T00:00:00+08:00</FrDtTm><ToDtTm>2026-03-16T23:59:59+08:00</ToDtTm></FrToDt>
   <Acct>{_account(story.MULE)}<Ccy>{CURRENCY}</Ccy><Ownr><Nm>{story.MULE.holder}</Nm></Ownr>
    <Svcr>{_agent(story.MULE)}</Svcr></Acct>
   {_balance("OPBD", OPENING, "2026-02-01")}
   {_balance("CLBD", balances()[-1], "2026-03-16")}
   <TxsSummry>
    <TtlNtries><NbOfNtries>{len(rows)}</NbOfNtries><Sum>{sum(credit) + sum(debit):.2f}</Sum>
     <TtlNetNtry><Amt>{abs(net):.2f}</Amt><CdtDbtInd>{direction}</CdtDbtInd></TtlNetNtry></TtlNtries>
    <TtlCdtNtries><NbOfNtries>{len(credit)}</NbOfNtries><Sum>{sum(credit):.2f}</Sum></TtlCdtNtries>
    <TtlDbtNtries><NbOfNtries>{len(debit)}</NbOfNtries><Sum>{sum(debit):.2f}</Sum></TtlDbtNtries>
   </TxsSummry>{body}
  </Stmt>
 </BkToCstmrStmt>
</Document>
""".encode()


def mule_accounts_csv() -> bytes:
    """Write the mule's own list of accounts, in Malay, as he kept it."""
    rows = [
        ("no", "bank", "nombor akaun", "nama", "had sehari", "status", "catatan"),
        (
            "1",
            story.MULE.bank,
            story.MULE.number,
            story.MULE.holder,
            "CNY 800,000",
            "aktif",
            "akaun utama, kad di dompet",
        ),
        (
            "2",
            story.HANDLER.bank,
            story.HANDLER.number,
            story.HANDLER.holder,
            "RM 250,000",
            "aktif",
            "akaun syarikat, K pegang",
        ),
        (
            "3",
            story.SINGAPORE.bank,
            story.SINGAPORE.number,
            story.SINGAPORE.holder,
            "CNY 2,000,000",
            "aktif",
            "Singapura",
        ),
        (
            "4",
            "Bank Contoh Berhad",
            "000003170099",
            "SITI REKAAN",
            "RM 50,000",
            "tutup",
            "bank telefon 5/3, jangan guna",
        ),
    ]
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")
