# SPDX-License-Identifier: Apache-2.0
"""The papers of the case: forms written in `texts/*/*.yaml`, laid out as PDF.

A text holds `agency`, `title`, `subtitle`, `number`, `accent` and `parts`; a part is one of `section`, `say`,
`fields`, `table` and `signed`. A table's rows may be `exhibits` or `sm3`: those of the collection's files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from .forms import Form
from .listing import Exhibit, item_rows, sm3_rows

TEXTS = Path(__file__).resolve().parent / "texts"

_ROWS: Mapping[str, Callable[[Sequence[Exhibit]], Sequence[Sequence[str]]]] = {
    "exhibits": item_rows,
    "sm3": sm3_rows,
}


def read_text(name: str) -> Any:
    """Read a YAML text of the case by its name below `texts/`, without the extension."""
    return YAML(typ="safe", pure=True).load((TEXTS / f"{name}.yaml").read_text(encoding="utf-8"))


def _add(form: Form, part: Mapping[str, Any], exhibits: Sequence[Exhibit]) -> None:
    for kind, content in part.items():
        if kind == "section":
            form.section(content)
        elif kind == "say":
            form.say(*content)
        elif kind == "fields":
            form.fields(*((label, value) for label, value in content))
        elif kind == "table":
            rows = content["rows"]
            form.table(
                content["head"],
                _ROWS[rows](exhibits) if isinstance(rows, str) else rows,
                content["shares"],
                content.get("code"),
            )
        elif kind == "signed":
            people = ((role, name, when) for role, name, when in content["by"])
            form.signed(*people, stamp=content.get("stamp", ""), colour=content.get("colour", "#b3202a"))
        else:
            raise ValueError(f"{kind} is no part of a form")


def paper(name: str, exhibits: Sequence[Exhibit] = ()) -> bytes:
    """Lay out the paper `name` as PDF; `exhibits` are what its tables list."""
    text = read_text(name)
    form = Form(text["agency"], text["title"], text["subtitle"], text["number"], text["accent"])
    for part in text["parts"]:
        _add(form, part, exhibits)
    return form.pdf()
