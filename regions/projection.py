"""The map projection of the European Union: EPSG:3035, which keeps areas true.

Lambert's azimuthal equal-area projection on the ellipsoid GRS 80 about 52° N 10° E.
Source: IOGP guidance note 7-2, method 9820.
"""

from __future__ import annotations

from math import asin, atanh, cos, radians, sin, sqrt
from typing import Final

_AXIS: Final = 6_378_137.0
_FLATTENING: Final = 1 / 298.257222101
_E2: Final = _FLATTENING * (2 - _FLATTENING)
_E: Final = sqrt(_E2)
_FALSE_EASTING: Final = 4_321_000.0
_FALSE_NORTHING: Final = 3_210_000.0


def _q(sine: float) -> float:
    """Give the authalic function of a latitude's sine."""
    return (1 - _E2) * (sine / (1 - _E2 * sine * sine) + atanh(_E * sine) / _E)


_LATITUDE: Final = radians(52)
_LONGITUDE: Final = radians(10)
_Q_POLE: Final = _q(1.0)
_RADIUS: Final = _AXIS * sqrt(_Q_POLE / 2)
_BETA: Final = asin(_q(sin(_LATITUDE)) / _Q_POLE)
_D: Final = _AXIS * cos(_LATITUDE) / sqrt(1 - _E2 * sin(_LATITUDE) ** 2) / (_RADIUS * cos(_BETA))


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Give easting and northing in metres for a place in degrees.

    Raises ValueError for the one point opposite the centre, which has no place on the plane.
    """
    turn = radians(longitude) - _LONGITUDE
    beta = asin(max(-1.0, min(1.0, _q(sin(radians(latitude))) / _Q_POLE)))
    nearness = 1 + sin(_BETA) * sin(beta) + cos(_BETA) * cos(beta) * cos(turn)
    if nearness < 1e-12:
        raise ValueError(f"{longitude}, {latitude} lies opposite the centre of the projection.")
    scale = _RADIUS * sqrt(2 / nearness)
    return (
        _FALSE_EASTING + scale * _D * cos(beta) * sin(turn),
        _FALSE_NORTHING + scale / _D * (cos(_BETA) * sin(beta) - sin(_BETA) * cos(beta) * cos(turn)),
    )
