# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.evidence.methods import Method
from concordat.evidence.steps import SEEN, STEPS, Role, Step, Support, mask, mask_of, steps_in

ROOT = Path(__file__).resolve().parents[3]
HAN = re.compile(r"[\u4e00-\u9fff]")


def test_every_bit_has_one_step() -> None:
    assert [int(step) for step in Step] == list(range(64))
    assert list(STEPS) == list(Step)


@given(st.integers(0, 2**64 - 1))
def test_mask_and_steps_are_inverse(bits: int) -> None:
    assert mask_of(steps_in(bits)) == bits


def test_bits_above_63_are_no_steps() -> None:
    assert steps_in(1 << 64 | 1) == (Step.COLLECTOR_SIGNED,)
    assert mask(Step.COLLECTOR_SIGNED, Step.DEVICE_SIGNED, Step.DEVICE_SIGNED) == 0x81


def test_the_contract_sees_the_first_eight() -> None:
    assert mask_of(step for step, info in STEPS.items() if info.support is Support.SEEN) == SEEN == 0xFF


def test_only_supported_steps_cite_documents() -> None:
    assert all(info.support is Support.SUPPORTED for info in STEPS.values() if info.roles)


@pytest.mark.parametrize("step", Step)
def test_each_step_says_what_it_attests_in_both_languages(step: Step) -> None:
    texts = STEPS[step].attests
    assert set(texts) == {"en", "zh"}
    assert texts["en"].endswith(".") and not HAN.search(texts["en"])
    assert texts["zh"].endswith("。") and HAN.search(texts["zh"])


def test_texts_are_all_different() -> None:
    for lang in ("en", "zh"):
        assert len({info.attests[lang] for info in STEPS.values()}) == 64


def test_no_text_calls_preservation_of_data_freezing() -> None:
    assert not any("freeze" in info.attests["en"].lower() for info in STEPS.values())


@pytest.mark.parametrize("labelled", [*Role, *Support, *Method])
def test_labels_in_both_languages(labelled: Role | Support | Method) -> None:
    assert not HAN.search(labelled.label("en")) and HAN.search(labelled.label("zh"))


@pytest.mark.parametrize("tool", ["procedures.py", "record_schema.py"])
def test_what_is_published_of_the_vocabulary_is_current(tool: str) -> None:
    main = runpy.run_path(str(ROOT / "tools" / tool))["main"]
    assert main(["--check"]) == 0
