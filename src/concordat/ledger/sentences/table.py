# SPDX-License-Identifier: Apache-2.0
"""What there is to say about one typed error of the contracts."""

from __future__ import annotations

from dataclasses import dataclass

from concordat.errors import (
    AuthorityError,
    ConcordatError,
    NodeError,
    RefusedError,
    UsageError,
    VerificationError,
)
from concordat.ledger.reverts import Revert


class ContractError(ConcordatError):
    """A contract refused. ``revert`` holds the error's name and values as the contract gave them."""

    revert: Revert


class ContractUsageError(ContractError, UsageError):
    """The act does not fit what the chain holds, or says wrong things."""


class ContractRefusedError(ContractError, RefusedError):
    """The collection was judged and refused; nothing was registered."""


class ContractAuthorityError(ContractError, AuthorityError):
    """The key is not entitled to this act."""


class ContractVerificationError(ContractError, VerificationError):
    """Something is not what was registered or planned."""


class ContractNodeError(ContractError, NodeError):
    """The suite lacks what the act needs."""


@dataclass(frozen=True)
class Sentence:
    """One error in words. ``{name}`` stands for the value that the contract gave under this name.

    Attributes:
        kind: the class to raise, which decides the exit code.
        en: what happened.
        zh: the same in Chinese.
        why: why the contract refuses this; for the documentation.
        fix: what to do next.
        fix_zh: the same in Chinese.
    """

    kind: type[ContractError]
    en: str
    zh: str
    why: str
    fix: str
    fix_zh: str
