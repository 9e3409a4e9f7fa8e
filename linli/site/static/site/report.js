// Reporting, made comfortable: previews and smaller photos, where am I, a pin on the map. Everything works without it.
const LONGEST = 1600;

for (const input of document.querySelectorAll("input[data-photos]")) input.addEventListener("change", () => choose(input));

/** Make photos small enough for a slow line, and show them. */
async function choose(input) {
  const list = document.querySelector("[data-photo-list]");
  const chosen = new DataTransfer();
  list.replaceChildren();
  for (const file of [...input.files].slice(0, Number(input.dataset.photos))) {
    const small = await smaller(file).catch(() => file);
    chosen.items.add(small);
    const image = Object.assign(document.createElement("img"), { src: URL.createObjectURL(small), alt: file.name });
    list.append(Object.assign(document.createElement("li"), {}));
    list.lastChild.append(image);
  }
  input.files = chosen.files;
  list.hidden = !chosen.files.length;
}

async function smaller(file) {
  if (file.size < 600_000 || !file.type.startsWith("image/")) return file;
  const picture = await createImageBitmap(file);
  const share = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = Object.assign(document.createElement("canvas"), { width: picture.width * share, height: picture.height * share });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }) : file;
}

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
