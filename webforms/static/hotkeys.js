// Keys of the desks: single letters outside fields only; they press what is on the page.
const OFF = "desk-keys-off";
const list = document.getElementById("keys");
const rows = () => [...document.querySelectorAll("[data-row]")];
let at = -1;

export const typing = (target) => Boolean(target.closest(
  "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]"));

function move(by) {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => row.classList.contains("here"));
  at = Math.min(all.length - 1, Math.max(0, (here < 0 ? (by > 0 ? -1 : all.length) : here) + by));
  for (const row of all) row.classList.toggle("here", row === all[at]);
  const link = all[at].querySelector("[data-open]");
  all[at].scrollIntoView({ block: "nearest" });
  if (link) link.focus({ preventScroll: true });
}

function press(key) {
  const here = rows().find((row) => row.classList.contains("here"));
  const named = `[data-key="${key}"]`;
  const opened = document.querySelector("details[data-key][open]");
  const found = (opened && opened.querySelector(named)) || (here && here.querySelector(named)) ||
    [...document.querySelectorAll(named)].find((one) =>
      one.checkVisibility() && (!one.closest("[data-row]") || "anywhere" in one.dataset));
  if (!found) return false;
  if (found.matches("details")) {
    found.open = true;
    const field = found.querySelector("textarea, select, input:not([type=hidden])");
    if (field) field.focus();
  } else if (found.matches("[type=radio]")) { found.checked = true; found.focus(); }
  else if (found.matches("a[href^='#']")) document.querySelector(found.hash).focus();
  else if (found.matches("input, textarea, select")) found.focus();
  else found.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
  if (event.key === "?" && list) { event.preventDefault(); list.showModal(); return; }
  if (localStorage.getItem(OFF) === "1" || (list && list.open)) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key.length !== 1 || !press(event.key)) return;
  event.preventDefault();
});

if (list) {
  const toggle = list.querySelector("[data-toggle]");
  const word = () => { toggle.textContent = localStorage.getItem(OFF) === "1" ? toggle.dataset.on : toggle.dataset.off; };
  toggle.addEventListener("click", () => {
    localStorage.setItem(OFF, localStorage.getItem(OFF) === "1" ? "0" : "1");
    word();
  });
  list.querySelector("[data-close]").addEventListener("click", () => list.close());
  const show = document.querySelector("[data-show-keys]");
  if (show) { show.hidden = false; show.addEventListener("click", () => list.showModal()); }
  word();
}
