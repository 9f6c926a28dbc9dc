// One form on its way, and what comes back: parts that follow from it, complaints, or how the form stands now.
const post = (form, body) => fetch(form.action, {
  method: "POST",
  body,
  // So that it arrives although the page is being left; browsers allow this for small bodies.
  keepalive: body.toString().length < 60000,
  headers: { "hx-request": "true", "x-autosave": "true" },
});

const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

// What was sent is what the page would show by itself.
function settle(form, sent) {
  for (const control of form.elements) {
    if (!control.name || control.type === "hidden") continue;
    const values = sent.getAll(control.name);
    if (control.options) for (const option of control.options) option.defaultSelected = values.includes(option.value);
    else if (control.type === "checkbox") control.defaultChecked = values.includes(control.value);
    else if (control.defaultValue !== undefined) control.defaultValue = values[0] ?? "";
  }
}

// Parts that nobody is typing into are put anew, and everything knows the new revision.
function follow(page) {
  const revision = page.querySelector("[data-revision]")?.dataset.revision;
  for (const fresh of [...page.body.children]) {
    const old = document.getElementById(fresh.id);
    if (!old || old.contains(document.activeElement)) continue;
    old.replaceWith(fresh);
    htmx.process(fresh);
  }
  for (const input of document.querySelectorAll("input[name=revision]")) input.value = revision ?? input.value;
}

// Complaints stand beside their inputs, which stay as they are.
function complain(form, page) {
  const reason = page?.querySelector(".field__error, #form-editor > .alert")?.textContent.trim();
  for (const old of form.querySelectorAll(".field__error")) old.remove();
  for (const control of form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  for (const wrong of page?.querySelectorAll("[aria-invalid]") ?? []) {
    const control = form.ownerDocument.getElementById(wrong.id);
    const told = page.getElementById(`${wrong.id}-error`);
    if (!control || !told || !form.contains(control)) continue;
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", wrong.getAttribute("aria-describedby"));
    control.closest(".field").append(told);
  }
  return reason;
}
