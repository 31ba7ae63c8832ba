# SPDX-License-Identifier: Apache-2.0
"""A commented agreement to fill in, with the default terms of each kind that its basis can carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from concordat.cooperation.agreements import durations
from concordat.cooperation.agreements.agreement import EVERY, FORMAT
from concordat.cooperation.law import library
from concordat.cooperation.law.parts import KindSpec
from concordat.cooperation.words import DIRECT_KINDS, Confidentiality, LegalBasis, RequestKind, UseLimit
from concordat.errors import UsageError
from concordat.evidence.laws import Text
from concordat.evidence.places import EU, INTL, numeric, places
from concordat.language import chosen

_HEAD: Final = Text(
    "Agreement. Change what was negotiated otherwise, leave out kinds that it does not cover. Lines with # "
    "are comments.",
    "协议。按磋商结果修改，删去不涵盖的请求种类；以 # 开头的行为注释。",
)
_TEXTS: Final = Text("Every language version, a file beside this one", "各语言文本，与本文件同目录")
_REFERENCE: Final = Text("Short public name: {words}", "公开简称：{words}")
_DURATIONS: Final = Text(
    "Durations: minutes, hours, days, weeks. Withdrawal at most 365 days before",
    "期限单位：minutes、hours、days、weeks；退出通知期至多365日",
)
_OPEN: Final = Text("true: others may accede", "true表示开放加入")
_ENTERS: Final = Text("As 2027-01-01T00:00:00Z, or empty", "如2027-01-01T00:00:00Z，可留空")
_TERMS: Final = Text(
    "From arrival. use: {use}. confidentiality: {levels}", "自送达起。use：{use}。confidentiality：{levels}"
)
_DUTIES: Final = Text(
    "Duties beside the requests; debtor: a party, or EVERY", "其他义务；debtor：当事方或EVERY"
)
_DUTY: Final = Text(
    "Name a contact point that answers day and night, and report a change.",
    "指定全天候联络点，变更时通报。",
)


def template(
    parties: Sequence[str], basis: LegalBasis, kinds: Sequence[RequestKind] = (), *, lang: str | None = None
) -> str:
    """Write an agreement to fill in.

    Args:
        parties: codes.
        basis: on what it stands.
        kinds: that it covers; all that the basis can carry by default.
        lang: language of the comments, ``en`` or ``zh``; by default the one that was chosen.

    Raises:
        UsageError: fewer than two parties, or one that is no country.
    """
    numbers = sorted({numeric(code) for code in parties})
    if len(numbers) < 2 or any(number >= INTL and number != EU for number in numbers):
        raise UsageError(
            "An agreement has at least two parties, each a country or the EU.",
            code="agreement.parties",
            next="Name them by their codes, such as CN MY.",
        )
    codes = [places()[number].alpha for number in numbers]
    allowed = [kind for kind in RequestKind if basis is not LegalBasis.POLICE or kind in DIRECT_KINDS]
    chosen_kinds = [kind for kind in allowed if kind in kinds] if kinds else allowed
    return "\n".join(_lines(codes, basis, chosen_kinds, lang or chosen())) + "\n"


def _lines(codes: Sequence[str], basis: LegalBasis, kinds: Sequence[RequestKind], lang: str) -> Iterator[str]:
    known = library.conventions().values()
    names = ", ".join(each.id for each in known if each.basis is basis)
    yield f"# {_HEAD[lang]}"
    yield f"concordat: {FORMAT}"
    yield from ("title:", "  en:", "  zh:")
    yield f"parties: [{', '.join(codes)}]"
    yield f"basis: {basis.name}  # {basis.label()[lang]}"
    yield f"reference:  # {_REFERENCE[lang].format(words=names or '-')}"
    yield f"texts:  # {_TEXTS[lang]}"
    yield from ("  - {language: en, file: agreement.en.txt}", "  - {language: zh, file: agreement.zh.txt}")
    yield f"ratifications: {len(codes)}"
    yield f"notice: 90 days  # {_DURATIONS[lang]}"
    yield from (f"enters:  # {_ENTERS[lang]}", "ends:", f"open: false  # {_OPEN[lang]}")
    use, levels = ", ".join(str(each.name) for each in UseLimit), ", ".join(Confidentiality.__members__)
    yield f"terms:  # {_TERMS[lang].format(use=use, levels=levels)}"
    for kind in kinds:
        yield from _terms(library.kinds().kinds[kind], lang)
    yield f"obligations:  # {_DUTIES[lang]}"
    yield f'  - {{debtor: {EVERY}, due: 30 days, every: 365 days, duty: "{_DUTY.en}"}}'


def _terms(spec: KindSpec, lang: str) -> Iterator[str]:
    times = spec.deadlines
    source = spec.deadlines.source
    yield f"  - kind: {spec.kind.name}  # {spec.kind.label()[lang]}"
    yield (
        f"    acknowledge: {durations.written(times.acknowledge)}"
        f"  # {source.reference.law}, {source.reference.article[lang]} ({source.certainty})"
    )
    yield f"    answer: {durations.written(times.answer)}"
    if times.answer_urgent:
        first, answer = durations.written(times.acknowledge_urgent), durations.written(times.answer_urgent)
        yield f"    urgent: {{acknowledge: {first}, answer: {answer}}}"
    yield "    use: [CASE_ONLY]"
    yield "    confidentiality: CONFIDENTIAL"
