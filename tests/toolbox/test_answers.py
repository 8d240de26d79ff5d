"""Answers to a checklist live in its address; a change of the list never moves one to another question."""

import csv
import io
import json
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.accessibility import faults
from tests.factories import TestCaseFactory, ToolPageFactory
from tests.html import form_values, soup_of, words_of
from toolbox.answers import Sheet
from toolbox.codes import Answer, AnswerCode
from toolbox.models import ChecklistVersion, ToolPage

ids = st.lists(st.uuids(version=4).map(str), min_size=1, max_size=60, unique=True)
given_answers = st.sampled_from([*Answer])
CUT = "The answers in this address cannot be read"


# --- The code, without a database ---------------------------------------------------------------


@given(ids, st.data(), st.integers(min_value=0, max_value=99_999))
def test_a_code_gives_back_the_answers_that_were_written(questions, data, version):
    answers = data.draw(st.dictionaries(st.sampled_from(questions), given_answers))

    code = AnswerCode.parse(str(AnswerCode.of(version, questions, answers)))

    assert code.answers(questions) == {one: said for one, said in answers.items() if said is not Answer.OPEN}


@given(ids, st.data())
def test_a_code_with_one_changed_letter_is_refused(questions, data):
    text = str(AnswerCode.of(3, questions, {questions[0]: Answer.YES}))
    place = data.draw(st.integers(min_value=0, max_value=len(text) - 1))
    letter = data.draw(st.sampled_from("-ynlxabc2379.").filter(lambda one: one != text[place]))

    with pytest.raises(ValueError, match="answers"):
        AnswerCode.parse(text[:place] + letter + text[place + 1 :]).answers(questions)


@given(ids, ids)
def test_a_code_of_other_questions_is_refused(questions, others):
    code = AnswerCode.of(1, questions, {questions[0]: Answer.NO})

    with pytest.raises(ValueError, match="not to these questions"):
        code.answers([*others, "one more"])


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_a_value_error(text):
    try:
        code = AnswerCode.parse(text)
    except ValueError:
        return
    assert str(code) == text


def _version(number, questions):
    """Make a version whose questions read like their ids."""
    items = [{"type": "item", "id": one, "value": {"text": one}} for one in questions]
    return ChecklistVersion(number=number, groups=[{"title": "Group", "items": items}])


@given(ids, st.data())
def test_a_change_of_the_list_never_moves_an_answer(questions, data):
    kept = data.draw(st.lists(st.sampled_from(questions), unique=True))
    now = data.draw(st.permutations([*kept, *data.draw(ids)]))
    answers = data.draw(st.dictionaries(st.sampled_from(questions), given_answers))
    sheet = Sheet(ToolPage(slug="list"), _version(1, questions), _version(2, now), answers)

    code = AnswerCode.parse(urlsplit(sheet.onward).query.removeprefix("a="))

    carried = {one: said for one, said in answers.items() if one in kept and said is not Answer.OPEN}
    assert code.answers(now) == carried


def test_forty_answers_fit_into_an_address_of_two_hundred_characters():
    questions = [f"{number:08}-0000" for number in range(40)]
    answers = dict.fromkeys(questions, Answer.NOT_APPLICABLE)
    sheet = Sheet(ToolPage(slug="x" * 60), _version(999, questions), _version(999, questions), answers)

    address = f"https://www.a-region-with-a-long-name.example.eu{sheet.address}"

    assert len(address) < 200


# --- The page -----------------------------------------------------------------------------------


def _items(*texts, **values):
    """Write questions as the admin stores them: each with its lasting id."""
    return [
        {"type": "item", "id": f"{text:0<8}-0000-4000", "value": {"text": f"Is it {text}?", **values}}
        for text in texts
    ]


def _body(*texts, **values):
    """Write the text of a page with one group."""
    group = {"title": "Group", "items": _items(*texts, **values)}
    return json.dumps([{"type": "checklist", "id": "group", "value": group}])


@pytest.fixture
def checklist(db):
    """Publish a checklist with three questions."""
    page = ToolPageFactory(slug="list")
    _republish(page, "big", "cold", "dark")
    return page


def _republish(page, *texts, **values):
    """Publish a page with other questions."""
    page.body = _body(*texts, **values)
    page.save_revision().publish()


def _answer(client, **answers):
    """Send the form as a browser does, and give the address it leads to."""
    values = form_values(client.get("/toolbox/list/"), "form[data-answers]")
    sent = {name: value[0] for name, value in values.items()}
    sent |= {f"q-{text:0<8}": letter for text, letter in answers.items()}
    return client.get("/toolbox/list/", sent)["Location"]


def _chosen(response):
    """List the answers that a page shows as given, by the question."""
    return {
        str(tag["name"]).removeprefix("q-").rstrip("0"): tag["value"]
        for tag in soup_of(response).select("form[data-answers] input[checked]")
        if tag["value"] != "-"
    }


def test_the_form_leads_to_an_address_that_holds_the_answers(client, checklist):
    address = _answer(client, big="y", dark="l")

    response = client.get(address)

    assert _chosen(response) == {"big": "y", "dark": "l"}
    assert "2 of 3 answered: 1 yes, 1 later." in words_of(response)


