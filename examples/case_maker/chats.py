# SPDX-License-Identifier: Apache-2.0
"""The chat exports: the gang's group (Telegram Desktop's JSON) and a victim's chat (WhatsApp's `_chat.txt`).

What was said, when and by whom is in `texts/gang/chats.yaml`.
"""

from __future__ import annotations

import json
from datetime import datetime

from .papers import read_text

_GROUP = "阔沃-收款对接 0317"
_MEMBERS = {
    "mentor": ("导师 Orion", "user1000003171"),
    "puller": ("小舟 (引流)", "user1000003172"),
    "mule": ("JB-07", "user1000003173"),
    "cashier": ("财务 K", "user1000003174"),
}
_SPEAKERS = {"aide": "Quorvex 助理 Mia", "victim": "Puan S"}
_LEFT_TO_RIGHT = "\u200e"  # WhatsApp puts it before what is not typed by a person
_NARROW_SPACE = "\u202f"


def _stamped(when: datetime) -> dict[str, object]:
    return {"date": when.strftime("%Y-%m-%dT%H:%M:%S"), "date_unixtime": str(int(when.timestamp()))}


def telegram() -> bytes:
    """Write the group as Telegram Desktop exports one chat: machine-readable JSON, indented by one space."""
    founder, founder_id = _MEMBERS["mentor"]
    messages: list[dict[str, object]] = [
        {"id": 1, "type": "service"}
        | _stamped(datetime.fromisoformat("2026-02-01T21:00:00+08:00"))
        | {"actor": founder, "actor_id": founder_id, "action": "create_group", "title": _GROUP}
        | {"members": [name for name, _ in _MEMBERS.values()], "text": "", "text_entities": []}
    ]
    for number, (when, who, text) in enumerate(read_text("gang/chats")["group"], start=2):
        name, identity = _MEMBERS[who]
        messages.append(
            {"id": number, "type": "message"}
            | _stamped(datetime.fromisoformat(when))
            | {"from": name, "from_id": identity, "text": text}
            | {"text_entities": [{"type": "plain", "text": text}]}
        )
    export = {"name": _GROUP, "type": "private_supergroup", "id": 1000000317, "messages": messages}
    return json.dumps(export, ensure_ascii=False, indent=1).encode("utf-8")


def whatsapp() -> bytes:
    """Write the victim's chat as WhatsApp for iOS exports it: UTF-8, CRLF, one bracketed time a message."""
    rows = []
    for number, (text_time, who, text) in enumerate(read_text("gang/chats")["victim"]):
        when = datetime.fromisoformat(text_time)
        half = "AM" if when.hour < 12 else "PM"
        clock = f"{when.hour % 12 or 12}:{when.minute:02d}:{when.second:02d}{_NARROW_SPACE}{half}"
        machine = _LEFT_TO_RIGHT if number == 0 else ""
        said = machine + text.replace("<attached:", f"{_LEFT_TO_RIGHT}<attached:")
        mark = _LEFT_TO_RIGHT if _LEFT_TO_RIGHT in said else ""
        rows.append(f"{mark}[{when.day:02d}/{when.month:02d}/{when.year}, {clock}] {_SPEAKERS[who]}: {said}")
    return ("\r\n".join(rows) + "\r\n").encode("utf-8")
