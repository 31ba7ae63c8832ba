# SPDX-License-Identifier: Apache-2.0
"""Who works here: agency and appointments of the key, kept so that packing needs no network."""

from __future__ import annotations

import json
from dataclasses import dataclass

from concordat.errors import AuthorityError, FileError
from concordat.ledger.protocol import Ledger
from concordat.membership import agencies, numbers, officers


@dataclass(frozen=True)
class Post:
    """One appointment, as far as packing asks for it. Times in seconds since 1970 UTC.

    Attributes:
        qualified_until: end of the officer's qualification; 0 if there is none.
    """

    agency: int
    agency_name: str
    number: int
    starts_at: int
    ends_at: int
    qualified_until: int

    def qualified_at(self, moment: int) -> bool:
        """Whether the officer was qualified then."""
        return moment < self.qualified_until

    @property
    def home(self) -> int:
        """Place number of the agency's own forum."""
        return numbers.jurisdiction_of(self.agency)


@dataclass(frozen=True)
class Identity:
    """An address and all its appointments, the first first."""

    address: str
    posts: tuple[Post, ...]

    @classmethod
    def read(cls, ledger: Ledger, address: str) -> Identity:
        """Ask the chain."""
        found = officers.appointments(ledger, address)
        names = {held.agency: agencies.agency(ledger, held.agency).name for held in found}
        return cls(
            address,
            tuple(
                Post(
                    held.agency,
                    names[held.agency],
                    held.number,
                    held.starts_at,
                    held.ends_at,
                    held.qualified_until if held.qualification else 0,
                )
                for held in found
            ),
        )

    def post_at(self, moment: int) -> Post:
        """The appointment that ran at a time.

        Raises:
            AuthorityError: none did.
        """
        for post in reversed(self.posts):
            if post.starts_at <= moment < post.ends_at:
                return post
        raise AuthorityError(
            f"{self.address} held no appointment when the collection started.",
            code="authority.not_appointed",
            kept="Nothing was written or sent.",
            next="Use the key of who collected (--key), or correct the record. See: concordat officer show",
        )

    def to_json(self) -> str:
        """As text, for the workspace."""
        posts = [vars(post) for post in self.posts]
        return json.dumps({"version": 1, "address": self.address, "posts": posts}, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Identity:
        """From its text.

        Raises:
            FileError: it is none.
        """
        try:
            content = json.loads(text)
            return cls(content["address"], tuple(Post(**post) for post in content["posts"]))
        except (ValueError, KeyError, TypeError) as error:
            raise FileError(
                "The workspace's copy of the appointments is damaged.",
                code="identity.damaged",
                next="Read it again while there is a network: concordat sync",
            ) from error
