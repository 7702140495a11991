import { element } from "./element.js";

const DELAY = 200; // milliseconds: a pointer on its way elsewhere asks for nothing
const kinds = "figure, .equation";

/** Where a preview of that size goes beside a link, in a window of that size: above it where there is room, else below. */
export function placeBeside(link, size, view, gap = 8) {
  const left = Math.max(gap, Math.min(link.left, view.width - size.width - gap));
  const above = link.top - size.height; // they touch, so that the pointer can pass from one to the other
  return { left, top: above >= gap ? above : link.bottom };
}

/** What a reference leads to, as a copy to look at: without ids, controls and what a script put there. Null for none. */
function copyOf(link) {
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  // What waits for a prediction, or for the next line, is not given away.
  if (!target?.matches(kinds) || !target.getClientRects().length) return null;
  const { top, bottom } = target.getBoundingClientRect();
  if (top >= 0 && bottom <= innerHeight) return null; // the reader sees it
  const copy = target.cloneNode(true);
  for (const part of copy.querySelectorAll(".widget, button")) part.remove();
  for (const part of [copy, ...copy.querySelectorAll("[id], [tabindex]")]) {
    part.removeAttribute("id");
    part.removeAttribute("tabindex");
  }
  for (const inner of copy.querySelectorAll("a")) inner.replaceWith(...inner.childNodes);
  return copy;
}

/** A reference shows its figure, table or equation while the pointer or the keyboard's focus rests on it. */
export function startPreviews() {
  const chapter = document.querySelector(".chapter");
  if (!chapter) return; // a page of Quarto's, which has previews of its own
  const box = element("div", { class: "preview", "aria-hidden": "true", hidden: "" });
  chapter.append(box);
  let waiting = 0;

  function hide() {
    clearTimeout(waiting);
    box.hidden = true;
  }
  function show(link) {
    const copy = copyOf(link);
    if (!copy) return;
    box.replaceChildren(copy);
    box.hidden = false;
    const { left, top } = placeBeside(link.getBoundingClientRect(), box.getBoundingClientRect(), { width: document.documentElement.clientWidth });
    box.style.left = `${left}px`;
    box.style.top = `${top}px`;
  }
  function soon(link) {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(link), DELAY);
  }
  const linkAt = ({ target }) => target.closest?.('a.reference[href^="#"]');

  chapter.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse" && linkAt(event)) soon(linkAt(event));
  });
  chapter.addEventListener("pointerout", ({ target, relatedTarget }) => {
    // The pointer may move onto the preview, and stays there as long as it likes.
    if (!box.contains(relatedTarget) && (box.contains(target) || target.closest("a.reference"))) hide();
  });
  chapter.addEventListener("focusin", (event) => {
    if (linkAt(event)?.matches(":focus-visible")) soon(linkAt(event));
  });
  for (const kind of ["focusout", "click"]) chapter.addEventListener(kind, hide);
  addEventListener("scroll", hide, { passive: true });
  addEventListener("keydown", ({ key }) => key === "Escape" && hide());
}
