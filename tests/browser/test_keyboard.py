"""Everything can be done with a keyboard, and the reader sees where they are."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FRONT, BROWSE = "/", "/test-cases/"

LIST_STOPS = """() => {
  const selector = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  window.stops = [...document.querySelectorAll(selector)].filter(element =>
    element.tabIndex >= 0 && !element.matches(":disabled")
    && element.checkVisibility({visibilityProperty: true}));
  const name = element => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`;
  return window.stops.map(element => `${name(element)} “${element.textContent.trim().slice(0, 30)}”`);
}"""

# Where focus is and what kind of thing that is; the box with the ring, which may be a card around a
# link; and whether anything lies over it.
LOOK = """() => {
  const element = document.activeElement, own = element.getBoundingClientRect();
  const isRinged = element => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  let ringed = element;
  while (ringed && !isRinged(ringed)) ringed = ringed.parentElement;
  const box = (ringed ?? element).getBoundingClientRect();
  const left = Math.max(0, box.left - 8), top = Math.max(0, box.top - 8);
  const points = [1, 2, 3].flatMap(x => [1, 2, 3].map(y => [x / 4, y / 4]));
  const isOnTop = ([x, y]) => {
    const above = document.elementFromPoint(own.left + x * own.width, own.top + y * own.height);
    return above && (element.contains(above) || above.contains(element));
  };
  return {
    place: window.stops.indexOf(element),
    kind: [element.tagName, element.type, element.className, element.parentElement?.className].join(),
    isRinged: Boolean(ringed),
    isInView: own.bottom > 0 && own.top < innerHeight && own.right > 0 && own.left < innerWidth,
    isCovered: !points.some(isOnTop),
    clip: {x: left, y: top, width: Math.min(innerWidth, box.right + 8) - left,
           height: Math.min(innerHeight, box.bottom + 8) - top},
  };
}"""
OPEN_ALL = "all => all.forEach(details => { details.open = true; })"


@pytest.fixture
def at(new_page):
    """Open a page without smooth scrolling, which would still be under way when a picture is taken."""

    def at(address: str, width: int = 1280):
        page = new_page(width=width, reduced_motion="reduce")
        page.goto(address)
        return page

    return at


def changes_its_looks(page, clip) -> bool:
    """Tell whether what has focus looks any different from what it is without; Tab goes on from there."""
    focused = page.screenshot(clip=clip)
    page.evaluate("document.activeElement.blur()")
    return bool(focused != page.screenshot(clip=clip))


def test_the_skip_link_is_first_and_leads_past_the_menu(at):
    page = at(FRONT)

    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Skip to the content")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")

    expect(page.locator(":focus")).to_have_id("main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(("address", "width"), [(FRONT, 1280), (FRONT, 360), (BROWSE, 1280), (BROWSE, 360)])
def test_tab_visits_everything_once_in_order_and_leaves(at, address, width):
    page = at(address, width)
    page.locator("details").evaluate_all(OPEN_ALL)
    stops = page.evaluate(LIST_STOPS)

    faults, seen = [], set()
    for place, stop in enumerate(stops):
        page.keyboard.press("Tab")
        look = page.evaluate(LOOK)
        assert look["place"] == place, f"Tab misses {stop}"
        if not look["isRinged"]:
            faults.append(f"no ring: {stop}")
        if not look["isInView"] or look["isCovered"]:
            faults.append(f"out of sight: {stop}")
        # One of each kind is enough: what looks alike is styled alike.
        elif look["kind"] not in seen and not changes_its_looks(page, look["clip"]):
            faults.append(f"focus changes nothing to see: {stop}")
        seen.add(look["kind"])

    assert len(stops) > 20
    assert faults == []
    page.keyboard.press("Tab")
    assert page.evaluate(LOOK)["place"] in (-1, 0), "focus is trapped at the end"


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_filter_opens_and_closes_by_keyboard_on_a_phone(at, key):
    page = at(BROWSE, width=360)
    form = page.get_by_role("form", name="Filter")
    summary = page.locator("summary", has_text="Filter")
    expect(form).to_be_hidden()

    for _ in range(40):
        page.keyboard.press("Tab")
        if summary.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press(key)

    expect(form).to_be_visible()
    page.keyboard.press("Tab")
    assert form.evaluate("element => element.contains(document.activeElement)")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press(key)
    expect(form).to_be_hidden()


def test_the_menu_opens_by_keyboard_on_a_phone(at):
    page = at(FRONT, width=360)
    menu = page.get_by_role("navigation", name="Main")
    expect(menu.get_by_role("link").first).to_be_hidden()

    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(menu.get_by_role("link").first).to_be_visible()


def test_a_choice_by_keyboard_narrows_the_list_and_keeps_its_place(at):
    page = at(BROWSE)
    box = page.locator("input[type=checkbox]:enabled:visible").first
    name = box.get_attribute("id")

    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**/test-cases/?*")

    page.locator(".chip").first.wait_for()
    expect(page.locator(":focus")).to_have_id(name)
    expect(page.locator("#browse-news")).to_have_text(page.locator("#browse-sentence").inner_text())
