// Say beside an event's times what they are on the reader's own clock, where it differs from the place's.
for (const line of document.querySelectorAll("[data-local-time]")) {
  const { begins, ends, label } = line.dataset;
  const there = /([+-])(\d\d):(\d\d)$/.exec(begins);
  const offset = there ? (there[1] === "-" ? 1 : -1) * (Number(there[2]) * 60 + Number(there[3])) : 0;
  const moment = new Date(begins);
  if (!Number.isNaN(moment.getTime()) && moment.getTimezoneOffset() !== offset) {
    const words = (one) => one.toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
    const last = ends ? new Date(ends) : null;
    line.textContent = `${label} ${words(moment)}${last ? ` – ${words(last)}` : ""}`;
    line.hidden = false;
  }
}
