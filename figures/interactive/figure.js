import { box, button, element } from "../js/element.js";
import { readState, snap, startState, writeState } from "./state.js";

const QUIET = 600; // milliseconds without a change before a screen reader is told

/**
 * Puts a widget in the place of the still figure inside root. The image stays for paper, the caption for all.
 * See main.js for what a widget is.
 */
export function startFigure(root, widget) {
  const image = root.querySelector("figure img");
  const { id } = root.querySelector("[id^='fig-']") ?? root; // on a page without numbers the figure has none
  const { schema } = widget;
  let state = startState(schema);
  let asked = 0;
  let used = false;
  let telling = 0;

  const words = element("p", { class: "words", "aria-hidden": "true" });
  const told = element("p", { class: "told", role: "status" });
  const link = element("a", { class: "state-link", href: `#${id}` }, "Link to this state");
  const reset = button("Reset", () => {
    if (readState(schema, id, location.hash)) history.replaceState(null, "", `#${id}`);
    become(startState(schema));
  });

  const figure = {
    get state() {
      return state;
    },
    /** Whether the reader asked for less motion: then nothing moves by itself, it jumps. */
    calm: () => matchMedia("(prefers-reduced-motion: reduce)").matches,
    /** Changes some of the state, held to the schema, and draws. */
    set(changes) {
      figure.put(Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, snap(schema[name], value)])));
    },
    /** Changes some of the state as it is, also to what no slider reaches, and draws. */
    put(changes) {
      state = { ...state, ...changes };
      figure.request();
    },
    /** Draws before the next frame, once, however often it is asked for. */
    request() {
      asked ||= requestAnimationFrame(draw);
    },
  };

  function become(next) {
    built.reset?.();
    figure.put(next);
  }

  function draw() {
    asked = 0;
    const said = built.draw(state);
    link.setAttribute("href", `#${writeState(schema, id, state)}`);
    if (words.textContent === said) return;
    words.textContent = said;
    clearTimeout(telling);
    if (used) telling = setTimeout(() => (told.textContent = said), QUIET);
    else told.textContent = said;
  }

  const built = widget.build(figure);
  const foot = box("foot", ...(built.buttons ?? []), reset, link);
  const frame = element("div", { class: "widget", role: "group", "aria-label": widget.label }, ...built.parts, words, told, foot);
  for (const kind of ["pointerdown", "keydown", "input"]) frame.addEventListener(kind, () => (used = true));

  link.addEventListener("click", (event) => {
    // The address is for taking away: the reader is here already.
    event.preventDefault();
    event.stopPropagation();
    history.replaceState(null, "", link.hash);
    link.textContent = "Address updated";
    setTimeout(() => (link.textContent = "Link to this state"), 2500);
  });
  const follow = (hash) => {
    const next = readState(schema, id, hash);
    if (next) become(next);
  };
  addEventListener("hashchange", () => follow(location.hash));
  document.addEventListener("click", (event) => {
    // A second click on the same link changes no hash.
    const { hash } = event.target.closest?.('a[href^="#"]') ?? {};
    if (hash && hash === location.hash) follow(hash);
  });

  state = readState(schema, id, location.hash) ?? state;
  draw(); // before the image goes: where this fails, the image stays
  image.before(frame);
  root.classList.add("upgraded");
}
