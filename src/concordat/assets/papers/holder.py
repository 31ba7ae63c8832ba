# SPDX-License-Identifier: Apache-2.0
"""The notice to the account holder, with the key by which he can object: as text and as QR code.

Whoever has this paper can object in the holder's place, and do nothing else. It is made when somebody asks
for it, never by an act: before a measure is carried out a notice would be a warning.
"""

from __future__ import annotations

from typing import Any, Final

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from concordat.assets.orders.notice import Notice
from concordat.assets.papers import parts
from concordat.assets.papers.matter import Act, Item, Matter, code
from concordat.rendering.content import (
    Block,
    Code,
    Document,
    Drawing,
    Facts,
    Items,
    Paragraph,
    Rect,
    Section,
    Text,
    Tone,
    data,
)

_STATEMENT: Final = Text("A notice; you can object to the measure", "告知书；您有权对该措施提出异议")
_MODULE: Final = 2.5
_QUIET: Final = 4
"""Points of one module of the code, and modules of white around it (ISO/IEC 18004)."""


def notice(matter: Matter, act: Act, item: Item, held: Notice, until: int) -> Document:
    """The notice.

    Args:
        matter: what it is about.
        act: the answer by which it was held, or the request.
        item: the holder's account or thing.
        held: suite, hold and key.
        until: end of the hold, seconds since 1970 UTC; 0 if nothing is held.
    """
    narrow = matter.of((item,))
    own = item.target.notice if item.target else None
    text = Text(
        "An account or thing of yours is held at the request of the agency named here.",
        "应所列机关请求，您的账户或者财物已被采取措施。",
    )
    rows = (
        parts.office_fact("institution", Text("Held by", "协助机构"), item.institution),
        *((parts.time_fact("until", Text("Held until", "控制至"), until, matter),) if until else ()),
    )
    told = [Paragraph(data(line)) for line in own.text.splitlines() if line.strip()] if own else []
    words = Section("words", Text("Notice of the agency", "告知内容"), tuple(told)) if told else None
    return parts.paper(
        narrow,
        act,
        "holder-notice",
        Text("Notice to the account holder", "采取措施告知书"),
        _STATEMENT,
        (
            parts.acted(narrow, text, *rows),
            words,
            parts.targets(narrow, full=False),
            parts.legal(narrow),
            _rights(),
            _key(held),
        ),
        suffix=f"NOT{item.number}",
    )


def _rights() -> Section:
    entries = (
        Text(
            "You can object while the account is held, without being a member of anything and without cost. "
            "Write down your grounds; an authority other than the one that asked decides.",
            "在措施有效期间，您可以提出异议，无须为成员，亦不收取费用。请写明理由；由请求机关以外的机关审查。",
        ),
        Text(
            "If the objection is upheld, the account is released in the same act, and that is counted "
            "against the agency that asked.",
            "异议成立的，即时解除控制，并计入请求机关的记录。",
        ),
        Text(
            "What you and those whom you support need to live on can be exempt: say so and show it.",
            "您及所扶养家属的生活必需费用可以依法保留：请说明并提供证明。",
        ),
        Text(
            "Whether all this is true you can have checked by any court, prosecutor, police or bank that is "
            "a member.",
            "您可请任一成员法院、检察机关、警察机关或者银行核实本告知书。",
        ),
    )
    return Section("rights", Text("Your rights", "您的权利"), (Items(entries, ordered=True),))


def _key(held: Notice) -> Section:
    """Everything from which the file of the notice is made, once as text and once as QR code."""
    warning = Text(
        "Keep this page as you keep a key: whoever has it can object in your place, and nothing else.",
        "请妥善保管本页：持有者可代您提出异议，但不能作其他任何事。",
    )
    how = Text(
        "The code holds the file of the notice. Save what it says as notice.json and sign with any client; "
        "no network is needed; anybody may send what you signed:",
        "二维码内为告知文件全文。请将其内容存为 notice.json，用任一客户端离线签名；"
        "签名后任何人均可代为提交：",
    )
    caption = Text(f"Notice {code(held.hold)}", f"告知文件 {code(held.hold)}")
    rows = (
        parts.fact("notice-key", Text("Notice key", "告知密钥"), _word(held.secret), mono=True),
        parts.fact(
            "account-word",
            Text("Account commitment", "账户承诺值"),
            _word(held.account),
            mono=True,
        ),
        parts.fact("target-word", Text("Target", "目标编号"), _word(held.target), mono=True),
        parts.fact(
            "suite",
            Text("Chain, genesis, contract", "链、创世编号、合约"),
            data(held.chain_id),
            _word(held.genesis),
            data(held.objections),
            mono=True,
        ),
    )
    blocks: tuple[Block, ...] = (
        Paragraph(warning, Tone.WARNING),
        Facts(rows),
        Paragraph(how),
        Code(("concordat freeze object --notice notice.json --grounds grounds.pdf --write objection.json",)),
        qr("notice-code", held.to_bytes().decode("ascii"), caption),
    )
    return Section("key", Text("Your key to object", "异议密钥"), blocks)


def _word(word: bytes) -> Text:
    return data(f"0x{word.hex()}")


def qr(key: str, text: str, caption: Text) -> Drawing:
    """A QR code of a text, with its quiet zone; level L: what is printed from a file is clean."""
    made: Any = QRCode(None, QRErrorCorrectLevel.L)
    made.addData(text)
    made.make()
    count: int = made.getModuleCount()
    size = (count + 2 * _QUIET) * _MODULE
    shapes = [Rect(0, 0, size, size, "#ffffff")]
    for row in range(count):
        column = 0
        while column < count:
            begin = column
            while column < count and made.isDark(row, column):
                column += 1
            if column > begin:  # one rectangle for neighbours: no hairlines between them
                shapes.append(
                    Rect(
                        (begin + _QUIET) * _MODULE,
                        (row + _QUIET) * _MODULE,
                        (column - begin) * _MODULE,
                        _MODULE,
                        "#000000",
                    )
                )
            column += 1
    return Drawing(key, size, size, tuple(shapes), caption)
