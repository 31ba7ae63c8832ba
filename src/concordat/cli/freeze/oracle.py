# SPDX-License-Identifier: Apache-2.0
"""``concordat freeze oracle``: what tokens of the same chain read of holds."""

from __future__ import annotations

import click

from concordat.casework.institution import tokens
from concordat.cli.desk import open_desk
from concordat.cli.freeze.words import told
from concordat.cli.options import address_in, group, key_option, pass_session
from concordat.cli.session import Session


@group("oracle")
def oracle() -> None:
    """Tokens of an institution that ask, before a transfer, what of an account is held."""


@oracle.command("name-token")
@click.argument("token", metavar="ADDRESS")
@click.option("--currency", required=True, metavar="CODE", help="In which the token's holds are: USDT, SGD.")
@key_option
@pass_session
def name_token(session: Session, token: str, currency: str, key_uri: str | None) -> None:
    """Say that the own institution answers for the token at ADDRESS, which has to say the same."""
    desk = open_desk(session, key_uri)
    done = tokens.name_token(desk, address_in(desk.workspace.keys, token), currency)
    told(session, done, f"{done.name} is named; it stands for {currency.upper()}.")


@oracle.command("reveal")
@click.argument("hold", metavar="HOLD")
@click.option("--token", required=True, metavar="ADDRESS", help="The contract in which it freezes.")
@key_option
@pass_session
def reveal(session: Session, hold: str, token: str, key_uri: str | None) -> None:
    """Reveal the account of HOLD to a token, for ever: everybody sees it, under which request, how much.

    A hold that is to continue another one is revealed before its check, so that no transfer comes between.
    """
    desk = open_desk(session, key_uri)
    address = address_in(desk.workspace.keys, token)
    session.confirm(f"Make public which account {hold} is about? Nobody can take it back.")
    done = tokens.reveal(desk, hold, address)
    told(session, done, f"{done.name}: revealed to {address}.")
