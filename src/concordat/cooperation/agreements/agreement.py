# SPDX-License-Identifier: Apache-2.0
"""An agreement as its parties write it, and what the chain is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from concordat.cooperation.agreementbook import ChainDraft, Duty, Terms
from concordat.cooperation.words import LegalBasis, UseLimit
from concordat.errors import UsageError
from concordat.evidence import canonical, places
from concordat.evidence.laws import Text

FORMAT: Final = "agreement/1"
EVERY: Final = "EVERY"
ABI: Final = (
    "(bytes32,uint16[],uint8,bytes32,uint8,uint32,uint40,uint40,bool,"
    "(uint8,uint32,uint32,uint32,uint32,uint16,uint8)[],(uint16,uint32,uint32,bytes32)[])"
)


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty beside the requests.

    Attributes:
        debtor: code of a party; "" : every party.
        due: seconds from entry into force.
        every: again after so many seconds; 0: once.
        duty: its text.
    """

    debtor: str
    due: int
    every: int
    duty: str

    @property
    def chain(self) -> Duty:
        """As the chain holds it."""
        debtor = places.numeric(self.debtor) if self.debtor else 0
        return Duty(debtor, self.due, self.every, bytes(keccak(self.duty.encode())))


@dataclass(frozen=True, slots=True)
class Agreement:
    """One version of an agreement. Durations in seconds, times in seconds since 1970 UTC.

    Attributes:
        parties: codes, in the order of their numbers.
        reference: short public name of treaty or convention; "" if there is none.
        texts: name of the file of each language version, by language.
        enters, ends: 0: with the last ratification needed; never.
    """

    title: Text
    parties: tuple[str, ...]
    basis: LegalBasis
    reference: str
    texts: Mapping[str, str]
    ratifications: int
    notice: int
    enters: int
    ends: int
    open: bool
    terms: tuple[Terms, ...]
    obligations: tuple[Obligation, ...]

    def draft(self, contents: Mapping[str, bytes]) -> ChainDraft:
        """What the chain is told.

        Args:
            contents: bytes of each language version, by language.

        Raises:
            UsageError: a language version is missing, or empty.
        """
        return ChainDraft(
            text=text_hash({language: contents.get(language, b"") for language in self.texts}),
            parties=tuple(places.numeric(code) for code in self.parties),
            basis=self.basis,
            basis_reference=self.reference,
            ratifications=self.ratifications,
            notice=self.notice,
            enters_at=self.enters,
            ends_at=self.ends,
            open=self.open,
            terms=self.terms,
            obligations=tuple(each.chain for each in self.obligations),
        )


def text_hash(contents: Mapping[str, bytes]) -> bytes:
    """Hash over all language versions: keccak256 of the canonical JSON of each one's keccak256 by language.

    Raises:
        UsageError: there is none, or one is empty.
    """
    empty = sorted(language for language, content in contents.items() if not content.strip())
    if empty or not contents:
        raise UsageError(
            f"The agreement has no text in {', '.join(empty) or 'any language'}.",
            code="agreement.text",
            kept="Nothing was sent.",
            next="Put the text of every language version beside the agreement's file.",
        )
    return bytes(keccak(canonical.dumps({key: f"0x{keccak(each).hex()}" for key, each in contents.items()})))


def version_hash(thread: bytes, draft: ChainDraft) -> bytes:
    """By which a version is accepted: keccak256(abi.encode(thread, draft))."""
    return bytes(keccak(encode(["bytes32", ABI], [thread, _values(draft.struct())])))


def thread_id(proposer: int, draft: ChainDraft) -> bytes:
    """Key of the thread that a proposal opens, from the proposing jurisdiction and its draft."""
    inner = bytes(keccak(encode([ABI], [_values(draft.struct())])))
    return bytes(keccak(encode(["uint16", "bytes32"], [proposer, inner])))


def limits(use: UseLimit) -> str:
    """Names of the limits, for a file."""
    return ", ".join(str(limit.name) for limit in UseLimit if limit in use)


def _values(struct: Any) -> Any:
    """Structs as tuples, in the order of their fields."""
    if isinstance(struct, dict):
        return tuple(_values(value) for value in struct.values())
    return [_values(each) for each in struct] if isinstance(struct, list) else struct
