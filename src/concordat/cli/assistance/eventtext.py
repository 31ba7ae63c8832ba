# SPDX-License-Identifier: Apache-2.0
"""The acts of a request in one line each, in English and Chinese, and as stable values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from concordat.cli.output import local, moment
from concordat.cooperation.words import (
    DeclineReason,
    PostponeReason,
    RefusalGround,
    ShortAnswer,
    WithdrawalReason,
    Word,
)
from concordat.evidence.assess import Verdict
from concordat.evidence.laws import Text
from concordat.evidence.places import alpha
from concordat.ledger.protocol import Event
from concordat.membership import numbers

#: Act, and the value that says who acted.
_ACTS: Final[Mapping[str, tuple[Text, str]]] = {
    "Asked": (Text("asked", "提出请求"), "from"),
    "PassedOn": (Text("passed on", "转递"), "authority"),
    "NotPassedOnBy": (Text("not passed on", "未予转递"), "authority"),
    "Acknowledged": (Text("acknowledged", "签收"), "receiver"),
    "AssignedTo": (Text("assigned to", "指定执行机关"), "executor"),
    "Forwarded": (Text("forwarded", "转交"), "from"),
    "Supplemented": (Text("supplemented", "补充材料"), "agency"),
    "RequestWithdrawn": (Text("withdrawn", "撤回"), "agency"),
    "MessageReceived": (Text("opened a message", "开启来件"), "agency"),
    "RequestAccepted": (Text("accepted", "同意协助"), "executor"),
    "SupplementAskedFor": (Text("asked for a supplement", "要求补充材料"), "executor"),
    "RequestPostponed": (Text("postponed", "暂缓协助"), "executor"),
    "ExecutionBegun": (Text("began to carry it out", "开始执行"), "executor"),
    "RequestRefused": (Text("refused", "拒绝协助"), "executor"),
    "RequestAnswered": (Text("answered", "答复"), "executor"),
    "AcquisitionAnswered": (Text("evidence judged for the forum", "证据按法域标准评定"), "agency"),
    "AnswerConfirmed": (Text("confirmed", "确认答复"), "asker"),
    "EvidenceExcluded": (Text("evidence excluded by a court", "法院排除证据"), "court"),
}
_CODES: Final[Mapping[str, tuple[str, type[Word]]]] = {
    "NotPassedOnBy": ("reason", DeclineReason),
    "RequestWithdrawn": ("reason", WithdrawalReason),
    "RequestPostponed": ("reason", PostponeReason),
    "RequestRefused": ("ground", RefusalGround),
    "RequestAnswered": ("short", ShortAnswer),
}


def event_line(event: Event, names: Mapping[int, str], lang: str) -> str:
    """One act for people."""
    text, value = _ACTS[event.name]
    number = int(event.args[value])
    who = names.get(number) or numbers.label(number)
    return f"{who}  {text[lang]}{_more(event, names, lang)}"


def event_data(event: Event) -> dict[str, Any]:
    """One act for ``--json``."""
    values = {key: _plain(value) for key, value in event.args.items() if key not in ("request", "order")}
    return {
        "event": event.name,
        "time": moment(event.time),
        "block": event.block,
        "transaction": event.transaction,
        **values,
    }


def _more(event: Event, names: Mapping[int, str], lang: str) -> str:
    args = event.args
    if event.name in _CODES:
        value, words = _CODES[event.name]
        code = int(args[value])
        said = next((each.label()[lang] for each in words if int(each) == code), "")
        until = f" {local(args['until'])}" if event.name == "RequestPostponed" else ""
        part = event.name == "RequestAnswered" and not args["complete"]
        more = f"{' in part' if part else ''}{until}"
        return f"{more}: {said}" if said else more
    match event.name:
        case "Forwarded":
            return f" -> {names.get(args['to'], args['to'])}"
        case "AcquisitionAnswered" if args["forum"]:
            return f" {alpha(args['forum'])}: {Verdict(args['verdict']).label(lang)}"
        case "RequestAccepted" if any(args["conditions"]):
            return " with conditions" if lang == "en" else "（附条件）"
    return ""


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return f"0x{value.hex()}"
    if hasattr(value, "_asdict"):
        return {key: _plain(each) for key, each in value._asdict().items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
