# SPDX-License-Identifier: Apache-2.0
"""In which language people are spoken to: said by the command line, else by CONCORDAT_LANG, else English."""

from __future__ import annotations

import os
from contextvars import ContextVar

VARIABLE = "CONCORDAT_LANG"
_chosen: ContextVar[str] = ContextVar("language", default="")


def choose(lang: str) -> None:
    """Speak this language (``en`` or ``zh``) from here on, in this thread or task."""
    _chosen.set(lang)


def chosen() -> str:
    """``en`` or ``zh``."""
    return "zh" if (_chosen.get() or os.environ.get(VARIABLE, "")).startswith("zh") else "en"


def either(en: str, zh: str) -> str:
    """What is said, in the language that was chosen."""
    return zh if chosen() == "zh" else en
