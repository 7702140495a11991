import { box, button, element, passage } from "../../js/element.js";
import { centralDifference, oneSidedDifference, power2, power3, size } from "../arithmetic/slopes.js";
import { fill, makeSlider, setPressed, tint } from "../controls.js";
import { addHandle } from "../handle.js";
import { label, line } from "../marks.js";
import { fixed, powerOfTen, tidy } from "../numbers.js";
import { makePlane } from "../plane.js";
import { set, show, stack, svg, through } from "../svg.js";

// Large steps by tenths, and then powers of ten down to where the computer's digits end; to the left and to the right.
const tenths = Array.from({ length: 20 }, (_, place) => (20 - place) / 10);
const steps = [...tenths, 0.05, 0.02, 0.01, ...Array.from({ length: 14 }, (_, place) => Number(`1e-${place + 3}`))];
const schema = {
  x: { start: 1, min: -1.5, max: 1.5, step: 0.1 },
  h: { start: 2, values: [...steps.map((h) => -h), ...steps.toReversed()] },
  curve: { start: 0, values: [0, 1, 2] },
  both: { start: 0, values: [0, 1] },
};
const curves = [
  { ...power2, y: [-1.6, 10.4] },
  { ...power3, y: [-6.4, 10.4] },
  { ...size, y: [-1.2, 3.6] },
];
const PACE = 130; // milliseconds for each h, when it closes in by itself

const measured = ({ x, h, curve, both }) => (both ? centralDifference : oneSidedDifference)(curves[curve].f, x, h);

/** What the secant has come to, in words. */
export function sayDerivative(state) {
  const { x, h, curve, both } = state;
  const [slope, tangent] = [measured(state), curves[curve].slope(x)];
  const gap = slope - tangent;
  if (Number.isNaN(tangent)) {
    return both
      ? "Looking both ways, the secant lies flat for every h. Yet |x| has a corner at 0 and no tangent there: the measurement averages two slopes."
      : `Every secant to the ${h > 0 ? "right" : "left"} has slope ${tidy(slope)}, and to the other side ${tidy(-slope)}, however small h is. They close in on no single number: at its corner, |x| has no derivative.`;
  }
  if (x + h === x) return `x + h is x itself to the computer, which keeps 16 digits: ${both ? "half of the" : "the"} rise is lost, and the slope means nothing.`;
  if (!gap) return `The secant’s slope is the tangent’s, ${tidy(tangent)}, to the last digit.`;
  if (Math.abs(gap) < 1e-12 && Math.abs(h) > 1e-5) return `The secant’s slope is the tangent’s, ${tidy(tangent)}, but for the rounding of the last digits.`;
  const here = `For h = ${tidy(h)} the secant’s slope is ${tidy(Math.abs(gap))} ${gap > 0 ? "more" : "less"} than the tangent’s.`;
  // Rounding errs by about 10⁻¹⁶/h, so below these steps a smaller h is no longer a better one.
  if (Math.abs(h) < (both ? 1e-5 : 1e-8)) return `${here} That is rounding: the heights agree in nearly all their digits, and dividing by h makes what is left large.`;
  if (Math.abs(h) < 0.1) return `${here} On the plane, the two lines can no longer be told apart.`;
  return `${here} Make h smaller, and watch the secant turn into the tangent.`;
}

