// Reads a chosen text file into the input that it names, so that it is sent as text, and its name beside it.
customElements.define("chosen-file", class extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input[type=file]");
    const into = this.closest("form")?.elements[this.dataset.into];
    if (!input || !into) return;
    input.addEventListener("change", async () => {
      const [file] = input.files;
      if (!file) return;
      into.value = await file.text();
      into.form.elements.file_name.value = file.name;
    });
  }
});
