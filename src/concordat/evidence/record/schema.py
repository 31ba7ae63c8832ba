# SPDX-License-Identifier: Apache-2.0
"""JSON Schema 2020-12 of a record, built from the vocabulary; published as ``data/record.schema.json``.

It is the only description of the record's shape: ``parse`` validates with it. Empty values of optional fields
are allowed, so that a template may leave them blank. The annotation ``x-right`` says what would be right.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from concordat.evidence.methods import Method
from concordat.evidence.places import EU, INTL, UNKNOWN, is_country, places
from concordat.evidence.record.words import (
    BasisType,
    Category,
    ClockSource,
    Confidentiality,
    NotSeizedReason,
    PreservationReason,
)
from concordat.evidence.steps import STEPS, Role, Step, StepInfo, Support

RECORD_VERSION: Final = "record/1"
SCHEMA_ID: Final = "https://concordat.example/schemas/record-1.json"

TIME_PATTERN: Final = (
    r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?"
    r"([Zz]|[+-](0\d|1[0-4]):[0-5]\d)$"
)
EXAMPLE_TIME: Final = "2026-03-17T09:30:00+08:00"
RELATIVE_PATH_PATTERN: Final = (
    r"^(?!/)(?![A-Za-z]:)(?!\.\.?(/|$))(?![\s\S]*/\.\.?(/|$))(?![\s\S]*//)(?![\s\S]*\\)[^\x00]*[^/\x00]$"
)
MAX_LINE: Final = 500
MAX_TEXT: Final = 20_000

Schema = dict[str, Any]


def _text(what: str, example: str, *, longest: int = MAX_LINE) -> Schema:
    return {
        "type": "string",
        "minLength": 1,
        "maxLength": longest,
        "pattern": r"\S",
        "description": what,
        "examples": [example],
    }


def _time(what: str) -> Schema:
    return {
        "type": "string",
        "pattern": TIME_PATTERN,
        "description": what,
        "examples": [EXAMPLE_TIME],
        "x-right": f"Write date, time and offset from UTC, such as {EXAMPLE_TIME}.",
    }


def _word(what: str, words: list[str], example: str) -> Schema:
    return {"enum": words, "description": what, "examples": [example]}


def _flag(what: str) -> Schema:
    return {"type": "boolean", "description": what, "examples": [True]}


def _path(what: str, example: str) -> Schema:
    return {
        "type": "string",
        "maxLength": 4096,
        "pattern": RELATIVE_PATH_PATTERN,
        "description": what,
        "examples": [example],
        "x-right": f"Write a path inside the folder, with forward slashes, such as {example}.",
    }


def _optional(schema: Schema) -> Schema:
    """Allow the same, or nothing."""
    result = dict(schema)
    if "enum" in result:
        result["enum"] = [*result["enum"], None]
    if "type" in result:
        kinds = result["type"] if isinstance(result["type"], list) else [result["type"]]
        result["type"] = [*kinds, "null"]
    return result


def _object(what: str, required: Mapping[str, Schema], optional: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "description": what,
        "properties": {**required, **{key: _optional(value) for key, value in optional.items()}},
        "required": list(required),
        "additionalProperties": False,
    }


def _list(what: str, items: Schema) -> Schema:
    return {
        "type": "array",
        "description": what,
        "items": items,
        "x-right": "Write [ONE, TWO], or each entry on a line that begins with a dash.",
    }


def _codes(*own: int) -> list[str]:
    return sorted(place.alpha for number, place in places().items() if is_country(number) or number in own)


def _officer(what: str) -> Schema:
    return _object(
        what,
        {},
        {
            "name": _text("Name; stays in the package and never reaches the chain.", "Aminah binti Yusof"),
            "badge": _text("Number of the badge or service.", "RF-10233"),
            "rank": _text("Rank.", "Inspector"),
            "qualification": _text("Forensic qualification.", "Certified examiner, 2024-118"),
        },
    )


def _document(roles: tuple[Role, ...]) -> Schema:
    role = _word("Its role.", [role.value for role in roles], roles[0].value)
    return _object("A document of this record.", {"document": role}, {})


def _attester() -> Schema:
    return _object(
        "Somebody who attests it.",
        {"attester": _text("Who attests it.", "Digital Forensics Laboratory")},
        {"reference": _text("Number of the attestation, standard or report.", "GA/T 756-2021")},
    )


def _step(info: StepInfo) -> Schema:
    """Allow a document by its role, a named attester, or ``declared`` where the step allows that."""
    document = _document(info.roles) if info.roles else {"$ref": "#/$defs/anyDocument"}
    right = f"Write {{document: {(info.roles or tuple(Role))[0]}}} or {{attester: NAME, reference: NUMBER}}"
    declared = info.support is Support.DECLARED
    return {
        "description": info.attests["en"],
        "x-right": f"{right}, or declared." if declared else f"{right}; it cannot be declared only.",
        "if": {"type": "object"},
        "then": {"if": {"required": ["document"]}, "then": document, "else": {"$ref": "#/$defs/attester"}},
        "else": {"enum": ["declared", None] if declared else [None]},
    }


def _place() -> Schema:
    codes = _codes(UNKNOWN)
    country = _word("ISO 3166-1 alpha-2 code of the country, or UNKNOWN.", codes, "MY")
    full = _object(
        "Where it was collected.",
        {"country": country},
        {
            "subdivision": {
                "type": "string",
                "pattern": r"^[A-Z]{2}-[A-Z0-9]{1,3}$",
                "description": "ISO 3166-2 code of the state or province.",
                "examples": ["MY-01"],
                "x-right": "Write an ISO 3166-2 code such as MY-01.",
            },
            "description": _text(
                "Address or other description.", "Police station, Johor Bahru", longest=MAX_TEXT
            ),
        },
    )
    return {
        "description": "Where it was collected: a country code, or country, subdivision and description.",
        "examples": ["MY"],
        "if": {"type": "string"},
        "then": country,
        "else": full,
    }


def _required() -> dict[str, Schema]:
    forums = _word("A forum.", _codes(EU, INTL), "MY")
    return {
        "concordat": {
            "const": RECORD_VERSION,
            "description": "Format of this file.",
            "examples": [RECORD_VERSION],
        },
        "case": _text("Number of the case, in quotes.", "0317"),
        "agency": {
            "type": ["string", "integer"],
            "minLength": 1,
            "pattern": r"\S",
            "minimum": 1,
            "maximum": 2**32 - 1,
            "description": "Short name of the agency as it was admitted, or its number.",
            "examples": ["MY-PDRM"],
        },
        "method": _word("How it was collected.", [method.name for method in Method], "STORAGE_IMAGING"),
        "forums": {
            **_list("Where it will be used; the first is the home forum.", forums),
            "minItems": 1,
            "uniqueItems": True,
            "examples": [["MY", "CN"]],
            "x-right": "Write forums: [MY, CN], the home forum first.",
        },
        "place": _place(),
        "data_location": _word("Where the data lay: country, EU or UNKNOWN.", _codes(EU, UNKNOWN), "MY"),
        "started": _time("When collection began."),
        "ended": _time("When collection ended."),
        "officers": _object(
            "Who collected; stays in the package.",
            {
                "collector": {
                    **_officer("The collector."),
                    "minProperties": 1,
                    "examples": [{"badge": "RF-10233"}],
                }
            },
            {"second": _officer("The second officer.")},
        )
        | {"examples": [{"collector": {"badge": "RF-10233"}}]},
    }


def _circumstances() -> dict[str, Schema]:
    presence = {
        "present": _flag("Whether this person was present."),
        "reason": _text("Why not, or why there is no signature.", "Suspect fled", longest=MAX_TEXT),
    }
    return {
        "clock": _object(
            "Comparison of the clock of the collecting device with a reference.",
            {
                "source": _word("The reference.", list(ClockSource), "NTP"),
                "offset_ms": {
                    "type": "integer",
                    "minimum": -(2**53),
                    "maximum": 2**53,
                    "description": "Device minus reference, in milliseconds.",
                    "examples": [120],
                },
            },
            {},
        ),
        "legal_basis": _object(
            "What entitles the collection.",
            {"type": _word("Its kind.", list(BasisType), "WARRANT")},
            {
                "reference": _text("Its number.", "MC-JB-2026-0311"),
                "issuer_rank": _text("Rank of who issued or approved it.", "Magistrate"),
                "from": _time("When it began to be valid."),
                "until": _time("When its validity ends."),
            },
        ),
        "holder": _object("The holder or provider of the data.", {}, presence),
        "witness": _object(
            "The attesting witness.",
            {},
            {**presence, "eligible": _flag("Whether the law lets them attest.")},
        ),
        "tools": _list(
            "Tools used.",
            _optional(
                _object(
                    "One tool.",
                    {"name": _text("Name.", "dc3dd"), "version": _text("Version, in quotes.", "7.3.1")},
                    {"validation": _text("Reference of its validation.", "LAB-VAL-2025-031")},
                )
            ),
        ),
        "source": _object(
            "Where the data come from.",
            {},
            {
                "description": _text("In words.", "Phone handed over by its holder", longest=MAX_TEXT),
                "locator": _text(
                    "Address: URL, network address, account or path.", "https://example.org/post/1"
                ),
            },
        ),
        "original_not_seized": _object(
            "Why the original medium was not seized, and where it is.",
            {"reason": _word("One of the four kinds.", list(NotSeizedReason), "CANNOT_SEAL")},
            {
                "location": _text(
                    "Where the original is, or where the data come from.", "Server room, level 3"
                )
            },
        ),
        "preservation": _object(
            "Data preservation: why, and until when.",
            {"reason": _word("One of the four kinds.", list(PreservationReason), "LARGE_VOLUME")},
            {"until": _time("When the preservation ends.")},
        ),
    }


def _contents() -> dict[str, Schema]:
    item = _object(
        "Annotation of one exhibit.",
        {"path": _path("Path of the exhibit in the folder given.", "phone/chat.json")},
        {
            "category": _word("Category of the data.", list(Category), "COMMUNICATION"),
            "carrier": _text("The medium it was on.", "Phone, IMEI ending 4471"),
            "number": _text("Number of the exhibit, in quotes.", "E-01"),
        },
    )
    document = _object(
        "One document.",
        {
            "role": _word("What it is in the file.", [role.value for role in Role], "MINUTES"),
            "file": _path("Path of the document, from the record.", "documents/minutes.pdf"),
        },
        {},
    )
    steps = {step.name: _step(info) for step, info in STEPS.items() if info.support is not Support.SEEN}
    return {
        "title": _text("What this collection is, in a few words.", "Phone of a money mule"),
        "confidentiality": _word("Who may see it.", list(Confidentiality), "RESTRICTED"),
        "use_limits": _text("Limits on the use of the evidence.", "For case 0317 only", longest=MAX_TEXT),
        "items": _list("Annotations of exhibits by path.", _optional(item)),
        "documents": _list("Documents that belong to this collection.", _optional(document)),
        "steps": {
            "type": "object",
            "description": "Steps that were taken, each with what supports it.",
            "properties": steps,
            "additionalProperties": False,
        },
        "preserve": _flag("Keep it as Preserved if the home standard refuses it and the baseline is met."),
        "mandate": {
            "type": "string",
            "pattern": "^0x[0-9a-fA-F]{64}$",
            "description": "Key of the assistance request that covers a collection abroad, in quotes.",
            "examples": ["0x" + "ab" * 32],
            "x-right": 'Write 0x and 64 hexadecimal digits in quotes: "0x...".',
        },
    }


@cache
def schema() -> Schema:
    """Give the JSON Schema of a record. Do not change what it returns."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Record of a collection",
        **_object("What the investigator writes down.", _required(), {**_circumstances(), **_contents()}),
        "$defs": {"attester": _attester(), "anyDocument": _document(tuple(Role))},
    }


DECLARABLE: Final = tuple(step for step in Step if STEPS[step].support is not Support.SEEN)
"""Steps that a record may name; the others are seen by the contract."""
