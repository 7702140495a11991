import { box, button, element, passage } from "../../js/element.js";
import { descend } from "../arithmetic/descent.js";
import { errorFactor, parabola, valleys } from "../arithmetic/valleys.js";
import { fill, makeSlider, setPressed, tint } from "../controls.js";
import { addHandle } from "../handle.js";
import { arrow, label, line } from "../marks.js";
import { fixed, powerOfTen, tidy } from "../numbers.js";
import { makePlane } from "../plane.js";
import { set, show, stack, svg, through } from "../svg.js";

const MOST = 50; // the book's loop
const FAR = 1e9; // from there, no walk comes back
const PACE = 90; // milliseconds for each step of a run
const schema = {
  curve: { start: 0, values: [0, 1] },
  start: { start: 0, min: -3.5, max: 9.5, step: 0.1 },
  rate: { start: 0.1, min: 0.01, max: 1.2, step: 0.01 },
  steps: { start: 0, min: 0, max: MOST, step: 1 },
};
const curves = [
  { ...parabola, x: [-3.6, 9.6], y: [-4, 42] },
  { ...valleys, x: [-4.4, 4.4], y: [-4.9, 13.5] },
];
const four = (value) => (Math.abs(value) < 1e5 ? fixed(value, 4) : tidy(value));

/** The walk that a state stands for: { points, outcome }. It ends early where it has arrived, or flies off. */
export function walk({ curve, start, rate, steps }) {
  const { f, slope } = curves[curve];
  const { points, outcome } = descend(([x]) => [slope(x)], [start], { rate, steps, loss: ([x]) => f(x) });
  return { points: points.map(([x]) => x).filter((x) => Math.abs(x) < FAR), outcome };
}

/** The valley that a place belongs to: the x of its bottom. */
const bottomOf = (curve, x) => (curve ? valleys.bottoms[Number(x > valleys.ridge)] : 3);

function sayFactor(rate) {
  const factor = errorFactor(rate);
  const size = tidy(Number(Math.abs(factor).toFixed(2)));
  if (Math.abs(factor) < 1e-9) return "The factor is 0: one step lands on 3.";
  if (factor > 0) return `Converges: each step keeps ${size} of the error, on the same side of 3.`;
  if (factor > -1 + 1e-9) return `Oscillates, and converges: each step jumps across 3 and keeps ${size} of the error.`;
  if (factor > -1 - 1e-9) return "Oscillates for ever: each step jumps across 3 and lands as far away.";
  return `Diverges: each step jumps across 3 and lands ${size} times as far away.`;
}

function sayValley(points, rate) {
  const [before, x] = points.slice(-2);
  const [left, right] = valleys.bottoms;
  const bottom = bottomOf(1, x);
  const name = bottom === left ? "the left valley, the deeper one" : "the right valley, the shallower one";
  if (Math.abs(x) > 6) return "Diverges: the walls are so steep that each step throws it higher up the other one.";
  if (Math.abs(x - bottom) < 0.001) return `Converges, in ${name}.${bottom === right ? " Of the deeper one, it never learned." : ""}`;
  if (bottomOf(1, before) !== bottom) return `The last step jumped across the ridge, into ${name}.`;
  return (x - bottom) * (before - bottom) < 0 ? `It jumps back and forth in ${name}.` : `It goes down in ${name}.`;
}

/** How the walk goes, in words. */
export function sayWalk(state, { points, outcome } = walk(state)) {
  const { curve, start, rate, steps } = state;
  const slope = curves[curve].slope(start);
  if (Math.abs(slope) < 1e-12) return `At x = ${tidy(start)} the slope is 0: no step leads away from here.`;
  if (!steps) {
    const way = slope < 0 ? "right" : "left";
    return `At x = ${tidy(start)} the slope is ${tidy(slope)}: the curve falls to the ${way}, so the first step goes ${way}, by ${tidy(rate)} · ${tidy(Math.abs(slope))} = ${tidy(rate * Math.abs(slope))}.`;
  }
  const [taken, x] = [points.length - 1, points.at(-1)];
  if (outcome === "diverged") return `Diverges: step ${taken + 1} leads a billion away, and the next ones beyond what the computer can hold.`;
  return `Step ${taken}: x = ${four(x)}. ${curve ? sayValley(points, rate) : sayFactor(rate)}`;
}

