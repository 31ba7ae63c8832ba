# SPDX-License-Identifier: Apache-2.0
"""``concordat assistance inbox``: what the own agency owes by the clock, as a list or as news."""

from __future__ import annotations

from concordat.casework.cooperating import requestviews
from concordat.casework.freezing import offices
from concordat.cli.assistance.showing import AT, status_cell, view_data
from concordat.cli.assistance.words import called
from concordat.cli.desk import open_desk, warn_of_clock
from concordat.cli.freeze.words import due
from concordat.cli.options import command, key_option, pass_session
from concordat.cli.output import Marked, table
from concordat.cli.session import Session

HEAD = ("request", "kind", "from", "status", "to do", "by")


@command("inbox")
@AT
@key_option
@pass_session
def inbox(session: Session, at: int | None, key_uri: str | None) -> None:
    """List what the own agency owes now, what is due first at the top: pass on, acknowledge, answer, open.

    What others let pass escalates by itself: an overdue request stands in the inbox of the central authority.

    Example: concordat assistance inbox
    """
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    found, names, lang = requestviews.owed(desk, at), offices.names(desk.chain), session.lang
    rows = []
    for view, duty in found:
        late = view.status.is_late
        text = duty.label()[lang]
        rows.append(
            (
                view.name,
                view.request.kind.label()[lang],
                called(names, view.request.asker),
                status_cell(view, lang),
                Marked(text, "bad") if late else text,
                due(view.due, view.at) if view.due else "",
            )
        )
    data = {"owed": [{**view_data(view), "duty": duty.value} for view, duty in found]}
    session.out.result(data, table(HEAD, rows) if rows else "Nothing is to be done.")
