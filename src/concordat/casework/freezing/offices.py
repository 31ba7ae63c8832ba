# SPDX-License-Identifier: Apache-2.0
"""Who acts here and who is named: the own agency, and agencies by number and short name."""

from __future__ import annotations

from collections.abc import Mapping

from concordat.assets.folders.freezefile import FreezeFile
from concordat.casework.desk import Desk
from concordat.errors import AuthorityError, UsageError
from concordat.ledger.protocol import Ledger
from concordat.membership import agencies, numbers


def own_agency(desk: Desk) -> int:
    """Number of the agency for which this desk acts: the workspace's, else that of the key's appointment.

    Raises:
        UsageError: no key is named either.
        AuthorityError: the key holds no appointment now.
    """
    configured = desk.workspace.config.agency
    if configured:
        return configured
    now = desk.clock.now
    for post in reversed(desk.identity.posts):
        if post.starts_at <= now < post.ends_at:
            return post.agency
    raise AuthorityError(
        f"{desk.signer.address} holds no appointment now, and the workspace names no agency.",
        code="authority.not_appointed",
        kept="Nothing was written or sent.",
        next="Use the key of an officer (--key), or name the agency with: concordat init --agency",
    )


def acting_agency(desk: Desk) -> int:
    """The agency for which the desk acts, which has to be that of the key: ids are made of it.

    Raises:
        AuthorityError: the workspace is of one agency; the key is an officer's or the account of another.
    """
    own, now = own_agency(desk), desk.clock.now
    acts_for = {post.agency for post in desk.identity.posts if post.starts_at <= now < post.ends_at}
    acts_for |= {agencies.agency_of_account(desk.chain, desk.signer.address)} - {0}
    if acts_for and own not in acts_for:
        raise AuthorityError(
            f"This workspace is of {numbers.label(own)}, and the key acts for "
            f"{', '.join(map(numbers.label, sorted(acts_for)))}.",
            code="authority.other_agency",
            kept="Nothing was written or sent.",
            next="Use the workspace of that agency, or the key of an officer of this one (--key).",
        )
    return own


def names(ledger: Ledger) -> Mapping[int, str]:
    """Short names of all members by number."""
    return {
        event.args["agency"]: event.args["name"].rstrip(b"\0").decode("ascii", "replace")
        for event in ledger.events(agencies.REGISTRY, "AgencyAdmitted")
    }


def called(known: Mapping[int, str], number: int) -> str:
    """How people call an agency: its short name, or its number where there is none."""
    return known.get(number) or numbers.label(number)


def number_of(ledger: Ledger, named: int | str) -> int:
    """Number of an agency that an order names by number or short name.

    Raises:
        UsageError: there is no such member.
    """
    return agencies.find_agency(ledger, str(named)).number


def require_same_suite(desk: Desk, file: FreezeFile) -> None:
    """Refuse the folder of a request that was made for another suite.

    Raises:
        UsageError: chain or genesis differ.
    """
    config, told = desk.workspace.config, file.told
    if (told.chain_id, told.genesis.hex()) != (config.chain_id, config.genesis_id[2:]):
        raise UsageError(
            f"{file.name} was made for another suite, on chain {told.chain_id}.",
            code="freeze.other_suite",
            kept="Nothing was sent.",
            next="Use the workspace of that suite (--workspace).",
        )
