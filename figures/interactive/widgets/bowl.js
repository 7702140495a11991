import { box, button, element, passage } from "../../js/element.js";
import { alongAxis, axesOfBowl, bestRate, conditionNumber, makeBowl, measuredFactor, standardize } from "../arithmetic/curvature.js";
import { descend } from "../arithmetic/descent.js";
import { curvatures, largestStableRate } from "../arithmetic/regression.js";
import { norm, scale } from "../arithmetic/vectors.js";
import { fill, makeSlider, setPressed, tint } from "../controls.js";
import { noisyLine } from "../data.js";
import { makeGraph, ROLES, SPAN } from "../excess.js";
import { addHandle } from "../handle.js";
import { label, line } from "../marks.js";
import { fixed, nearOne, scientific, short } from "../numbers.js";
import { penguins } from "../penguins.js";
import { makePlane } from "../plane.js";
import { makePlayer } from "../player.js";
import { set, show, stack, svg, through } from "../svg.js";

const STEPS = 1000; // the book's loop
const steps = { start: 0, min: 0, max: STEPS, step: 1 };

/** A table of data and its bowl, with all that can be known of a run before its first step. */
function makeView(data, settings) {
  const [large, small] = curvatures(data);
  const { flat, steep } = axesOfBowl(data);
  const kappa = conditionNumber(data);
  const names = kappa < 1.01 ? ["b", "w"] : ["flat", "steep"];
  return {
    ...settings, ...makeBowl(data), data, kappa, limit: largestStableRate(data), bestRate: bestRate(data),
    axes: [{ name: names[0], along: flat, curvature: small }, { name: names[1], along: steep, curvature: large }],
  };
}

const hold = (value, [low, high] = [-1e4, 1e4]) => Math.max(low, Math.min(high, value));

/** The excess of the points of a contour is half the curvature times the squared distance, along each axis. */
function contour({ best, axes: [flat, steep] }, excess) {
  const [far, near] = [flat, steep].map(({ along, curvature }) => scale(along, Math.sqrt((2 * excess) / curvature)));
  return Array.from({ length: 121 }, (_, place) => {
    const [cos, sin] = [Math.cos(place * Math.PI / 60), Math.sin(place * Math.PI / 60)];
    return [0, 1].map((each) => best[each] + far[each] * cos + near[each] * sin);
  });
}

const shape = ({ kappa }) => {
  if (kappa < 1.01) return "The bowl is round: κ is 1, so one rate suits every direction.";
  if (kappa > 1e4) return `The bowl is a ravine so narrow that its contours look like straight lines: they close far outside the picture. It curves ${scientific(kappa)} times as much across as along.`;
  return `Where contours lie close, the bowl is steep. It curves ${fixed(kappa, 1)} times as much along the steep axis as along the flat one.`;
};

/** How far a run has come, in words. */
export function sayWalk(view, { points, losses }, step, rate) {
  if (step === 0) return `${shape(view)} Drag or click a start, then take a step.`;
  const factors = view.axes.map(({ curvature }) => 1 - rate * curvature);
  const ways = view.axes.map(({ along }) => alongAxis([points[0], points[step]], view.best, along).map(Math.abs));
  const left = ways.map(([from, to]) => (from ? to / from : 0));
  const here = `Step ${step}:`;
  if (factors[1] < -1 - 1e-9) {
    const way = losses[step] > losses[step - 1] ? "the loss rises" : "the loss still falls, but not for long";
    return `${here} ${way}. The rate is above the limit, ${view.say(view.limit)}: each step multiplies the distance along the steep axis by ${fixed(factors[1], 3)}.`;
  }
  if (left.every((each) => each < 1e-6)) {
    const once = factors.every((factor) => Math.abs(factor) < 1e-6);
    return `${here} arrived at the least-squares line, to a millionth of the way.${once ? " Both factors are 0, so one step is enough." : ""}`;
  }
  const [along, across] = left.map((each) => `${fixed(100 * each, 2)}%`);
  if (factors[0] > 0.9999) {
    const needed = Math.log(1e-6) / Math.log(factors[0]);
    return `${here} ${along} of the way along the floor is still to go. At this rate a millionth of it is left after ${scientific(needed)} steps.`;
  }
  if (ways[1][0] < ways[0][0] / 200) return `${here} ${along} of the distance along the flat axis is left. It started on that axis, so there is nothing to cross.`;
  return `${here} ${along} of the distance along the flat axis is left, and ${across} along the steep one${factors[1] < 0 ? ", where each step crosses to the other side" : ""}.`;
}

