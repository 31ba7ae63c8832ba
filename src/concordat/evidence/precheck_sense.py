# SPDX-License-Identifier: Apache-2.0
"""Whether a record makes sense by itself, whatever the law of the forum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from concordat.evidence.laws import Text
from concordat.evidence.methods import Method
from concordat.evidence.record import Presence, Record
from concordat.evidence.steps import Step
from concordat.evidence.words import Severity

LARGEST_CLOCK_OFFSET_MS: Final = 60_000
LONGEST_MINUTES: Final = 2**16 - 1
TIME_ORDER: Final = frozenset({"time.end_before_start", "time.start_in_future", "time.end_in_future"})
"""Codes of the order of start, end and registration."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Code, severity, sentence and field of what does not fit together."""

    code: str
    severity: Severity
    field: str
    message: Text


def remarks(record: Record, now: int) -> Iterator[Remark]:
    """Give everything that does not fit together.

    Args:
        record: as parsed.
        now: Unix seconds of the caller's clock.

    """
    yield from _times(record, now)
    yield from _legal_basis_window(record)
    yield from _clock(record)
    yield from _holder(record)
    yield from _witness(record)
    yield from _write_blocker(record)
    yield from _method_needs(record)
    yield from _mandate(record)


def _times(record: Record, now: int) -> Iterator[Remark]:
    started, ended = record.started.timestamp(), record.ended.timestamp()
    if ended < started:
        text = Text("The collection ended before it began.", "取证结束时间早于开始时间。")
        yield Remark("time.end_before_start", Severity.FATAL, "ended", text)
    elif ended - started > 60 * LONGEST_MINUTES + 59:
        text = Text(
            "The collection lasted more than 65,535 minutes (45 days); record it in parts.",
            "取证持续时间超过 65535 分钟（约 45 天），请分次记录。",
        )
        yield Remark("duration.too_long", Severity.FATAL, "ended", text)
    if started > now:
        text = Text(
            "The collection begins in the future of this computer's clock.", "取证开始时间晚于本机当前时间。"
        )
        yield Remark("time.start_in_future", Severity.FATAL, "started", text)
    elif ended > now:
        text = Text(
            "The collection ends in the future of this computer's clock.", "取证结束时间晚于本机当前时间。"
        )
        yield Remark("time.end_in_future", Severity.FATAL, "ended", text)


def _legal_basis_window(record: Record) -> Iterator[Remark]:
    basis = record.legal_basis
    if basis is None:
        return
    first, last = basis.valid_from, basis.valid_until
    if first is not None and last is not None and last < first:
        text = Text("The legal basis ends before it begins.", "法律文书的有效期截止时间早于起始时间。")
        yield Remark("time.basis_reversed", Severity.FATAL, "legal_basis.until", text)
        return
    if first is not None and record.started < first:
        text = Text(
            "The collection began before the legal basis was valid.", "取证开始时，法律文书尚未生效。"
        )
        yield Remark("time.before_legal_basis", Severity.FATAL, "legal_basis.from", text)
    if last is not None and record.started > last:
        text = Text("The collection began after the legal basis had ended.", "取证开始时，法律文书已经失效。")
        yield Remark("time.after_legal_basis", Severity.FATAL, "legal_basis.until", text)


def _clock(record: Record) -> Iterator[Remark]:
    if record.clock is not None and abs(record.clock.offset_ms) > LARGEST_CLOCK_OFFSET_MS:
        text = Text(
            "The clock was off by more than one minute; times in the exhibits need correcting by the offset.",
            "设备时钟偏差超过一分钟，证据中的时间应当按偏差校正。",
        )
        yield Remark("clock.offset_large", Severity.NOTED, "clock.offset_ms", text)


def _holder(record: Record) -> Iterator[Remark]:
    holder, reasoned = record.holder, record.claims(Step.HOLDER_ABSENCE_REASONED)
    if reasoned and (holder is None or holder.reason is None):
        text = Text(
            "A step says that the reason for the missing signature is recorded, but none is given.",
            "已声明注明持有人未签名的原因，但记录中未写明原因。",
        )
        yield Remark("holder.reason_missing", Severity.CURABLE, "holder.reason", text)
    if _absent(holder) and not reasoned:
        text = Text(
            "The holder was absent, but HOLDER_ABSENCE_REASONED is not among the steps.",
            "持有人不在场，但程序步骤中没有 HOLDER_ABSENCE_REASONED。",
        )
        yield Remark("holder.absence_unreasoned", Severity.CURABLE, "steps.HOLDER_ABSENCE_REASONED", text)


