// Defined last, when all that they need is there.
customElements.define("field-sorter", FieldSorter);
customElements.define("option-lines", OptionLines);
customElements.define("form-preview", FormPreview);
customElements.define("form-builder", FormBuilder);

const builder = document.querySelector("form-builder");
if (builder) {
  builder.selection = new Selection(builder);
  builder.panels = new Panels(builder);
  new FieldKeys(builder);
  new UndoKeys(builder);
  new PaletteDrag(builder);
}
