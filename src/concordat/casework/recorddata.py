# SPDX-License-Identifier: Apache-2.0
"""The investigator's record in the plain words of the documents."""

from __future__ import annotations

from concordat.evidence.places import name
from concordat.evidence.record import Record
from concordat.evidence.record.model import Officer, Presence
from concordat.evidence.record.words import BasisType
from concordat.evidence.report import Text
from concordat.evidence.report.inputs import LegalBasis, Party, Person, RecordData, Tool

BASES = {
    BasisType.WARRANT: Text("Warrant", "搜查令"),
    BasisType.COURT_ORDER: Text("Court order", "法院命令"),
    BasisType.PROSECUTOR_ORDER: Text("Prosecutor's order", "检察机关命令"),
    BasisType.POLICE_ORDER: Text("Police order", "公安机关文书"),
    BasisType.CONSENT: Text("Consent", "当事人同意"),
    BasisType.MLA_REQUEST: Text("Request for mutual legal assistance", "司法协助请求"),
    BasisType.PROVIDER_VOLUNTARY: Text("Voluntary disclosure by a provider", "服务提供者自愿提供"),
    BasisType.PUBLIC_DATA: Text("Publicly available data", "公开数据"),
    BasisType.EMERGENCY: Text("Emergency", "紧急情况"),
}


def of(record: Record, agency_name: str, sha256: str) -> RecordData:
    """Put a record into the documents' form.

    Args:
        record: as parsed.
        agency_name: short name of the agency, as admitted.
        sha256: of the record's bytes, hex.
    """
    basis = record.legal_basis
    return RecordData(
        case=record.case,
        title=record.title or "",
        agency=Text(agency_name, agency_name),
        method=Text(record.method.label("en"), record.method.label("zh")),
        forums=tuple(_place(number) for number in record.forum_numbers),
        place=_place(record.facts().place),
        place_subdivision=record.place.subdivision or "",
        place_description=record.place.description or "",
        data_location=_place(record.facts().data_location),
        started=record.started,
        ended=record.ended,
        clock_source=str(record.clock.source) if record.clock else "",
        clock_offset_ms=record.clock.offset_ms if record.clock else None,
        legal_basis=LegalBasis(
            type=BASES[basis.type],
            reference=basis.reference or "",
            issuer_rank=basis.issuer_rank or "",
            valid_from=basis.valid_from,
            valid_until=basis.valid_until,
        )
        if basis
        else None,
        collector=_person(record.collector),
        second=_person(record.second) if record.second else None,
        holder=_party(record.holder),
        witness=_party(record.witness),
        tools=tuple(
            Tool(name=tool.name, version=tool.version, validation=tool.validation or "")
            for tool in record.tools
        ),
        confidentiality=str(record.confidentiality or ""),
        use_limits=record.use_limits or "",
        source_description=(record.source.description or "") if record.source else "",
        source_locator=(record.source.locator or "") if record.source else "",
        mandate=f"0x{record.mandate.hex()}" if record.mandate else "",
        preserve=record.preserve,
        sha256=sha256,
    )


def _place(number: int) -> Text:
    return Text(name(number, "en"), name(number, "zh"))


def _person(officer: Officer) -> Person:
    return Person(
        name=officer.name or "",
        badge=officer.badge or "",
        rank=officer.rank or "",
        qualification=officer.qualification or "",
    )


def _party(presence: Presence | None) -> Party | None:
    if presence is None or presence.present is None:
        return None
    return Party(present=presence.present, reason=presence.reason or "", eligible=presence.eligible)
