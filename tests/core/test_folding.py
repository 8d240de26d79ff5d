"""Words as the search compares them, and how hits are marked."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.search.folding import compounds, fold, fold_map, stem, words
from core.search.marking import highlight
from core.search.queries import LONGEST, Alternative, parse
from core.search.words import BORDER, index_words

SYNONYMS = ("CCI, cultural and creative industries, KKW", "empty, vacant", "co-working, coworking")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Škofja Loka", "skofja loka"),
        ("S\u030ckofja", "skofja"),
        ("Bielsko-Biała", "bielsko-biala"),
        ("Straße", "strasse"),
        ("ŁÓDŹ", "lodz"),
        ("Österreich", "osterreich"),
    ],
)
def test_case_and_accents_fall_away(text, folded):
    assert fold(text) == folded


def test_words_are_parted_at_everything_else():
    assert words('The “CCI” help-desk: 5 towns & more.\0*"') == [
        "the", "cci", "help", "desk", "5", "towns", "more",
    ]  # fmt: skip


def test_compounds_are_known_in_one_word_too():
    assert compounds("co-working in T2.3.5 at a partner's") == ["coworking", "t235", "partners"]


@pytest.mark.parametrize(
    "family",
    [
        ("company", "companies"),
        ("create", "creates", "created", "creating"),
        ("creative", "creatives"),
        ("industry", "industries"),
        ("test", "tests", "tested", "testing"),
        ("plan", "plans", "planned", "planning"),
        ("organise", "organised", "organizing", "organize"),
        ("house", "houses"),
        ("box", "boxes"),
        ("match", "matches", "matched", "matching"),
        ("study", "studies", "studied"),
    ],
)
def test_forms_of_one_word_have_one_stem(family):
    assert len({stem(word) for word in family}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sea", "search"),
        ("news", "new"),
        ("need", "nee"),
        ("thing", "th"),
        ("bus", "bu"),
        ("string", "str"),
        ("business", "busy"),
    ],
)
def test_different_words_keep_different_stems(one, other):
    assert stem(one) != stem(other)


@given(st.text())
def test_any_text_folds_to_plain_words(text):
    for word in words(text):
        assert re.fullmatch(r"[a-z0-9]+", word)
        assert stem(word)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Mn", "Mc", "Me"])))
def test_every_folded_letter_has_a_place_in_the_text(text):
    folded, places = fold_map(text)

    assert len(folded) == len(places)
    assert list(places) == sorted(places)
    assert all(0 <= place < len(text) for place in places)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_indexed_words_are_all_that_either_engine_can_part_alike(text):
    for word in index_words(text).split(" "):
        assert word == BORDER or re.fullmatch(r"[a-z][a-z0-9]*", word)


def test_short_words_are_wanted_whole_and_long_ones_from_their_beginning():
    assert parse("sea").terms == ((Alternative(("sea",)),),)
    assert parse("hack").terms == ((Alternative(("hack",), is_beginning=True),),)


def test_synonyms_are_other_ways_to_meet_a_term():
    term = parse("KKW", SYNONYMS).terms[0]

    assert term == (
        Alternative(("kkw",)),
        Alternative(("cci",)),
        Alternative(("cultural", "creativ", "industry")),
    )


def test_a_phrase_of_several_words_has_synonyms_too():
    terms = parse("the cultural and creative industries in vacant shops", SYNONYMS).terms

    assert [term[0].words for term in terms] == [("cultural", "creativ", "industry"), ("vacant",), ("shops",)]
    assert Alternative(("kkw",)) in terms[0]
    assert Alternative(("empty",)) in terms[1]


@pytest.mark.parametrize("text", ["", "   ", "\0", '"', "***", ":", "&|!", "()", "'", "–…"])
def test_what_holds_no_word_asks_for_nothing(text):
    assert not parse(text)


@given(st.text(max_size=400))
def test_no_input_reaches_an_engine_unquoted(text):
    query = parse(text, SYNONYMS)

    assert re.fullmatch(r'([a-z0-9 "*()]|AND|OR)*', query.fts5())
    assert re.fullmatch(r"[a-z0-9 '*()|&:<>-]*", query.tsquery())


def test_only_so_many_letters_are_read():
    assert parse("a" * LONGEST + " secret").terms == parse("a" * LONGEST).terms


def test_hits_are_marked_as_they_are_written():
    marked = highlight("Desks in Škofja Loka & a <b>desk</b>", parse("skofja desk"))

    assert marked == (
        "<mark>Desks</mark> in <mark>Škofja</mark> Loka &amp; a &lt;b&gt;<mark>desk</mark>&lt;/b&gt;"
    )


def test_nothing_is_marked_inside_a_word():
    assert highlight("Research and search", parse("sea arch")) == "Research and search"


def test_phrases_are_marked_as_a_whole():
    marked = highlight("For cultural and creative industries.", parse("CCI", SYNONYMS))

    assert marked == "For <mark>cultural and creative industries</mark>."


def test_a_long_text_is_cut_around_the_first_hit():
    marked = highlight("before " * 100 + "a showroom in the centre " + "after " * 100, parse("showroom"), 80)

    assert marked.startswith("…before ")
    assert "<mark>showroom</mark>" in marked
    assert marked.endswith("after…")
    assert len(marked) < 120


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Mn", "Mc", "Me"]), max_size=300),
    st.text(max_size=40),
)
def test_marking_changes_nothing_but_the_marks(text, sought):
    marked = highlight(text, parse(sought))

    bare = unescape(marked.replace("<mark>", "").replace("</mark>", ""))
    assert fold(bare) == fold(text)
    assert marked.count("<mark>") == marked.count("</mark>")
