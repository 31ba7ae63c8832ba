# SPDX-License-Identifier: Apache-2.0
"""``concordat restitution``: from the victims' claims to the last confirmed payment."""

from __future__ import annotations

from pathlib import Path

import click

from concordat.assets.returnstates import Method
from concordat.assets.values import money
from concordat.casework.desk import Desk
from concordat.casework.freezing.doing import Done
from concordat.casework.returning import payslips, repaying, restitution, returns
from concordat.cli import restitutiontext
from concordat.cli.desk import FILE, PATH, open_desk
from concordat.cli.options import MOMENT, group, key_option, pass_session
from concordat.cli.output import moment
from concordat.cli.receipts import done
from concordat.cli.session import Session
from concordat.errors import ConcordatError, UsageError
from concordat.evidence import store
from concordat.language import either

METHOD = click.Choice([method.name for method in Method], case_sensitive=False)
SOURCE_HELP = "A hold, or asset:0x... or a .asset folder; may be given several times."


@group("restitution")
def restitution_() -> None:
    """Back to the victims: plan, open, claims, decide, pay, confirm.

    PLAN is a .restitution folder, the number of a plan, or 0x and the beginning of its id.
    """


@restitution_.command("plan")
@click.argument("claims", type=FILE)
@click.option("--total", metavar="AMOUNT", help='What there is to distribute: "CNY 27,960,000.00".')
@click.option("--source", "sources", metavar="HOLD", multiple=True, help=SOURCE_HELP)
@click.option("--method", type=METHOD, help="Default: tracing if anything was traced, else pro rata.")
@click.option("--out", type=FILE, help="Write every share into this CSV file.")
@key_option
@pass_session
def plan(
    session: Session,
    claims: Path,
    total: str | None,
    sources: tuple[str, ...],
    method: str | None,
    out: Path | None,
    key_uri: str | None,
) -> None:
    """Work out who would get how much of CLAIMS (CSV or YAML); sends nothing.

    The columns of CLAIMS are victim, payee, amount, traced, key; victim and amount are needed.
    """
    worked = restitution.plan(
        open_desk(session, key_uri) if sources else None,
        claims,
        total=money.parse(total) if total else None,
        sources=sources,
        method=_method(method),
    )
    if out:
        with store.guard(f"write {out}"):
            store.write(out, restitutiontext.shares_csv(worked))
    session.out.result(
        {**worked.as_dict(), "file": str(out) if out else None}, restitutiontext.worked_text(worked, out)
    )


@restitution_.command("open")
@click.argument("claims", type=PATH)
@click.option("--number", default="", help="Number of the decision or file that orders it.")
@click.option("--case", default="", help="Reference of the case.")
@click.option("--source", "sources", metavar="HOLD", multiple=True, help=SOURCE_HELP)
@click.option("--method", type=METHOD, help="Default: tracing if anything was traced, else pro rata.")
@click.option(
    "--notice-until",
    type=MOMENT,
    default=0,
    help="Until when claims and objections are taken; default: 31 days pro rata, 1 day tracing.",
)
@click.option("--out", type=PATH, help="The folder to make; default: the list's name with .restitution.")
@key_option
@pass_session
def open_(
    session: Session,
    claims: Path,
    number: str,
    case: str,
    sources: tuple[str, ...],
    method: str | None,
    notice_until: int,
    out: Path | None,
    key_uri: str | None,
) -> None:
    """Open a plan with the claims of CLAIMS, as an officer with DISTRIBUTE.

    Salts and the victims' slips lie in NAME.restitution before anything is sent; the same command, or the
    folder as CLAIMS, goes on after an interruption.
    """
    opened = restitution.open_(
        open_desk(session, key_uri),
        claims,
        number=number,
        case=case,
        sources=sources,
        method=_method(method),
        notice_until=notice_until,
        out=out,
        tell=session.out.say,
    )
    file, until = opened.file, moment(opened.file.head.notice_until)
    if opened.distribution:
        session.out.say(restitutiontext.worked_text(opened.distribution, None))
    done(
        session,
        opened.done.receipt,
        either(
            f"{file.head.number} is open until {until}: {opened.entered} claims were entered, "
            f"{opened.before} before. The slips lie in {file.folder / 'slips'}: hand each to its victim, "
            "then delete it.",
            f"返还方案 {file.head.number} 已公告，截止 {until}：本次录入申报{opened.entered}项，此前"
            f"{opened.before}项。被害人凭单存于 {file.folder / 'slips'}：逐一交付被害人后删除。",
        ),
        plan=f"0x{file.head.id.hex()}",
        folder=str(file.folder),
        entered=opened.entered,
        entered_before=opened.before,
        notice_until=until,
    )


