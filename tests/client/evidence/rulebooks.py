# SPDX-License-Identifier: Apache-2.0
"""A small rulebook without mistakes, for tests to spoil."""

from __future__ import annotations

NORWAY = """\
# SPDX-License-Identifier: Apache-2.0
concordat: standards/1
jurisdiction: NO
name: {en: Norway, zh: 挪威}
zone: "+01:00"
review: {status: drafted, by: null, date: null}
laws:
  - id: ACT-1
    kind: law
    title: {en: Act, zh: 法}
    adopted: 2020-01-15
    in_force: 2020-03-01
    repealed: null
    certainty: M
  - id: ACT-2
    kind: law
    title: {en: Later Act, zh: 新法}
    adopted: 2024-01-15
    in_force: 2024-03-01
    repealed: null
    certainty: M
standards:
  - origin: domestic
    methods: all
    from: 2021-01-01
  - origin: foreign
    methods: all
    from: 2021-01-01
rules:
  - id: NO1
    applies: {domestic: all}
    requires: VIDEO_RECORDED
    severity: curable
    late: true
    law: ACT-1
    article: art. 1
    certainty: M
    missing: {en: No video., zh: 没有录像。}
    cure: {en: Add it., zh: 补充录像。}
  - id: NO2
    applies: {domestic: [STORAGE_IMAGING, LIVE_CAPTURE], foreign: {except: [VICTIM_SUBMISSION]}}
    any_of: [HASH_PROCESS_CERTIFIED, NOTICE_GIVEN, HOLDER_SIGNED]
    severity: fatal
    law: ACT-1
    article: art. 2(1)
    certainty: M
    missing: {en: No certificate., zh: 没有证明书。}
    cure: {en: Add it., zh: 补充证明书。}
  - id: NO3
    applies: {domestic: all}
    officers: 2
    severity: curable
    law: ACT-1
    article: art. 3
    certainty: M
    missing: {en: One officer., zh: 仅一人。}
    cure: {en: Sign., zh: 签名。}
  - id: NO4
    applies: {domestic: all}
    delay: 48
    severity: curable
    law: ACT-1
    article: art. 4
    certainty: M
    missing: {en: Too late., zh: 逾期。}
    cure: {en: Explain., zh: 说明。}
  - id: NO5
    applies: {domestic: all}
    algorithms: [SHA-256, SHA-512]
    severity: fatal
    law: ACT-1
    article: art. 5
    certainty: M
    missing: {en: No hash., zh: 没有校验值。}
    cure: {en: Hash., zh: 计算校验值。}
  - id: NO6
    applies: {domestic: all}
    precheck: data-category
    because: {en: It is of items., zh: 属于单件证据。}
    severity: noted
    law: ACT-1
    article: art. 6
    certainty: M
    missing: {en: No category., zh: 没有类别。}
    cure: {en: Name it., zh: 注明类别。}
"""


def changed(old: str, new: str, text: str = NORWAY) -> str:
    """The text with the first of ``old`` replaced; it must be there."""
    assert old in text, old
    return text.replace(old, new, 1)


def rule(
    name: str, test: str, *, severity: str = "curable", applies: str = "{domestic: all}", more: str = ""
) -> str:
    """One more rule, to be put at the end."""
    return f"""\
  - id: {name}
    applies: {applies}
    {test}
    severity: {severity}
{more}    law: ACT-1
    article: art. 9
    certainty: M
    missing: {{en: Missing., zh: 缺少。}}
    cure: {{en: Cure., zh: 补正。}}
"""
