# SPDX-License-Identifier: Apache-2.0
"""Time and place from an EXIF block. The caller bounds what Pillow gets to read."""

from __future__ import annotations

import logging
import math
import warnings
from collections.abc import Mapping
from typing import IO, Any

from PIL import ExifTags, Image

from concordat.evidence.intake.kinds.base import Observation

_TAGS = ExifTags.Base
_GPS = ExifTags.GPS
logging.getLogger("PIL").setLevel(logging.ERROR)  # a strange tag is not the user's concern


def read_exif(block: IO[bytes]) -> dict[str, Observation]:
    """Read what a camera wrote: ``taken``, ``camera``, ``latitude``, ``longitude``.

    The time is ISO 8601, with an offset only if the camera stated one; degrees are decimal, south and west
    negative.
    A block that makes no sense gives ``{"exif": "unreadable"}``, never an error.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exif = Image.Exif()
            exif.load_from_fp(block)
            main, detail, place = (
                dict(exif),
                exif.get_ifd(ExifTags.IFD.Exif),
                exif.get_ifd(ExifTags.IFD.GPSInfo),
            )
            return {**_taken(main, detail), **_camera(main), **_place(place)}
    except Exception:  # Pillow's readers raise all kinds on hostile input
        return {"exif": "unreadable"}


def _taken(main: Mapping[int, Any], detail: Mapping[int, Any]) -> dict[str, Observation]:
    stated = _text(detail.get(_TAGS.DateTimeOriginal) or main.get(_TAGS.DateTime))
    offset = _text(detail.get(_TAGS.OffsetTimeOriginal) or detail.get(_TAGS.OffsetTime))
    date, _, clock = stated.partition(" ")
    parts = date.split(":")
    if len(parts) != 3 or not all(part.isdigit() for part in parts) or int(parts[0]) == 0 or not clock:
        return {}
    return {"taken": f"{'-'.join(parts)}T{clock}{offset}"}


def _camera(main: Mapping[int, Any]) -> dict[str, Observation]:
    camera = " ".join(filter(None, (_text(main.get(_TAGS.Make)), _text(main.get(_TAGS.Model)))))
    return {"camera": camera[:200]} if camera else {}


def _place(gps: Mapping[int, Any]) -> dict[str, Observation]:
    latitude = _degrees(gps.get(_GPS.GPSLatitude), _text(gps.get(_GPS.GPSLatitudeRef)), "S", 90)
    longitude = _degrees(gps.get(_GPS.GPSLongitude), _text(gps.get(_GPS.GPSLongitudeRef)), "W", 180)
    if latitude is None or longitude is None:
        return {}
    return {"latitude": latitude, "longitude": longitude}


def _degrees(value: Any, reference: str, negative: str, limit: int) -> float | None:
    """Degrees, minutes and seconds to degrees, six decimals (about 0.1 m)."""
    if not isinstance(value, tuple) or len(value) != 3:
        return None
    degrees, minutes, seconds = (float(part) for part in value)
    total = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(total) or not 0 <= total <= limit:
        return None
    return round(-total if reference.upper() == negative else total, 6)


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    return value.strip("\0 ") if isinstance(value, str) else ""
