# SPDX-License-Identifier: Apache-2.0
"""What machines wrote down: the dialler's call detail records and the platform's access log."""

from __future__ import annotations

import csv
import io
import random
from datetime import UTC, datetime, timedelta

from . import story

_TRUNKS = ("trunk-a", "trunk-b")
_DISPOSITIONS = ("ANSWERED", "ANSWERED", "ANSWERED", "NO ANSWER", "NO ANSWER", "BUSY", "FAILED")


def _caller(dice_value: int) -> str:
    return f"+12025550{100 + dice_value % 100}" if dice_value % 2 else f"+447700900{dice_value % 1000:03d}"


def call_records(calls: int = 260) -> bytes:
    """Write the dialler's call detail records as CSV, times in UTC, one row a call.

    Callers are displayed numbers (spoofed); the agents sit in the call centre abroad.
    """
    dice = story.dice("cdr")
    out = io.StringIO(newline="")
    moment = datetime(2026, 2, 3, 1, 0, tzinfo=UTC)
    writer: csv.DictWriter[str] | None = None
    for number in range(1, calls + 1):
        moment += timedelta(seconds=dice.randrange(2_000, 24_000))
        row = _call(number, moment, dice)
        if writer is None:
            writer = csv.DictWriter(out, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow(row)
    return out.getvalue().encode("ascii")


def _call(number: int, start: datetime, dice: random.Random) -> dict[str, str]:
    ring = dice.randrange(3, 28)
    disposition = dice.choice(_DISPOSITIONS)
    talk = dice.randrange(20, 1_900) if disposition == "ANSWERED" else 0
    agent = dice.randrange(1, 13)
    in_china = dice.randrange(10) < 7
    return {
        "call_id": f"CDR-0317-{number:05d}",
        "start_time_utc": start.isoformat(),
        "answer_time_utc": (start + timedelta(seconds=ring)).isoformat() if talk else "",
        "end_time_utc": (start + timedelta(seconds=ring + talk)).isoformat(),
        "duration_s": str(ring + talk),
        "billsec": str(talk),
        "direction": "outbound",
        "displayed_caller": _caller(dice.randrange(1_000)),
        "callee": f"+861000000{dice.randrange(10_000):04d}"
        if in_china
        else f"+60100000{dice.randrange(1_000):03d}",
        "agent": f"agent{agent:02d}",
        "trunk": dice.choice(_TRUNKS),
        "gateway": f"gw{1 + dice.randrange(4)}.quorvex.example",
        "sip_call_id": f"{dice.getrandbits(64):016x}@sip.quorvex.example",
        "imsi": f"0010100000{agent:05d}",
        "disposition": disposition,
    }


_PAGES = (
    ("GET", "/", 200, 18_211), ("GET", "/zh/dashboard", 200, 24_907), ("GET", "/static/app.js", 200, 88_120),
    ("GET", "/static/chart.png", 200, 51_334), ("GET", "/download/quorvex-1.4.2.apk", 200, 1_177),
    ("POST", "/api/login", 200, 412),
    ("POST", "/api/login", 401, 98), ("POST", "/api/deposit", 201, 231), ("POST", "/api/withdraw", 202, 187),
    ("GET", "/favicon.ico", 404, 153), ("GET", "/api/quote?s=QVX", 200, 1_042),
)  # fmt: skip
_AGENTS = (
    "Mozilla/5.0 (Linux; Android 14; EX-317) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36",
    "Mozilla/5.0 (X11; Linux aarch64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101",
    "QuorvexApp/1.4.2 (okhttp)",
)


def _line(address: str, user: str, when: datetime, request: tuple[str, str, int, int], agent: str) -> str:
    verb, path, status, size = request
    stamp = when.strftime("%d/{}/%Y:%H:%M:%S +0000").format(("Jan", "Feb", "Mar")[when.month - 1])
    referer = f"https://{story.HOST}/" if path != "/" else "-"
    return f'{address} - {user} [{stamp}] "{verb} {path} HTTP/1.1" {status} {size} "{referer}" "{agent}"'


def access_log(start: datetime, lines: int, what: str) -> bytes:
    """Write a log in the combined format: visitors by IPv4 and IPv6, and the operators in the back office.

    `start` is the first hour, `lines` the number of lines, `what` names the stream of chance.
    """
    dice = story.dice(what)
    visitors = [f"198.51.100.{dice.randrange(100, 250)}" for _ in range(14)]
    visitors += [f"2001:db8:{dice.randrange(1, 0xFFFF):x}::{dice.randrange(1, 0xFFFF):x}" for _ in range(11)]
    visitors += [f"203.0.113.{dice.randrange(1, 60)}" for _ in range(6)]
    rows, moment = [], start.astimezone(UTC)
    for number in range(lines):
        moment += timedelta(seconds=dice.randrange(1, 170))
        if number % 41 == 17:  # the operators, raising a victim's paper profit
            address = story.ADMIN_V4 if dice.randrange(2) else story.ADMIN_V6
            page = dice.choice(
                (
                    ("GET", "/backoffice/users/C-0317", 200, 3_310),
                    ("POST", "/backoffice/users/C-0317/balance", 200, 64),
                )
            )
            rows.append(_line(address, "orion", moment, page, _AGENTS[2]))
            continue
        rows.append(_line(dice.choice(visitors), "-", moment, dice.choice(_PAGES), dice.choice(_AGENTS)))
    return ("\n".join(rows) + "\n").encode("ascii")


def stick_log() -> bytes:
    """Give the older part of the log, as it was backed up on the stick."""
    return access_log(story.at(3, 9, 8, 0), 420, "stick log")


def server_log() -> bytes:
    """Give the part of the log that the server listed openly."""
    return access_log(story.at(3, 16, 8, 0), 380, "server log")
