# SPDX-License-Identifier: Apache-2.0
"""Papers of the requester's side and of the authority that takes over: from the order to the release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concordat.assets.papers import parts
from concordat.assets.papers.matter import Act, Item, Matter, Office
from concordat.assets.states import ReleaseReason
from concordat.assets.words import Measure, Refusal
from concordat.evidence.laws import Text as LawText
from concordat.rendering.content import Document, Fact, Items, Section, Text

_REQUESTED: Final = Text(
    "A request that the agency named here answers for, not a court's ruling",
    "由所列机关负责的请求，并非法院裁判",
)
_RECORD: Final = Text("A record of what was done on the chain, not a ruling", "对链上行为的记录，并非裁判")

_ORDERS: Final[Mapping[Measure, Text]] = {
    Measure.STOP_PAYMENT: Text("Stop-payment order", "紧急止付通知书"),
    Measure.FREEZE: Text("Freeze order", "协助冻结财产通知书"),
    Measure.SEIZE: Text("Seizure order", "协助扣押财产通知书"),
    Measure.SEAL: Text("Sealing order", "协助查封财产通知书"),
}


def order(matter: Matter, act: Act) -> Document:
    """The order to one institution: whose accounts, how much, how long, on what basis, whom to call back."""
    to = matter.institutions()
    rows = tuple(parts.office_fact(f"to-{n}", Text("To", "致"), office) for n, office in enumerate(to, 1))
    return parts.paper(
        matter,
        act,
        "freeze-order",
        _ORDERS[matter.measure],
        _REQUESTED,
        (
            parts.acted(matter, _asks(matter), *rows),
            parts.targets(matter, full=True),
            parts.legal(matter, act.at),
            parts.grounds(matter),
            parts.secrecy(matter),
            _answer_how(matter),
            _signed(matter),
        ),
        suffix="ORD",
    )


def _asks(matter: Matter) -> Text:
    """What is asked, and from when it binds."""
    asks = Text(
        "You are asked to hold the accounts or things named below and to answer through your client.",
        "请对下列账户或者财物采取措施，并通过贵方客户端答复。",
    )
    if matter.foreign:
        binds = Text(
            "The request comes from abroad: it binds nobody until the domestic authority has endorsed it.",
            "本请求来自境外：未经本国主管机关认可，对任何机构均无约束力。",
        )
    elif matter.measure is Measure.STOP_PAYMENT:
        binds = Text(
            "It binds at once, and lapses unless it is ratified in time.",
            "本请求立即生效；逾期未经批准即失效。",
        )
    else:
        binds = Text("It binds once it is ratified, not before.", "本请求经批准后生效，此前无约束力。")
    return Text(f"{asks.en} {binds.en}", f"{asks.zh}{binds.zh}")


def _answer_how(matter: Matter) -> Section:
    codes = Text(
        "Answer each target: held, held in part, nothing to hold, no such account, moved on, does not match, "
        "refused, or waits behind an earlier hold. A second officer confirms the answer.",
        "请逐项答复：已全额控制、已部分控制、无可控制资金、查无此账户、资金已转出、信息不符、不予办理或者轮候；"
        "答复须经第二人复核。",
    )
    before = Text(
        "Whether and since when the request binds, and when the answer is due, the chain shows; this paper "
        "does not.",
        "请求是否及何时生效、答复期限，以链上状态为准，不以本文书为准。",
    )
    items = Items((codes, before))
    return Section("answer", Text("How to answer", "答复方式"), (items,))


def _signed(matter: Matter) -> Section | None:
    if matter.order is None:
        return None
    officer = matter.order.officer
    badge = f"{officer.rank}, {officer.badge}" if officer.badge else officer.rank
    return parts.signature(Text("Requesting officer", "经办人"), officer.name, badge)


def ratification(matter: Matter, act: Act, office: Office) -> Document:
    """The approval of the higher power, a court or a prosecutor."""
    text = Text(
        "The request is ratified. Together with the order it binds the institutions, unless an endorsement "
        "is awaited.",
        "本请求已获批准；除尚待本国主管机关认可外，对协助机构具有约束力。",
    )
    row = parts.office_fact("ratified", Text("Ratified by", "批准机关"), office)
    return _about_request(matter, act, "ratification", Text("Ratification", "批准书"), "RAT", text, row)


def endorsement(matter: Matter, act: Act, office: Office) -> Document:
    """The domestic authority takes over a foreign request."""
    text = Text(
        "The domestic authority has examined the request and takes it over. From now on it binds the "
        "institutions, under the law that applies there.",
        "本国主管机关已审查该境外请求并予以认可；自此依所适用的法律对协助机构具有约束力。",
    )
    row = parts.office_fact("endorsed", Text("Endorsed by", "认可机关"), office)
    title = Text("Endorsement of a foreign request", "境外请求认可书")
    return _about_request(matter, act, "endorsement", title, "END", text, row)


def declining(matter: Matter, act: Act, office: Office, code: Refusal) -> Document:
    """The domestic authority does not take over a foreign request."""
    text = Text(
        "The request is not endorsed. It binds nobody; nothing may be held under it.",
        "不予认可该境外请求；该请求对任何机构均无约束力，不得据此采取措施。",
    )
    rows = (
        parts.office_fact("declined", Text("Declined by", "不予认可机关"), office),
        parts.fact(
            "reason",
            Text("Reason", "理由"),
            _numbered(int(code), code.label()),
        ),
    )
    title = Text("Refusal to endorse", "不予认可通知书")
    return _about_request(matter, act, "declining", title, "DEC", text, *rows)


def withdrawal(matter: Matter, act: Act, office: Office, reason: ReleaseReason) -> Document:
    """The whole request ends."""
    text = Text(
        "The whole request is withdrawn. Whatever is held under it is released at once; confirm the release "
        "through your client.",
        "整个请求已撤回。据此控制的全部财产立即解除控制；请通过客户端确认解除。",
    )
    rows = (
        parts.office_fact("by", Text("Withdrawn by", "撤回机关"), office),
        parts.fact("reason", Text("Reason", "理由"), _reason(reason)),
    )
    title = Text("Withdrawal and release", "撤回请求暨解除通知书")
    return _about_request(matter, act, "withdrawal", title, "WDR", text, *rows, full=True)


def _about_request(
    matter: Matter,
    act: Act,
    kind: str,
    title: Text,
    suffix: str,
    text: Text,
    *rows: Fact,
    full: bool = False,
) -> Document:
    return parts.paper(
        matter,
        act,
        kind,
        title,
        _RECORD,
        (
            parts.acted(matter, text, *rows),
            parts.targets(matter, full=full),
            parts.legal(matter),
            parts.secrecy(matter),
        ),
        suffix=suffix,
    )


def renewal(matter: Matter, act: Act, item: Item, office: Office, until: int, digest: bytes) -> Document:
    """A hold goes on."""
    rows = (
        parts.office_fact("by", Text("Renewed by", "续控机关"), office),
        parts.time_fact("until", Text("Held until", "控制至"), until, matter),
        parts.hash_fact("renewal", Text("Order of renewal, keccak256", "续控文书哈希（keccak256）"), digest),
    )
    text = Text(
        "The hold is renewed before its end. It ends by itself at the time below unless renewed again.",
        "该措施已在届满前续控；除再次续控外，于下列时间自动解除。",
    )
    title = Text("Renewal", "续行措施通知书")
    return _about_hold(matter, act, item, "renewal", title, "REN", text, *rows)


def release(
    matter: Matter, act: Act, item: Item, office: Office, let_go: int, remaining: int, reason: ReleaseReason
) -> Document:
    """All that is held is let go, or a part: then the paper says what stays.

    Args:
        matter: what it is about.
        act: the release.
        item: the target.
        office: who lets go.
        let_go: minor units.
        remaining: what stays held, minor units.
        reason: why.
    """
    rows = (
        parts.office_fact("by", Text("Released by", "解除机关"), office),
        parts.amount_fact("let-go", Text("Let go", "解除金额"), let_go, item),
        parts.amount_fact("remaining", Text("Still held", "继续控制金额"), remaining, item),
        parts.fact("reason", Text("Reason", "理由"), _reason(reason)),
    )
    if remaining:
        text = Text(
            "A part is released at once; the rest stays held. Confirm through your client.",
            "部分金额立即解除控制，其余继续控制；请通过客户端确认。",
        )
        title = Text("Reduction of a hold", "部分解除通知书")
        return _about_hold(matter, act, item, "reduction", title, "RED", text, *rows)
    text = Text(
        "The hold is released at once. Confirm through your client that it was carried out.",
        "该措施立即解除；请通过客户端确认已办理。",
    )
    return _about_hold(matter, act, item, "release", Text("Release", "解除通知书"), "REL", text, *rows)


def _about_hold(
    matter: Matter, act: Act, item: Item, kind: str, title: Text, suffix: str, text: Text, *rows: Fact
) -> Document:
    narrow = matter.of((item,))
    to = parts.office_fact("to", Text("To", "致"), item.institution)
    return parts.paper(
        narrow,
        act,
        kind,
        title,
        _RECORD,
        (parts.acted(narrow, text, to, *rows), parts.targets(narrow, full=True), parts.secrecy(narrow)),
        suffix=f"{suffix}{item.number}",
    )


def _reason(reason: ReleaseReason) -> Text:
    return _numbered(int(reason), reason.label())


def _numbered(number: int, label: LawText) -> Text:
    return Text(f"{number}: {label.en}", f"{number}：{label.zh}")
