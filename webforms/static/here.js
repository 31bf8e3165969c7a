// The position of whoever stands where it happens: asked for on a tap, kept when the form is sent.
const block = document.getElementById("here");
const said = block.querySelector("[role=status]");
const take = block.querySelector("button");
const drop = block.querySelector("[name=no_point]");
const field = (name) => block.querySelector(`[name=${name}]`);
const keep = ({ coords }) => {
  field("longitude").value = coords.longitude;
  field("latitude").value = coords.latitude;
  field("accuracy_m").value = coords.accuracy;
  drop.checked = false;
  drop.closest("[data-drop]").hidden = false;
  said.textContent = block.dataset.taken.replace("{m}", Math.ceil(coords.accuracy));
};
const sorry = (error) => {
  said.textContent = error.code === error.PERMISSION_DENIED ? block.dataset.denied : block.dataset.failed;
};
if (window.isSecureContext && "geolocation" in navigator) {
  block.hidden = false;
  take.hidden = false;
  take.addEventListener("click", () => {
    said.textContent = block.dataset.asking;
    navigator.geolocation.getCurrentPosition(keep, sorry, {
      enableHighAccuracy: true,
      timeout: 20_000,
      maximumAge: 60_000,
    });
  });
}
