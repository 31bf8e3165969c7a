// How many characters are left, announced when typing pauses.
for (const area of document.querySelectorAll("textarea[data-most]")) {
  const most = Number(area.dataset.most);
  const line = document.createElement("p");
  const spoken = document.createElement("p");
  line.className = "counter";
  line.setAttribute("aria-hidden", "true");
  spoken.className = "sr";
  spoken.setAttribute("role", "status");
  area.after(line, spoken);
  let pause;
  const count = () => {
    const left = most - [...area.value.trim()].length;
    const words = left < 0 ? area.dataset.over : area.dataset.left;
    line.textContent = words.replace("{n}", Math.abs(left));
    line.classList.toggle("over", left < 0);
    clearTimeout(pause);
    pause = setTimeout(() => { spoken.textContent = line.textContent; }, 1200);
  };
  area.addEventListener("input", count);
  count();
}
