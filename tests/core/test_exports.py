"""What the exports write, whatever stands in the records."""

from xml.etree.ElementTree import fromstring
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exports import printable


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\r", "\ufffe", "\uffff"])
def test_what_xml_forbids_is_left_out(sign):
    assert printable(f"tram {sign}depot") == "tram depot"


@given(st.text())
def test_what_is_left_is_a_text_of_xml_and_comes_back(word):
    assert (fromstring(f"<a>{escape(printable(word))}</a>").text or "") == printable(word)  # noqa: S314  # our own words
