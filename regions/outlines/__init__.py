"""The outlines of countries on the map, made once by `regions.outlines.build` and kept beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

COUNTRIES: Final = Path(__file__).with_name("countries.json")


@cache
def countries() -> Mapping[str, str]:
    """Give the path data of every country on the picture by its NUTS code."""
    outlines: dict[str, str] = json.loads(COUNTRIES.read_text(encoding="utf-8"))
    return outlines
