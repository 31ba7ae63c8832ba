# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import io
import re
from typing import Any

import pytest
from records import mistakes
from ruamel.yaml import YAML

from concordat.errors import UsageError
from concordat.evidence.asked import ask, steps_asked
from concordat.evidence.facts import Facts
from concordat.evidence.methods import Method
from concordat.evidence.places import PlaceError, numeric
from concordat.evidence.record import parse, schema
from concordat.evidence.rulebook import bundled
from concordat.evidence.standards import Verdict, check
from concordat.evidence.steps import SEEN, STEPS, Step, Support, mask_of
from concordat.evidence.template import CARRIED_OUT, template

BOOKS = {code: bundled(code) for code in ("INTL", "CN", "MY", "SG")}
FORUMS = (["MY", "CN"], ["CN", "MY", "SG"], ["SG"], ["FR"], ["MY", "FR", "INTL"])
REQUIRED = {"case", "agency", "place", "data_location", "started", "ended", "officers"}


def filled(text: str) -> str:
    """The template with every empty field filled by the schema's own example, and every document attached."""
    yaml = YAML()
    record = yaml.load(re.sub(r"^  # - \{role", "  - {role", text, flags=re.M))
    _fill(record, schema())
    record["mandate"] = None
    home = record["forums"][0]
    record["place"]["country"] = record["data_location"] = home
    for name in record.get("steps") or ():
        record["steps"][name] = _support(
            Step[name], {entry["role"] for entry in record.get("documents") or ()}
        )
    out = io.StringIO()
    yaml.dump(record, out)
    return out.getvalue()


def _fill(value: Any, described: dict[str, Any]) -> None:
    properties = described.get("properties") or described.get("else", {}).get("properties", {})
    for key in list(value):
        if key == "steps":
            continue
        if isinstance(value[key], dict):
            _fill(value[key], properties[key])
        elif isinstance(value[key], list):
            for entry in value[key]:
                if isinstance(entry, dict):
                    _fill(entry, properties[key]["items"])
        elif value[key] is None:
            value[key] = properties[key]["examples"][0]


def _support(step: Step, roles: set[str]) -> Any:
    if STEPS[step].support is Support.DECLARED:
        return "declared"
    cited = [role.value for role in STEPS[step].roles if role.value in roles]
    return {"document": cited[0]} if cited else {"attester": "Digital Forensics Laboratory"}


@pytest.mark.parametrize("forums", FORUMS, ids=",".join)
@pytest.mark.parametrize("method", Method)
def test_filled_in_it_parses_and_conforms_to_every_forum_that_asks(method: Method, forums: list[str]) -> None:
    record = parse(filled(template(method, forums, BOOKS)))
    assert (record.method, list(record.forums)) == (method, forums)
    declared = record.facts()
    for asked in ask(forums, declared.place, method, BOOKS):
        stored = Facts.unpack(declared.pack() | SEEN << 6 | 2 << 70)
        verdict = check(stored, asked.standard, numeric(asked.forum), declared.ended_at).verdict
        assert verdict in (Verdict.CONFORMS, Verdict.CONFORMS_WITH_NOTE), (asked.forum, verdict)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("forums", FORUMS, ids=",".join)
def test_left_empty_it_lacks_only_what_every_record_needs(forums: list[str], lang: str) -> None:
    found = mistakes(template(Method.STORAGE_IMAGING, forums, BOOKS, lang=lang))
    assert {mistake.field.split(".")[0] for mistake in found} == REQUIRED


def test_only_what_every_record_needs_is_needed() -> None:
    """Requirement S104: what a law asks for may stay empty; it is judged, not refused."""
    text = template(Method.STORAGE_IMAGING, ["CN"], BOOKS)
    for key, value in {
        "case": '"1"',
        "agency": "1",
        "  country": "CN",
        "data_location": "CN",
        "started": "2026-03-17T09:30:00+08:00",
        "ended": "2026-03-17T09:30:00+08:00",
        "    badge": "A1",
    }.items():
        text, count = re.subn(rf"^{key}:", f"{key}: {value}", text, count=1, flags=re.M)
        assert count == 1, key
    assert [step for step, _, _ in parse(text).supports()] == [Step.ITEMS_NUMBERED]


