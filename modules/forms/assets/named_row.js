// `#sub_…` in the address opens the submission of that row, as a press on it does: the way here from the palette.
const open = () => {
  if (!location.hash.startsWith("#sub_")) return;
  document.getElementById(location.hash.slice(1))?.querySelector(".table__link")?.click();
};

addEventListener("hashchange", open);
open();
