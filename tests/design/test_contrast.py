"""Every pair of colours that the style sheets lay on each other, in both schemes."""

import itertools
import re
from pathlib import Path

import pytest

from core.covers import PALETTES
from inducci.settings.environment import BASE_DIR

CSS = BASE_DIR / "static" / "css"
TOKENS = CSS / "tokens.css"
TOKEN = re.compile(r"--([\w-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\);")
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(", re.IGNORECASE)

GROUNDS = ("paper", "surface", "sunk")
#: Words on a ground: 4.5 to 1.
TEXT = {
    *itertools.product(("ink", "ink-quiet", "link", "error"), GROUNDS),
    *itertools.product((f"{palette}-deep" for palette in PALETTES), GROUNDS),
    # Notices and panels lay words on a tint.
    *itertools.product(("ink", "link"), (f"{palette}-tint" for palette in PALETTES)),
    # Buttons, chips and pages of a list are turned round; under the pointer they take a colour.
    *itertools.product(("paper",), ("ink", "link", *(f"{palette}-deep" for palette in PALETTES))),
    ("on-mark", "mark"),
}
#: Edges of controls, marks on the map, signs that mean something: 3 to 1.
CONTROLS = {
    *itertools.product(("ink", "line-strong"), GROUNDS),
    *itertools.product((palette for palette in PALETTES if palette != "toolbox"), ("paper", "surface")),
    # A notice's edge on its own ground.
    ("toolbox-deep", "toolbox-tint"),
    ("error", "establishing-tint"),
}
#: Rules between things and the art of the covers carry no meaning. Yellow never stands for itself on paper.
ORNAMENTS = {
    "line",
    "toolbox",
    *(f"{palette}-shade" for palette in PALETTES),
    *(f"cover-{part}" for part in ("ink", "iron", "paper", "ground", "sun")),
}


def tokens() -> dict[str, tuple[str, str]]:
    """Give every colour by its name, in the light and in the dark."""
    return {name: (light, dark) for name, light, dark in TOKEN.findall(TOKENS.read_text())}


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour as WCAG defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pale(pairs: set[tuple[str, str]], scheme: int, least: float) -> dict[str, float]:
    """List the pairs that are too much alike."""
    known = tokens()
    found = {pair: contrast(*(known[name][scheme] for name in pair)) for pair in pairs}
    return {" on ".join(pair): round(ratio, 2) for pair, ratio in sorted(found.items()) if ratio < least}


def test_black_on_white_is_twenty_one_to_one():
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_can_be_read_on_every_ground(scheme):
    assert pale(TEXT, scheme, 4.5) == {}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_controls_can_be_told_from_every_ground(scheme):
    assert pale(CONTROLS, scheme, 3) == {}


def test_every_colour_is_judged_or_named_an_ornament():
    judged = {name for pair in TEXT | CONTROLS for name in pair}

    assert judged | ORNAMENTS == set(tokens())
    assert judged & ORNAMENTS == set()


def test_every_colour_of_a_style_sheet_is_a_token():
    # Paper is white and its ink is black.
    sheets = [sheet for sheet in CSS.rglob("*.css") if sheet not in (TOKENS, CSS / "print.css")]

    found = {sheet.name: COLOUR.findall(without_print(sheet)) for sheet in sheets}

    assert {name: colours for name, colours in found.items() if colours} == {}


def without_print(sheet: Path) -> str:
    """Give a style sheet without what it says about paper."""
    return re.sub(r"@media print \{.*?\n\}", "", sheet.read_text(), flags=re.DOTALL)
