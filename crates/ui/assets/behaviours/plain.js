// htmx copies style attributes from old elements to those that take their place, which the content
// policy refuses. Ours have none, but a text box that someone made larger has one: it starts anew.
document.addEventListener("htmx:before:swap", ({ detail }) => {
  const styled = detail.ctx?.target?.querySelectorAll?.("[style]") ?? [];
  for (const element of styled) element.removeAttribute("style");
});
