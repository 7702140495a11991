// The curve of the loss below the bowl: what each of its axes adds to the excess, step by step.
import { alongAxis } from "./arithmetic/curvature.js";
import { label, line } from "./marks.js";
import { powerOfTen, tidy } from "./numbers.js";
import { makePlane } from "./plane.js";
import { set, stack, svg } from "./svg.js";

export const SPAN = 150; // the steps that it shows, until a run goes beyond
// As in the chapter's figure: the excess loss along each axis, and their sum, which lies on the larger.
export const ROLES = ["loss", "model", "prediction"];

/** The excess loss at each step from a start, by the factors: along the flat axis, along the steep one, and in all. */
export function excessOf({ best, axes }, start, rate, steps) {
  const [flat, steep] = axes.map(({ along, curvature }) => {
    const [distance] = alongAxis([start], best, along);
    return Array.from({ length: steps + 1 }, (_, step) => (curvature / 2) * (distance * (1 - rate * curvature) ** step) ** 2);
  });
  return [flat, steep, flat.map((each, step) => each + steep[step])];
}

/** What the curve shows, for a reader who does not see it. */
export function sayExcess({ axes: [{ name }, other] }, parts, at, last) {
  const said = (step) => parts.map((part, place) => `${[name, other.name, "both"][place]} ${tidy(part[step])}`).join(", ");
  return `Excess loss by step, on a logarithmic axis. At step ${at}: ${said(at)}. At step ${last}: ${said(last)}.`;
}

/** A plane for the curves of a run's excess loss; trace(view, run, at, rate, span) draws them, with a dot at the step `at`. */
export function makeGraph(figure, powers) {
  const graph = makePlane("", { x: [0, SPAN], y: powers, margin: [38, 38], writeY: powerOfTen }, figure);
  const parts = ROLES.map((role) => ({ line: line(role, role === "prediction" ? "both" : ""), label: label("both", role, "begin") }));
  const mark = svg("circle", { class: "reached role-prediction", r: 5 });
  stack(graph.layer, ...parts.map((part) => part.line), mark);
  stack(graph.top, ...parts.map((part) => part.label));

  // The curves are what the factors predict, the dot is the run's own. A part's name stands where its curve ends or leaves
  // the graph: behind it; before its foot, if it falls and the other's is behind; or higher, if both are near the left edge.
  // The sum's name stands at its start, but above the steep part's where it grows.
  function trace(view, { points, losses }, at, rate, span) {
    const [low, high] = view.powers;
    const found = excessOf(view, points[0], rate, span);
    const { toPixel, box: [left, , right, foot] } = graph.scale;
    const place = (excess, step) => toPixel(step, Math.max(low - 1, Math.min(high + 1, Math.log10(excess))));
    const drawn = found.map((part) => part.map(place));
    const ends = drawn.map((places) => places.findLast(([, y]) => y > 0 && y < foot) ?? places[0]);
    drawn.forEach((places, each) => parts[each].line.move(places));
    const [[, top], [x, y]] = [drawn[2][0], ends[2]];
    parts[2].label.move(y < top ? [Math.min(x + 6, right - 38), Math.max(34, y - 28)] : [left + 8, top - 12]);
    for (const each of [0, 1]) {
      const [[x, y], [to, other]] = [ends[each], ends[1 - each]];
      const before = to - x > 9 && x > left + 44 && y > 50;
      const higher = !each && !before && Math.hypot(to - x, other - y) < 50;
      parts[each].label.move([before ? x - 32 - 12 * each : Math.min(x + 6, right - 38), Math.max(50, higher ? Math.min(y, other) - 28 : y - (before ? 0 : 12))], view.axes[each].name);
    }
    const [cx, cy] = place(losses[at] - view.least, at);
    set(mark, { cx, cy });
    graph.canvas.setAttribute("aria-label", sayExcess(view, found, at, span));
  }

  return Object.assign(graph, { trace });
}
