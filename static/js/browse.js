// Lists narrow down in place. Without this file the form has a button, and every link works.
const form = document.querySelector("[data-browse]");
const parts = ["#browse-head", "#browse-facets", "#browse-results"];
let waiting;

function address() {
  const pairs = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(pairs).toString();
  return location.pathname + (query ? `?${query}` : "");
}

function facets() {
  return [...document.querySelectorAll("#browse-facets details")];
}

async function load(url, remember) {
  waiting?.abort();
  waiting = new AbortController();
  document.querySelector("#browse-results").setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url, { signal: waiting.signal });
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const focus = document.activeElement?.id;
    const open = facets().map((facet) => facet.open);
    for (const part of parts) document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
    if (remember) {
      const shown = facets();
      if (shown.length === open.length) shown.forEach((facet, place) => (facet.open = open[place]));
      history.pushState({}, "", url);
    }
    document.title = page.title;
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
    document.querySelector("#browse-news").textContent = document.querySelector("#browse-sentence").textContent.trim();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  }
}

if (form) {
  form.addEventListener("change", () => load(address(), true));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    load(address(), true);
  });
  addEventListener("popstate", () => load(location.href, false));
}
