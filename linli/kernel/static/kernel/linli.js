// The one shared module: the look of pages, moving focus and saying what changed, list keys, clocks, islands.
const root = document.documentElement;
root.dataset.js = "on";
const COOKIE = "linli_look";
const ATTRIBUTES = { elder: ["size", "elder"], contrast: ["contrast", "more"], dark: ["theme", "dark"], light: ["theme", "light"], nokeys: ["keys", "off"] };

/** Say something to people who listen instead of look. */
export function announce(text) {
  const place = document.getElementById("announcer");
  if (!place || !text) return;
  place.textContent = "";
  setTimeout(() => { place.textContent = text; }, 60);
}

/* The look: the form works without this; with it no reload is needed. */
const readLook = () => new Set((document.cookie.match(/(?:^|; )linli_look=([^;]*)/)?.[1] ?? "").split(".").filter(Boolean));

function switchLook(choice) {
  const chosen = readLook();
  const other = { dark: "light", light: "dark" }[choice];
  if (!chosen.delete(choice)) chosen.add(choice);
  if (other) chosen.delete(other);
  document.cookie = `${COOKIE}=${[...chosen].join(".")}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  for (const word of [choice, other]) {
    if (!word) continue;
    const [name, value] = ATTRIBUTES[word];
    if (chosen.has(word)) root.dataset[name] = value;
    else if (root.dataset[name] === value) delete root.dataset[name];
  }
  for (const button of document.querySelectorAll("[data-look] button")) button.setAttribute("aria-pressed", String(chosen.has(button.value)));
  dispatchEvent(new Event("linli:look"));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-look]") && event.submitter) {
    event.preventDefault();
    return switchLook(event.submitter.value);
  }
  if (form.method === "post" && !form.hasAttribute("hx-post")) {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
  }
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
});

/* After a partial update: focus goes where the answer asks for it, and the change is said. */
function settle(part) {
  const target = part.matches?.("[data-focus]") ? part : part.querySelector?.("[data-focus], [autofocus]");
  target?.focus();
  announce(part.querySelector?.("[data-announce]")?.dataset.announce ?? part.dataset?.announce);
  wake(part);
}
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("[data-csrf]")?.dataset.csrf;
  if (token) event.detail.headers["X-CSRFToken"] = token;
});
document.addEventListener("htmx:afterSettle", (event) => settle(event.detail.elt));
for (const trouble of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(trouble, () => announce(document.getElementById("announcer").dataset.lost));
}

/* Keys: j and k walk a list, 1 to 9 choose, / searches. Off while typing, and off for good when somebody says so. */
const typing = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

function walk(step) {
  const list = document.querySelector('[data-keys="list"]');
  const rows = [...(list?.querySelectorAll("a[data-row], .rows a") ?? [])];
  if (!rows.length) return;
  const held = rows.indexOf(document.activeElement.closest?.("a"));
  const from = held >= 0 ? held : rows.findIndex((row) => row.hasAttribute("aria-current")) - (step > 0 ? 0 : -1);
  const row = rows[Math.max(0, Math.min(rows.length - 1, from + step))];
  row.focus();
  row.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    const open = document.activeElement.closest?.("details.menu[open], details.confirm[open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
    return;
  }
  if (typing(event.target) || root.dataset.keys === "off") return;
  if (event.key === "j" || event.key === "k") { event.preventDefault(); walk(event.key === "j" ? 1 : -1); }
  else if (event.key === "/") { const field = document.querySelector("[data-search]"); if (field) { event.preventDefault(); field.focus(); } }
  else if (/^[1-9]$/.test(event.key)) document.querySelector(`[data-key="${event.key}"]`)?.click();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
  const close = event.target.closest("[data-close]");
  if (close) { const box = close.closest("details"); box.open = false; box.querySelector("summary").focus(); }
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

/* Clocks that go on while the page is open. */
function tick() {
  const format = new Intl.RelativeTimeFormat(root.lang, { numeric: "always" });
  for (const clock of document.querySelectorAll("time[data-ago]")) {
    const minutes = Math.floor((Date.now() - Date.parse(clock.dateTime)) / 60000);
    if (minutes < 60) clock.textContent = format.format(-Math.max(0, minutes), "minute");
    else if (minutes < 48 * 60) clock.textContent = format.format(-Math.floor(minutes / 60), "hour");
    else clock.textContent = format.format(-Math.floor(minutes / 1440), "day");
  }
}
setInterval(tick, 30000);

/* Islands: a map or a chart is fetched when it comes near the screen, never before. */
const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    target.style.setProperty("--island-height", `${target.dataset.tall}px`);
    import(target.dataset.island).then((module) => module.start(target)).catch((error) => {
      console.warn(error);
      target.hidden = true;
      target.parentElement.querySelector("details.twin")?.setAttribute("open", "");
    });
  }
}, { rootMargin: "200px" });

function wake(part) {
  for (const island of part.querySelectorAll?.("[data-island]:not([data-awake])") ?? []) {
    island.dataset.awake = "1";
    near.observe(island);
  }
}

/** The colours in force, resolved from the tokens. */
export function colour(token) {
  const probe = document.createElement("i");
  probe.style.color = `var(--${token})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

wake(document);
tick();
document.querySelector(".problems[data-focus]")?.focus();
