import { box, button, element, passage } from "../../js/element.js";
import { descend } from "../arithmetic/descent.js";
import { gradientOfError, largestStableRate, leastSquares, meanSquaredError, residuals } from "../arithmetic/regression.js";
import { fill, makeSlider, setPressed, tint } from "../controls.js";
import { noisyLine } from "../data.js";
import { addHandle } from "../handle.js";
import { arrow, label, line } from "../marks.js";
import { fixed, short } from "../numbers.js";
import { makePlane } from "../plane.js";
import { makePlayer } from "../player.js";
import { set, show, stack, svg } from "../svg.js";

const schema = {
  w: { start: 1, min: -1, max: 4, step: 0.01 },
  b: { start: 1, min: -4, max: 9, step: 0.01 },
  rate: { start: 0.01, values: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.12, 0.13, 0.14, 0.2, 0.5] },
  slopes: { start: 0, values: [0, 1] },
};

const STEPS = 1000; // the book's loop
const tilt = 4; // where on the x-axis the line is tilted
const best = leastSquares(noisyLine);
const limit = largestStableRate(noisyLine);
const loss = (point) => meanSquaredError(noisyLine, point);
const gradient = (point) => gradientOfError(noisyLine, point);

/** Which way each parameter should go, in words. */
export function sayFit(point, slopes) {
  const [value, [w, b]] = [loss(point), gradient(point)];
  if (!slopes) {
    return value < loss(best) * 1.01
      ? "Hardly any line does better: what is left is the noise, which no line explains."
      : "The squares stand on the residuals. Their mean area is the loss, drawn at the top left. Make it small.";
  }
  const way = (name, slope) => {
    if (Math.abs(slope) < 0.05) return `${name} is as good as it gets`;
    return `${slope < 0 ? "raising" : "lowering"} ${name} lowers the loss`;
  };
  return `The arrows point against the gradient, downhill: ${way("w", w)}, and ${way("b", b)}.`;
}

/** How far the descent has come, in words. */
export function sayDescent({ points, losses, outcome }, step, rate) {
  const last = step === points.length - 1;
  const [w, b] = points[step];
  if (outcome === "diverged" && last) return `Step ${step}: the loss is beyond what the computer can hold. The rate ${rate} is above the limit, ${fixed(limit, 4)}.`;
  const here = `Step ${step}: w = ${short(w, 4)}, b = ${short(b, 4)}, loss ${short(losses[step], 4)}.`;
  if (Math.hypot(w - best[0], b - best[1]) < 5e-5) return `${here} This is the least-squares line: no step can better it.`;
  if (losses[step] > losses[Math.max(0, step - 1)]) return `${here} The loss rises: the rate is above the limit, ${fixed(limit, 4)}.`;
  return last && step > 1 ? `${here} Out of steps on the way: run again.` : `${here} Each step goes against the gradient.`;
}

