// Whoever stays anonymous need not pass by the contact fields.
const contact = document.getElementById("contact");
const choices = document.querySelectorAll("[name=secrecy]");
const show = () => {
  const chosen = [...choices].find((one) => one.checked);
  contact.hidden = !chosen || chosen.value === "anonymous";
};
choices.forEach((one) => one.addEventListener("change", show));
show();
