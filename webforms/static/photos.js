// A bar while photos go up; large ones are made smaller first unless the original is asked for.
const LONGEST = 2048;
const SMALL = 500 * 1024;

async function smaller(file) {
  if (file.size < SMALL || !/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    return blob && blob.size < file.size ? new File([blob], file.name, { type: blob.type }) : file;
  } catch {
    return file; // not a picture: the server says so
  }
}

function send(form, data, bar) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    };
    request.onload = () => done(request);
    request.onerror = fail;
    request.send(data);
  });
}

// The page that came back takes the place of this one: a script runs once a document.
function refused(words) {
  const page = new DOMParser().parseFromString(words, "text/html");
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  attend();
  (document.getElementById("error-summary") || document.querySelector("main")).focus();
}

function attend() {
  const form = document.querySelector("form.upload");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const buttons = form.querySelectorAll("button");
  const original = form.querySelector("[name=original]");
  if (original) original.closest(".option").hidden = false;
  form.addEventListener("submit", async (event) => {
    if (!input || input.files.length === 0) return; // the server says so, or goes on
    event.preventDefault();
    const pressed = event.submitter || buttons[0];
    if (pressed.disabled) return;
    const bar = document.createElement("progress");
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    line.textContent = form.dataset.uploading;
    bar.setAttribute("aria-label", form.dataset.uploading);
    pressed.after(line, bar);
    const data = new FormData(form);
    data.delete(input.name);
    data.set(pressed.name, pressed.value);
    for (const button of buttons) button.disabled = true;
    for (const file of input.files) {
      data.append(input.name, original.checked ? file : await smaller(file));
    }
    try {
      const answer = await send(form, data, bar);
      if (answer.status === 200) return location.assign(answer.responseURL);
      refused(answer.responseText);
    } catch {
      line.textContent = form.dataset.failed;
      bar.remove();
      for (const button of buttons) button.disabled = false;
      delete form.dataset.sent;
    }
  });
}
attend();