function build(figure) {
  const plane = makePlane("One hundred points and a line", { x: [-5.5, 5.5], y: [-9.5, 15.5], margin: [30, 22] }, figure);
  const { x, y } = noisyLine;
  const squares = x.map(() => svg("rect"));
  const strokes = svg("path", { class: "stroke strokes role-residual" });
  const dots = x.map(() => svg("circle", { r: 3 }));
  const model = line("model");
  const mean = svg("rect", { class: "mean role-loss" });
  const meanWords = label("loss", "loss", "begin");
  stack(plane.layer, svg("g", { class: "squares role-residual" }, ...squares), strokes, svg("g", { class: "dots role-data" }, ...dots), model, mean);
  const down = [arrow("gradient"), arrow("gradient")];
  stack(plane.top, meanWords, ...down);

  const by = (changes) => {
    stop();
    figure.set(changes);
  };
  const lift = addHandle(plane, { label: "b, the height of the line at x = 0", role: "model",
    drag: (_, dy) => by({ b: dy }), nudge: (dx, dy) => by({ b: figure.state.b + (dx + dy) / 10 }) });
  const turn = addHandle(plane, { label: "w, the slope of the line", role: "model",
    drag: (dx, dy) => by({ w: (dy - figure.state.b) / Math.max(dx, 1) }), nudge: (dx, dy) => by({ w: figure.state.w + (dx + dy) / 20 }) });

  const sliders = Object.fromEntries(["w", "b"].map((name) => [name, makeSlider({ label: name, role: "model", entry: schema[name], write: (value) => short(value, 2), change: (value) => by({ [name]: value }) })]));
  const rate = makeSlider({ label: "Learning rate", entry: schema.rate, write: String, change: (value) => {
    // A run under way goes on from where it is, at the new rate.
    const going = player.playing;
    figure.set({ rate: value });
    if (going) start();
    else run = null;
  } });
  const [equation, slopeWords, lossWords] = [0, 0, 0].map(() => element("span"));
  const readings = passage("line-readings", equation, lossWords);
  const slopes = button("Gradient", () => figure.set({ slopes: 1 - figure.state.slopes }));
  const zero = button("Start at 0", () => {
    stop();
    figure.put({ w: 0, b: 0 });
  });
  const step = button("Step", () => {
    player.halt();
    if (!run || at === run.points.length - 1) {
      run = walk(1, run);
      at = Math.max(0, run.points.length - 2);
    }
    at = Math.min(at + 1, run.points.length - 1); // a run that was stopped goes on, one step at a time
    put();
  });
  const go = button("Run", () => (player.playing ? player.halt() : start()), "primary");

  // A descent: the whole walk is known at once, and then shown, a part of it each frame.
  let run = null;
  let at = 0;
  const player = makePlayer(figure, STEPS, (step) => {
    at = step;
    put();
  });

  function walk(steps, before = null) {
    const next = descend(gradient, [figure.state.w, figure.state.b], { rate: figure.state.rate, steps, loss });
    if (!before || before.outcome === "diverged") return next;
    return { ...next, points: [...before.points, ...next.points.slice(1)], losses: [...before.losses, ...next.losses.slice(1)] };
  }

  function put() {
    const [w, b] = run.points[at];
    figure.put({ w, b });
  }

  function start() {
    run = walk(STEPS);
    at = 0;
    player.play(run.points.length - 1);
  }

  function stop() {
    player.halt();
    run = null;
  }

  function draw({ w, b, rate: speed, slopes: shown }) {
    const { toPixel, unit, x: [low, high], y: [floor, ceiling] } = plane.scale;
    const e = residuals(noisyLine, [w, b]);
    const far = 4 * (ceiling - floor);
    const paths = [];
    e.forEach((each, place) => {
      const [px, py] = toPixel(x[place], y[place]);
      const length = Math.min(far, Math.abs(each)) * unit[1];
      // The square stands on the side where the line falls away from it.
      const left = each * (w < 0 ? -1 : 1) > 0;
      set(squares[place], { x: left ? px - length : px, y: each > 0 ? py : py - length, width: length, height: length });
      paths.push(`M${px.toFixed(1)} ${py.toFixed(1)}v${(each > 0 ? length : -length).toFixed(1)}`);
      set(dots[place], { cx: px, cy: py });
    });
    set(strokes, { d: paths.join("") });
    const hold = (value) => Math.max(-1e4, Math.min(1e4, value));
    model.move([low, high].map((end) => toPixel(end, hold(w * end + b))));

    const value = loss([w, b]);
    const side = Math.min(Math.sqrt(value), far) * unit[1];
    const [left, top] = toPixel(low, ceiling);
    set(mean, { x: left + 10, y: top + 10, width: side, height: side });
    meanWords.move([left + 10 + Math.min(side, 120) + 8, top + 18], "mean square");

    // Handles stay on the line and on the plane, also where a slider or a step took the line off it.
    const inside = (height) => Math.max(floor + 0.6, Math.min(ceiling - 0.6, height));
    lift.place(0, inside(b), { now: b.toFixed(2), min: schema.b.min, max: schema.b.max, text: `b ${short(b, 2)}` }, Number.isFinite(b));
    const height = inside(w * tilt + b);
    const reach = w && Math.abs(w * tilt + b - height) > 1e-9 ? Math.max(1, Math.min(tilt, (height - b) / w)) : tilt;
    turn.place(reach, height, { now: w.toFixed(2), min: schema.w.min, max: schema.w.max, text: `w ${short(w, 2)}` }, Number.isFinite(w));

    const uphill = gradient([w, b]);
    [turn, lift].forEach((handle, place) => {
      const [px, py] = handle.at;
      const length = Math.max(-70, Math.min(70, uphill[place] * 3));
      const from = py + Math.sign(length) * 14;
      down[place].move([px, from], [px, from + length]);
      if (!shown || Math.abs(length) < 4) show(down[place].element, false);
    });

    for (const [name, slider] of Object.entries(sliders)) slider.move(name === "w" ? w : b);
    rate.move(speed);
    setPressed(slopes, Boolean(shown));
    go.textContent = player.playing ? "Stop" : "Run";
    fill(equation, "ŷ = ", tint("model", short(w, 2)), " x ", b < 0 ? "− " : "+ ", tint("model", short(Math.abs(b), 2)));
    fill(lossWords, "Loss ", tint("loss", short(value, 2)));
    fill(slopeWords, "∂L/∂w ", tint("gradient", short(uphill[0], 2)), "  ∂L/∂b ", tint("gradient", short(uphill[1], 2)));
    show(slopeWords, Boolean(shown));
    return run ? sayDescent(run, at, speed) : sayFit([w, b], shown);
  }

  return {
    parts: [
      plane,
      readings,
      box("pair", sliders.w, sliders.b),
      box("row", slopes, slopeWords),
      box("row descent", go, step, zero, rate),
    ],
    draw,
    reset: stop,
  };
}

export const fitTheLine = { label: "A line that you fit by hand or by descent", schema, build };
