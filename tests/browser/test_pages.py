"""What every page promises to every reader: wide and narrow, light and dark, with and without JavaScript."""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import EXPECTED, PAGES, RECORDS
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser

AXE = Axe()
PROMISES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
# The dark scheme changes nothing but colours.
OF_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}

# A window of 1280 zoomed to 200 % is one of 640; 320 is the narrowest that WCAG asks for.
SHRUNK = {1280: 640, 360: 320}

UNSCRIPTED = ["test cases", "test cases, map", "test cases, narrowed", "regions"]
WAYS = [
    *itertools.product(PAGES, SHRUNK, ["with JavaScript"]),
    # Records have no scripts, as the last test sees to, and all lists share one.
    *itertools.product(UNSCRIPTED, SHRUNK, ["without JavaScript"]),
]

SHIFT = """() => new Promise(resolve => {
  let sum = 0;
  const add = list => list.getEntries().forEach(entry => { if (!entry.hadRecentInput) sum += entry.value; });
  new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
  scrollTo(0, document.documentElement.scrollHeight);
  setTimeout(() => { scrollTo(0, 0); setTimeout(() => resolve(sum), 60); }, 60);
})"""

# Boxes that scroll on their own, as wide tables do, are well; text that a box cuts off is not.
OVERFLOW = """() => {
  const HIDDEN = ".visually-hidden, title, desc";
  const root = document.scrollingElement, found = [];
  const all = [...document.body.querySelectorAll("*")].filter(element => element.checkVisibility());
  const name = element => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`;
  if (root.scrollWidth > root.clientWidth) {
    const past = all.filter(element => element.getBoundingClientRect().right > root.clientWidth + 1);
    found.push(`the page is ${root.scrollWidth} wide in a window of ${root.clientWidth}: ${past.map(name)}`);
  }
  for (const element of all) {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    if (!["hidden", "clip"].includes(style.overflowX) || style.clipPath !== "none") continue;
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), range = new Range();
    while (texts.nextNode()) {
      if (!texts.currentNode.data.trim() || texts.currentNode.parentElement.closest(HIDDEN)) continue;
      range.selectNodeContents(texts.currentNode);
      const cut = [...range.getClientRects()].some(line => line.right > box.right + 1
        || line.left < box.left - 1 || (line.top + line.bottom) / 2 > box.bottom);
      if (cut) found.push(`cut off in ${name(element)}: ${texts.currentNode.data.trim()}`);
    }
  }
  return found;
}"""


@pytest.fixture(scope="module", params=WAYS, ids=lambda way: "-".join(map(str, way)))
def visit(request, chromium, server):
    """Open one page in one way; give it with what was noticed since."""
    name, width, scripting = request.param
    context = chromium.new_context(
        base_url=server.address,
        viewport={"width": width, "height": 720},
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    watch = Watch(page, server.host, EXPECTED.get(name, ()))
    devtools = context.new_cdp_session(page)
    # Switched off while the page loads, and on again for those who look at it: axe waits with timers.
    devtools.send("Emulation.setScriptExecutionDisabled", {"value": scripting == "without JavaScript"})
    page.goto(PAGES[name])
    devtools.send("Emulation.setScriptExecutionDisabled", {"value": False})
    yield page, watch
    context.close()


@pytest.fixture
def page(visit):
    """Give the page alone."""
    return visit[0]


def test_nothing_moves_while_the_page_loads(page):
    shift = page.evaluate(SHIFT)
    if shift > 0.01:  # a page that is drawn while it still arrives, as on a machine at its limit
        page.reload()
        shift = page.evaluate(SHIFT)

    assert shift <= 0.01


def test_nothing_needs_scrolling_sideways(page):
    width = page.viewport_size["width"]

    found = []
    for size in (SHRUNK[width], width):
        page.set_viewport_size({"width": size, "height": 720})
        found += page.evaluate(OVERFLOW)

    assert found == []


def test_text_of_double_size_fits(page):
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found = page.evaluate(OVERFLOW)
    page.evaluate("document.documentElement.style.fontSize = ''")

    assert found == []


@pytest.mark.parametrize(
    ("scheme", "rules"), [("light", PROMISES), ("dark", OF_COLOUR)], ids=["light", "dark"]
)
def test_axe_finds_nothing(page, scheme, rules):
    page.emulate_media(color_scheme=scheme)

    results = AXE.run(page, options=rules)

    assert results.violations_count == 0, results.generate_report()


def test_console_and_network_are_quiet(visit):
    _, watch = visit

    assert watch.faults == []


@pytest.mark.parametrize("name", [name for name in RECORDS if not name.startswith("checklist")])
def test_only_lists_and_checklists_have_scripts(new_page, name):
    page = new_page()

    page.goto(PAGES[name])

    assert page.locator('script:not([type="application/ld+json"])').count() == 0
