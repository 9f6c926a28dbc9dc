// Runs before the first paint, so that a stored theme never flashes.
(() => {
  const stored = () => {
    try { return localStorage.getItem("theme"); } catch { return null; }
  };
  const apply = (choice) => {
    const root = document.documentElement;
    if (choice === "light" || choice === "dark") root.dataset.theme = choice;
    else delete root.dataset.theme;
  };
  apply(stored());
  // Other tabs follow.
  addEventListener("storage", (event) => event.key === "theme" && apply(event.newValue));
  addEventListener("theme:choose", (event) => {
    try { localStorage.setItem("theme", event.detail); } catch { /* private window: this page only */ }
    apply(event.detail);
  });
})();
