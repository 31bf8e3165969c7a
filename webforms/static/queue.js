// Live rows: what changed is shown in place; what is new waits behind a button. Nothing moves.
const table = document.querySelector("[data-live]");
const bar = document.getElementById("live");
const EVERY = 4000;
let mark = table ? table.dataset.mark : "";

async function look() {
  if (document.hidden || !table) return;
  let answer;
  try {
    answer = await fetch(table.dataset.live, { headers: { "If-None-Match": mark }, cache: "no-store", redirect: "error" });
  } catch { return; }
  if (answer.status !== 200) return;
  mark = answer.headers.get("ETag");
  const fresh = new DOMParser().parseFromString(`<table><tbody>${await answer.text()}</tbody></table>`, "text/html");
  const coming = new Map([...fresh.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row]));
  for (const row of table.querySelectorAll("[data-row]")) {
    const now = coming.get(row.dataset.row);
    coming.delete(row.dataset.row);
    if (!now) { row.classList.add("gone"); continue; }
    if (now.dataset.version === row.dataset.version || row.contains(document.activeElement)) continue;
    for (const [index, cell] of [...row.cells].entries()) {
      if (!cell.querySelector("input:checked") && now.cells[index]) cell.innerHTML = now.cells[index].innerHTML;
    }
    row.dataset.version = now.dataset.version;
  }
  if (bar && coming.size) {
    bar.textContent = "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "secondary";
    button.textContent = bar.dataset.words.replace("{n}", coming.size);
    button.addEventListener("click", () => location.reload());
    bar.append(button);
  }
}

if (table) setInterval(look, EVERY);
const all = document.querySelector("[data-all]");
if (all) {
  all.closest("label").hidden = false;
  all.addEventListener("change", () => {
    for (const box of document.querySelectorAll("input[name=orders]")) box.checked = all.checked;
  });
}
