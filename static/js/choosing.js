// Long lists of the admin: choose by typing a part of a name or a code, in any spelling.
(() => {
  const begin = (list) => {
    const said = (text) => {
      const line = document.createElement("div");
      line.className = "no-results";
      line.setAttribute("role", "option");
      line.setAttribute("aria-disabled", "true");
      line.textContent = text;
      return line;
    };
    const chooser = new TomSelect(list, {
      plugins: { remove_button: { title: list.dataset.remove } },
      placeholder: list.dataset.choosing,
      searchField: ["text", "words"],
      maxOptions: 60,
      closeAfterSelect: true,
      render: { no_results: () => said(list.dataset.none) },
    });
    // Tom Select names the crosses in English.
    const named = (value) => {
      const cross = chooser.getItem(value)?.querySelector(".remove");
      cross?.setAttribute("aria-label", `${list.dataset.remove}: ${chooser.options[value].text}`);
    };
    chooser.items.forEach(named);
    chooser.on("item_add", named);
    // Its name belongs to the field that one types into now, and its help does, too.
    chooser.control_input.setAttribute("aria-describedby", list.getAttribute("aria-describedby") || "");
    list.setAttribute("aria-hidden", "true");
  };
  addEventListener("DOMContentLoaded", () => document.querySelectorAll("select[data-choosing]").forEach(begin));
})();
