// The call screen by keyboard: autosave, history and look-alikes beside the typing.
const form = document.getElementById("call");
const off = () => localStorage.getItem("desk-keys-off") === "1"; // as in hotkeys.js
const fresh = document.querySelector("[data-new-call]");
let changed = false;
let leaving = false;

const body = () => new URLSearchParams(new FormData(form));
const turns = new Map();
const fragment = async (part) => {
  const turn = (turns.get(part) || 0) + 1;
  turns.set(part, turn);
  const answer = await fetch(part.dataset.part, { method: "POST", body: body(), headers: { "X-Part": "1" }, redirect: "error" });
  const text = answer.ok ? await answer.text() : "";
  if (!text || turns.get(part) !== turn) return;
  if (part !== document.activeElement && part.contains(document.activeElement)) return; // being read
  const picked = part.querySelector("input:checked");
  part.innerHTML = text;
  const same = picked && part.querySelector(`input[value="${picked.value}"]`);
  if (same) same.checked = true;
};
const later = (ms, act) => {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(() => act().catch(() => {}), ms); };
};

async function keep() {
  if (!changed || leaving) return;
  changed = false;
  const line = document.getElementById("draft-state");
  try {
    const answer = await fetch(`${form.dataset.call}/draft`, { method: "POST", body: body(), headers: { Accept: "application/json" }, redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    line.textContent = line.dataset.saved.replace("{time}", (await answer.json()).saved);
  } catch {
    changed = true;
    line.textContent = line.dataset.failed;
  }
}

function call() {
  const other = document.querySelector("[data-open-call]");
  const history = document.getElementById("history");
  const alike = document.getElementById("alike");
  const askHistory = later(150, () => fragment(history));
  const askAlike = later(600, () => fragment(alike));
  const knowledge = document.getElementById("knowledge");
  const askScripts = later(300, () => fragment(knowledge));
  const field = (name) => form.elements[name];
  form.addEventListener("input", (event) => {
    if (event.target.name === "q") { askScripts(); return; }
    changed = true;
    if (event.target.name === "kind") askScripts();
    if (["text", "kind", "landmark", "source_name"].includes(event.target.name)) askAlike();
    if (event.target.name === "phone" && event.target.value.replace(/\D/g, "").length === 11) askHistory();
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "phone") { askHistory(); askAlike(); }
    if (["county", "township"].includes(event.target.name)) askAlike();
    if (event.target.name === "county") townships(event.target.value);
  });
  form.addEventListener("submit", () => { leaving = true; setTimeout(() => { leaving = false; }, 10000); });
  setInterval(keep, 5000);
  addEventListener("pagehide", () => {
    if (changed && !leaving) navigator.sendBeacon(`${form.dataset.call}/draft`, body());
  });
  const kinds = [...document.querySelectorAll("#kind-list option")].filter((one) => !one.value.includes("·")).slice(0, 9);
  const legend = document.getElementById("kind-keys");
  legend.textContent = kinds.map((one, index) => `Alt+${index + 1} ${one.value}`).join("　");
  legend.hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) {
      if (event.key === "Enter") event.preventDefault(); // it chooses a word, and sends no form
      return;
    }
    if (off() && event.key !== "Enter") return;
    if (event.altKey && event.code === "Digit0") { event.preventDefault(); field("q").focus(); return; }
    const number = event.altKey && /^Digit[1-9]$/.test(event.code) ? Number(event.code.slice(5)) : 0;
    if (event.key === "F4") history.focus();
    else if (event.key === "F8") (alike.querySelector("input:checked:not([value=''])") || alike.querySelector("input:not([value=''])") || alike).focus();
    else if (number && kinds[number - 1]) {
      const target = field("kind").value && document.activeElement === field("kind2") ? field("kind2") : field("kind");
      target.value = kinds[number - 1].value;
      changed = true;
      askAlike();
      askScripts();
    } else if (event.ctrlKey && event.key === "Enter") {
      form.querySelector(event.target.id === "answer" ? "[value=answer]" : "[data-save]").click();
    } else if (event.ctrlKey && event.key.toLowerCase() === "s") { changed = true; keep(); }
    else if (event.key === "F6" && other) keep().then(() => { location.href = other.href; });
    else if (event.key === "Escape") keep().then(() => { location.href = "/agent"; });
    else if (event.key === "Enter" && event.target.id === "q") askScripts();
    else if (event.key === "Enter" && event.target.matches("input:not([type=checkbox])")) next(event.target);
    else return;
    event.preventDefault();
  });
  if (!document.getElementById("error-summary")) field("phone").focus();
  if (field("phone").value) askHistory();
  if (field("text").value) askAlike();
}

function next(input) {
  const all = [...form.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((one) => one.offsetParent);
  const following = all[all.indexOf(input) + 1];
  if (following) following.focus();
}

async function townships(county) {
  const options = document.getElementById("township-list");
  const known = [...document.querySelectorAll("#county-list option")].find((one) => one.value.startsWith(county) && county);
  options.textContent = "";
  if (!known) return;
  const answer = await fetch(`/places/${known.dataset.code}/townships`);
  if (!answer.ok) return;
  for (const [, name] of await answer.json()) options.append(new Option("", name));
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || off()) return;
  if (event.key === "F2" && fresh) { event.preventDefault(); fresh.querySelector("button").click(); }
  if (event.key === "F2" && form) { event.preventDefault(); keep().then(() => document.getElementById("another").requestSubmit()); }
});
if (form) call();
