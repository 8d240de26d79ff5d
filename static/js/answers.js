// A checklist keeps its answers in the address as they are given, and notes in this browser.
// Without this file the form has a button; notes are then written on paper.
const form = document.querySelector("[data-answers]");
let waiting;

async function keep() {
  waiting?.abort();
  waiting = new AbortController();
  const query = new URLSearchParams(new FormData(form)).toString();
  try {
    const response = await fetch(`${location.pathname}?${query}`, { signal: waiting.signal });
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    history.replaceState({}, "", response.url);
    document.querySelector("#answers-state").replaceWith(document.adoptNode(page.querySelector("#answers-state")));
    offerCopy();
    tell(document.querySelector("#answers-progress").textContent);
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  }
}

function tell(words) {
  document.querySelector("#answers-news").textContent = words;
}

function offerCopy() {
  const link = document.querySelector("#answers-state a[href*='?a=']");
  if (!link || !navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet no-print";
  button.textContent = form.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(link.href);
    tell(form.dataset.copied);
    button.textContent = form.dataset.copied;
  });
  link.closest("p").after(button);
}

// Notes: one for each question, under its lasting id.
function store(key, text) {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing still shows the note until the page is left.
  }
}

function stored(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function addNote(item) {
  const key = `note:${location.pathname}${item.id}`;
  const note = document.createElement("details");
  const name = document.createElement("summary");
  const field = document.createElement("textarea");
  note.className = "checklist__note";
  name.textContent = form.dataset.note;
  field.rows = 2;
  field.maxLength = 2000;
  field.setAttribute("aria-label", `${form.dataset.note}: ${item.querySelector(".checklist__text").textContent}`);
  field.value = stored(key);
  note.open = field.value !== "";
  field.addEventListener("input", () => store(key, field.value));
  // A note is no answer: the form does not send it.
  field.addEventListener("change", (event) => event.stopPropagation());
  note.append(name, field);
  item.querySelector(".checklist__body").append(note);
}

if (form) {
  form.querySelectorAll(".checklist__item").forEach(addNote);
  const help = document.createElement("p");
  help.className = "quiet no-print";
  help.textContent = form.dataset.noteHelp;
  form.append(help);
  form.addEventListener("change", keep);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep();
  });
  offerCopy();
}