@restitution_.command("claim")
@click.argument("plan", metavar="PLAN")
@click.argument("claims", type=FILE)
@key_option
@pass_session
def claim(session: Session, plan: str, claims: Path, key_uri: str | None) -> None:
    """Enter further CLAIMS into PLAN while the notice runs."""
    file, entered = restitution.claim(open_desk(session, key_uri), plan, claims, session.out.say)
    session.out.result(
        {"plan": f"0x{file.head.id.hex()}", "entered": entered, "claims": len(file.claims)},
        either(
            f"{entered} claims were entered; {file.head.number} has {len(file.claims)} now.",
            f"录入申报{entered}项；返还方案 {file.head.number} 现有{len(file.claims)}项。",
        ),
    )


@restitution_.command("object")
@click.argument("slip", type=FILE)
@click.option("--grounds", type=FILE, required=True, help="What it says; its hash goes on the chain.")
@key_option
@pass_session
def object_(session: Session, slip: Path, grounds: Path, key_uri: str | None) -> None:
    """Object, with the victim's SLIP, to how its claim was entered. Anybody may send it."""
    _tell(
        session,
        restitution.object_(open_desk(session, key_uri), slip, grounds),
        either(
            "The objection is on the chain; nothing is decided before it is.",
            "异议已上链；在其决定之前，返还方案不作决定。",
        ),
    )


@restitution_.command("decide")
@click.argument("plan", metavar="PLAN")
@click.option("--decision", type=FILE, required=True, help="The decision; its hash goes on the chain.")
@click.option("--claim", "claim_text", metavar="CLAIM", help="Decide the objection to this claim only.")
@click.option("--amount", help="With --claim: the claim from now on, or what was traced to it.")
@key_option
@pass_session
def decide(
    session: Session,
    plan: str,
    decision: Path,
    claim_text: str | None,
    amount: str | None,
    key_uri: str | None,
) -> None:
    """Fix the total and every share of PLAN once the notice is over; or decide one objection.

    The plan: a court, or RATIFY_HIGH of the plan's agency. An objection: another agency with REVIEW, a court.
    """
    desk = open_desk(session, key_uri)
    if (claim_text is None) != (amount is None):
        raise UsageError("--claim and --amount belong together.", next="Give both, or neither.")
    if claim_text is not None and amount is not None:
        about = restitution.decide_objection(desk, plan, claim_text, money.parse(amount), decision)
        _tell(session, about, either("The objection is decided.", "异议已决定。"))
        return
    decided = restitution.decide(desk, plan, decision)
    shown = returns.view(desk, plan)
    total, rest, claims = shown.plan.total, shown.money(shown.remainder).format(), shown.plan.claims
    given = shown.money(total).format()
    text = either(
        f"{decided.name} is decided: {given} for {claims} claims; {rest} cannot be divided.",
        f"返还方案 {decided.name} 已决定：{claims}项申报共返还 {given}；不可分余额 {rest}。",
    )
    _tell(session, decided, text)


@restitution_.command("payments")
@click.argument("plan", metavar="PLAN")
@click.option("--source", "number", type=click.IntRange(1), default=None, help="Number of the source.")
@click.option("--out", type=FILE, required=True, help="The file. It holds account numbers.")
@key_option
@pass_session
def payments(session: Session, plan: str, number: int | None, out: Path, key_uri: str | None) -> None:
    """Write the list by which the institution of a source pays; it fills in the references."""
    count = repaying.payments(open_desk(session, key_uri), plan, number or 0, out)
    session.out.result(
        {"file": str(out), "payments": count},
        either(
            f"{count} payments are listed in {out.name}. It holds account numbers: send it as such papers "
            "go.",
            f"付款{count}笔已列入 {out.name}。其中含有账号，请按此类文书的方式传递。",
        ),
    )


@restitution_.command("pay")
@click.argument("plan", metavar="PLAN")
@click.option("--source", "number", type=click.IntRange(1), default=None, help="Number of the source.")
@click.option("--payments", "listed", type=FILE, help="The list with references filled in.")
@click.option("--all", "every", is_flag=True, help="Every open share, as far as the source reaches.")
@click.option("--reference", help="With --all: reference of the collective payment.")
@key_option
@pass_session
def pay(
    session: Session,
    plan: str,
    number: int | None,
    listed: Path | None,
    every: bool,
    reference: str | None,
    key_uri: str | None,
) -> None:
    """Record what was paid to the victims of PLAN, as the institution or custodian that paid.

    At most 100 payments go into one transaction; the same command goes on after an interruption.
    """
    desk = open_desk(session, key_uri)
    if listed is not None and not every and reference is None:
        repaid = repaying.pay_list(desk, plan, number or 0, listed, session.out.say)
    elif every and reference and listed is None:
        repaid = repaying.pay_all(desk, plan, number or 0, reference, session.out.say)
    else:
        raise UsageError(
            "It is not said what was paid.",
            kept="Nothing was sent.",
            next="Give --payments FILE, or --all with --reference.",
        )
    session.out.result(restitutiontext.repaid_data(repaid), restitutiontext.repaid_text(repaid))


