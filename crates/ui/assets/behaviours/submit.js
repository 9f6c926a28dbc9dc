// A form that is on its way shows it and cannot be sent twice.
const busy = (form, on) => {
  form.toggleAttribute("data-sending", on);
  for (const button of form.querySelectorAll("button[type=submit]")) {
    if (on) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.hasAttribute("data-sending")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  // What is shown in a frame leaves the page, and its form, as they are.
  if (event.submitter?.formTarget) return;
  // After the handlers, so that a form held back by one of them does not look sent.
  // An input called "closest" would stand in the place of the form's own.
  const throughHtmx = Element.prototype.closest.call(form, "[data-hx-post],[data-hx-put],[data-hx-patch],[data-hx-get],[data-hx-delete]");
  queueMicrotask(() => { if (throughHtmx || !event.defaultPrevented) busy(form, form.method !== "dialog"); });
}, true);

document.addEventListener("htmx:finally:request", (event) => {
  const form = event.target.closest?.("form");
  if (form) busy(form, false);
});

// Coming back by the browser's history, the page is as it was left: busy.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) busy(form, false);
});