/**
 * Two bowls, the second behind a button of the name `other`, which sets the state `anew`.
 * after: the prediction that keeps the best rates' marks back until it is answered, where there is one.
 */
function makeWidget(title, views, { other, anew, after, ...numbers }) {
  const schema = { second: { start: 0, values: [0, 1] }, ...numbers };
  function build(figure) {
    const viewOf = ({ second }) => views[second];
    const rateOf = (state) => state.rate * viewOf(state).unit;
    const map = makePlane("The bowl from above", { ...views[0].map }, figure);
    const scatter = makePlane("The line", { ...views[0].scatter }, figure);
    const graph = makeGraph(figure, views[0].powers);

    const axes = line("muted", "across");
    const rings = views[0].levels.map(() => line("loss", "contour"));
    const path = line("model", "walk");
    const dots = svg("path", { class: "stroke walk-dots role-model" });
    const cross = svg("path", { class: "stroke role-ink" });
    const now = svg("circle", { class: "reached role-model", r: 5 });
    stack(map.layer, axes, ...rings, cross, path, dots, now);
    const data = views[0].data.x.map(() => svg("circle", { r: 2.5 }));
    const [fit, model] = [line("prediction", "best"), line("model")];
    stack(scatter.layer, svg("g", { class: "dots role-data" }, ...data), fit, model);
    const names = [map, scatter, graph].map((plane) => {
      const pair = [label("", "muted", "end"), label("", "muted", "begin")];
      stack(plane.top, ...pair);
      return pair;
    });

    const by = (changes) => {
      player.halt();
      figure.set(changes);
    };
    const begin = (w, b) => {
      by({ w: hold(w, map.scale.x), b: hold(b, map.scale.y) });
    };
    const stride = (way) => (shown.map[way][1] - shown.map[way][0]) / 120;
    const start = addHandle(map, { label: "Start: w and b", role: "model", drag: begin,
      nudge: (dx, dy) => begin(figure.state.w + dx * stride("x"), figure.state.b + dy * stride("y")) });
    map.canvas.addEventListener("click", (event) => {
      if (event.target.closest(".handle")) return;
      const { left, top } = map.canvas.getBoundingClientRect();
      begin(...map.scale.toData(event.clientX - left, event.clientY - top));
    });

    const speed = makeSlider({ label: "Learning rate", entry: schema.rate, write: (value) => viewOf(figure.state).say(value * viewOf(figure.state).unit), change: (value) => by({ rate: value }) });
    const [equation, size] = [0, 0].map(() => element("span"));
    const cells = ["flat", "steep"].map(() => ["th", "td", "td", "td"].map((name) => element(name, name === "th" ? { scope: "row" } : {})));
    const table = element("table", { class: "factors" },
      element("thead", {}, element("tr", {}, ...["axis", "curvature λ", "factor 1 − ηλ", "measured"].map((word) => element("th", { scope: "col" }, word)))),
      element("tbody", {}, ...cells.map((row) => element("tr", {}, ...row))));
    const player = makePlayer(figure, STEPS, (step) => figure.put({ steps: step }));
    const go = button("Run", () => {
      if (player.playing) return player.halt();
      figure.put({ steps: 0 });
      player.play(walk(figure.state, STEPS).points.length - 1);
    }, "primary");
    const step = button("Step", () => by({ steps: Math.min(figure.state.steps, run.points.length - 1) + 1 }));
    const back = button("Back", () => by({ steps: 0 }));
    const swap = button(other, () => by({ ...anew, second: 1 - figure.state.second }));

    let run;
    let key;

    // The run is a function of the state: it is walked again only where the state asks for another or for a longer one.
    function walk(state, least) {
      const asked = [state.second, state.w, state.b, state.rate].join();
      if (asked !== key || (run.outcome === "out of steps" && run.points.length <= least)) {
        const { gradient, loss } = viewOf(state);
        [key, run] = [asked, descend(gradient, [state.w, state.b], { rate: rateOf(state), steps: least, loss })];
      }
      return run;
    }

    let [shown, marked, span] = [];

    function draw(state) {
      const view = viewOf(state);
      const asked = state.steps > SPAN ? STEPS : SPAN;
      if (shown !== view || span !== asked) {
        [shown, span] = [view, asked];
        map.view(view.map);
        scatter.view(view.scatter);
        graph.view({ x: [0, span], y: view.powers });
      }
      const marks = view.marks.filter(([, word]) => word !== "best" || !document.querySelector(`#${after}:not(.answered)`));
      if (marked !== String(marks)) speed.mark(marks);
      marked = String(marks);
      walk(state, state.steps);
      const at = Math.min(state.steps, run.points.length - 1);
      const rate = rateOf(state);
      const points = run.points.slice(0, at + 1);
      const [w, b] = points[at];
      const onMap = (point) => map.scale.toPixel(...point).map((each) => hold(each));
      rings.forEach((ring, place) => ring.move(contour(view, view.levels[place]).map(onMap)));
      const far = view.map.x[1] + view.map.y[1] - view.map.x[0] - view.map.y[0]; // beyond any edge
      const end = ({ along }, way) => onMap([0, 1].map((each) => view.best[each] + way * far * along[each]));
      set(axes.element, { d: view.axes.map((axis) => through([end(axis, -1), end(axis, 1)])).join("") });
      const [x, y] = map.scale.toPixel(...view.best);
      set(cross, { d: `M${x - 6} ${y}h12M${x} ${y - 6}v12` });
      const places = points.map(onMap);
      path.move(places);
      set(dots, { d: places.map(([px, py]) => `M${px.toFixed(1)} ${py.toFixed(1)}h0`).join("") });
      set(now, { cx: places[at][0], cy: places[at][1] });
      show(now, at > 0);
      start.place(state.w, state.b, { now: state.w, min: schema.w.min, max: schema.w.max,
        text: `w ${short(state.w, view.digits)}, b ${short(state.b, view.digits)}, ${view.size(run.losses[0])}` });

      const { toPixel, x: [low, high] } = scatter.scale;
      data.forEach((dot, place) => {
        const [cx, cy] = toPixel(view.data.x[place], view.data.y[place]);
        set(dot, { cx, cy });
      });
      const across = (slope, height) => [low, high].map((end) => toPixel(end, hold(slope * end + height, [-1e6, 1e6])));
      model.move(across(w, b));
      fit.move(across(...view.best));
      graph.trace(view, run, at, rate, span);
      [map, scatter, graph].forEach(({ scale: { box: [left, , right, foot] } }, place) => {
        names[place][0].move([right, foot + 31], view.names[place][0]);
        names[place][1].move([left + 6, 10], view.names[place][1]);
      });

      fill(equation, "ŷ = ", tint("model", short(w, view.digits)), ` ${view.letter} `, b < 0 ? "− " : "+ ", tint("model", short(Math.abs(b), view.digits)));
      fill(size, tint("loss", view.size(run.losses[at])));
      view.axes.forEach(({ name, along, curvature }, place) => {
        const measured = measuredFactor(alongAxis(points, view.best, along), 1e-7 * norm(view.best));
        const words = [name, short(curvature, curvature < 0.1 ? 4 : curvature > 1e3 ? 0 : 2), nearOne(1 - rate * curvature, 4), Number.isNaN(measured) ? "–" : nearOne(measured, 4)];
        words.forEach((word, column) => fill(cells[place][column], column ? word : tint(ROLES[place], word)));
      });
      speed.move(state.rate);
      go.textContent = player.playing ? "Stop" : "Run";
      setPressed(swap, Boolean(state.second));
      return sayWalk(view, run, at, rate);
    }

    return {
      parts: [
        box("maps", map, scatter, graph),
        passage("line-readings", equation, size),
        table,
        speed,
        box("row", go, step, back, swap),
      ],
      draw,
      reset: player.halt,
    };
  }

  return { label: title, schema, build };
}

