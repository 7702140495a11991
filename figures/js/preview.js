import { element } from "./element.js";

const DELAY = 200; // milliseconds: a pointer on its way elsewhere asks for nothing
const own = 'a.reference[href^="#"]';
const kinds = "figure, .equation";

/**
 * Where a preview of that size goes beside a link, in a window of that size: above it where there is room, else below;
 * and how high it may be. They touch, so that the pointer can pass from one to the other.
 */
export function placeBeside(link, size, view, gap = 8) {
  const left = Math.max(gap, Math.min(link.left, view.width - size.width - gap));
  const [above, below] = [link.top - gap, view.height - link.bottom - gap];
  if (size.height <= above || above > below) {
    const height = Math.min(size.height, above);
    return { left, top: link.top - height, height };
  }
  return { left, top: link.bottom, height: Math.min(size.height, below) };
}

/** What a link to another page leads to, where this page brings it along: press puts it into a template. */
function fromElsewhere(link) {
  const inside = document.querySelector("template.previews")?.content.children ?? [];
  const found = [...inside].find((part) => part.dataset.for === link.getAttribute("href"));
  return found?.cloneNode(true);
}

/** What a reference on this page leads to, as a copy: without ids, controls and what a script put there. */
function fromHere(link) {
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

/** A link shows the figure, equation, source or function that it leads to while the pointer or the focus rests on it. */
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
    const copy = link.matches(own) ? fromHere(link) : fromElsewhere(link);
    if (!copy) return;
    box.replaceChildren(copy);
    box.hidden = false;
    box.style.height = "auto";
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const place = placeBeside(link.getBoundingClientRect(), box.getBoundingClientRect(), { width, height });
    for (const [side, length] of Object.entries(place)) box.style[side] = `${length}px`;
  }
  function soon(link) {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(link), DELAY);
  }
  const linkAt = ({ target }) => target.closest?.(`${own}, a[href*=".html#"]`);

  chapter.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse" && linkAt(event)) soon(linkAt(event));
  });
  chapter.addEventListener("pointerout", ({ target, relatedTarget }) => {
    // The pointer may move onto the preview, and stays there as long as it likes.
    if (!box.contains(relatedTarget) && (box.contains(target) || target.closest("a"))) hide();
  });
  chapter.addEventListener("focusin", (event) => {
    if (linkAt(event)?.matches(":focus-visible")) soon(linkAt(event));
  });
  for (const kind of ["focusout", "click"]) chapter.addEventListener(kind, hide);
  addEventListener("scroll", hide, { passive: true });
  addEventListener("keydown", ({ key }) => key === "Escape" && hide());
}
