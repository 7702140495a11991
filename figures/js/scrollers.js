// What scrolls inside itself must be reachable by keyboard; what does not scroll must not be in the way.
const scrollerKinds = [
  [".code pre", "Code"],
  [".output pre", "Output"],
  [".equation", "Equation"],
];

export function startScrollers() {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth + 1) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  for (const [selector, label] of scrollerKinds) {
    for (const box of document.querySelectorAll(selector)) {
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", label);
      watch.observe(box);
    }
  }
}
