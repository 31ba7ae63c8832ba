# SPDX-License-Identifier: Apache-2.0
"""What a JSON Schema validator finds, told in the words of the person who wrote the record."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, Final

from jsonschema import Draft202012Validator

from concordat.evidence.places import places
from concordat.evidence.record.mistakes import Mistake, Path, field_name
from concordat.evidence.record.schema import schema
from concordat.evidence.record.values import Tree
from concordat.evidence.steps import SEEN, Step

LONGEST_LIST: Final = 16
"""Choices that are listed in full; beyond that the nearest ones are."""

_KINDS: Final = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a group of fields",
    "array": "a list",
    "null": "empty",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What the validator found: the keyword that failed, what it wanted, and what it got where."""

    validator: str
    wanted: Any
    value: Any
    schema: dict[str, Any]
    path: Path
    message: str

    @classmethod
    def of(cls, error: Any) -> Problem:
        """Take over what we need of a ``jsonschema.ValidationError``."""
        path = tuple(error.absolute_path)
        return cls(error.validator, error.validator_value, error.instance, error.schema, path, error.message)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


def explain(tree: Tree) -> Iterator[Mistake]:
    """Give every mistake against the schema, each once."""
    unknown = (e for e in _validator().iter_errors(tree.value) if e.validator == "additionalProperties")
    others = (
        e
        for e in _validator().iter_errors(without_blanks(tree.value))
        if e.validator != "additionalProperties"
    )
    told: set[tuple[Path, str]] = set()
    for error in (*unknown, *others):
        for path, mistake in _mistakes(Problem.of(error), tree):
            if (path, mistake.message) not in told:
                told.add((path, mistake.message))
                yield mistake


