// Photos made small enough for a slow line, and shown before they are sent.
const LONGEST = 1600;

document.addEventListener("change", ({ target }) => { if (target.matches("input[data-photos]")) choose(target); });

/** Make photos small enough for a slow line, and show them. */
async function choose(input) {
  const list = input.form.querySelector("[data-photo-list]");
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