function build(figure) {
  const plane = makePlane("A curve with a secant and a tangent", { x: [-2.6, 3.4], y: curves[0].y, margin: [26, 22] }, figure);
  const log = makePlane("The difference of the two slopes for each h that you tried, both as powers of ten",
    { x: [-17, 0.9], y: [-17.5, 3.5], margin: [40, 22], small: true, writeX: powerOfTen, writeY: powerOfTen }, figure);
  const curve = line("loss");
  const tangent = line("gradient");
  const secant = line("prediction", "secant");
  const legs = line("muted", "legs");
  const [run, rise, logTitle, logAxis] = [label("h"), label("rise"), label("difference", "muted", "begin"), label("h", "muted")];
  const third = svg("circle", { class: "dot role-prediction", r: 5 });
  stack(plane.layer, curve, legs, tangent, secant, third);
  stack(plane.top, run, rise);
  const tried = [svg("path", { class: "trail role-prediction" }), svg("path", { class: "trail square role-model" })];
  const now = svg("circle", { class: "now", r: 6 });
  log.layer.append(...tried, now);
  stack(log.top, logTitle, logAxis);

  const { values } = schema.h;
  const move = (changes) => {
    stop();
    figure.set(changes);
  };
  const stride = (by) => values[Math.max(0, Math.min(values.length - 1, values.indexOf(figure.state.h) + by))];
  const closer = (h) => (Math.abs(h) > 1e-16 ? values[values.indexOf(h) + (h > 0 ? -1 : 1)] : h);
  const point = addHandle(plane, { label: "Point at x", role: "data",
    drag: (x) => move({ x }), nudge: (dx, dy) => move({ x: figure.state.x + (dx + dy) / 10 }) });
  const end = addHandle(plane, { label: "Second point, a step h away", role: "prediction",
    drag: (x) => move({ h: x - figure.state.x }), nudge: (dx, dy) => move({ h: stride(dx + dy) }) });

  const sliders = {
    x: makeSlider({ label: "x", role: "data", entry: schema.x, change: (x) => move({ x }) }),
    h: makeSlider({ label: "h", role: "prediction", entry: schema.h, write: tidy, change: (h) => move({ h }) }),
  };
  const choices = curves.map((each, place) => button(each.name, () => move({ curve: place })));
  const ways = button("Both ways", () => move({ both: 1 - figure.state.both }));
  const divide = button("h ÷ 10", () => {
    const { h } = figure.state;
    move({ h: Math.sign(h) * Math.max(1e-16, Number(`1e${Math.ceil(Math.log10(Math.abs(h)) - 1 - 1e-9)}`)) });
  });
  const go = button("Close in", () => (timer ? stop() : start()), "primary");
  const cell = (title) => {
    const value = passage("value");
    return { value, element: element("div", {}, passage("title", title), value) };
  };
  const cells = { secant: cell("Secant"), tangent: cell("Tangent"), gap: cell("Difference") };

  let timer = 0;
  let seen = { of: "", at: [new Map(), new Map()] }; // each h tried on this curve at this x, one way and both ways

  function start() {
    if (figure.calm()) {
      for (let h = figure.state.h; closer(h) !== h; h = closer(h)) note({ ...figure.state, h });
      figure.set({ h: Math.sign(figure.state.h) * 1e-16 });
      return;
    }
    timer = setInterval(() => {
      const next = closer(figure.state.h);
      if (next === figure.state.h) stop();
      else figure.set({ h: next });
    }, PACE);
    figure.request();
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    figure.request();
  }

  function note(state) {
    const of = `${state.curve}:${state.x}`;
    if (seen.of !== of) seen = { of, at: [new Map(), new Map()] };
    seen.at[state.both].set(state.h, Math.abs(measured(state) - curves[state.curve].slope(state.x)));
  }

  let drawn = 0; // the curve that the plane is laid out for
  function draw(state) {
    const { x, h, curve: which, both } = state;
    const { f, slope, y } = curves[which];
    if (which !== drawn) {
      drawn = which;
      plane.view({ y });
    }
    const { toPixel, x: [low, high], y: [floor, ceiling] } = plane.scale;
    const through2 = (at, height, steep) => [low, high].map((place) => toPixel(place, Math.max(-1e3, Math.min(1e3, height + steep * (place - at)))));
    curve.move(Array.from({ length: 161 }, (_, place) => low + ((high - low) * place) / 160).map((at) => toPixel(at, f(at))));
    const from = both ? x - h : x;
    const [ax, ay, bx, by] = [from, f(from), x + h, f(x + h)];
    const [steep, true_] = [measured(state), slope(x)];
    secant.move(through2(ax, ay, steep));
    show(tangent.element, !Number.isNaN(true_));
    if (!Number.isNaN(true_)) tangent.move(through2(x, f(x), true_));
    const corners = [toPixel(ax, ay), toPixel(bx, ay), toPixel(bx, by)];
    legs.move(corners);
    const [wide, tall] = [corners[1][0] - corners[0][0], corners[2][1] - corners[1][1]];
    run.move([(corners[0][0] + corners[1][0]) / 2, corners[0][1] + (tall > 0 ? -13 : 13)], both ? "2h" : "h");
    rise.move([corners[1][0] + (wide < 0 ? -22 : 22), (corners[1][1] + corners[2][1]) / 2]);
    show(run.element, Math.abs(wide) > 30);
    show(rise.element, Math.abs(tall) > 24 && Math.abs(wide) > 16 && by < ceiling && by > floor);
    set(third, { cx: corners[0][0], cy: corners[0][1] });
    show(third, Boolean(both));
    const inside = (at) => at > low && at < high && f(at) > floor && f(at) < ceiling;
    point.place(x, f(x), { now: fixed(x, 1), min: schema.x.min, max: schema.x.max, text: `x ${fixed(x, 1)}, height ${tidy(f(x))}` });
    end.place(bx, by, { now: values.indexOf(h), min: 0, max: values.length - 1, text: `h ${tidy(h)}, at ${tidy(bx)}, height ${tidy(by)}` }, inside(bx));

    note(state);
    const place = (each, gap) => log.scale.toPixel(Math.log10(Math.abs(each)), Math.max(-17, Math.log10(gap)));
    seen.at.forEach((gaps, way) => {
      const points = [...gaps].filter(([, gap]) => !Number.isNaN(gap)).map(([each, gap]) => place(each, gap));
      set(tried[way], { d: points.map((each) => `${through([each])}h.01`).join("") });
    });
    const gap = Math.abs(steep - true_);
    if (!Number.isNaN(gap)) {
      const [cx, cy] = place(h, gap);
      set(now, { cx, cy });
    }
    now.setAttribute("class", `now role-${both ? "model" : "prediction"}${Number.isNaN(gap) ? " away" : ""}`);
    const { box: [left, , right, foot] } = log.scale;
    logTitle.move([left + 8, 12]);
    logAxis.move([right - 26, foot - 12]);

    sliders.x.move(x);
    sliders.h.move(h);
    choices.forEach((each, number) => setPressed(each, number === which));
    setPressed(ways, Boolean(both));
    go.textContent = timer ? "Stop" : "Close in";
    fill(cells.secant.value, tint("prediction", fixed(steep, 8)));
    fill(cells.tangent.value, tint("gradient", Number.isNaN(true_) ? "none" : tidy(true_)));
    fill(cells.gap.value, Number.isNaN(gap) ? "–" : tidy(steep - true_));
    return sayDerivative(state);
  }

  function forget() {
    stop();
    seen = { of: "", at: [new Map(), new Map()] };
  }

  return {
    parts: [
      box("planes", plane, log),
      box("cells", ...Object.values(cells)),
      box("pair", sliders.x, sliders.h),
      box("row", go, divide, ways, element("div", { class: "choices", role: "group", "aria-label": "Curve" }, ...choices)),
    ],
    draw,
    reset: forget,
  };
}

export const derivative = { label: "A secant that closes in on the tangent", schema, build };
