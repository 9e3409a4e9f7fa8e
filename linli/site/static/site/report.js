// Reporting, made comfortable: previews and smaller photos, where am I, a pin on the map. Everything works without it.
import "./photos.js";

const form = document.querySelector("form[data-place]");
const button = form?.querySelector("[data-locate]");
const said = form?.querySelector("[data-place-name]");

function say(text) {
  said.hidden = false;
  said.textContent = text;
}

async function name(lng, lat) {
  const answer = await fetch(`${form.dataset.place}?lng=${lng}&lat=${lat}`);
  if (answer.ok) say(`${said.dataset.prefix} ${(await answer.json()).name}`);
}

button?.addEventListener("click", () => {
  if (!navigator.geolocation) return say(button.dataset.refused);
  button.setAttribute("aria-busy", "true");
  say(button.dataset.waiting);
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    button.removeAttribute("aria-busy");
    form.elements.lng.value = coords.longitude.toFixed(6);
    form.elements.lat.value = coords.latitude.toFixed(6);
    form.querySelector("[data-pick]")?.place?.(coords.longitude, coords.latitude);
    name(coords.longitude, coords.latitude);
  }, () => {
    button.removeAttribute("aria-busy");
    say(button.dataset.refused);
  }, { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 });
});

form?.addEventListener("linli:pinned", ({ detail }) => name(detail.lng, detail.lat));
