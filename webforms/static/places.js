// The townships of the county just chosen; without JavaScript the next button brings them.
const county = document.getElementById("county");
const block = document.getElementById("townships");
const township = document.getElementById("township");
const seen = block.querySelector("[name=townships_of]");
const option = (value, label) => new Option(label, value);
const bring = async () => {
  const asked = county.value;
  seen.value = "";
  block.hidden = true;
  if (!/^\d+$/.test(asked)) return;
  try {
    const answer = await fetch(`/places/${asked}/townships`);
    const found = answer.ok ? await answer.json() : [];
    if (county.value !== asked || found.length === 0) return;
    township.replaceChildren(
      option("", block.dataset.choose),
      ...found.map(([value, label]) => option(value, label)),
      option("-", block.dataset.unknown),
    );
    seen.value = asked;
    block.hidden = false;
  } catch {
    // the next button asks the server
  }
};
county.addEventListener("change", bring);
if (county.value !== seen.value) bring(); // chosen before this script came, or restored by the browser