def without_blanks(value: Any) -> Any:
    """Take groups whose fields are all left empty, as a template has them, for empty themselves."""
    if isinstance(value, list):
        return [without_blanks(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    entries = {key: without_blanks(entry) for key, entry in value.items()}
    return entries if any(entry is not None for entry in entries.values()) else None


def _mistakes(error: Problem, tree: Tree) -> Iterator[tuple[Path, Mistake]]:
    path = error.path
    match error.validator:
        case "additionalProperties":
            yield from _unknown_keys(error, tree)
        case "required":
            yield from _missing_keys(error, tree)
        case validator:
            message = _MESSAGES.get(validator, _otherwise)(error, tree)
            yield path, Mistake(tree.line(path), field_name(path), message, _right(error, tree))


def _unknown_keys(error: Problem, tree: Tree) -> Iterator[tuple[Path, Mistake]]:
    known: list[str] = list(error.schema["properties"])
    for key in error.value:
        if key in known:
            continue
        here = (*error.path, key)
        if key in Step.__members__ and SEEN >> Step[key] & 1:
            message = "The contract sees this step itself; nobody declares it."
            right = "Remove it; it is set when that person signs, or from appointment, mandate and place."
        else:
            message = "There is no such field here."
            right = _nearest(key, known) or f"Possible fields: {', '.join(known[:LONGEST_LIST])}."
        yield here, Mistake(tree.line(here), field_name(here), message, right)


def _missing_keys(error: Problem, tree: Tree) -> Iterator[tuple[Path, Mistake]]:
    for key in error.wanted:
        if key not in error.value:
            here = (*error.path, key)
            wanted = error.schema["properties"][key]
            right = f"Write {key}: {_example(wanted)}" if "examples" in wanted else f"Add {key}."
            yield here, Mistake(tree.line(error.path), field_name(here), "It is missing.", right)


def _wrong_type(error: Problem, tree: Tree) -> str:
    wanted = error.wanted if isinstance(error.wanted, list) else [error.wanted]
    if error.value is None:
        return "It is empty."
    if "string" in wanted and error.path in tree.scalars:
        return f"{tree.scalars[error.path].text} without quotes is {_kind(error.value)}, not text."
    return f"It is {_kind(error.value)}, but must be {_KINDS[wanted[0]]}."


def _not_among(error: Problem, tree: Tree) -> str:
    if error.value is None:
        return "It is empty."
    if error.path in tree.scalars:
        return f"{tree.scalars[error.path].text!r} is not allowed here."
    return f"It is {_kind(error.value)}, which is not allowed here."


def _wrong_form(error: Problem, tree: Tree) -> str:
    text = str(error.value)
    if not text.strip():
        return "It is blank."
    if "offset" in error.schema.get("x-right", "") and text[:4].isdigit():
        return f"{text} has no offset from UTC, or is not a full time."
    return f"{text!r} has not the right form."


def _repeated(error: Problem, tree: Tree) -> str:
    return "An entry occurs twice."


def _too_few(error: Problem, tree: Tree) -> str:
    return "It is empty."


def _too_long(error: Problem, tree: Tree) -> str:
    return f"It has {len(error.value)} characters; at most {error.wanted} are allowed."


def _out_of_range(error: Problem, tree: Tree) -> str:
    limit = "below the least" if error.validator == "minimum" else "above the greatest"
    return f"{error.value} is {limit} possible, {error.wanted}."


def _otherwise(error: Problem, tree: Tree) -> str:
    return f"{error.message}."


_Teller = Callable[[Problem, Tree], str]
_MESSAGES: Final[dict[str, _Teller]] = {
    "type": _wrong_type,
    "enum": _not_among,
    "const": _not_among,
    "pattern": _wrong_form,
    "uniqueItems": _repeated,
    "minItems": _too_few,
    "minLength": _too_few,
    "minProperties": _too_few,
    "maxLength": _too_long,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
}


def _right(error: Problem, tree: Tree) -> str:
    """Say what would be right, as precisely as the error allows."""
    if error.validator == "type" and "string" in error.wanted and error.value is not None:
        scalar = tree.scalars.get(error.path)
        if scalar is not None:
            return f'Write it in quotes: "{scalar.text}"'
    if len(error.path) == 2 and error.path[0] == "steps":
        return _right_step(str(error.path[1]))
    if error.validator == "uniqueItems":
        return "Keep one of them."
    if "x-right" in error.schema:
        return str(error.schema["x-right"])
    if error.validator == "enum":
        words = [word for word in error.wanted if word is not None]
        given = "" if error.value is None else str(error.value)
        return _choices(given, words, str(error.schema["examples"][0]))
    if "examples" in error.schema:
        return f"For example {_label(error.path)}{_example(error.schema)}"
    return ""


def _right_step(name: str) -> str:
    return str(schema()["properties"]["steps"]["properties"][name]["x-right"])


def _choices(given: str, words: list[str], example: str) -> str:
    near = _nearest(given, words)
    if not near and len(words) <= LONGEST_LIST:
        return f"Allowed: {', '.join(words)}."
    return near or f"For example {example}."


def _nearest(given: str, words: list[str]) -> str:
    """Suggest the word that was probably meant, whatever its case; countries also by their names."""
    by_form = {word.casefold(): word for word in words}
    if "MY" in words:
        named = [place for place in places().values() if place.alpha in words]
        by_form |= {name.casefold(): place.alpha for place in named for name in (place.en, place.zh)}
    form = given.casefold()
    near = [known for known in by_form if len(form) > 3 and known.startswith(form)]
    near += get_close_matches(form, by_form, n=1, cutoff=0.6)
    return f"Did you mean {by_form[near[0]]}?" if near else ""


def _label(path: Path) -> str:
    return f"{path[-1]}: " if path and isinstance(path[-1], str) else ""


def _example(wanted: dict[str, Any]) -> str:
    """Write the first example as YAML: JSON is YAML, but names need no quotes."""
    example = wanted["examples"][0]
    if isinstance(example, list):
        return f"[{', '.join(map(str, example))}]"
    if not isinstance(example, str):
        return json.dumps(example)
    return json.dumps(example) if example[:1].isdigit() and "T" not in example else example


def _kind(value: Any) -> str:
    """Name the kind of a value, as the reader of YAML understood it."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return _KINDS["object" if isinstance(value, dict) else "array" if isinstance(value, list) else "string"]
