// Shows a look while it is chosen, before it is saved, offers the device's own palette beside a colour's name, and
// uploads a picture as soon as it is chosen: saving the look would leave it behind.
const form = document.querySelector("form[data-theme-choices]");
const frame = document.querySelector(".form-preview__page");

function tried() {
  const query = new URLSearchParams();
  for (const name of ["accent", "background", "font", "corners", "scheme", "credit"]) {
    const field = form.elements[name];
    if (field?.value) query.set(`_theme.${name}`, field.value);
  }
  return query;
}

let timer;
function show() {
  clearTimeout(timer);
  const address = frame.closest("[data-address]").dataset.address;
  timer = setTimeout(() => frame.contentWindow.location.replace(`${address}?${tried()}`), 200);
}

function palette(input) {
  const picker = document.createElement("input");
  picker.type = "color";
  picker.className = "input colour-picker";
  picker.setAttribute("aria-label", `${document.querySelector(`label[for="${input.id}"]`).textContent}: choose`);
  const take = () => { if (/^#[0-9a-f]{6}$/i.test(input.value)) picker.value = input.value; };
  picker.addEventListener("input", () => {
    input.value = picker.value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  input.addEventListener("input", take);
  take();
  input.after(picker);
}

if (form && frame) {
  for (const name of ["accent", "background"]) palette(form.elements[name]);
  form.addEventListener("input", show);
}

for (const input of document.querySelectorAll("form[data-upload-at-once] input[type=file]")) {
  input.addEventListener("change", () => { if (input.files.length > 0) input.form.requestSubmit(); });
}