def test_an_empty_form_leads_to_the_bare_address(client, checklist):
    assert _answer(client) == "/toolbox/list/"


def test_the_page_lists_what_is_open_or_put_off(client, checklist):
    response = client.get(_answer(client, big="y", dark="l"))

    links = soup_of(response).select("#answers-state li a")
    assert [(link["href"], link.get_text()) for link in links] == [
        ("#q-cold0000", "Is it cold?"),
        ("#q-dark0000", "Is it dark?"),
    ]
    assert all(soup_of(response).select_one(str(link["href"])) for link in links)


def test_an_old_address_opens_the_list_of_its_day_and_says_what_changed(client, checklist):
    address = _answer(client, big="y", cold="n")
    _republish(checklist, "dark", "wet", "big")

    response = client.get(address)

    words = words_of(response)
    assert _chosen(response) == {"big": "y", "cold": "n"}
    assert all(said in words for said in ("New: “Is it wet?”", "Taken out: “Is it cold?”"))
    onward = soup_of(response).select_one(".panel a")
    assert onward is not None
    assert _chosen(client.get(str(onward["href"]))) == {"big": "y"}


def test_a_reworded_question_keeps_its_answer_and_says_so(client, checklist):
    address = _answer(client, big="y")
    body = json.loads(_body("big", "cold", "dark"))
    body[0]["value"]["items"][0]["value"]["text"] = "Is it large?"
    checklist.body = json.dumps(body)
    checklist.save_revision().publish()

    response = client.get(address)

    assert "Reworded: “Is it large?”" in words_of(response)
    assert "Is it big?" in words_of(response)


def test_a_draft_of_the_list_leaves_the_answers_alone(client, checklist):
    address = _answer(client, big="y")
    checklist.body = _body("wet")
    checklist.save_revision()

    response = client.get(address)

    assert _chosen(response) == {"big": "y"}
    assert not soup_of(response).select(".panel")
    assert ChecklistVersion.objects.count() == 1


def test_publishing_again_without_a_change_makes_no_version(checklist):
    before = ChecklistVersion.objects.count()

    checklist.save_revision().publish()

    assert ChecklistVersion.objects.count() == before


@pytest.mark.parametrize(
    "query",
    [
        "a=",
        "a=1",
        "a=1.y--.aaaaaa",
        "a=99999.y--.aaaaaa",
        "a=0.y--.aaaaaa",
        "a=%00",
        "a=1.y.x&a=2",
        "a=" + "y" * 5000,
        "v=7",
        "v=x",
        "v=-1",
        "v=99999999999999999999",
        "a=1.y--.aaaaaa&format=csv&v=%F0%9F",
    ],
)
def test_a_damaged_address_opens_the_empty_list_with_a_sentence(client, checklist, query):
    response = client.get(f"/toolbox/list/?{query.replace('&format=csv', '')}")

    assert response.status_code == 200
    assert CUT in words_of(response)
    assert _chosen(response) == {}


def test_the_address_of_another_list_opens_the_empty_list(client, checklist):
    other = ToolPageFactory(slug="other")
    _republish(other, "one", "two", "three")

    response = client.get(_answer(client, big="y").replace("/list/", "/other/"))

    assert CUT in words_of(response)
    assert _chosen(response) == {}


def test_what_is_no_answer_counts_as_open(client, checklist):
    assert _answer(client, big="maybe", cold="<b>", dark="") == "/toolbox/list/"


def test_a_page_with_answers_is_not_for_search_engines(client, checklist):
    response = client.get(_answer(client, big="y"))

    soup = soup_of(response)
    robots, canonical = soup.select_one("meta[name=robots]"), soup.select_one("link[rel=canonical]")
    assert robots is not None
    assert robots["content"] == "noindex"
    assert canonical is not None
    assert str(canonical["href"]).endswith("/toolbox/list/")
    assert not soup_of(client.get("/toolbox/list/")).select("meta[name=robots]")


def test_the_list_can_be_had_as_a_table_with_the_answers(client, checklist):
    _republish(checklist, "big", why="=1+1")

    response = client.get(_answer(client, big="x") + "&format=csv")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1] == ["Group", "Is it big?", "Not applicable", "'=1+1", "", ""]


def test_every_state_of_a_checklist_is_without_faults(client, checklist):
    old = _answer(client, big="y")
    _republish(checklist, "big", "wet")
    addresses = ("/toolbox/list/", old, _answer(client, wet="l"), "/toolbox/list/?a=damaged")

    found = [faults(client.get(address).content.decode()) for address in addresses]

    assert found == [[]] * 4


def test_forty_answered_questions_cost_eight_queries_and_sixty_kilobytes(client, checklist, queries_of):
    cases = [TestCaseFactory() for _number in range(4)]
    items = [
        {
            **item,
            "value": {**item["value"], "why": "w" * 200, "who": "lawyer", "test_case": cases[place % 4].pk},
        }
        for place, item in enumerate(_items(*(f"n{number}" for number in range(40))))
    ]
    checklist.body = json.dumps([{"type": "checklist", "id": "g", "value": {"title": "G", "items": items}}])
    checklist.save_revision().publish()
    address = _answer(client, **{f"n{number}": "y" for number in range(39)})
    queries_of(address)

    assert queries_of(address) <= 8
    assert len(client.get(address).content) < 60_000
