# SPDX-License-Identifier: Apache-2.0
"""The fixed words of a record: kinds of legal basis, categories of data, levels of confidentiality."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class BasisType(StrEnum):
    """What entitles the collection."""

    WARRANT = "WARRANT"
    COURT_ORDER = "COURT_ORDER"
    PROSECUTOR_ORDER = "PROSECUTOR_ORDER"
    POLICE_ORDER = "POLICE_ORDER"
    CONSENT = "CONSENT"
    MLA_REQUEST = "MLA_REQUEST"
    PROVIDER_VOLUNTARY = "PROVIDER_VOLUNTARY"
    PUBLIC_DATA = "PUBLIC_DATA"
    EMERGENCY = "EMERGENCY"


@unique
class Category(StrEnum):
    """Category of data; the first four are the electronic data of art. 1 of Fa Fa [2016] 22."""

    PLATFORM_PUBLICATION = "PLATFORM_PUBLICATION"
    COMMUNICATION = "COMMUNICATION"
    REGISTRATION_ID_TRANSACTION_LOG = "REGISTRATION_ID_TRANSACTION_LOG"
    FILE_PROGRAM_CERT = "FILE_PROGRAM_CERT"
    PHYSICAL = "PHYSICAL"
    DOCUMENT = "DOCUMENT"
    SITE_PHOTO = "SITE_PHOTO"
    AV_RECORDING = "AV_RECORDING"


@unique
class Confidentiality(StrEnum):
    """Who may see the material."""

    OPEN = "OPEN"
    RESTRICTED = "RESTRICTED"
    CONFIDENTIAL = "CONFIDENTIAL"
    SECRET = "SECRET"  # noqa: S105 (a level, not a password)


@unique
class ClockSource(StrEnum):
    """What the clock was compared with."""

    NTP = "NTP"
    GNSS = "GNSS"
    MANUAL = "MANUAL"


@unique
class NotSeizedReason(StrEnum):
    """Why the original medium was not seized: the four kinds of art. 9 of Fa Fa [2016] 22."""

    CANNOT_SEAL = "CANNOT_SEAL"
    NOT_ON_MAGNETIC_MEDIUM = "NOT_ON_MAGNETIC_MEDIUM"
    ABROAD = "ABROAD"
    OTHER = "OTHER"


@unique
class PreservationReason(StrEnum):
    """Why data were preserved in place: the four kinds of art. 11 of Fa Fa [2016] 22."""

    LARGE_VOLUME = "LARGE_VOLUME"
    EXTRACTION_TOO_SLOW = "EXTRACTION_TOO_SLOW"
    SHOWN_BETTER_ONLINE = "SHOWN_BETTER_ONLINE"
    OTHER = "OTHER"
