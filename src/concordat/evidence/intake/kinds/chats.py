# SPDX-License-Identifier: Apache-2.0
"""Chat exports: WhatsApp, LINE, Telegram, WeChat, Skype and others, as text, JSON, HTML or table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from concordat.evidence.intake.kinds.base import Candidate, Kind, Probe
from concordat.evidence.intake.kinds.tables import TIME, Table, understood

_WHATSAPP = re.compile(
    r"^[\u200e\u200f\u202a]?\[?"
    r"(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},? (?:上午|下午|[AaPp][Mm])?\s?\d{1,2}:\d\d(?::\d\d)?"
    r"(?:[\s\u202f][AaPp]\.?[Mm]\.?)?)\]?(?: - | )([^:\n]{1,80}): "
)
_NAME_THEN_TIME = re.compile(
    r"^[^\n]{1,80}[\s(（](?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}[ T]\d{1,2}:\d\d(?::\d\d)?[)）]?$"
)
_TIME_THEN_NAME = re.compile(
    r"^(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}[ T]\d{1,2}:\d\d(?::\d\d)?\s+[^\n:,;|\[\]\"]{1,60}$"
)
_IRC = re.compile(r"^\[?\d{1,2}:\d\d(?::\d\d)?\]?\s+<[^<>\s]{1,40}>\s")
_LINE = re.compile(
    r"^\[LINE\]|^\ufeff?(?:Chat history (?:in|with)|与.{1,60}的聊天记录|.{0,60}のトーク)", re.MULTILINE
)

# An application, and the names of members that its JSON export has and others do not.
_JSON = (
    ("Telegram", {"messages", "from_id", "date_unixtime"}),
    ("WeChat", {"StrContent", "CreateTime"}),
    ("WeChat", {"talker", "createTime", "content"}),
    ("WeChat", {"MsgSvrID"}),
    ("Skype", {"MessageList", "originalarrivaltime"}),
    ("Messenger", {"sender_name", "timestamp_ms"}),
    ("Discord", {"guild", "channel", "messages", "author"}),
    ("Slack", {"user", "text", "ts", "type"}),
    ("Signal", {"conversationId", "sent_at", "body"}),
    ("WhatsApp", {"remoteJid", "fromMe"}),
    ("WhatsApp", {"key_remote_jid", "key_from_me"}),
)
# The same for HTML. Marks of an exporter's own making settle it; words leave the choice between page and
# chat to a person.
_CERTAIN, _EVEN = 100, 85
_HTML = (
    ("Telegram", _CERTAIN, ('class="page_wrap', 'class="message default')),
    ("Telegram", _CERTAIN, ('class="history"', 'class="from_name"')),
    ("Discord", _CERTAIN, ("chatlog__message", "discord")),
    ("Messenger", _CERTAIN, ("_a6-g", "_2ph_")),
    ("WeChat", _EVEN, ("wechat", "chat")),
    ("WeChat", _EVEN, ("微信", "聊天记录")),
    ("Skype", _EVEN, ("skype", "conversation")),
)


def candidates(probe: Probe) -> Iterator[Candidate]:
    """Recognise an export by its application's marks, or by senders, times and messages that repeat."""
    text = probe.opening()
    if not text:
        return
    keys = probe.keys()
    if keys:
        yield from _json(keys)
        return
    if text[:2048].lstrip("\ufeff \t\r\n").startswith("<"):
        yield from _html(text)
        return
    yield from _lines(text)
    table = probe.table()
    if table is not None:
        yield from _table(table)


def _json(keys: frozenset[str]) -> Iterator[Candidate]:
    for application, marks in _JSON:
        if marks <= keys:
            yield Candidate(Kind.CHAT, "application/json", 90, {"application": application})
            return
    meanings = understood(keys)
    if {"sender", "message", "time"} <= meanings and not meanings & {"amount", "balance", "address"}:
        yield Candidate(Kind.CHAT, "application/json", 60)


def _html(text: str) -> Iterator[Candidate]:
    plain = text.casefold()
    for application, confidence, marks in _HTML:
        if all(mark in plain for mark in marks):
            yield Candidate(Kind.CHAT, "text/html", confidence, {"application": application})
            return


def _lines(text: str) -> Iterator[Candidate]:
    lines = [line.rstrip() for line in text.splitlines()[:1000] if line.strip()]
    if not lines:
        return
    if _LINE.search(text[:400]):
        yield Candidate(Kind.CHAT, "text/plain", 85, {"application": "LINE"})
        return
    whatsapp = [match for match in map(_WHATSAPP.match, lines) if match]
    if len(whatsapp) >= 2 and len(whatsapp) * 4 >= len(lines):
        senders = len({match.group(2) for match in whatsapp})
        yield Candidate(Kind.CHAT, "text/plain", 85, {"application": "WhatsApp", "senders": senders})
        return
    headed = sum(1 for line in lines if _NAME_THEN_TIME.match(line) or _TIME_THEN_NAME.match(line))
    if headed >= 3 and headed * 4 >= len(lines) and headed * 10 <= len(lines) * 7:
        yield Candidate(Kind.CHAT, "text/plain", 70)
    if sum(1 for line in lines if _IRC.match(line)) * 2 >= len(lines) >= 3:
        yield Candidate(Kind.CHAT, "text/plain", 75)


def _table(table: Table) -> Iterator[Candidate]:
    if (
        table.has("message", "time")
        and (table.has("sender") or table.has("party"))
        and not table.has("amount")
    ):
        named = any(mark in table.meanings for mark in ("sender",))
        sound = table.share("time", TIME) >= 0.8
        yield Candidate(Kind.CHAT, "text/csv", 80 if named and sound else 60)
