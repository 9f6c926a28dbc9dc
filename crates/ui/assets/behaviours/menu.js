// Arrow keys walk through an open menu; browsers without anchor positioning get its place from here.
const anchored = CSS.supports("position-area: block-end");
let opener = null;

document.addEventListener("click", (event) => {
  opener = event.target.closest("[popovertarget]") ?? opener;
}, true);

function place(menu) {
  const box = opener.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = box.bottom + size.height + 8 < innerHeight;
  menu.style.top = `${below ? box.bottom : Math.max(8, box.top - size.height - 12)}px`;
  menu.style.left = `${Math.max(8, Math.min(box.left, innerWidth - size.width - 8))}px`;
}

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (event.newState !== "open" || !menu.matches?.("[data-menu]")) return;
  if (!anchored && opener) place(menu);
  menu.querySelector("a, button")?.focus({ preventScroll: true });
}, true);

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("[data-menu]:popover-open");
  if (!menu) return;
  const items = [...menu.querySelectorAll("a, button")];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length).focus();
});

// An entry that acts closes its menu; the theme switch stays open to be compared.
document.addEventListener("click", (event) => {
  event.target.closest?.("[data-menu] .menu__item")?.closest("[popover]")?.hidePopover();
});
