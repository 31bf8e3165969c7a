// Keeps what is being written in the draft on the server, a few seconds after typing pauses.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const line = document.createElement("p");
  line.className = "hint";
  line.setAttribute("role", "status");
  form.querySelector(".actions").before(line);
  let pause;
  let kept = new URLSearchParams(new FormData(form)).toString();
  const keep = async (leaving) => {
    const now = new URLSearchParams(new FormData(form));
    if (now.toString() === kept || form.dataset.sent) return;
    kept = now.toString();
    if (leaving) {
      navigator.sendBeacon(form.dataset.autosave, now);
      return;
    }
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: now });
      if (!answer.ok) throw new Error(answer.status);
      const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      line.textContent = form.dataset.saved.replace("{time}", time);
    } catch {
      kept = "";
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(keep, 3000, false);
  });
  addEventListener("pagehide", () => keep(true));
}
