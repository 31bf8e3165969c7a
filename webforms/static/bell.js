// The bell of a desk: how many notices are unread, asked for while somebody looks at the page.
const bell = document.querySelector("[data-bell]");
const EVERY = 20000;
let mark = "";

async function look() {
  if (document.hidden) return;
  let answer;
  try {
    answer = await fetch("/notices/count", { headers: mark ? { "If-None-Match": mark } : {}, cache: "no-store", redirect: "error" });
  } catch { return; }
  if (answer.status !== 200) return;
  mark = answer.headers.get("ETag");
  const n = Number(await answer.text());
  const shown = bell.querySelector("span");
  shown.hidden = !n;
  shown.textContent = n > 99 ? "99+" : n;
}

if (bell) {
  look();
  setInterval(look, EVERY);
}
