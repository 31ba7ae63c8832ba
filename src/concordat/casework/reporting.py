# SPDX-License-Identifier: Apache-2.0
"""The two documents of an acquisition, made from package, judgement and chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from concordat import __version__
from concordat.casework import recorddata
from concordat.casework.desk import Desk
from concordat.casework.judging import ForumJudgement, Judgement, in_words
from concordat.errors import UsageError
from concordat.evidence import registry, store
from concordat.evidence.draft import PackageDraft
from concordat.evidence.facts import Facts
from concordat.evidence.manifest import REPORT_ROLE, Entry
from concordat.evidence.package import Package
from concordat.evidence.places import name
from concordat.evidence.precheck import Finding
from concordat.evidence.report import (
    CertificateInput,
    CollectionInput,
    Document,
    Text,
    collection_report,
    decode,
    encode,
    registration_certificate,
    to_html,
    to_pdf,
)
from concordat.evidence.report.adapt import finding_line, reason_line, step_lines
from concordat.evidence.report.inputs import (
    Event,
    ExhibitList,
    FindingLine,
    ForumAssessment,
    Receipt,
    Review,
)
from concordat.evidence.standards import Origin
from concordat.evidence.steps import steps_in
from concordat.ledger.protocol import Event as ChainEvent
from concordat.membership import agencies

GENERATOR = f"concordat-ledger {__version__}"
COLLECTION, CERTIFICATE = "collection-report", "registration-certificate"
REPORTS, CERTIFICATES = "report", "certificate"
ENDINGS = (".json", ".html", ".pdf")


def write_collection_report(draft: PackageDraft, judgement: Judgement, agency_name: str) -> Path:
    """Write the collection report into a package in the making. Its JSON is a leaf; PDF and HTML show it.

    Returns:
        The JSON file.
    """
    document = collection_report(
        CollectionInput(
            record=recorddata.of(draft.record, agency_name, draft.record_sha256),
            facts=f"0x{draft.facts:040x}",
            exhibits=ExhibitList(
                entries=(entry.as_dict() for entry in draft.entries()), sha256=draft.exhibits_sha256
            ),
            steps=step_lines(support.as_dict() for support in draft.supports),
            findings=_findings(draft, judgement.findings),
            assessments=tuple(_assessment(each, home=each is judgement.home) for each in judgement.forums),
            refusals=tuple(refusal.hash for refusal in draft.refusals),
            expected=Counter(str(comparison.outcome) for comparison in draft.comparisons),
            generator=GENERATOR,
        )
    )
    folder = draft.folder / REPORTS
    folder.mkdir(exist_ok=True)
    for file, content in _renderings(document, COLLECTION, ("en", "zh")).items():
        store.write(folder / file, content)
    return folder / f"{COLLECTION}.json"


def certify(desk: Desk, package: Package) -> Document:
    """Make the registration certificate from package and chain. The same two give the same bytes.

    Raises:
        UsageError: the package is not registered.
    """
    paper = package.receipt
    if paper is None:
        raise UsageError(
            f"{package.name} is not registered.",
            code="package.unregistered",
            kept="Nothing was written.",
            next=f"Register it first: concordat register {package.name}",
        )
    chain, root = desk.chain, bytes.fromhex(paper.root[2:])
    stored, later = Facts.unpack(int(paper.facts, 16)), registry.aftermath(chain, paper.agency, root)
    home = agencies.agency(chain, paper.agency)
    at_first = in_words(
        stored, home.jurisdiction, desk.book, desk.book.check(stored, home.jurisdiction, paper.registered_at)
    )
    successor = registry.successor(chain, paper.agency, root)
    return registration_certificate(
        CertificateInput(
            record=recorddata.of(package.record, home.name, package.manifest.record_sha256),
            receipt=_receipt(package),
            facts=paper.facts,
            officers=stored.officers,
            exhibits=ExhibitList(
                entries=(entry.as_dict() for entry in package.exhibits()),
                sha256=package.manifest.exhibits_sha256,
            ),
            steps=step_lines((each.as_dict() for each in package.manifest.supports), stored.steps),
            assessment=_assessment(at_first, home=True),
            standing=registry.assess(chain, paper.agency, root, home.jurisdiction).verdict,
            report_sha256=_report_entry(package).sha256,
            events=_events(desk, registry.history(chain, paper.agency, root)),
            withdrawn=later.withdrawn,
            superseded_by=f"0x{successor.hex()}" if successor else "",
            date_confirmed=later.date_confirmed,
            generator=GENERATOR,
        )
    )


def report(
    desk: Desk, package: Package, *, languages: Sequence[str] = ("en", "zh"), out: Path | None = None
) -> list[Path]:
    """Write both documents of a package, as far as they exist, in the languages asked for.

    Args:
        desk: to ask the chain; needed only for the certificate.
        package: the package.
        languages: ``en``, ``zh`` or both.
        out: folder; by default the package itself, where the collection report lies already.

    Returns:
        The files, JSON first.
    """
    entry = _report_entry(package)
    if out is not None:
        collection = decode((package.folder / entry.path).read_bytes())
        written = _write(out, _renderings(collection, COLLECTION, languages))
    else:
        written = [package.folder / REPORTS / f"{COLLECTION}{ending}" for ending in ENDINGS]
    if package.receipt is not None:
        files = _renderings(certify(desk, package), CERTIFICATE, languages)
        if out is not None:
            written += _write(out, files)
        else:
            package.put("certified", {f"{CERTIFICATES}/{file}": content for file, content in files.items()})
            written += [package.folder / CERTIFICATES / file for file in files]
    return written


def _write(folder: Path, files: dict[str, bytes]) -> list[Path]:
    with store.guard(f"write the documents into {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in files.items():
            store.write(folder / file, content)
    return [folder / file for file in files]


def _renderings(document: Document, stem: str, languages: Sequence[str]) -> dict[str, bytes]:
    return {
        f"{stem}.json": encode(document),
        f"{stem}.html": to_html(document, tuple(languages)).encode(),
        f"{stem}.pdf": to_pdf(document, tuple(languages)),
    }


def _report_entry(package: Package) -> Entry:
    for entry in package.documents():
        if entry.role == REPORT_ROLE:
            return entry
    raise UsageError(
        f"{package.name} holds no collection report.",
        code="package.no_report",
        next="Pack it again with this client.",
    )


def _assessment(judged: ForumJudgement, *, home: bool) -> ForumAssessment:
    review = judged.rulebook.review if judged.rulebook else None
    adopted = judged.standard
    return ForumAssessment(
        code=judged.code,
        forum=Text(name(judged.forum, "en"), name(judged.forum, "zh")),
        home=home,
        foreign=judged.origin is Origin.FOREIGN,
        verdict=judged.assessment.verdict,
        version=judged.assessment.version,
        review=Review(
            status=review.status, by=review.by or "", date=review.day.isoformat() if review.day else ""
        )
        if review
        else Review(),
        reasons=tuple(reason_line(reason) for reason in judged.reasons),
        standard=f"standards/{judged.code.lower()}.yaml" if judged.rulebook else "",
        standard_sha256=adopted.rules.hex() if adopted and any(adopted.rules) else "",
    )


def _findings(draft: PackageDraft, prechecked: Iterable[Finding]) -> tuple[FindingLine, ...]:
    """What intake noticed of single exhibits and of the whole, then what the record itself shows."""
    lines = [
        finding_line(finding, note["n"])  # type: ignore[arg-type]
        for note in draft.notes()
        for finding in note["findings"]  # type: ignore[attr-defined]
    ]
    lines += [finding_line(finding.as_dict()) for finding in draft.findings]
    lines += [
        FindingLine(
            code=finding.code,
            severity="info" if finding.severity == "noted" else "warn",
            message=Text(finding.message["en"], finding.message["zh"]),
            path=finding.field,
        )
        for finding in prechecked
    ]
    return tuple(lines)


def _receipt(package: Package) -> Receipt:
    paper = package.receipt
    assert paper is not None  # noqa: S101 - certify has asked
    return Receipt(
        chain_id=paper.chain_id,
        genesis=paper.genesis,
        registry=paper.registry,
        agency=paper.agency,
        collector=package.manifest.collector,
        root=paper.root,
        transaction=paper.transaction,
        block=paper.block,
        block_hash=paper.block_hash,
        log_index=paper.log_index,
        registered_at=datetime.fromtimestamp(paper.registered_at, UTC),
        leaves=package.manifest.leaves,
        manifest_sha256=store.sha256_of(package.folder / "manifest.json"),
    )


def _events(desk: Desk, history: Iterable[ChainEvent]) -> tuple[Event, ...]:
    return tuple(
        Event(
            kind=event.name,
            at=datetime.fromtimestamp(event.time or int(desk.chain.block(event.block)["timestamp"], 16), UTC),
            actor=_actor(event),
            transaction=event.transaction,
            detail=_detail(event),
        )
        for event in history
        if event.name not in ("AcquisitionRegistered", "MandateCited")
    )


def _actor(event: ChainEvent) -> str:
    for field in ("signer", "officer", "confirmer"):
        if field in event.args:
            return str(event.args[field])
    return ""


def _detail(event: ChainEvent) -> Text:
    given = event.args
    if event.name == "CoSigned":
        return ROLES[given["role"]]
    if event.name == "Supplemented":
        listed = ", ".join(step.name for step in steps_in(given["steps"]))
        return Text(f"{listed} for {name(given['forum'], 'en')}", f"{listed}（{name(given['forum'], 'zh')}）")
    if event.name == "Withdrawn":
        return Text(f"Reason {given['reason']}", f"理由 {given['reason']}")
    if event.name == "DateConfirmed":
        return Text("Earlier anchor confirmed", "较早的时间锚已获确认")
    return Text("Replaced by a correction", "已被更正后的登记取代")


ROLES = {
    1: Text("Second officer signed", "第二名侦查人员签名"),
    2: Text("Witness signed", "见证人签名"),
    3: Text("Holder signed", "持有人签名"),
    4: Text("Device signed", "设备签名"),
}
