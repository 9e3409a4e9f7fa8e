// A candidate button puts its value into the field it names; Enter in the form then accepts it.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-choose]");
  if (!button) return;
  const field = document.getElementById(`id_${button.dataset.choose}`);
  field.value = button.dataset.value;
  for (const other of document.querySelectorAll("[data-choose]")) other.setAttribute("aria-pressed", String(other === button));
  field.form.querySelector("button.primary").focus();
});
