// One line of a list of options, with its handle and the button that takes it away.
function optionLine(text) {
  const item = document.getElementById("option-line").content.firstElementChild.cloneNode(true);
  item.querySelector("input").value = text;
  return item;
}
