"""The list of what a long page holds."""

from core.templatetags.contents import LETTERS, PARTS, with_contents
from tests.html import soup_of

LONG = "<p>" + "word " * (LETTERS // 4) + "</p>"


def page(*headings, text=LONG):
    return soup_of(str(with_contents(content=text + "".join(f"<h2>{words}</h2>" for words in headings))))


def test_a_long_page_leads_to_each_of_its_parts():
    soup = page("What was tried?", "Money &amp; time", "<em>After</em>wards", "Škofja Loka")

    targets = {str(link["href"]): link.get_text() for link in soup.select(".contents__list a")}

    assert targets == {f"#{part['id']}": part.get_text() for part in soup.select("h2")}
    assert list(targets) == ["#what-was-tried", "#money-time", "#afterwards", "#skofja-loka"]


def test_parts_of_one_name_have_two_addresses():
    soup = page("Money", "Money", "Time", "日本")

    assert [part["id"] for part in soup.select("h2")] == ["money", "money-2", "time", "part"]


def test_a_part_keeps_the_address_it_has():
    given = '<h2 class="a" id="own">One</h2><div id="two"></div><h2>Two</h2><h2>Three</h2><h2>Four</h2>'

    soup = soup_of(str(with_contents(content=LONG + given)))

    assert [part["id"] for part in soup.select("h2")] == ["own", "two-2", "three", "four"]


def test_a_short_page_or_one_of_few_parts_stays_as_it_is():
    few, short = page(*["Part"] * (PARTS - 1)), page(*["Part"] * PARTS, text="<p>Short</p>")

    assert few.select(".contents, [id]") == short.select(".contents, [id]") == []
