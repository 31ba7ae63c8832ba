# SPDX-License-Identifier: Apache-2.0
"""Write docs/errors.md: exit codes, typed errors of the contracts, errors of the client; --check compares it.

usage: python tools/errors.py [--check]

Contract errors come from the table of sentences, the client's own from where they are raised.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

import concordat
from concordat import errors
from concordat.errors import ConcordatError
from concordat.ledger.sentences import ABOUT, code_of
from concordat.ledger.sentences.table import Sentence

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "concordat"
TARGET = ROOT / "docs" / "errors.md"

INTRODUCTION = """\
# Errors: what happened, why, and what to do

Written by `tools/errors.py` from the sources; do not edit it by hand.

Every failure is one sentence on stderr, what was kept, and what to do next; with `--json` an object on
stdout with the stable keys `code`, `message`, `kept`, `next`. In Python all derive from
`concordat.errors.ConcordatError`, whose fields have the same names. Never a traceback: the details of what
nobody foresaw go to a file that the message names. `--lang zh` or `CONCORDAT_LANG=zh` gives the contracts'
errors in Chinese. `{...}` stands for a value.
"""

EXIT_CODES = """
## Exit codes

| code | meaning |
|---|---|
| 0 | done |
"""


@dataclass(frozen=True)
class Raised:
    """An error as it stands in the source."""

    code: str
    exit_code: int
    what: str
    next: str


def main() -> int:
    """Write the page, or compare it."""
    text = page()
    if sys.argv[1:] == ["--check"]:
        if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
            return 0
        print(f"{TARGET.relative_to(ROOT)} is not what the sources say. Write it: python tools/errors.py")
        return 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


def page() -> str:
    """The whole page."""
    parts = [INTRODUCTION, EXIT_CODES + "\n".join(exit_code_rows()) + "\n"]
    parts.append("\n## Errors of the contracts\n")
    parts += [contract_part(title, sentences) for title, sentences in ABOUT.items()]
    parts.append(
        "\n## Errors of the client\n\n| code | exit | what happened | what to do |\n|---|---|---|---|\n"
    )
    rows = sorted(set(client_errors()), key=astuple)
    parts.append(
        "\n".join(f"| `{r.code}` | {r.exit_code} | {cell(r.what)} | {cell(r.next)} |" for r in rows) + "\n"
    )
    return "".join(parts)


def exit_code_rows() -> Iterator[str]:
    """One row for each class of errors.py, by its exit code."""
    own = (each for each in vars(errors).values() if isinstance(each, type))
    classes = [each for each in own if issubclass(each, ConcordatError)]
    for each in sorted(classes, key=lambda kind: kind.exit_code):
        first = (each.__doc__ or "").splitlines()[0]
        meaning = "Something that nobody foresaw." if each is ConcordatError else first
        yield f"| {each.exit_code} | {meaning} (`{each.__name__}`) |"


def contract_part(title: str, sentences: Mapping[str, Sentence]) -> str:
    """One part of the suite, each error with its four lines."""
    entries = [contract_entry(name, sentence) for name, sentence in sentences.items()]
    return f"\n### {title}\n" + "".join(entries)


def contract_entry(name: str, sentence: Sentence) -> str:
    """One typed error."""
    return (
        f"\n#### {name}\n\n`{code_of(name)}`, exit code {sentence.kind.exit_code}\n\n"
        f"- What: {sentence.en}\n- 说明：{sentence.zh}\n- Why: {sentence.why}\n"
        f"- To do: {sentence.fix}\n- 处理：{sentence.fix_zh}\n"
    )


def client_errors() -> Iterator[Raised]:
    """Every error of the client that has a code of its own."""
    kinds = {kind.__name__: kind for kind in all_kinds(ConcordatError)}
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from raised(node, kinds)


def raised(node: ast.Call, kinds: dict[str, type[ConcordatError]]) -> Iterator[Raised]:
    """The error that a call makes, if it makes one with a code, or one of a class with a code of its own."""
    kind = kinds.get(node.func.id) if isinstance(node.func, ast.Name) else None
    if kind is None or not node.args:
        return
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    code = constant(given.get("code")) or kind.default_code
    what = said(node.args[0])
    if what and " " in what:
        yield Raised(code, kind.exit_code, what, said(given.get("next")))


def constant(node: ast.expr | None) -> str:
    """A text that stands there as it is."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def said(node: ast.expr | None) -> str:
    """A text or f-string, values as {...}; of alternatives the first."""
    if isinstance(node, ast.JoinedStr):
        return "".join(constant(part) or "{...}" for part in node.values)
    if isinstance(node, ast.IfExp):
        return said(node.body)
    if isinstance(node, ast.BoolOp):
        return said(node.values[-1])
    return constant(node)


def all_kinds(kind: type[ConcordatError]) -> Iterator[type[ConcordatError]]:
    """A class of errors and all that derive from it, once every module is loaded."""
    if kind is ConcordatError:
        for module in pkgutil.walk_packages(concordat.__path__, "concordat."):
            importlib.import_module(module.name)
    yield kind
    for derived in kind.__subclasses__():
        yield from all_kinds(derived)


def cell(text: str) -> str:
    """A text within a cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    raise SystemExit(main())