@pytest.mark.parametrize("method", Method)
def test_it_names_the_steps_that_are_asked_for_and_no_others(method: Method) -> None:
    text = template(method, ["CN", "MY"], BOOKS)
    asked = steps_asked(ask(["CN", "MY"], numeric("CN"), method, BOOKS))
    written = {Step[name] for name in re.findall(r"^  ([A-Z_]{6,}):", text, flags=re.M)}
    seen = {
        Step[name] for name in re.findall(r"^#   ([A-Z_]{6,}):", text, flags=re.M) if name in Step.__members__
    }
    assert written == {step for step in asked if not SEEN >> step & 1} - CARRIED_OUT
    assert mask_of(seen) == mask_of(asked) & SEEN


def test_it_asks_each_forum_only_for_its_own() -> None:
    malaysia, china = (template(Method.STORAGE_IMAGING, [code], BOOKS) for code in ("MY", "CN"))
    for key in ("second:", "witness:", "items:", "original_not_seized:"):
        assert key in china and key not in malaysia
    assert "COMPUTER_OUTPUT_CERTIFIED:" in malaysia and "COMPUTER_OUTPUT_CERTIFIED:" not in china
    assert "preservation:" in template(Method.DATA_PRESERVATION, ["CN"], BOOKS)
    assert "preservation:" not in china


def test_a_foreign_forum_asks_by_its_rules_for_evidence_from_abroad() -> None:
    text = template(Method.STORAGE_IMAGING, ["MY", "CN"], BOOKS)
    assert all(f"  {name}:" in text for name in ("SOURCE_STATEMENT", "USE_LIMITS_STATED", "TRANSLATED"))
    assert "second:" not in text


def test_what_no_law_asks_for_is_left_out() -> None:
    bare = template(Method.STORAGE_IMAGING, ["FR"], BOOKS)
    assert "no rulebook is known" in bare
    assert not any(key in bare for key in ("clock:", "tools:", "holder:", "steps:", "documents:"))


def test_the_method_itself_may_need_fields() -> None:
    assert "locator:" in template(Method.ONLINE_EXTRACTION, ["FR"], BOOKS)
    assert "reference:" in template(Method.PROVIDER_PRODUCTION, ["FR"], BOOKS)


def test_every_demand_names_rule_law_and_article() -> None:
    text = template(Method.STORAGE_IMAGING, ["MY", "CN"], BOOKS)
    assert "# CN: CF2a, SPC-2021, art. 77 (curable)\nuse_limits:" in text
    assert "#   SPC-2021: Interpretation of the Supreme People's Court" in text
    assert "drafted by engineers, not reviewed by counsel" in text


def test_chinese_comments() -> None:
    text = template(Method.DATA_PRESERVATION, ["CN"], BOOKS, lang="zh")
    assert "冻结（保全）电子数据" in text and re.search(r"ED-2016, 第.+条", text)
    comments = [line for line in text.splitlines() if line.strip().startswith("# ") and "{role" not in line]
    assert all(re.search(r"[\u4e00-\u9fff]|[A-Z_]{6,}", line) for line in comments)


@pytest.mark.parametrize("method", Method)
def test_lines_are_not_too_long_to_read(method: Method) -> None:
    assert max(map(len, template(method, ["CN", "MY", "SG"], BOOKS).splitlines())) <= 200


def test_wrong_forums() -> None:
    with pytest.raises(UsageError, match="needs a forum"):
        template(Method.OTHER, [], BOOKS)
    with pytest.raises(PlaceError, match="XYZ"):
        template(Method.OTHER, ["MY", "XYZ"], BOOKS)
