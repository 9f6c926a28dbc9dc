// <details data-overlay> lies above the page: Escape, a press or the focus beside it fold it away.
const unfolded = () => [...document.querySelectorAll("details[data-overlay][open]:not(:has(:modal))")];

for (const name of ["pointerdown", "focusin"]) {
  document.addEventListener(name, ({ target }) => {
    for (const details of unfolded()) if (!details.contains(target)) details.open = false;
  });
}

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const details of unfolded()) {
    details.open = false;
    details.querySelector("summary").focus();
  }
});
