// A link may lead to something that is folded away: in a closed answer, a step not yet shown, an experiment that waits
// for its prediction. Details are opened here; everything else hears a "reach" event that bubbles up from the target.

/** The id that a hash names; a hash that is not well-formed names itself. */
export function hashTarget(hash) {
  const name = hash.replace(/^#/, "");
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The id in what a hash names: a figure's state may follow it, as in `fig-dot-product:ax=4`. */
export function idIn(name) {
  return name.split(":")[0];
}

export function reach(hash) {
  const name = hashTarget(hash);
  const whole = name && document.getElementById(name);
  const target = whole || (name && document.getElementById(idIn(name)));
  if (!target) return;
  const wasHidden = target.getClientRects().length === 0;
  for (let outer = target.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
  target.dispatchEvent(new CustomEvent("reach", { bubbles: true }));
  if (wasHidden || !whole) target.scrollIntoView();
}

export function startReaching() {
  addEventListener("hashchange", () => reach(location.hash));
  // A second click on the same link changes no hash.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link) reach(link.hash);
  });
  reach(location.hash);
}
