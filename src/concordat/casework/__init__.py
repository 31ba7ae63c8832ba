# SPDX-License-Identifier: Apache-2.0
"""What an agency does with a case, step by step; each command of the command line is one call of this.

    check       judge a record, or a package, for any forums; writes nothing
    pack        record and files to a package, signed; needs no network
    register    a package, or a record and files, to the chain
    cosign, supplement, withdraw, supersede, confirm_date     what may come later
    verify, show, report                                      what anybody may ask

It puts together what the other parts do alone: ``evidence`` judges and packs, ``membership`` knows who signs,
``ledger`` speaks to the chain. Nothing here prints or asks.
"""

from concordat.casework.desk import Desk
from concordat.casework.identity import Identity
from concordat.casework.judging import Expected, ForumJudgement, Judgement, judge
from concordat.casework.later import confirm_date, cosign, supersede, supplement, withdraw
from concordat.casework.packing import check_package, check_record, pack, sign
from concordat.casework.registering import Registered, register
from concordat.casework.reporting import report
from concordat.casework.showing import Shown, show, verify

__all__ = [
    "Desk",
    "Expected",
    "ForumJudgement",
    "Identity",
    "Judgement",
    "Registered",
    "Shown",
    "check_package",
    "check_record",
    "confirm_date",
    "cosign",
    "judge",
    "pack",
    "register",
    "report",
    "show",
    "sign",
    "supersede",
    "supplement",
    "verify",
    "withdraw",
]