def _witness(record: Record) -> Iterator[Remark]:
    witness, reasoned = record.witness, record.claims(Step.WITNESS_ABSENCE_REASONED)
    if record.claims(Step.WITNESS_ELIGIBLE) and witness is not None:
        if witness.present is False:
            text = Text("An absent witness is declared eligible.", "见证人不在场，却声明其符合法定条件。")
            yield Remark("witness.eligible_but_absent", Severity.CURABLE, "witness.present", text)
        elif witness.eligible is False:
            text = Text(
                "The witness is not eligible, but WITNESS_ELIGIBLE is declared.",
                "见证人不符合法定条件，却声明了 WITNESS_ELIGIBLE。",
            )
            yield Remark("witness.not_eligible", Severity.CURABLE, "witness.eligible", text)
    if reasoned and (witness is None or witness.reason is None):
        text = Text(
            "A step says that the reason for having no witness is recorded, but no reason is given.",
            "已声明注明无见证人的原因，但记录中未写明原因。",
        )
        yield Remark("witness.reason_missing", Severity.CURABLE, "witness.reason", text)
    if reasoned and record.claims(Step.WITNESS_ELIGIBLE):
        text = Text(
            "An eligible witness and the reason for having none are both declared.",
            "同时声明了见证人符合法定条件和无见证人的原因。",
        )
        yield Remark("witness.contradiction", Severity.CURABLE, "steps.WITNESS_ABSENCE_REASONED", text)


def _write_blocker(record: Record) -> Iterator[Remark]:
    if record.claims(Step.WRITE_BLOCKER_USED) and record.claims(Step.WRITE_BLOCKER_WAIVER_REASONED):
        text = Text(
            "A write blocker and the reason for using none are both declared.",
            "同时声明了使用写保护设备和未使用写保护设备的原因。",
        )
        yield Remark(
            "step.write_blocker_contradiction", Severity.CURABLE, "steps.WRITE_BLOCKER_WAIVER_REASONED", text
        )


def _method_needs(record: Record) -> Iterator[Remark]:
    basis, source = record.legal_basis, record.source
    match record.method:
        case Method.PROVIDER_PRODUCTION if basis is None or basis.reference is None:
            text = Text(
                "Production by a provider needs the number of the order.", "调取电子数据须载明调取文书编号。"
            )
            yield Remark("method.order_number", Severity.CURABLE, "legal_basis.reference", text)
        case Method.DATA_PRESERVATION | Method.TECHNICAL_SURVEILLANCE if (
            basis is None or basis.issuer_rank is None
        ):
            text = Text("This method needs the rank of who approved it.", "该方法须载明批准人的级别。")
            yield Remark("method.approver_rank", Severity.CURABLE, "legal_basis.issuer_rank", text)
        case Method.ONLINE_EXTRACTION if source is None or source.locator is None:
            text = Text(
                "Extraction online needs the address of the source.", "网络在线提取须载明来源的网络地址。"
            )
            yield Remark("method.source_locator", Severity.CURABLE, "source.locator", text)
        case Method.FOREIGN_TRANSFER | Method.VICTIM_SUBMISSION if (
            source is None or source.description is None
        ):
            text = Text("This method needs to say from whom the data came.", "该方法须载明数据由何人提供。")
            yield Remark("method.source_description", Severity.CURABLE, "source.description", text)
        case _:
            return


def _mandate(record: Record) -> Iterator[Remark]:
    """Ask for a mandate: the contract takes what was collected or held abroad only so, public data apart."""
    held_abroad = record.data_location != record.home and not record.claims(Step.DATA_PUBLIC)
    if record.mandate is None and (record.place.country != record.home or held_abroad):
        text = Text(
            "What was collected or held abroad is registered only under an assistance request.",
            "在本法域以外取得或者存放的数据，须有协助请求方可登记。",
        )
        yield Remark("mandate.missing", Severity.FATAL, "mandate", text)


def _absent(presence: Presence | None) -> bool:
    return presence is not None and presence.present is False
