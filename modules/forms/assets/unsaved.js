// A change to one part of the editor brings all of it anew: whoever has typed into another part is asked first.
const kept = (form) => form.dataset.hxSwap === "outerMorph";

function differs(input) {
  if (!input.name || input.type === "hidden") return false;
  if (input.options) {
    const first = [...input.options].some((option) => option.defaultSelected);
    return [...input.options].some((option, index) => option.selected !== (first ? option.defaultSelected : index === 0));
  }
  if (input.type === "checkbox" || input.type === "radio") return input.checked !== input.defaultChecked;
  return input.defaultValue !== undefined && input.value !== input.defaultValue;
}

// On the window, before anybody takes the form for sent.
addEventListener("submit", (event) => {
  const editor = event.target.closest?.("#form-editor");
  if (!editor || kept(event.target)) return;
  const others = [...editor.querySelectorAll("form")].filter((form) => form !== event.target);
  const unsaved = others.flatMap((form) => [...form.elements]).find(differs);
  if (!unsaved) return;
  const name = unsaved.labels?.[0]?.innerText.replace(/\s*\*$/, "") ?? unsaved.name;
  if (confirm(`What you changed at “${name}” is not saved yet and would be lost. Go on all the same?`)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  unsaved.focus();
}, true);
