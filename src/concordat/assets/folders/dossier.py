# SPDX-License-Identifier: Apache-2.0
"""What an agency writes of a seized thing: where it comes from, what and whose it is, worth, why it is kept.

A case may be transferred only when every part is filled; what a part says is hashed, with a salt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from concordat.assets.orders.fieldtree import Field, MistakesError, read_yaml
from concordat.assets.returnstates import DossierPart
from concordat.assets.values import accounts, money
from concordat.assets.values.accounts import Account
from concordat.assets.values.money import Money
from concordat.assets.words import AssetClass
from concordat.evidence import fields as forms
from concordat.evidence.laws import Text
from concordat.language import chosen

FORMAT: Final = "asset/1"
MOST_BETWEEN: Final = 180
"""Days between two attestations, at most."""
_CLASSES: Final = {each.name: each for each in AssetClass}
WRITTEN: Final = tuple(part for part in DossierPart if part is not DossierPart.ACQUISITIONS)
"""Parts that are filled by text; acquisitions are linked."""
_BESIDE: Final = 34


@dataclass(frozen=True)
class Part:
    """One part of a dossier as written.

    Attributes:
        text: what is known.
        documents: files that show it, relative to the dossier.
        amount: of the part value, the valuation.
    """

    text: str
    documents: tuple[str, ...] = ()
    amount: Money | None = None


@dataclass(frozen=True)
class Dossier:
    """A seized thing as its agency describes it.

    Attributes:
        number: of the thing in the agency's list.
        identifier: VIN, land title, account ...; None where it has none.
        custodian: short name or number of the agency that keeps it.
        attest_every: days after which an attestation that it is still there is stale.
        parts: what is filled in.
        acquisitions: packages (folders ``.acq``) or ``AGENCY:0x...`` roots that bear on it.
    """

    number: str
    case: str
    asset_class: AssetClass
    description: str
    identifier: Account | None
    custodian: str
    attest_every: int
    parts: Mapping[DossierPart, Part]
    acquisitions: tuple[str, ...] = ()

    def said(self) -> dict[str, Any]:
        """What the commitment on the chain is made over."""
        return {
            "number": self.number,
            "case": self.case,
            "asset_class": self.asset_class.name,
            "description": self.description,
            "identifier": self.identifier.canonical if self.identifier else None,
        }


def parse(text: str, path: str | PurePath = "asset.yaml") -> Dossier:
    """Read a dossier that an officer wrote.

    Args:
        text: YAML 1.2, or JSON, which is YAML too.
        path: name of the file, for messages.

    Raises:
        MistakesError: with every mistake, its line, column and field, and what would be right.
    """
    tree = read_yaml(text)
    found = None if tree.mistakes else _dossier(tree.root())
    if tree.mistakes or found is None:
        raise MistakesError(str(path), tree.mistakes, code="asset.invalid")
    return found


def _dossier(root: Field) -> Dossier | None:
    names = tuple(part.name.lower() for part in WRITTEN)
    parts = root.keys(
        ("concordat", "number", "case", "asset_class", "description", "custodian", "attest_every"),
        ("identifier", *names, "acquisitions"),
    )
    if "concordat" in parts:
        parts["concordat"].word({FORMAT: FORMAT}, "format")
    simple: dict[str, Any] = {
        "number": parts["number"].text(64) if "number" in parts else None,
        "case": parts["case"].text(64) if "case" in parts else None,
        "asset_class": parts["asset_class"].word(_CLASSES, "asset class") if "asset_class" in parts else None,
        "description": parts["description"].text(2_000, lines=True) if "description" in parts else None,
        "custodian": parts["custodian"].text(64) if "custodian" in parts else None,
        "attest_every": parts["attest_every"].integer(1, MOST_BETWEEN) if "attest_every" in parts else None,
        "identifier": parts["identifier"].read(accounts.parse, 256) if "identifier" in parts else None,
    }
    filled = {
        part: _part(parts[name], part) for part, name in zip(WRITTEN, names, strict=True) if name in parts
    }
    linked = [each.text(256) for each in parts["acquisitions"].items(200)] if "acquisitions" in parts else []
    if root.tree.mistakes:
        return None
    known: dict[DossierPart, Part] = {part: each for part, each in filled.items() if each}
    return Dossier(**simple, parts=known, acquisitions=tuple(each for each in linked if each))


def _part(at: Field, part: DossierPart) -> Part | None:
    valued = part is DossierPart.VALUE
    found = at.keys(("text", "amount") if valued else ("text",), ("documents",))
    text = found["text"].text(lines=True, longest=8_000) if "text" in found else None
    documents = [_document(each) for each in found["documents"].items(100)] if "documents" in found else []
    amount = found["amount"].read(money.parse) if "amount" in found else None
    if text is None or None in documents or (valued and amount is None):
        return None
    return Part(text, tuple(each for each in documents if each), amount)


def _document(at: Field) -> str | None:
    name = at.text(256)
    if name is not None and not forms.below(name):
        at.wrong("a file below the folder of the dossier is expected here, with / between folders")
        return None
    return name


_COMMENTS: Final[Mapping[str, Text]] = {
    "head": Text(
        "A seized thing. Fill in what is known and leave the rest empty; a case is transferred only when all "
        "parts are filled.",
        "涉案财物。如实填写，未知的留空；各部分齐备后方可随案移送。",
    ),
    "number": Text("Of the thing in your list of seized property", "扣押清单编号"),
    "case": Text('Case reference, in quotes: "0317"', '案件编号，须加引号，如 "0317"'),
    "asset_class": Text("One of {classes}", "资产类别，下列之一：{classes}"),
    "description": Text("What it is, so that nobody takes another for it", "特征描述"),
    "identifier": Text(
        "asset:VEHICLE:VIN, asset:REAL_ESTATE:TITLE, iban:...; may stay empty", "唯一标识，可留空"
    ),
    "custodian": Text("Agency that keeps it: short name or number", "保管机关简称或者编号"),
    "attest_every": Text("Days between two attestations, 1 to 180", "保管确认间隔（日），1 至 180"),
    "source": Text("Where it comes from, with what it was paid", "来源及购置资金"),
    "nature": Text("Proceeds, tool, property of others, evidence", "违法所得、作案工具、他人财产或者证据"),
    "ownership": Text("Whose it is, by what papers; who else claims it", "权属及凭证；其他权利主张"),
    "value": Text("Estimate, by whom", "价值及估价机构"),
    "amount": Text("As MYR 90,000.00", "如 MYR 90,000.00"),
    "need": Text("Why it has to be recovered, confiscated or returned", "追缴、没收或者返还的必要性"),
    "documents": Text("Files beside this one", "同目录下的文件"),
    "acquisitions": Text("Packages (NAME.acq) or AGENCY:0xROOT", "取证包（NAME.acq）或者 机构:0x根哈希值"),
}


def template(asset_class: AssetClass, lang: str | None = None) -> str:
    """A dossier to fill in.

    Args:
        asset_class: of the thing.
        lang: language of the comments, ``en`` or ``zh``; by default the one that was chosen.
    """
    language = lang or chosen()
    lines = [f"# {_COMMENTS['head'][language]}", f"concordat: {FORMAT}"]
    lines += [_line(key, language) for key in ("number", "case")]
    lines += [_line("asset_class", language, value=asset_class.name)]
    lines += [_line(key, language) for key in ("description", "identifier", "custodian")]
    lines += [_line("attest_every", language, value="30")]
    for part in WRITTEN:
        lines += ["", _line(part.name.lower(), language)]
        lines += ["  " + _line("amount", language)] if part is DossierPart.VALUE else []
        lines += ["  text:", "  " + _line("documents", language, value="[]")]
    return "\n".join([*lines, "", _line("acquisitions", language, value="[]")]) + "\n"


def _line(key: str, language: str, *, value: str = "") -> str:
    text = _COMMENTS[key][language].format(classes=", ".join(AssetClass.__members__))
    return f"{f'{key}: {value}'.rstrip():<{_BESIDE}}# {text}"
