# SPDX-License-Identifier: Apache-2.0
"""Telling other programs what is new: a command that gets it on its input, or a web hook.

Neither is trusted with more than it needs: a command runs without a shell and without the secrets of this
process's surroundings, a hook gets a signature by which it knows who speaks, and follows nobody elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shlex
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import requests

from concordat.errors import ConcordatError, UsageError
from concordat.evidence import store

SIGNATURE: Final = "X-Concordat-Signature"
TIME: Final = "X-Concordat-Time"
PATIENCE: Final = 60.0
"""Seconds for a command."""
TIMEOUT: Final = (10.0, 20.0)
PAUSES: Final = (1.0, 4.0)
"""Seconds before each further try of a hook within one round."""
SHORTEST_SECRET: Final = 16
_KEPT: Final = "It is told again in the next round."
#: What a command may need of the surroundings; everything else may be a secret.
_HARMLESS: Final = frozenset(
    {
        "PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP", "USER", "LOGNAME", "SHELL",
        "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "USERNAME", "APPDATA",
        "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES", "PYTHONUTF8", "PYTHONIOENCODING",
    }
)  # fmt: skip


class TellError(ConcordatError):
    """Whoever was to be told did not take it."""

    default_code = "watch.not_told"


class Teller(Protocol):
    """Who is told."""

    def tell(self, told: Mapping[str, Any]) -> None:
        """Tell one thing; raises ``TellError`` unless it was taken."""


class CommandTeller:
    """Runs a command for each thing, with its JSON on the standard input.

    Args:
        line: command and arguments, split as a shell would, without one.
        patience: seconds after which the command is ended.

    Raises:
        UsageError: the line is no command.
    """

    def __init__(self, line: str, patience: float = PATIENCE) -> None:
        self._arguments = _split(line)
        self._patience = patience

    def tell(self, told: Mapping[str, Any]) -> None:
        """Run it; it has taken the thing if it ends with 0."""
        name = Path(self._arguments[0]).name
        try:
            done = subprocess.run(  # noqa: S603 - the command is the user's own, and no shell reads it
                self._arguments,
                input=_bytes(told),
                env=surroundings(os.environ),
                timeout=self._patience,
                stdout=subprocess.DEVNULL,  # the output of this command is ours
                stderr=subprocess.DEVNULL,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise TellError(f"{name} did not end within {self._patience:.0f} seconds.", kept=_KEPT) from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it is no command"
            raise TellError(
                f"{name} could not be run: {reason}.", kept=_KEPT, next="Check the command after --exec."
            ) from error
        if done.returncode != 0:
            raise TellError(f"{name} ended with {done.returncode}.", kept=_KEPT)


class WebhookTeller:
    """Posts each thing as JSON, signed: ``sha256=HMAC-SHA256(secret, time + "." + body)``.

    Args:
        url: where.
        secret: shared with whoever listens there.
        ca: file with the certificates (PEM) of a private authority.
        sleep: waits between tries.

    Raises:
        UsageError: it is no address.
    """

    def __init__(
        self, url: str, secret: bytes, ca: str | None = None, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        try:
            parts = urlsplit(url)
            good = parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            good = False
        if not good:
            raise UsageError("This is no address of a web hook.", code="watch.url", next="Give https://…")
        self._url, self._secret = url, secret
        self._host = f"{parts.scheme}://{parts.hostname}"
        self._verify: bool | str = ca or True
        self._sleep = sleep

    def tell(self, told: Mapping[str, Any]) -> None:
        """Post it; it is taken by any status of 200 to 299."""
        body = _bytes(told)
        for pause in (*PAUSES, None):
            problem = self._once(body)
            if problem is None:
                return
            if pause is None or problem.startswith("it answers with 4"):
                raise TellError(f"The hook at {self._host} did not take it: {problem}.", kept=_KEPT)
            self._sleep(pause)

    def _once(self, body: bytes) -> str | None:
        moment = str(int(time.time()))
        try:
            answer = requests.post(
                self._url,
                data=body,
                headers={
                    "Content-Type": "application/json",
                    TIME: moment,
                    SIGNATURE: signature(self._secret, moment, body),
                },
                timeout=TIMEOUT,
                verify=self._verify,
                allow_redirects=False,
                stream=True,  # its content is of no interest
            )
        except OSError as error:  # RequestException is one
            return "it took too long" if isinstance(error, requests.Timeout) else "there is no connection"
        answer.close()
        return None if 200 <= answer.status_code < 300 else f"it answers with {answer.status_code}"


def signature(secret: bytes, moment: str, body: bytes) -> str:
    """What a listener computes as well, and compares in constant time."""
    return f"sha256={hmac.new(secret, moment.encode() + b'.' + body, hashlib.sha256).hexdigest()}"


def read_secret(path: Path) -> bytes:
    """The secret of a hook: the first line of a file.

    Raises:
        UsageError: it is too short to be one.
        FileError: the file cannot be read.
    """
    with store.guard("read the secret of the hook"):
        secret = path.read_bytes().split(b"\n", 1)[0].rstrip(b"\r")
    if len(secret) < SHORTEST_SECRET:
        raise UsageError(
            f"The secret of the hook has fewer than {SHORTEST_SECRET} bytes.",
            code="watch.secret",
            next="Write a longer one into the file, and give it to whoever listens.",
        )
    return secret


def surroundings(given: Mapping[str, str]) -> dict[str, str]:
    """The variables that a command gets: none that may hold a password or a token."""
    return {
        name: value
        for name, value in given.items()
        if name.upper() in _HARMLESS or name.upper().startswith("LC_")
    }


def _split(line: str) -> list[str]:
    try:
        # On Windows a backslash is part of a path, and quotes stay on what they surround.
        parts = shlex.split(line, posix=os.name != "nt")
    except ValueError as error:
        raise _no_command("a quote is not closed") from error
    parts = [each[1:-1] if os.name == "nt" and each[:1] == each[-1:] == '"' else each for each in parts]
    if not parts:
        raise _no_command("it is empty")
    return parts


def _no_command(why: str) -> UsageError:
    return UsageError(f"The command after --exec cannot be read: {why}.", code="watch.command")


def _bytes(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
