// What a swap has brought: the newest field is named first, what is taken back shows as it is now.
function arrive(builder, { request, response } = {}) {
  const path = request?.action ?? "";
  const went = (response?.status ?? 200) < 400;
  if (went && /\/(reversal|repetition)$/.test(path)) for (const form of builder.querySelectorAll("[data-autosave]")) form.reset();
  if (went && path.endsWith("/fields")) {
    builder.querySelector("form.new-field").reset();
    document.getElementById("field-palette").hidePopover();
  }
  const next = builder.querySelector("#form-editor [autofocus]");
  next?.removeAttribute("autofocus");
  next?.focus();
  if (next?.name === "label") next.select();
}
