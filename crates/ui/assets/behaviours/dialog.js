// Browsers without invoker commands or closedby get the same behaviour from here.
const hasCommands = "commandForElement" in HTMLButtonElement.prototype;
const hasClosedBy = "closedBy" in HTMLDialogElement.prototype;

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[commandfor]");
  if (button && !hasCommands) {
    const dialog = document.getElementById(button.getAttribute("commandfor"));
    if (button.getAttribute("command") === "show-modal") dialog?.showModal();
    else dialog?.close();
  }
  const dialog = event.target;
  if (!hasClosedBy && dialog instanceof HTMLDialogElement && dialog.getAttribute("closedby") === "any") {
    const box = dialog.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) dialog.close();
  }
});

// A dialog that was put into the page by a fragment opens itself.
document.addEventListener("htmx:after:swap", () => {
  for (const dialog of document.querySelectorAll("dialog[data-open]:not([open])")) dialog.showModal();
});

// What is unfolded to be filled in is begun at its field: keys that are pressed next are not meant for the page.
document.addEventListener("toggle", (event) => {
  const fold = event.target;
  if (fold instanceof HTMLDetailsElement && fold.open) fold.querySelector("[data-begin]")?.focus();
}, true);

// A menu must not stay above the dialog it opened.
document.addEventListener("toggle", (event) => {
  if (event.target instanceof HTMLDialogElement && event.newState === "open") {
    for (const menu of document.querySelectorAll("[popover]:popover-open")) menu.hidePopover();
  }
}, true);
