// A template goes in where nothing is written yet; what is blank in it stands in 【】.
for (const button of document.querySelectorAll("[data-insert]")) {
  const area = document.getElementById(button.dataset.insert);
  button.hidden = area.value.trim() !== "";
  area.addEventListener("input", () => { button.hidden = area.value.trim() !== ""; });
  button.addEventListener("click", () => {
    area.value = button.dataset.words;
    area.focus();
    button.hidden = true;
  });
}
// Leaving with words that are not saved asks first.
let dirty = false;
const form = document.querySelector("form[action$='/texts']");
if (form) {
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", () => { dirty = false; });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
}
