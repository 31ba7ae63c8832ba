# SPDX-License-Identifier: Apache-2.0
"""Rectangles around countries, to tell a photo taken elsewhere.

A point inside may still lie in a neighbour, so finding nothing proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

Box = tuple[float, float, float, float]
"""South, west, north, east, in degrees."""

# Outer limits of land and islands, rounded outward to a tenth or less; only countries named here are judged.
_BOXES: Mapping[str, tuple[Box, ...]] = {
    "AU": ((-54.8, 112.9, -9.1, 159.2),),
    "BN": ((4.0, 114.0, 5.1, 115.4),),
    "CN": ((3.8, 73.4, 53.6, 135.1),),
    "DE": ((47.2, 5.8, 55.1, 15.1),),
    "GB": ((49.8, -8.7, 60.9, 1.8),),
    "HK": ((22.1, 113.8, 22.6, 114.5),),
    "ID": ((-11.1, 94.9, 6.1, 141.1),),
    "IN": ((6.7, 68.1, 35.6, 97.5),),
    "JP": ((24.0, 122.9, 45.6, 146.0), (20.4, 136.0, 24.0, 154.0)),
    "KH": ((9.9, 102.3, 14.7, 107.7),),
    "KR": ((33.0, 124.5, 38.7, 132.0),),
    "LA": ((13.9, 100.0, 22.6, 107.7),),
    "MM": ((9.5, 92.1, 28.6, 101.2),),
    "MO": ((22.1, 113.5, 22.3, 113.7),),
    "MY": ((0.8, 99.6, 7.4, 105.0), (0.8, 109.5, 7.8, 119.3)),
    "PH": ((4.5, 114.0, 21.2, 126.7),),
    "SG": ((1.15, 103.59, 1.48, 104.42),),
    "TH": ((5.6, 97.3, 20.5, 105.7),),
    "TW": ((10.3, 114.3, 26.4, 122.2),),
    "US": ((24.4, -125.0, 49.5, -66.9), (51.0, -180.0, 71.5, -129.9), (18.8, -160.6, 22.3, -154.7)),
    "VN": ((8.1, 102.1, 23.4, 115.0),),
}


def outside(country: str, latitude: float, longitude: float) -> bool | None:
    """Whether a point lies outside a country's rectangles; None if they are not known."""
    boxes = _BOXES.get(country.upper())
    if boxes is None:
        return None
    return not any(
        south <= latitude <= north and west <= longitude <= east for south, west, north, east in boxes
    )
