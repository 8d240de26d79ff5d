"""Paper, dark rooms, forced colours, still pictures, and the sponsor's due."""

import pytest

from tests.browser.pages import PAGES
from tests.browser.pdf import plain, words

pytestmark = pytest.mark.browser

PRINTED = ["test case", "test case of two partners", "checklist"]

# The luminance of a colour as WCAG computes it; a picture of one pixel turns any notation into numbers.
LUMINANCE = """
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const luminance = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(value =>
      (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
"""

GROUND_AND_INK = (
    "() => {"
    + LUMINANCE
    + """
  const style = getComputedStyle(document.body);
  return [luminance(style.backgroundColor), luminance(style.color)];
}"""
)

PALE_TEXT = (
    "() => {"
    + LUMINANCE
    + """
  const isClear = colour => /^rgba\\(.*, 0\\)$/.test(colour);
  const ground = element => {
    for (let at = element; at; at = at.parentElement)
      if (!isClear(getComputedStyle(at).backgroundColor)) return getComputedStyle(at).backgroundColor;
    return "Canvas";
  };
  const texts = [...document.body.querySelectorAll("*")].filter(element => element.checkVisibility() &&
    [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()));
  return texts.flatMap(element => {
    const [ink, paper] = [luminance(getComputedStyle(element).color), luminance(ground(element))];
    const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    const words = element.textContent.trim().slice(0, 40);
    return contrast < 4.5 ? [`${contrast.toFixed(1)}: ${element.className} “${words}”`] : [];
  });
}"""
)

MOTION = """() => [...document.querySelectorAll("*")].flatMap(element =>
  [null, "::before", "::after"].flatMap(part => {
    const style = getComputedStyle(element, part);
    const moves = style.transitionDuration.split(", ").some(time => parseFloat(time) > 0.001)
      || style.animationName !== "none" || (!part && style.scrollBehavior === "smooth");
    return moves ? [`${element.tagName} ${element.getAttribute("class")} ${part ?? ""}`] : [];
  }))"""

IN_VIEW = """element => {
  const box = element.getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.left >= 0
    && box.bottom <= innerHeight && box.right <= innerWidth;
}"""


@pytest.mark.parametrize("name", PRINTED)
def test_print_hides_what_only_a_screen_can_use(new_page, name):
    page = new_page()
    page.goto(PAGES[name])
    # The questions of a checklist stand in its form; its buttons and choices go.
    forms = "form:not([data-answers]):visible, input[type=radio]:visible"
    shown = page.locator(f"nav a:visible, .skip:visible, button:visible, {forms}, summary:visible")
    assert shown.count() > 5

    page.emulate_media(media="print")

    assert shown.all_inner_texts() == []
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("name", PRINTED)
def test_print_shows_addresses(new_page, name):
    page = new_page()
    page.goto(PAGES[name])
    links = page.locator("main a[href^=http]:visible")
    addresses = [link.get_attribute("href") for link in links.all()]

    printed = words(page.pdf(format="A4"))

    assert plain(page.locator("h1").inner_text()) in printed
    assert [address for address in addresses if plain(address) not in printed] == []
    assert plain(page.url) in printed, "the reader of the paper cannot find the page"


def test_a_printed_checklist_has_boxes(new_page):
    page = new_page()
    page.goto(PAGES["checklist"])
    page.emulate_media(media="print")

    boxes = page.locator(".checklist__box:visible")

    assert boxes.count() == page.locator(".checklist__item").count() > 0
    assert all(box.bounding_box()["height"] >= 8 for box in boxes.all())


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
@pytest.mark.parametrize("name", ["front page", "test cases", "test case", "checklist"])
def test_the_ground_follows_the_readers_scheme(new_page, name, scheme, is_dark):
    page = new_page(color_scheme=scheme)

    page.goto(PAGES[name])
    ground, ink = page.evaluate(GROUND_AND_INK)

    assert (ground < 0.05) is is_dark
    assert (ground > 0.8) is not is_dark
    assert (max(ground, ink) + 0.05) / (min(ground, ink) + 0.05) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "name", ["front page", "test cases, narrowed", "test cases, table", "test case", "checklist"]
)
def test_forced_colours_keep_text_visible(new_page, name, scheme):
    page = new_page(forced_colors="active", color_scheme=scheme)

    page.goto(PAGES[name])

    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.evaluate(PALE_TEXT) == []


@pytest.mark.parametrize("name", ["front page", "test cases", "test case", "checklist"])
def test_nothing_moves_for_those_who_ask_for_stillness(new_page, name):
    page = new_page(reduced_motion="reduce")

    page.goto(PAGES[name])

    assert page.evaluate(MOTION) == []


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (360, 640)])
def test_the_funding_is_in_sight_at_once(new_page, width, height):
    page = new_page(width, height)

    page.goto("/")
    emblem = page.get_by_role("img", name="European Union")
    sentence = page.get_by_text("co-funded by the European Union").first
    mark = page.locator(".brand__mark")

    assert emblem.evaluate(IN_VIEW)
    assert sentence.evaluate(IN_VIEW)
    assert emblem.bounding_box()["height"] >= mark.bounding_box()["height"]