/** Chapter 6's points, and the same with 2 added to every x: no line fits better or worse, but the bowl leans. */
export function lineViews() {
  return [0, 2].map((more) => {
    const x = more ? `x + ${more}` : "x";
    const view = makeView({ x: noisyLine.x.map((value) => value + more), y: noisyLine.y }, {
      map: { x: [-1, 5], y: more ? [-4, 2] : [-1, 5], equal: true, margin: [24, 38] }, scatter: { x: [more - 5.5, more + 5.5], y: [-9.5, 15.5], margin: [30, 38] },
      levels: [1, 4, 10, 25, 50, 100], names: [["w", "b"], [x, "y"], ["step", "excess loss"]], letter: more ? `(${x})` : x, powers: [-6, 5], digits: 2, unit: 1,
      say: (rate) => fixed(rate, rate === Number(rate.toFixed(3)) ? 3 : 4), size: (loss) => `Loss ${short(loss, 2)}`,
    });
    return { ...view, marks: [[view.bestRate, "best"], [view.limit, "limit"]] };
  });
}

// Rates are given as parts of the limit, which differs by a factor of forty thousand between the two tables.
export function penguinViews() {
  const common = { powers: [-2, 11], levels: [1, 4, 9, 16, 25].map((each) => each * 1e6), digits: 1, size: (loss) => `Typical residual ${short(Math.sqrt(loss), 0)} g` };
  const mass = [-1000, 6700];
  const raw = makeView(penguins, {
    ...common, map: { x: [-20, 90], y: [-12000, 3000], equal: false, margin: [56, 38] }, scatter: { x: [168, 235], y: mass, margin: [42, 38] },
    names: [["w (g/mm)", "b (g)"], ["flipper x (mm)", "mass (g)"], ["step", "excess loss (g²)"]], letter: "x", say: scientific,
  });
  const z = makeView({ x: standardize(penguins.x), y: penguins.y }, {
    ...common, map: { x: [-3300, 4700], y: [-600, 7400], equal: true, margin: [56, 38] }, scatter: { x: [-2.4, 2.6], y: mass, margin: [42, 38] },
    names: [["w (g)", "b (g)"], ["flipper z", "mass (g)"], ["step", "excess loss (g²)"]], letter: "z", say: (rate) => fixed(rate, 2),
  });
  raw.marks = [[1, "limit, best"]];
  z.marks = [[z.bestRate / z.limit, "best"], [1, "limit"]];
  return [raw, z].map((view) => ({ ...view, unit: view.limit }));
}

const ofLine = (after) => {
  const [start, max, step] = [0, 5, 0.05];
  return makeWidget("Descent in the bowl of a line’s loss", lineViews(), {
    other: "Add 2 to x", anew: { w: 0, b: 0 }, after, w: { start, min: -1, max, step }, b: { start, min: -4, max, step },
    rate: { start: 0.01, min: 0.001, max: 0.16, step: 0.001 }, steps: { ...steps, start: SPAN },
  });
};

const ofPenguins = () =>
  makeWidget("Descent in the penguins’ bowl", penguinViews(), {
    other: "Standardise", anew: { w: 0, b: 0, steps: 0 }, w: { start: 0, min: -7000, max: 9000, step: 0.1 }, b: { start: 0, min: -12000, max: 8000, step: 1 },
    rate: { start: 0.5, min: 0.01, max: 1.2, step: 0.01 }, steps,
  });

/** The bowl of chapter 6's points, or of the penguins. */
export const bowl = ({ points, after }) => (points === "penguins" ? ofPenguins() : ofLine(after));
