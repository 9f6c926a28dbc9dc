// Whoever speaks to the computer turns shortcuts of single keys off (WCAG 2.2, 2.1.4); the palette opens
// their list as well, where they are turned on again.
const NAME = "mewayz-keys";
const root = document.documentElement;

const stored = () => {
  try { return localStorage.getItem(NAME); } catch { return null; }
};

function choose(choice) {
  if (choice) root.dataset.keys = choice;
  else delete root.dataset.keys;
}

choose(stored());

document.addEventListener("change", ({ target }) => {
  if (target.id !== "keys-on") return;
  choose(target.checked ? null : "off");
  try {
    if (target.checked) localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, "off");
  } catch { /* A browser that remembers nothing forgets the choice with the page. */ }
});

document.addEventListener("beforetoggle", ({ target }) => {
  const choice = target.id === "keys" && document.getElementById("keys-on");
  if (choice) choice.checked = root.dataset.keys !== "off";
}, true);
