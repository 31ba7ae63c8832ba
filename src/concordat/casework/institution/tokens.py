# SPDX-License-Identifier: Apache-2.0
"""An issuer's tokens: which contracts it answers for, and which account of them a hold is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concordat.assets import oracle
from concordat.assets.oracle import Opening
from concordat.assets.values import money
from concordat.assets.values.accounts import Account, Kind
from concordat.casework.desk import Desk
from concordat.casework.freezing.doing import Done, once
from concordat.casework.freezing.offices import own_agency
from concordat.casework.institution import answering, incoming
from concordat.casework.institution.incoming import name_of
from concordat.errors import UsageError
from concordat.ledger import eventlog


def name_token(desk: Desk, token: str, currency: str) -> Done:
    """Say that the own institution answers for a token contract, which has to say the same.

    Args:
        desk: of an officer with ANSWER.
        token: address of the contract.
        currency: letters of the code in which the institution holds what it issued as this token.

    Raises:
        UsageError: no such currency.
        ContractError: refused; nothing was sent.
    """
    code = money.by_alpha(currency.upper()).code
    own = own_agency(desk)
    named = eventlog.of(desk.chain, oracle.ORACLE, ("TokenNamed",), token=token)
    standing = [each for each in named[-1:] if _same(each.args, own, code)]
    return once(
        desk,
        own.to_bytes(32, "big"),
        token,
        None,
        "name token",
        standing[0] if standing else None,
        lambda: oracle.name_token(desk.ledger, desk.signer, token, code),
    )


def reveal(desk: Desk, text: str, token: str) -> Done:
    """Reveal the account of a hold to a token. Nobody can take it back.

    Salt and notice key come from the sealed message, the order's commitment from the request's event.

    Args:
        desk: of an officer with ANSWER who opens the institution's messages.
        text: id of the hold, or its beginning.
        token: address of the contract.

    Raises:
        UsageError: no such hold, or its account is none of this chain.
        AuthorityError: the password of the encryption key is wrong.
        ContractError: refused; nothing was revealed, unless somebody saw the transaction on its way.
    """
    answering.settled(desk)
    arrival = incoming.meant(desk, incoming.arrivals(desk), text)
    _, opened = incoming.letters(desk, [arrival])[arrival.id].required()
    account = _of_this_chain(desk, opened.target.account)
    opening = Opening(opened.secrets.salt, opened.secrets.notice_key, arrival.asked.order)
    named = arrival.named
    shown = eventlog.of(desk.chain, oracle.ORACLE, ("Revealed",), hold=arrival.id)
    over = eventlog.of(desk.chain, oracle.ORACLE, ("Removed",), hold=arrival.id)
    return once(
        desk,
        arrival.id,
        name_of(arrival),
        None,
        "reveal",
        shown[-1] if len(shown) > len(over) else None,
        lambda: oracle.reveal(
            desk.ledger, desk.signer, (named.request, named.target), token, account, opening
        ),
    )


def _of_this_chain(desk: Desk, account: Account) -> str:
    """The address, if it is one of the chain on which the suite stands."""
    if account.kind is not Kind.CHAIN or account.place != str(desk.chain.chain_id):
        raise UsageError(
            f"{account.masked} is no account of this chain (eip155:{desk.chain.chain_id}).",
            code="oracle.other_chain",
            kept="Nothing was revealed.",
            next="Only tokens of the suite's own chain ask it. Hold the others by your own means.",
        )
    return account.number


def _same(args: Mapping[str, Any], institution: int, currency: int) -> bool:
    return (args["institution"], args["currency"]) == (institution, currency)
