# SPDX-License-Identifier: Apache-2.0
"""The fake platform: pages saved as one file with the chart inside, an answer's headers, a slip's picture."""

from __future__ import annotations

import base64
from string import Template

from PIL import Image, ImageDraw

from . import story
from .letters import write
from .papers import TEXTS
from .pixels import png

_UP, _DOWN, _GRID, _GROUND = (38, 188, 120), (222, 70, 80), (38, 50, 72), (16, 22, 34)


def chart_png(what: str) -> bytes:
    """Draw the platform's price chart, which always ends higher: 640 by 280 pixels."""
    dice = story.dice(what)
    picture = Image.new("RGB", (640, 280), _GROUND)
    draw = ImageDraw.Draw(picture)
    for y in range(30, 260, 46):
        draw.line((0, y, 584, y), fill=_GRID)
        write(picture, (594, y - 6), f"{1890 - y * 2}", 1, (150, 164, 188))
    for x in range(40, 584, 68):
        draw.line((x, 0, x, 252), fill=_GRID)
    level = 222
    average: list[tuple[int, int]] = []
    for x in range(10, 576, 9):
        move = dice.randrange(-9, 15)
        colour = _UP if move >= 0 else _DOWN
        draw.line(
            (x + 2, level - move - dice.randrange(3, 12), x + 2, level + dice.randrange(2, 10)), fill=colour
        )
        draw.rectangle((x, min(level, level - move), x + 5, max(level, level - move) + 1), fill=colour)
        level = max(24, min(236, level - move))
        average.append((x, (level + 3 * (average[-1][1] if average else level)) // 4))
    draw.line(average, fill=(240, 190, 60))
    write(picture, (10, 262), "QVX/CNY 15m   +18.42%   EMULATED FEED", 1, (150, 164, 188))
    return png(picture)


def slip_png() -> bytes:
    """Draw the receipt of the bait's payment as the bank's app shows it; it has a false extension."""
    picture = Image.new("RGB", (420, 560), (244, 246, 250))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 420, 96), fill=(20, 66, 126))
    write(picture, (24, 30), "Bank Contoh Berhad", 3, (255, 255, 255))
    draw.ellipse((180, 120, 240, 180), fill=(38, 168, 100))
    draw.line(((196, 150), (206, 162), (226, 138)), fill=(255, 255, 255), width=6)
    write(picture, (134, 194), "TRANSFER DONE", 2, (40, 48, 60))
    write(picture, (92, 228), f"CNY {story.BAITED:,}.00", 3, (20, 24, 30))
    rows = (
        ("From", story.MULE.holder), ("Account", story.MULE.number), ("To", story.VICTIM.holder),
        ("Account", story.VICTIM.number), ("Bank", story.VICTIM.bic), ("Time", "2026-02-20 11:26:44"),
        ("Ref", "BCB260000004"),
    )  # fmt: skip
    for number, (label, value) in enumerate(rows):
        y = 290 + number * 34
        draw.line((24, y + 26, 396, y + 26), fill=(206, 212, 222))
        write(picture, (28, y), label, 2, (120, 130, 146))
        write(picture, (150, y), value, 2, (40, 48, 60))
    return png(picture)


def _fill(name: str, **values: object) -> str:
    return Template((TEXTS / "gang" / name).read_text(encoding="utf-8")).substitute(values)


def _page(title: str, path: str, body: str) -> bytes:
    url = f"https://{story.HOST}{path}"
    return _fill("page.html", length=f"{len(url):04d}", url=url, title=title, body=body).encode("utf-8")


def _row(when: str, kind: str, amount: str) -> str:
    return f"<tr><td>{when}</td><td>{kind}</td><td>{amount}</td><td>成功</td></tr>"


def _payments() -> str:
    """List the victim's payments as the dashboard does, newest first."""
    payments = sorted((*story.FIRST_DEPOSITS, story.BAIT, *story.DRAIN), key=lambda p: p.when, reverse=True)
    kinds = ("提现 Withdrawal", "充值 Deposit")
    return "\n".join(_row(f"{p.when:%Y-%m-%d %H:%M}", kinds[p.yuan > 0], f"{p.yuan:+,}.00") for p in payments)


def dashboard() -> bytes:
    """Give the page that the victim saw after logging in, saved with the chart inside."""
    chart = base64.b64encode(chart_png("dashboard chart")).decode("ascii")
    body = _fill("dashboard.html", drained=f"{story.DRAINED:,}.00", chart=chart, rows=_payments())
    return _page("我的账户 - 阔沃环球 Quorvex Global", "/zh/dashboard?uid=C-0317", body)


def landing() -> bytes:
    """Give the public page that anybody could open, with the app's download and the account to pay into."""
    chart = base64.b64encode(chart_png("landing chart")).decode("ascii")
    mule = story.MULE
    bank = f"{mule.bank} ({mule.bic})"
    body = _fill("landing.html", chart=chart, bank=bank, holder=mule.holder, account=mule.number)
    return _page("阔沃环球 Quorvex Global - 智能投资平台", "/", body)


def response_headers() -> bytes:
    """Give requests and answers as the capturing tool wrote them down, in order, CRLF."""
    return _fill("headers.txt", length=len(landing())).replace("\n", "\r\n").encode("ascii")
