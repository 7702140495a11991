import { button, element } from "./element.js";

/** What is said where something waits; missing: how many predictions it still waits for, named: where the first of them stands. */
export function waitingWords(missing) {
  return missing === 1 ? "This waits for your prediction in " : `This waits for ${missing} of your predictions; the next is in `;
}

/** The section that holds the prediction, by its number where it has one. */
function sectionOf(prediction) {
  const heading = prediction.closest("section")?.querySelector("h1, h2, h3, h4");
  return heading?.querySelector(".section-number, .header-section-number")?.textContent.trim() ?? heading?.textContent.trim() ?? "";
}

/** A part that stands apart from the predictions whose result it tells, and waits until each of them is made. */
export function upgradeWaiting(root) {
  const awaited = root.dataset.after.split(" ").map((id) => document.getElementById(id));
  let asked = false;
  const link = element("a", {});
  const words = element("span");
  const now = button("Show it now", () => {
    asked = true;
    show();
    root.focus(); // the pressed button has just gone
  });
  const note = element("p", { class: "waits" }, words, link, ". ", now);

  function show() {
    const missing = awaited.filter((prediction) => !prediction.classList.contains("answered"));
    const open = asked || !missing.length;
    root.classList.toggle("open", open);
    note.hidden = open;
    if (open) return;
    words.textContent = waitingWords(missing.length);
    link.textContent = sectionOf(missing[0]);
    link.href = `#${missing[0].id}`;
  }

  root.tabIndex = -1;
  root.before(note);
  root.addEventListener("reach", () => {
    asked = true;
    show();
  });
  document.addEventListener("predicted", show);
  show();
}
