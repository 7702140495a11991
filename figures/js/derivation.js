import { button, element } from "./element.js";

/** A derivation with its first line shown, and no hint given. */
export function startState(total) {
  return { shown: 1, hinted: false, total };
}

/** The state after an action: "hint", "next", "all", "restart", or the number of lines that must be seen. */
export function advance(state, action) {
  const { shown, total } = state;
  if (action === "hint") return { ...state, hinted: shown < total };
  if (action === "next") return { ...state, shown: Math.min(shown + 1, total), hinted: false };
  if (action === "all") return { ...state, shown: total, hinted: false };
  if (action === "restart") return startState(total);
  return { ...state, shown: Math.min(Math.max(shown, action), total), hinted: state.hinted && action <= shown };
}

/** What is said under the last line; because is the reason of the line that comes next. */
export function progressWords({ shown, hinted, total }, because) {
  if (hinted) return `Next: ${because}`;
  return shown < total ? `Line ${shown} of ${total}` : `All ${total} lines`;
}

/** A step's lines: where it checks several, each of them with its check, and else the step as it is. */
function linesOf(step) {
  const because = step.querySelector(":scope > .because")?.textContent.trim() ?? "";
  const checks = [...step.querySelectorAll(".cell blockquote")];
  if (checks.length < 2) return [{ step, parts: [step], because }];
  // The reason stands above the first of them: before the others there is nothing left to hint at.
  return checks.map((check, n) => ({ step, parts: [check.previousElementSibling, check], because: n ? "" : because }));
}

/** The next line is asked for, then hinted at, then shown. */
export function upgradeDerivation(root) {
  const lines = [...root.querySelectorAll(":scope > .step")].flatMap(linesOf);
  if (lines.length < 2) return;
  let state = startState(lines.length);

  const progress = element("p", { class: "progress", role: "status" });
  const next = button("", () => act(state.hinted || !lines[state.shown].because ? "next" : "hint"), "primary");
  const all = button("Show all", () => act("all"));
  const restart = button("Start over", () => act("restart"));
  const controls = element("div", { class: "controls" }, progress, next, all, restart);

  function act(action) {
    state = advance(state, action);
    show();
    // The pressed button may just have gone: the keyboard stays where the reader is.
    if (document.activeElement === document.body || document.activeElement.hidden) (next.hidden ? restart : next).focus();
  }
  function show() {
    const { shown, hinted, total } = state;
    lines.forEach(({ step, parts }, index) => {
      for (const part of parts) part.classList.toggle("waiting", index >= shown);
      if (step !== lines[index - 1]?.step) step.classList.toggle("shown", index < shown);
    });
    progress.textContent = progressWords(state, lines[shown]?.because);
    progress.classList.toggle("hint", hinted);
    next.textContent = hinted ? "Show the next line" : "What comes next?";
    next.hidden = all.hidden = shown === total;
    restart.hidden = shown < total;
  }

  root.addEventListener("reach", (event) => {
    const holds = (part) => part.contains(event.target);
    const line = lines.findIndex(({ parts }) => parts.some(holds));
    const place = line < 0 ? lines.findIndex(({ step }) => holds(step)) : line;
    if (place < 0) return;
    state = advance(state, place + 1);
    show();
  });
  root.append(controls);
  root.classList.add("upgraded");
  show();
}
