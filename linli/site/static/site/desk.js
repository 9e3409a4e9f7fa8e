// Desks by keyboard: an event opens beside its list, acts open with their first field, numbers choose, Enter dispatches, drafts go in.
import "./photos.js";

const columns = document.querySelector(".columns");
const list = columns?.querySelector(":scope > .list");
const oneColumn = () => matchMedia("(max-width: 1023px)").matches || document.documentElement.dataset.size === "elder";
const quiet = () => document.documentElement.dataset.keys === "off";

/* The list keeps its place: over a click, over a form that was sent, over the way back. */
const place = () => `linli.list ${[...document.querySelectorAll(".tabs [aria-current], .scopes [aria-current]")].map((link) => link.getAttribute("href")).join(" ")}`;
if (list) {
  list.scrollTop = Number(sessionStorage.getItem(place()) ?? 0);
  list.querySelector("[aria-current='true']")?.scrollIntoView({ block: "nearest" });
  addEventListener("pagehide", () => sessionStorage.setItem(place(), String(Math.round(list.scrollTop))));
}

function markCurrent() {
  for (const row of list?.querySelectorAll("[data-opens] a") ?? []) {
    if (row.pathname === location.pathname) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

document.addEventListener("htmx:afterSettle", ({ detail: { elt } }) => {
  if (elt.id !== "main") return;
  markCurrent();
  columns.classList.add("chosen");
  if (oneColumn()) scrollTo(0, 0);
});

/* An act opens with its first field in hand. */
document.addEventListener("toggle", ({ target }) => {
  if (!target.matches?.("details.deed, details.other, details.reveal") || !target.open) return;
  target.querySelector(".problems, textarea, select, input:not([type='hidden'])")?.focus();
}, true);

/* Another matter takes the place of a proposal, and the other way round. */
document.addEventListener("change", ({ target }) => {
  const form = target.closest("form");
  const other = form?.querySelector("select[name$='matter_code']");
  if (!other) return;
  if (target.type === "radio") other.value = "";
  else if (target === other && other.value) for (const radio of form.querySelectorAll("input[type='radio']")) radio.checked = false;
});

/* A draft goes behind what is written, never over it; the first line to fill in is marked. */
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-insert]");
  const area = button?.form?.querySelector("textarea[name$='answer']");
  if (!area) return;
  const before = area.value.trimEnd();
  area.value = before ? `${before}\n\n${button.dataset.insert}` : button.dataset.insert;
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
  const from = area.value.length - button.dataset.insert.length, blank = area.value.indexOf("____", from);
  if (blank < 0) area.setSelectionRange(area.value.length, area.value.length);
  else area.setSelectionRange(blank, blank + 4);
});

const atRest = (element) => element === document.body || element.matches("main, h1, section.list");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape") return closeAct(event.target);
  if (quiet() || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "radio") return;
  if (event.key === "u") return backToList(event);
  const decide = document.querySelector("form[data-decide]");
  if (event.key === "Enter" && decide && atRest(document.activeElement)) {
    event.preventDefault();
    decide.requestSubmit(decide.querySelector("button.primary"));
  }
});

function closeAct(from) {
  const open = from.closest?.("details.deed[open], details.other[open], details.reveal[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
}

function backToList(event) {
  event.preventDefault();
  const back = document.querySelector("[data-up]");
  if (oneColumn() && back) return back.click();
  (list?.querySelector("[data-opens] [aria-current]") ?? list?.querySelector("[data-opens] a"))?.focus();
}
