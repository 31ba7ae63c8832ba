# SPDX-License-Identifier: Apache-2.0
"""Whatever the commands are given, they end with a sentence: never with exit code 1 or a traceback."""

from __future__ import annotations

import copy
import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shell import ONLINE, Shell

PACKAGE, CURE = "case/cn-online.acq", "case/documents/cure-online/item-list.pdf"
DAMAGES = ("gone", "empty", "bit", "object", "binary", "folder")
VALUES: tuple[Any, ...] = (None, "", 0, -1, "x", [], {}, "0x" + "zz" * 32, 10**40, True)
RUNS = 60


@pytest.fixture
def case(shell: Shell) -> Shell:
    """The online extraction is registered, and some rubbish lies about."""
    assert shell("register", *ONLINE, who="zhang").code == 7
    words = ("show", PACKAGE, "--exhibit", "1", "--proof", "--out", "one.json", "--workspace", "cn")
    assert shell(*words).code == 0
    Path("bytes").write_bytes(bytes(range(256)) * 10)
    Path("empty").touch()
    Path("list.json").write_text("[1]")
    Path("half.json").write_text(Path("one.json").read_text(encoding="utf-8")[:200])
    Path("folder").mkdir()
    Path("empty.acq").mkdir()
    return shell


def commands(what: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every command that takes a package, a record or a file, with who gives it."""
    yield ("check", what), "zhang"
    yield ("check", what, "folder"), "zhang"
    yield ("check", *ONLINE, "--expect", what), "zhang"
    yield ("pack", what, "folder"), "zhang"
    yield ("register", what), "zhang"
    yield ("sign", what), "zhang"
    yield ("cosign", what), "li"
    yield ("supplement", what, "--add", f"ITEM_LIST={CURE}"), "archive"
    yield ("supplement", PACKAGE, "--add", f"ITEM_LIST={what}"), "archive"
    yield ("withdraw", what, "--reason", "other", "--yes"), "archive"
    yield ("supersede", what, what, "--yes"), "archive"
    for words in (
        *(("verify", what), ("verify", what, "bytes"), ("verify", what, "--offline")),
        *(("show", what), ("show", what, "--exhibit", "1"), ("show", what, "--exhibit", "0")),
        *(("report", what), ("record", "lint", what), ("standard", "lint", what)),
    ):
        yield (*words, "--workspace", "cn"), ""


def damage(path: Path, how: str, chosen: random.Random) -> None:
    """Spoil one file."""
    content = bytearray(path.read_bytes())
    path.unlink()
    if how == "folder":
        path.mkdir()
    elif how != "gone":
        if content:
            content[chosen.randrange(len(content))] ^= 1
        rubbish = {"empty": b"", "bit": content, "object": b"{}", "binary": bytes(range(256))}
        path.write_bytes(rubbish[how])


@pytest.mark.parametrize(
    "what",
    [
        "bytes",
        "empty",
        "list.json",
        "half.json",
        "folder",
        "empty.acq",
        "nowhere",
        "nowhere.acq",
        ".",
        "one.json",
    ],
)
def test_things_that_are_none_of_what_is_wanted(case: Shell, what: str) -> None:
    for words, who in commands(what):
        assert case(*words, who=who).code != 1, words


def test_damaged_packages(case: Shell) -> None:
    chosen = random.Random(317)
    files = [path.relative_to(PACKAGE) for path in sorted(Path(PACKAGE).rglob("*")) if path.is_file()]
    tried = [(file, how, given) for file in files for how in DAMAGES for given in commands("damaged.acq")]
    for file, how, (words, who) in chosen.sample(tried, RUNS):
        shutil.rmtree("damaged.acq", ignore_errors=True)
        shutil.copytree(PACKAGE, "damaged.acq")
        damage(Path("damaged.acq") / file, how, chosen)
        assert case(*words, who=who).code != 1, (file, how, words)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a tree of JSON; of lists the first three."""
    if path:
        yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for index in range(min(3, len(value))):
            yield from places(value[index], (*path, index))


def changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """The tree with another value in one place."""
    tree = copy.deepcopy(value)
    inner = tree
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = new
    return tree


def test_proofs_with_a_wrong_value_anywhere(case: Shell) -> None:
    proof = json.loads(Path("one.json").read_text(encoding="utf-8"))
    chosen = random.Random(317)
    tried = [(path, value) for path in places(proof) for value in VALUES]
    for path, value in chosen.sample(tried, RUNS):
        Path("wrong.json").write_text(json.dumps(changed(proof, path, value)), encoding="utf-8")
        for extra in (("--workspace", "cn"), ("--offline",)):
            assert case("verify", "wrong.json", "bytes", *extra).code not in (0, 1), (path, value)


def test_configurations_with_a_wrong_value_anywhere(case: Shell) -> None:
    file = Path("cn/.concordat/config.json")
    config = json.loads(file.read_text(encoding="utf-8"))
    for key in set(config) - {"rpc", "ca"}:  # those are names of things elsewhere
        for value in VALUES:
            if type(value) is type(config[key]):
                continue
            file.write_text(json.dumps({**config, key: value}), encoding="utf-8")
            ran = case("check", ONLINE[0], "--json", who="zhang")
            assert (ran.code, ran.json["code"]) == (8, "workspace.damaged"), (key, value)
