# SPDX-License-Identifier: Apache-2.0
"""What a counter-proposal changed, in words: from two versions as the chain holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from concordat.cooperation.agreementbook import ChainDraft, Duty, Terms
from concordat.cooperation.agreements.durations import shown
from concordat.cooperation.words import UseLimit
from concordat.evidence import places
from concordat.evidence.laws import Text


def changes(
    before: ChainDraft, after: ChainDraft, duties: Mapping[bytes, str] | None = None
) -> tuple[Text, ...]:
    """What is otherwise in the later version, in the order of an agreement; empty if nothing is.

    Args:
        before, after: two versions.
        duties: texts of duties by their hashes, as far as they are known.
    """
    return tuple(_changes(before, after, duties or {}))


def _changes(before: ChainDraft, after: ChainDraft, duties: Mapping[bytes, str]) -> Iterator[Text]:
    if before.text != after.text:
        yield Text("The text was changed: read both versions.", "文本有改动：须对照两个版本。")
    yield from _parties(before, after)
    one, other = before.basis.label(), after.basis.label()
    if (before.basis, before.basis_reference) != (after.basis, after.basis_reference):
        yield _was(
            Text("Basis", "依据"),
            Text(f"{one.en} {before.basis_reference}".strip(), f"{one.zh}{before.basis_reference}"),
            Text(f"{other.en} {after.basis_reference}".strip(), f"{other.zh}{after.basis_reference}"),
        )
    if before.ratifications != after.ratifications:
        yield _was(
            Text("Ratifications needed", "生效所需批准数"),
            _same(before.ratifications),
            _same(after.ratifications),
        )
    if before.notice != after.notice:
        yield _was(Text("Notice of withdrawal", "退出通知期"), _length(before.notice), _length(after.notice))
    if before.enters_at != after.enters_at:
        yield _was(
            Text("In force not before", "最早生效时间"), _moment(before.enters_at), _moment(after.enters_at)
        )
    if before.ends_at != after.ends_at:
        yield _was(Text("End", "终止时间"), _moment(before.ends_at), _moment(after.ends_at))
    if before.open != after.open:
        yield (
            Text("Others may accede now.", "改为开放加入。")
            if after.open
            else Text("Others may accede no more.", "改为不开放加入。")
        )
    yield from _terms(before, after)
    yield from _obligations(before, after, duties)


def _parties(before: ChainDraft, after: ChainDraft) -> Iterator[Text]:
    for number in after.parties:
        if number not in before.parties:
            yield Text(
                f"New party: {places.name(number, 'en')}.", f"新增当事方：{places.name(number, 'zh')}。"
            )
    for number in before.parties:
        if number not in after.parties:
            yield Text(
                f"No party any more: {places.name(number, 'en')}.",
                f"不再列为当事方：{places.name(number, 'zh')}。",
            )


def _terms(before: ChainDraft, after: ChainDraft) -> Iterator[Text]:
    old, new = ({each.kind: each for each in draft.terms} for draft in (before, after))
    for kind in sorted({*old, *new}):
        label = kind.label()
        if kind not in new:
            yield Text(f"{_big(label.en)}: no longer covered.", f"{label.zh}：不再涵盖。")
        elif kind not in old:
            yield Text(
                f"{_big(label.en)}: newly covered, answer within {shown(new[kind].answer_within).en}.",
                f"{label.zh}：新增涵盖，{shown(new[kind].answer_within).zh}内答复。",
            )
        else:
            for change in _term(old[kind], new[kind]):
                yield Text(f"{_big(label.en)}: {change.en}", f"{label.zh}：{change.zh}")


def _term(old: Terms, new: Terms) -> Iterator[Text]:
    for name, what in (
        ("acknowledge_within", Text("acknowledgement", "签收期限")),
        ("answer_within", Text("answer", "答复期限")),
        ("acknowledge_urgent_within", Text("urgent acknowledgement", "紧急签收期限")),
        ("answer_urgent_within", Text("urgent answer", "紧急答复期限")),
    ):
        one, other = int(getattr(old, name)), int(getattr(new, name))
        if one != other:
            yield _was(what, _length(one), _length(other))
    for limit in UseLimit:
        if (limit in old.use_limits) != (limit in new.use_limits):
            text = limit.labels()[0]
            added = limit in new.use_limits
            yield (
                Text(f"new limit, {text.en}.", f"新增使用限制：{text.zh}。")
                if added
                else Text(f"limit dropped, {text.en}.", f"取消使用限制：{text.zh}。")
            )
    if old.confidentiality != new.confidentiality:
        yield _was(Text("confidentiality", "密级"), old.confidentiality.label(), new.confidentiality.label())


def _obligations(before: ChainDraft, after: ChainDraft, duties: Mapping[bytes, str]) -> Iterator[Text]:
    for each in after.obligations:
        if each not in before.obligations:
            yield Text(f"New duty: {_duty(each, duties).en}.", f"新增义务：{_duty(each, duties).zh}。")
    for each in before.obligations:
        if each not in after.obligations:
            yield Text(f"Duty dropped: {_duty(each, duties).en}.", f"取消义务：{_duty(each, duties).zh}。")


def _duty(duty: Duty, duties: Mapping[bytes, str]) -> Text:
    """Who has to do what, when."""
    what = duties.get(duty.duty, f"0x{duty.duty.hex()[:16]}…").rstrip(".。")
    who = (
        Text(places.name(duty.debtor, "en"), places.name(duty.debtor, "zh"))
        if duty.debtor
        else Text("every party", "各当事方")
    )
    due, again = shown(duty.due_within), shown(duty.every) if duty.every else None
    return Text(
        f"{who.en}, within {due.en}{f' and every {again.en}' if again else ''}: {what}",
        f"{who.zh}，{due.zh}内{f'，此后每{again.zh}' if again else ''}：{what}",
    )


def _was(what: Text, one: Text, other: Text) -> Text:
    return Text(f"{what.en}: {other.en} instead of {one.en}.", f"{what.zh}：由{one.zh}改为{other.zh}。")


def _length(seconds: int) -> Text:
    return shown(seconds) if seconds else Text("none", "无")


def _moment(seconds: int) -> Text:
    if not seconds:
        return Text("not said", "未规定")
    return _same(f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC")


def _same(value: object) -> Text:
    return Text(str(value), str(value))


def _big(text: str) -> str:
    return text[:1].upper() + text[1:]
