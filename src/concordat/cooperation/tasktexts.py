# SPDX-License-Identifier: Apache-2.0
"""What a task says, and what came of it: sealed to the two agencies; the chain sees salted hashes."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from eth_utils.crypto import keccak

from concordat.errors import VerificationError
from concordat.evidence import canonical, fields

TASK_KIND: Final = "task"
RESULT_KIND: Final = "task-result"
FORMAT: Final = "concordat/task/1"
SALT: Final = 32


@dataclass(frozen=True)
class TaskText:
    """What is to be done, or the result.

    Attributes:
        salt: 32 random bytes; hides the text behind its subject.
        name: of the document.
    """

    salt: bytes = field(repr=False)
    name: str
    content: bytes = field(repr=False)

    @property
    def subject(self) -> bytes:
        """What the chain sees: ``keccak256(salt, name, 0, content)``."""
        return bytes(keccak(self.salt + self.name.encode() + b"\0" + self.content))

    @property
    def as_text(self) -> str | None:
        """What it says, if it is text in UTF-8."""
        try:
            return self.content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    def to_bytes(self) -> bytes:
        """Canonical JSON."""
        return canonical.dumps(
            {
                "format": FORMAT,
                "salt": self.salt.hex(),
                "name": self.name,
                "content": base64.b64encode(self.content).decode(),
            }
        )


def read(data: bytes) -> TaskText:
    """Read what was sealed.

    Raises:
        VerificationError: it is no such text.
    """
    values = canonical.loads(data, "the task")
    fields.check(values, "the task", _FORM)
    try:
        content = base64.b64decode(values["content"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise VerificationError("The task's text is not base64.", code="task.text") from error
    return TaskText(bytes.fromhex(values["salt"]), values["name"], content)


_FORM: Final[Mapping[str, Any]] = {
    "format": fields.one_of(FORMAT),
    "salt": fields.hexed(SALT),
    "name": fields.text,
    "content": fields.text,
}
