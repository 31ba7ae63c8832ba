# SPDX-License-Identifier: Apache-2.0
"""A mailbox on a web server: ``GET`` and ``PUT`` of ``<base>/<hash>``, which any object store can offer.

The server needs no trust: what it gives is hashed and compared. It learns who asks for which hash, and when.
Proxies come from the environment (HTTPS_PROXY), a private authority from a file.
"""

from __future__ import annotations

import os
import time
from typing import Final
from urllib.parse import urlsplit

import requests

from concordat.errors import ConcordatError, NodeError, UsageError, VerificationError
from concordat.mail import sealed

TIMEOUT: Final = (10.0, 30.0)
"""Seconds to connect, and between two pieces of an answer."""
SLOWEST: Final = 120.0
"""Seconds for a whole answer: a server that sends one byte now and then holds nobody up."""
PAUSES: Final = (0.5, 1.5)
"""Seconds before each further try; both requests may be repeated without harm."""
LARGEST: Final = 2 * sealed.LARGEST
_CHUNK: Final = 1 << 16
_DONE: Final = (200, 201, 202, 204)
_ABSENT: Final = (404, 410)
_THERE: Final = (409, 412)


class MailboxError(ConcordatError):
    """The mailbox does not answer, or not as a mailbox does."""

    exit_code = NodeError.exit_code
    default_code = "mailbox.unreachable"


class HttpMailbox:
    """A web server that keeps envelopes under their hashes.

    Args:
        url: ``https://`` or ``http://`` address under which they lie. It may hold a password or a token; no
            message repeats it.
        ca: file with the certificates (PEM) of a private authority.
        timeout: seconds to connect, and between two pieces of an answer.

    Raises:
        UsageError: it is no such address.
    """

    def __init__(
        self, url: str, ca: str | None = None, timeout: tuple[float, float] | float = TIMEOUT
    ) -> None:
        self._base = _checked(url)
        self._verify: bool | str = os.fspath(ca) if ca else True
        self._timeout = timeout

    def put(self, data: bytes) -> bytes:
        """Leave an envelope; returns its hash.

        Raises:
            MailboxError: the server does not answer, or does not take it.
            VerificationError: another one lies there already.
        """
        digest = sealed.digest(data)
        status, _ = self._ask("PUT", digest, data)
        if status in _THERE:  # a store that never replaces: then it has to be the same
            if self.get(digest) is None:
                raise self._refused(status)
        elif status not in _DONE:
            raise self._refused(status)
        return digest

    def get(self, digest: bytes) -> bytes | None:
        """The envelope of this hash, compared with it; None if it is not there.

        Raises:
            MailboxError: the server does not answer, or not as a mailbox does.
            VerificationError: what it gives is another one.
        """
        status, data = self._ask("GET", digest)
        if status in _ABSENT:
            return None
        if status != 200:
            raise self._refused(status)
        sealed.check_hash(data, digest)
        return data

    def _ask(self, method: str, digest: bytes, data: bytes | None = None) -> tuple[int, bytes]:
        """Status and content; tried again while there is no answer, or one that speaks of trouble."""
        for pause in (*PAUSES, None):
            try:
                status, content = self._once(method, f"{self._base}/{digest.hex()}", data)
                if status < 500 or pause is None:
                    return status, content
            except OSError as error:  # RequestException is one; a file of certificates may be missing, too
                if pause is None or not _may_pass(error):
                    raise self._lost(error) from error
            time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _once(self, method: str, url: str, data: bytes | None) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/octet-stream"} if data is not None else {}
        until = time.monotonic() + SLOWEST
        with requests.request(
            method,
            url,
            data=data,
            headers=headers,
            timeout=self._timeout,
            verify=self._verify,
            allow_redirects=False,  # elsewhere is not where it was to be asked
            stream=True,
        ) as answer:
            if method == "PUT" or answer.status_code != 200:
                return answer.status_code, b""
            content = bytearray()
            for piece in answer.iter_content(_CHUNK):
                content += piece
                if len(content) > LARGEST:
                    raise VerificationError(
                        "What the mailbox gives is larger than any message.",
                        code="sealed.malformed",
                        kept="It was not read to its end.",
                        next="Ask the sender to send the original file again.",
                    )
                if time.monotonic() > until:
                    raise requests.Timeout("the answer took too long")
            return answer.status_code, bytes(content)

    def _lost(self, error: OSError) -> MailboxError:
        reason = "it took too long" if isinstance(error, requests.Timeout) else "there is no connection"
        if isinstance(error, requests.exceptions.SSLError):
            reason = "its certificate was not accepted"
        elif not isinstance(error, requests.RequestException):
            reason = "the file of certificates of this workspace (ca) cannot be read"
        return MailboxError(
            f"The mailbox at {self._host} does not answer: {reason}.",
            kept="Messages that were made are kept here.",
            next="Run the same command again, or carry the message by hand: concordat freeze message",
        )

    def _refused(self, status: int) -> MailboxError:
        return MailboxError(
            f"The mailbox at {self._host} answers with status {status}.",
            code="mailbox.refused",
            kept="Messages that were made are kept here.",
            next="Check its address and what it lets you do, or carry the message by hand: "
            "concordat freeze message",
        )

    @property
    def _host(self) -> str:
        """Scheme and host; user, path and query may be secret."""
        parts = urlsplit(self._base)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{parts.hostname}{port}"


def _may_pass(error: OSError) -> bool:
    """Whether trying again can help."""
    return isinstance(error, requests.RequestException) and not isinstance(
        error, requests.exceptions.SSLError
    )


def is_url(text: str) -> bool:
    """Whether a mailbox is named by a URL and not by a folder (a drive letter makes none)."""
    return "://" in text


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:  # a port that is no number
        good = False
    if not good or parts.query or parts.fragment:
        raise UsageError(
            "This is no address of a mailbox.",
            code="mailbox.url",
            next="Give https://HOST/PATH without ? and #, or a folder.",
        )
    return url.rstrip("/")
