// 遮盖: two clicks on the picture fill a row of numbers, which is what is sent.
const image = document.querySelector("[data-blot]");
const rows = [...document.querySelectorAll("[data-region]")].map((row) => [...row.querySelectorAll("input")]);
let first;

image.onclick = (event) => {
  const box = image.getBoundingClientRect();
  const at = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  if (!first) return void (first = at);
  const low = at.map((one, n) => Math.min(one, first[n]));
  const size = at.map((one, n) => Math.abs(one - first[n]));
  first = null;
  rows.find((row) => !row[0].value)?.forEach((input, n) => (input.value = (100 * [...low, ...size][n]).toFixed(1)));
};
