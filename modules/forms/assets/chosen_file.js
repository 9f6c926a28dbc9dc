// Reads a chosen text file into the input that it names, so that it is sent as text.
customElements.define("chosen-file", class extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input[type=file]");
    const into = this.closest("form")?.elements[this.dataset.into];
    if (!input || !into) return;
    input.addEventListener("change", async () => {
      if (input.files[0]) into.value = await input.files[0].text();
    });
  }
});
