"""The grammar of NUTS codes."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from regions.codes import NutsCode

codes = st.from_regex(NutsCode.GRAMMAR.removesuffix("$") + r"\Z").map(NutsCode)


@given(codes)
def test_a_parent_lies_one_level_up_and_contains_its_region(code):
    assume(code.level)

    assert code.parent.level == code.level - 1
    assert code.parent.contains(code)
    assert not code.contains(code.parent)


@given(codes)
def test_only_a_country_has_no_parent(code):
    assert (code.parent is None) == (code.level == 0) == (code.country == code)


@given(codes)
def test_the_ancestors_lead_from_the_country_to_the_parent(code):
    upwards = []
    while code.parent:
        code, here = code.parent, code
        assert here.ancestors[-1] == code
        upwards.append(code)

    assert [ancestor.level for ancestor in reversed(upwards)] == list(range(len(upwards)))
    assert all(ancestor.country == code for ancestor in upwards)


@given(codes, codes)
def test_a_region_contains_itself_and_what_has_it_as_an_ancestor(one, other):
    assert one.contains(one)
    assert one.contains(other) == (one == other or one in other.ancestors)


@given(codes, codes, codes)
def test_what_lies_in_a_part_lies_in_the_whole(inner, middle, outer):
    inner = NutsCode((middle.value + inner.value)[:5])
    outer = NutsCode(middle.value[: len(outer.value)])

    assert outer.contains(middle)
    assert outer.contains(inner)


@given(st.text(max_size=7))
def test_whatever_breaks_the_grammar_is_refused(text):
    assume(not re.fullmatch(r"[A-Z]{2}[0-9A-Z]{0,3}", text))

    with pytest.raises(ValueError, match="is not a NUTS code"):
        NutsCode(text)


@pytest.mark.parametrize("text", ["", "D", "de", "DED4\n", " DED4", "DED4 ", "DED4AB", "D3D4", "DÉD", "DE٣"])
def test_these_are_not_codes(text):
    with pytest.raises(ValueError, match="is not a NUTS code"):
        NutsCode(text)


def test_chemnitz_lies_in_saxony_in_germany():
    chemnitz = NutsCode("DED4")

    assert [str(code) for code in chemnitz.ancestors] == ["DE", "DED"]
    assert chemnitz.level == 2
    assert str(chemnitz.country) == "DE"
