// Forms of the admin: lead to the field that a task names, and count characters while somebody types.
(() => {
  const lead = () => {
    const name = /^#field-(\w+)$/.exec(location.hash)?.[1];
    if (!name) return;
    const found =
      document.querySelector(`[data-contentpath="${name}"]`) ||
      document.getElementById(`id_${name}-FORMS`) ||
      document.getElementById(`id_${name}`);
    if (!found) return;
    const tab = found.closest('[role="tabpanel"]');
    if (tab) document.querySelector(`[role="tab"][aria-controls="${tab.id}"], a[href="#${tab.id}"]`)?.click();
    const panel = found.closest("[data-panel]") || found;
    const inside = "input:not([type=hidden]), textarea, select, button:not([aria-expanded])";
    setTimeout(() => {
      panel.scrollIntoView({ block: "start" });
      (found.querySelector(inside) || panel.querySelector(inside))?.focus();
    }, 150);
  };
  const count = (field) => {
    const limit = Number(field.getAttribute("maxlength"));
    if (!limit || field.dataset.counted) return;
    field.dataset.counted = "yes";
    const shown = document.createElement("span");
    shown.className = "characters";
    shown.id = `${field.id}-characters`;
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${shown.id}`.trim());
    const write = () => {
      const left = limit - field.value.length;
      shown.textContent = `${field.value.length} / ${limit}`;
      shown.classList.toggle("characters--full", left <= 0);
    };
    field.addEventListener("input", write);
    field.after(shown);
    write();
  };
  const look = () => document.querySelectorAll("form [maxlength]").forEach(count);
  addEventListener("load", () => {
    look();
    lead();
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  });
  addEventListener("hashchange", lead);
})();
