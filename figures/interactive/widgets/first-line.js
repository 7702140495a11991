import { button } from "../../js/element.js";
import { descend } from "../arithmetic/descent.js";
import { gradientOfError, meanSquaredError } from "../arithmetic/regression.js";
import { noisyLine } from "../data.js";
import { addHandle } from "../handle.js";
import { line } from "../marks.js";
import { fixed, short } from "../numbers.js";
import { makePlane } from "../plane.js";
import { set, stack, svg } from "../svg.js";

// The book's first picture: where the line starts is the reader's, the rest is the book's own loop.
const schema = {
  w: { start: 0, min: -4, max: 4, step: 0.01 },
  b: { start: 0, min: -8, max: 12, step: 0.01 },
};

const [RATE, STEPS] = [0.01, 1000];
const SECONDS = 5; // that the whole run takes to watch
const GHOSTS = [0, 1, 3, 7, 15, 30, 60]; // steps whose lines stay behind, faint

/** Where the line is after so many steps, and how wrong. */
export function sayLearned(step, [w, b], loss) {
  return `Step ${step}: ŷ = ${short(w)} x ${b < 0 ? "−" : "+"} ${short(Math.abs(b))}, mean squared error ${short(loss)}.`;
}

function build(figure) {
  const plane = makePlane("One hundred points and a line that learns", { x: [-5.5, 5.5], y: [-9.5, 15.5], margin: [30, 22] }, figure);
  const dots = noisyLine.x.map(() => svg("circle", { r: 3 }));
  const ghosts = GHOSTS.map(() => line("model", "ghost"));
  const model = line("model");
  stack(plane.layer, svg("g", { class: "dots role-data" }, ...dots), ...ghosts, model);

  // Each end of the line is held at x = ±4; the two heights give w and b.
  const ends = [-4, 4].map((x) => {
    const start = (height) => {
      const [low, high] = [-4, 4].map((at) => (at === x ? height : figure.state.w * at + figure.state.b));
      stop();
      figure.set({ w: (high - low) / 8, b: (high + low) / 2 });
    };
    return { x, handle: addHandle(plane, { label: `Height of the line at x = ${fixed(x, 0)}`, role: "model",
      drag: (_, height) => start(height), nudge: (dx, dy) => start(figure.state.w * x + figure.state.b + (dx + dy) / 5) }) };
  });

  let run = null; // where the line was at each step, the start included
  let at = 0;
  let frame = 0;
  const last = () => run.points.length - 1;
  const go = button("Let it learn", () => (frame ? halt() : learn()), "primary");

  function learn() {
    if (!run || at === last()) {
      const start = run ? run.points[0] : [figure.state.w, figure.state.b];
      run = descend((point) => gradientOfError(noisyLine, point), start, { rate: RATE, steps: STEPS, loss: (point) => meanSquaredError(noisyLine, point) });
      at = 0;
    }
    // Most happens in the first steps, so they pass one by one, and the last ones by dozens.
    const begun = performance.now() - 1000 * SECONDS * Math.cbrt(at / STEPS);
    const move = (now) => {
      const part = figure.calm() ? 1 : Math.max(0, (now - begun) / 1000 / SECONDS);
      at = Math.min(last(), Math.max(at, Math.floor(STEPS * part ** 3)));
      frame = at < last() ? requestAnimationFrame(move) : 0;
      const [w, b] = run.points[at];
      figure.put({ w, b });
    };
    move(performance.now());
  }

  function halt() {
    cancelAnimationFrame(frame);
    frame = 0;
    figure.request();
  }

  function stop() {
    halt();
    run = null;
    at = 0;
  }

  function draw({ w, b }) {
    const { toPixel, x: [low, high] } = plane.scale;
    const across = ([slope, height]) => [low, high].map((x) => toPixel(x, slope * x + height));
    dots.forEach((dot, place) => {
      const [cx, cy] = toPixel(noisyLine.x[place], noisyLine.y[place]);
      set(dot, { cx, cy });
    });
    model.move(across([w, b]));
    ghosts.forEach((ghost, place) => ghost.move(run && GHOSTS[place] < at ? across(run.points[GHOSTS[place]]) : []));
    for (const { x, handle } of ends) {
      const height = w * x + b;
      handle.place(x, height, { now: height.toFixed(1), min: -24, max: 28, text: `height ${fixed(height, 1)}` });
    }
    go.textContent = frame ? "Stop" : run && at < last() ? "Go on" : run ? "Learn again" : "Let it learn";
    return sayLearned(at, [w, b], meanSquaredError(noisyLine, [w, b]));
  }

  return { parts: [plane], buttons: [go], draw, reset: stop };
}

export const firstLine = { label: "One hundred points and a line that learns to run through them", schema, build };
