// 遮盖: two clicks on the picture fill a row of numbers, which is what is sent.
const image = document.querySelector("[data-blot]");
const rows = [...document.querySelectorAll("[data-region]")].map((row) => [...row.querySelectorAll("input")]);
let first = null;

image.addEventListener("click", (event) => {
  const box = image.getBoundingClientRect();
  const at = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  if (!first) return void (first = at);
  const low = at.map((one, n) => Math.min(one, first[n]));
  const size = at.map((one, n) => Math.abs(one - first[n]));
  first = null;
  const row = rows.find((inputs) => inputs.every((one) => !one.value));
  row?.forEach((input, n) => (input.value = (100 * [...low, ...size][n]).toFixed(1)));
  row?.[0].focus();
});