@restitution_.command("confirm")
@click.argument("slips", type=PATH, nargs=-1, required=True)
@key_option
@pass_session
def confirm(session: Session, slips: tuple[Path, ...], key_uri: str | None) -> None:
    """Confirm payments by the victims' SLIPS: files, or folders of them. Anybody may send it."""
    found = repaying.confirm(open_desk(session, key_uri), slips, tell=session.out.say)
    for name, error in found.failed:
        session.out.warn(f"{name}: {error.message}")
    session.out.result(
        {
            "confirmed": found.now,
            "confirmed_before": found.before,
            "unpaid": list(found.unpaid),
            "failed": {name: error.as_dict() for name, error in found.failed},
        },
        either(
            f"{found.now} payments are confirmed now, {found.before} were before; {len(found.unpaid)} claims "
            f"were not paid yet, {len(found.failed)} slips failed.",
            f"本次确认付款{found.now}笔，此前已确认{found.before}笔；{len(found.unpaid)}项申报尚未付款，"
            f"{len(found.failed)}份凭单未能处理。",
        ),
    )
    if found.failed:
        click.get_current_context().exit(ConcordatError.exit_code)


@restitution_.command("receipt")
@click.argument("plan", metavar="PLAN")
@click.argument("claim_text", metavar="CLAIM")
@click.argument("paper", type=FILE)
@key_option
@pass_session
def receipt(session: Session, plan: str, claim_text: str, paper: Path, key_uri: str | None) -> None:
    """Confirm the payment of a CLAIM by the victim's receipt on PAPER, as an officer with DISTRIBUTE."""
    about = repaying.confirm_on_paper(open_desk(session, key_uri), plan, claim_text, paper)
    _tell(
        session,
        about,
        either("The payment is confirmed by a receipt on paper.", "已凭被害人书面收据确认付款。"),
    )


@restitution_.command("papers")
@click.argument("plan", metavar="PLAN")
@click.argument("claim_text", metavar="[CLAIM]", required=False, default="")
@click.option("--out", type=PATH, required=True, help="The folder.")
@key_option
@pass_session
def papers(session: Session, plan: str, claim_text: str, out: Path, key_uri: str | None) -> None:
    """Write the papers of payments (PDF, HTML, JSON), of all claims of PLAN or of one CLAIM."""
    paths = payslips.write(open_desk(session, key_uri), plan, out, claim_text)
    session.out.result(
        {"files": [str(path) for path in paths]},
        either(f"{len(paths)} files are in {out}.", f"{out} 中现有{len(paths)}个文件。"),
    )


@restitution_.command("close")
@click.argument("plan", metavar="PLAN")
@key_option
@pass_session
def close(session: Session, plan: str, key_uri: str | None) -> None:
    """End PLAN. What was not paid stays where it is; the sources are free for another plan."""
    desk = open_desk(session, key_uri)
    shown = returns.view(desk, plan)
    unpaid = shown.money(sum(each.unpaid for each in shown.claims))
    name, rest = shown.found.name, unpaid.format()
    if unpaid.amount:
        session.confirm(
            either(
                f"Close {name} with {rest} unpaid? It cannot be opened again.",
                f"返还方案 {name} 尚有 {rest} 未付，确定结束？结束后不能重新开启。",
            )
        )
    text = either(f"{name} is closed; {rest} stay unpaid.", f"返还方案 {name} 已结束；{rest} 未付。")
    _tell(session, restitution.close(desk, plan), text)


@restitution_.command("show")
@click.argument("plan", metavar="[PLAN]", required=False)
@click.option("--claims", "with_claims", is_flag=True, help="List every claim.")
@key_option
@pass_session
def show(session: Session, plan: str | None, with_claims: bool, key_uri: str | None) -> None:
    """Show PLAN with its sources: held = released + returned + forfeited + remaining. Without: list all."""
    desk = open_desk(session, key_uri)
    if plan is None:
        _list(session, desk)
        return
    shown = returns.view(desk, plan)
    data = returns.as_dict(shown)
    if with_claims:
        data["claims_listed"] = [
            restitutiontext.claim_data(number, each) for number, each in enumerate(shown.claims, 1)
        ]
    session.out.result(data, restitutiontext.shown_text(shown, with_claims=with_claims))


def _list(session: Session, desk: Desk) -> None:
    known = returns.plans(desk)
    session.out.result(
        {"plans": [restitutiontext.plan_data(each) for each in known]},
        restitutiontext.plans_table(known),
    )


def _method(name: str | None) -> Method | None:
    return Method[name.upper()] if name else None


def _tell(session: Session, about: Done, text: str) -> None:
    done(session, about.receipt, text, id=f"0x{about.about.hex()}", before=about.before)
