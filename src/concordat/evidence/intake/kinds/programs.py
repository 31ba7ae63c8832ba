# SPDX-License-Identifier: Apache-2.0
"""Programs and digital certificates."""

from __future__ import annotations

from collections.abc import Iterator

from concordat.evidence.intake.kinds.base import Candidate, Kind, Probe

_MACH_O = (b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")
_PEM = ("-----BEGIN CERTIFICATE", "-----BEGIN PKCS7", "-----BEGIN CMS", "-----BEGIN TRUSTED CERTIFICATE")
_JAVA_1_1 = 45


def candidates(probe: Probe) -> Iterator[Candidate]:
    """Recognise executables, scripts that name their interpreter, and PEM certificates."""
    head = probe.head
    if head.startswith(b"\x7fELF"):
        yield Candidate(Kind.PROGRAM, "application/x-elf", 95)
    elif head.startswith(b"MZ") and _is_pe(head):
        yield Candidate(Kind.PROGRAM, "application/vnd.microsoft.portable-executable", 95)
    elif head.startswith(_MACH_O):
        yield Candidate(Kind.PROGRAM, "application/x-mach-binary", 95)
    elif head.startswith(b"\xca\xfe\xba\xbe"):
        java = int.from_bytes(head[6:8], "big") >= _JAVA_1_1
        yield Candidate(Kind.PROGRAM, "application/java-vm" if java else "application/x-mach-binary", 90)
    elif head.startswith((b"dex\n03", b"dey\n03")):
        yield Candidate(Kind.PROGRAM, "application/x-dex", 95)
    elif head.startswith(b"!<arch>\ndebian-binary"):
        yield Candidate(Kind.APP_PACKAGE, "application/vnd.debian.binary-package", 95)
    elif head.startswith(b"#!/"):
        yield Candidate(Kind.PROGRAM, "text/x-script", 85)
    elif probe.opening()[:64].lstrip("\ufeff \r\n").startswith(_PEM):
        yield Candidate(Kind.PROGRAM, "application/x-pem-file", 90)


def _is_pe(head: bytes) -> bool:
    at = int.from_bytes(head[60:64], "little")
    return head[at : at + 4] == b"PE\0\0"
