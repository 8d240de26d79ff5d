// Forms of the admin: lead to the field that a task names, count characters while somebody types, and keep
// below each field what is worth knowing about it.
(() => {
  const placeOf = (name) =>
    document.querySelector(`[data-contentpath="${name}"]`) ||
    document.getElementById(`id_${name}-FORMS`) ||
    document.getElementById(`id_${name}`);
  const lead = () => {
    const name = /^#field-(\w+)$/.exec(location.hash)?.[1];
    const found = name && placeOf(name);
    if (!found) return;
    const tab = found.closest('[role="tabpanel"]');
    if (tab) document.querySelector(`[role="tab"][aria-controls="${tab.id}"], a[href="#${tab.id}"]`)?.click();
    const panel = found.closest("[data-panel]") || found;
    const inside = "input:not([type=hidden]), textarea, select:not(.tomselected), button:not([aria-expanded])";
    setTimeout(() => {
      panel.scrollIntoView({ block: "start" });
      (found.querySelector(inside) || panel.querySelector(inside))?.focus();
    }, 150);
  };
  const describe = (field, id) => {
    const words = new Set((field.getAttribute("aria-describedby") || "").split(" ").filter(Boolean));
    field.setAttribute("aria-describedby", [...words.add(id)].join(" "));
  };
  const count = (field) => {
    const limit = Number(field.getAttribute("maxlength"));
    // The editor of rich text counts by itself.
    if (!limit || field.dataset.counted || field.hasAttribute("data-draftail-input")) return;
    field.dataset.counted = "yes";
    const shown = document.createElement("span");
    shown.className = "characters";
    shown.id = `${field.id}-characters`;
    describe(field, shown.id);
    const write = () => {
      const left = limit - field.value.length;
      shown.textContent = `${field.value.length} / ${limit}`;
      shown.classList.toggle("characters--full", left <= 0);
    };
    field.addEventListener("input", write);
    field.after(shown);
    write();
  };

  // --- What is worth knowing -----------------------------------------------------------------
  let box = null;
  let notes = [];
  const controlsOf = (name, place) =>
    [...place.querySelectorAll("input, select, textarea")].filter((one) => one.name === name);
  const isBlank = (control) => {
    if (control.type === "checkbox" || control.type === "radio") return !control.checked;
    if (control.multiple) return !control.selectedOptions.length;
    if (!control.hasAttribute("data-draftail-input")) return ["", "unknown"].includes(control.value.trim());
    return !JSON.parse(control.value || "null")?.blocks.some((block) => block.text.trim());
  };
  const isEmpty = (name) => {
    const place = placeOf(name);
    if (!place) return true;
    const parts = place.id.endsWith("-FORMS")
      ? place.querySelectorAll('input[name$="-DELETE"]')
      : place.querySelectorAll(`input[name^="${name}-"][name$="-deleted"]`);
    const isGone = (one) => ["1", "on"].includes(one.value);
    return [...parts].every(isGone) && controlsOf(name, place).every(isBlank);
  };
  const put = (source, number) => {
    const place = placeOf(source.dataset.note);
    if (!place) return null;
    const note = document.createElement("p");
    note.className = "note";
    note.id = `note-${source.dataset.note}-${number}`;
    const label = document.createElement("strong");
    label.textContent = `${box.dataset.label}: `;
    note.append(label, source.textContent);
    if (place.id.endsWith("-FORMS")) place.after(note);
    else place.append(note);
    const controls = controlsOf(source.dataset.note, place);
    if (controls.length === 1) describe(controls[0].tomselect?.control_input || controls[0], note.id);
    return { ...source.dataset, shown: note };
  };
  const follow = () => {
    const questions = notes.filter((one) => one.weight);
    let asked = 0, lacking = 0, missing = 0;
    questions.forEach((one) => {
      const isOpen = [one.note, ...one.also.split(" ").filter(Boolean)].every(isEmpty);
      const isAsked = isOpen && !(one.toldIn && !isEmpty(one.toldIn));
      one.shown.hidden = !isAsked;
      box.querySelector(`[data-notes-link="${one.note}"]`).parentElement.hidden = !isAsked;
      asked += Number(one.weight);
      lacking += isOpen ? Number(one.weight) : 0;
      missing += isAsked ? 1 : 0;
    });
    if (!questions.length) return;
    const write = (selector, number) => {
      const place = box.querySelector(selector);
      if (place.textContent !== String(number)) place.textContent = number;
    };
    write("[data-notes-percent]", Math.round((100 * (asked - lacking)) / asked));
    write("[data-notes-count]", missing);
    box.querySelectorAll("[data-notes-missing]").forEach((one) => (one.hidden = !missing));
  };
  const look = () => {
    document.querySelectorAll("form [maxlength]").forEach(count);
    const found = document.getElementById("form-notes");
    if (!found) return;
    if (found !== box) {
      // A draft that saved itself brings the notes anew.
      notes.forEach((one) => one.shown.remove());
      box = found;
      notes = [...box.querySelectorAll("[data-note]")].map(put).filter(Boolean);
    }
    follow();
  };
  let waiting = 0;
  const lookSoon = () => {
    clearTimeout(waiting);
    // The editor of rich text hands over what it holds a quarter of a second later.
    waiting = setTimeout(look, 400);
  };
  addEventListener("load", () => {
    look();
    lead();
    new MutationObserver(lookSoon).observe(document.body, { childList: true, subtree: true });
    ["input", "change", "click"].forEach((kind) => document.addEventListener(kind, lookSoon));
  });
  addEventListener("hashchange", lead);
})();
