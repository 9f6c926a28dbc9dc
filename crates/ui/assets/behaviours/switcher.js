// <theme-switch> shows the reader's choice; theme.js keeps it and applies it before the first paint.
class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    addEventListener("theme:choose", () => this.#show());
    this.#show();
  }

  #show() {
    const chosen = document.documentElement.dataset.theme ?? "system";
    for (const button of this.querySelectorAll("[data-choice]")) {
      button.setAttribute("aria-pressed", button.dataset.choice === chosen);
    }
  }
}

customElements.define("theme-switch", ThemeSwitch);

// Chosen in the switch or in the palette.
document.addEventListener("click", (event) => {
  const choice = event.target.closest?.("[data-choice]")?.dataset.choice;
  if (choice) dispatchEvent(new CustomEvent("theme:choose", { detail: choice }));
});