function build(figure) {
  const plane = makePlane("A curve and a walk down it", { ...curves[0], margin: [26, 22] }, figure);
  const errors = makePlane("How far each step is from the bottom, as a power of ten",
    { x: [-2, MOST + 2], y: [-7.5, 5.3], margin: [36, 22], small: true, writeY: powerOfTen }, figure);
  const curve = line("loss");
  const tangent = line("gradient");
  const path = line("model", "path");
  const dots = svg("path", { class: "trail role-model" });
  const now = svg("circle", { class: "now role-model", r: 7 });
  const next = arrow("gradient");
  stack(plane.layer, curve, tangent, path, dots, next, now);
  const predicted = line("prediction", "secant");
  const measured = svg("path", { class: "trail role-model" });
  const [title, axis] = [label("off by", "muted", "begin"), label("step")];
  stack(errors.layer, predicted, measured);
  stack(errors.top, title, axis);

  let timer = 0;
  let drawn = -1; // the curve that the plane is laid out for

  const held = ({ curve: which, start }) => Math.min(which ? 3.5 : 9.5, start);
  const put = (changes) => {
    if ("curve" in changes || "start" in changes) halt();
    const next_ = { ...figure.state, ...changes };
    figure.set({ ...changes, start: held(next_) });
  };
  const ball = addHandle(plane, { label: "Start", role: "data",
    drag: (x) => put({ start: x }), nudge: (dx, dy) => put({ start: figure.state.start + (dx + dy) / 10 }) });
  const sliders = {
    start: makeSlider({ label: "Start", role: "data", entry: schema.start, change: (start) => put({ start }) }),
    rate: makeSlider({ label: "Learning rate", role: "gradient", entry: schema.rate, change: (rate) => put({ rate }) }),
  };
  const choices = ["One valley", "Two valleys"].map((name, place) => button(name, () => put({ curve: place })));
  const go = button("Run", () => (timer ? halt() : run()), "primary");
  const step = button("Step", () => {
    halt();
    put({ steps: figure.state.steps + 1 });
  });
  const back = button("Back to the start", () => {
    halt();
    put({ steps: 0 });
  });
  const [factor, ratio] = [element("span"), element("span")];

  function run() {
    if (figure.calm()) return put({ steps: MOST });
    if (figure.state.steps === MOST) put({ steps: 0 });
    timer = setInterval(() => {
      put({ steps: figure.state.steps + 1 });
      if (figure.state.steps === MOST) halt();
    }, PACE);
    figure.request();
  }

  function halt() {
    clearInterval(timer);
    timer = 0;
    figure.request();
  }

  function draw(state) {
    const { curve: which, start, rate, steps } = state;
    const { f, slope, x: [left, right], y } = curves[which];
    if (which !== drawn) {
      drawn = which;
      plane.view({ x: [left, right], y });
    }
    const walked = walk(state);
    const { points } = walked;
    const x = points.at(-1);
    const { toPixel, unit, x: [low, high] } = plane.scale;
    const hold = (value) => Math.max(-1e3, Math.min(1e3, value));
    const at = (each) => toPixel(hold(each), hold(f(each)));
    curve.move(Array.from({ length: 161 }, (_, place) => at(low + ((high - low) * place) / 160)));
    path.move(points.map(at));
    set(dots, { d: points.map((each) => `${through([at(each)])}h.01`).join("") });
    const [px, py] = at(x);
    set(now, { cx: px, cy: py });
    // The tangent where the walk stands, 100 pixels long, and the step that it asks for, along the foot.
    const steep = slope(x);
    const reach = 50 / Math.hypot(unit[0], steep * unit[1]);
    tangent.move([-reach, reach].map((by) => toPixel(hold(x + by), hold(f(x) + by * steep))));
    next.move([px, py], [toPixel(hold(x - rate * steep), 0)[0], py], 9);
    ball.place(start, f(start), { now: fixed(start, 1), min: schema.start.min, max: which ? 3.5 : 9.5, text: `start ${fixed(start, 1)}, height ${tidy(f(start))}` });

    // The error, step by step, on a scale where a constant factor makes a straight line.
    const bottom = bottomOf(which, x);
    const off = points.map((each) => Math.abs(each - bottom));
    const spot = (count, error) => errors.scale.toPixel(count, Math.max(-7.3, Math.min(99, Math.log10(error))));
    set(measured, { d: off.map((error, count) => `${through([spot(count, error)])}h.01`).join("") });
    const pace = Math.max(1e-9, Math.abs(errorFactor(rate)));
    predicted.move([0, MOST].map((count) => errors.scale.toPixel(count, Math.log10(off[0]) + count * Math.log10(pace))));
    show(predicted.element, !which && off[0] > 0);
    const { box: [edge, , far, foot] } = errors.scale;
    title.move([edge + 8, 12]);
    axis.move([far - 20, foot - 12]);

    sliders.start.move(start);
    sliders.rate.move(rate);
    choices.forEach((each, place) => setPressed(each, place === which));
    go.textContent = timer ? "Stop" : "Run";
    fill(factor, ...(which ? ["Factor: changes with each step"] : ["Factor 1 − 2 · ", tint("gradient", fixed(rate, 2)), " = ", tint("prediction", fixed(errorFactor(rate), 2))]));
    const last = points.length > 1 ? (x - bottom) / (points.at(-2) - bottom) : NaN;
    fill(ratio, "Measured ", tint("model", Number.isFinite(last) && off.at(-2) > 1e-9 ? fixed(last, 4) : "–"));
    return sayWalk(state, walked);
  }

  return {
    parts: [
      box("planes", plane, errors),
      passage("line-readings stacked", factor, ratio),
      box("pair", sliders.start, sliders.rate),
      box("row", go, step, back, element("div", { class: "choices", role: "group", "aria-label": "Curve" }, ...choices)),
    ],
    draw,
    reset: halt,
  };
}

export const descent1d = { label: "Gradient descent on a curve", schema, build };
