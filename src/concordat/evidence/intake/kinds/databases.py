# SPDX-License-Identifier: Apache-2.0
"""Databases. Of SQLite the names of tables are looked at, since a chat application is told by them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from concordat.evidence.intake.kinds.base import Candidate, Kind, Observation, Probe

_SIGNATURES = (
    (0, b"\0\1\0\0Standard Jet DB\0", "application/x-msaccess"),
    (0, b"\0\1\0\0Standard ACE DB\0", "application/x-msaccess"),
    (4, b"\xef\xcd\xab\x89", "application/x-ese"),
    (16, b"T-DB", "application/x-realm"),
    (0, b"PAR1", "application/vnd.apache.parquet"),
    (0, b"regf", "application/x-windows-registry"),
    (0, b"ElfFile\0", "application/x-ms-evtx"),
)
_DUMPS = (
    "-- MySQL dump",
    "-- PostgreSQL database dump",
    "-- MariaDB dump",
    "-- phpMyAdmin SQL Dump",
    "PRAGMA foreign_keys=",
)
_SQLITE = "application/vnd.sqlite3"
_TABLE = re.compile(rb"CREATE (?:VIRTUAL )?TABLE (?:IF NOT EXISTS )?[\"'`\[]?(\w{1,80})", re.IGNORECASE)
_PAGES = 1 << 17

# What a database is for, and the tables that say so.
_PURPOSES: tuple[tuple[Kind, str, frozenset[str]], ...] = (
    (Kind.CHAT, "WhatsApp", frozenset(("message", "jid", "chat"))),
    (Kind.CHAT, "WhatsApp", frozenset(("messages", "chat_list"))),
    (Kind.CHAT, "WhatsApp", frozenset(("zwamessage",))),
    (Kind.CHAT, "WeChat", frozenset(("message", "rcontact"))),
    (Kind.CHAT, "WeChat", frozenset(("msg", "name2id"))),
    (Kind.CHAT, "Telegram", frozenset(("messages_v2", "dialogs"))),
    (Kind.CHAT, "Skype", frozenset(("conversations", "messages", "participants"))),
    (Kind.CHAT, "Signal", frozenset(("recipient", "thread", "identities"))),
    (Kind.CHAT, "Viber", frozenset(("messages", "participants_info"))),
    (Kind.CHAT, "LINE", frozenset(("chat_history", "chat_member"))),
    (Kind.CHAT, "iMessage", frozenset(("message", "handle", "chat_message_join"))),
    (Kind.COMMUNICATION_RECORD, "Android messages", frozenset(("sms", "canonical_addresses"))),
    (Kind.CALL_RECORDS, "Android calls", frozenset(("calls", "voicemail_status"))),
    (Kind.CALL_RECORDS, "iOS calls", frozenset(("zcallrecord",))),
)


def candidates(probe: Probe) -> Iterator[Candidate]:
    """Recognise by signature; a chat application's database is a chat record."""
    for at, signature, media in _SIGNATURES:
        if probe.head[at : at + len(signature)] == signature:
            yield Candidate(Kind.DATABASE, media, 95)
    if probe.head.startswith(b"SQLite format 3\0"):
        yield _sqlite(probe)
    elif probe.head.startswith((b"-- ", b"PRAGMA ")) and probe.opening()[:2048].startswith(_DUMPS):
        yield Candidate(Kind.DATABASE, "application/sql", 85)


def _sqlite(probe: Probe) -> Candidate:
    tables = {
        name.decode("ascii").casefold() for name in _TABLE.findall(probe.head[:_PAGES]) if name.isascii()
    }
    observations: dict[str, Observation] = {"tables": sorted(tables)[:40]}
    for kind, application, marks in _PURPOSES:
        if marks <= tables:
            return Candidate(kind, _SQLITE, 95, {**observations, "application": application})
    return Candidate(Kind.DATABASE, _SQLITE, 95, observations)
