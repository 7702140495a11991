import { button, element } from "./element.js";

/** The code as it should land in an editor: without the trailing blank lines. */
export function copyText(code) {
  return code.replace(/\s+$/, "") + "\n";
}

async function writeClipboard(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Pages from plain http have no clipboard interface: select a hidden copy, and let the browser copy that.
  const field = element("textarea", { class: "offscreen", readonly: "" }, text);
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("the browser refused to copy");
}

export function addCopyButton(block) {
  const code = block.querySelector("pre code");
  if (!code) return;
  const said = element("span", { "aria-live": "polite" }, "Copy");
  const say = (word) => {
    said.textContent = word;
    setTimeout(() => (said.textContent = "Copy"), 1600);
  };
  const control = button(said, () => {
    writeClipboard(copyText(code.textContent)).then(() => say("Copied"), () => say("Press Ctrl+C"));
  }, "copy");
  control.append(element("span", { class: "offscreen" }, " this code"));
  block.append(control);
}
