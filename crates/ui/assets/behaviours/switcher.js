// <theme-switch> keeps the reader's choice; theme.js applies it before the first paint.
class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const choice = event.target.closest("[data-choice]")?.dataset.choice;
      if (choice) dispatchEvent(new CustomEvent("theme:choose", { detail: choice }));
    });
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
