// A part of the page asks for itself again while it is looked at; unchanged, nothing is moved.
for (const part of document.querySelectorAll("[data-fresh]")) {
  let mark = part.dataset.mark || "";
  const timer = setInterval(async () => {
    if (document.hidden) return;
    let answer;
    try {
      answer = await fetch(part.dataset.fresh, { headers: { "If-None-Match": mark }, cache: "no-store", redirect: "error" });
    } catch { return; }
    if (answer.status !== 200) return;
    if (part.contains(document.activeElement)) return;
    mark = answer.headers.get("ETag");
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    part.replaceChildren(...fresh.body.childNodes);
    if (part.querySelector("[data-over]")) {
      clearInterval(timer);
      location.reload(); // what could be done meanwhile can be done no longer
    }
  }, Number(part.dataset.every || 2) * 1000);
}
