"""What axe-core finds on a page of the admin, once it stands still."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Text that still fades in has too little contrast for a moment.
STILL = """async () => {
  const ending = (one) => Number.isFinite(one.effect?.getComputedTiming().endTime);
  await Promise.allSettled(document.getAnimations().filter(ending).map((one) => one.finished));
}"""


def faults(page: Page, within: str | None = None, **options: Any) -> list[tuple[str, str]]:
    """Give the rules that a page, or a part of it, breaks, each with the first element that does."""
    page.wait_for_load_state("networkidle")
    page.evaluate(STILL)
    found = Axe().run(page, context=within, options=options).response["violations"]
    return [(one["id"], str(one["nodes"][0]["target"])) for one in found]
