# SPDX-License-Identifier: Apache-2.0
"""The platform's mail to the victim, headers and attachment as received; its parts are in `texts/gang/`."""

from __future__ import annotations

import base64
import hashlib
from email.utils import format_datetime
from string import Template
from textwrap import wrap

from . import story
from .papers import TEXTS, paper

_SENT = story.at(3, 10, 10, 6, 40)


def _read(name: str) -> str:
    return (TEXTS / "gang" / name).read_text(encoding="utf-8")


def _base64(data: bytes) -> str:
    return "\n".join(wrap(base64.b64encode(data).decode("ascii"), 76))


def _word(text: str) -> str:
    return f"=?UTF-8?B?{base64.b64encode(text.encode()).decode('ascii')}?="


def message() -> bytes:
    """Write the mail (RFC 5322, CRLF): Received headers, a DKIM signature that verifies nowhere, a PDF."""
    body = _read("mail-body.txt")
    plain = body.replace("\n", "\r\n").encode()
    paragraphs = body.strip().replace("\n\n", "</p><p>").replace("\n", "<br>")
    signature = base64.b64encode(hashlib.sha512(b"no key signed this").digest() * 2).decode("ascii")
    mail = Template(_read("mail.txt")).substitute(
        sent=format_datetime(_SENT),
        accepted=format_datetime(_SENT.replace(second=43)),
        stored=format_datetime(_SENT.replace(second=47)),
        body_hash=base64.b64encode(hashlib.sha256(plain).digest()).decode("ascii"),
        signature="\n\t".join(wrap(signature, 68)),
        sender=_word("阔沃环球客服"),
        victim=_word("云舟"),
        subject=_word("【重要】提现审核与税金缴纳通知 C-0317"),
        plain=_base64(plain),
        html=_base64(f"<html><body><p>{paragraphs}</p></body></html>".encode()),
        attachment=_base64(paper("gang/tax-notice")),
    )
    return mail.replace("\n", "\r\n").encode("ascii")
