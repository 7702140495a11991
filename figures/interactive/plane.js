import { box } from "../js/element.js";
import { fixed } from "./numbers.js";
import { fitScale, ticks } from "./scale.js";
import { decimalsOf } from "./state.js";
import { set, svg, through } from "./svg.js";

let planes = 0;
const say = (at) => fixed(at, decimalsOf(at));

/**
 * A plane to draw on: a grid, axes and a clipped layer, as large as the room that the page gives it. Its SVG counts in
 * CSS pixels at every width, so type and handles keep their size on a phone.
 *
 * settings: x and y, the ranges that must be seen; equal, whether one unit is as long both ways; margin, room in pixels
 * for numbers at the left and the foot, without which they stand along the axes; writeX and writeY, how these are written;
 * small, whether the plane takes a set height, beside a large one. `plane.scale` is fitScale's result; the figure
 * draws again after it changed. `plane.view({ x, y })` shows other ranges.
 */
export function makePlane(label, settings, figure) {
  const clip = `plane-${++planes}`;
  const clipped = svg("rect");
  const grid = svg("path", { class: "grid" });
  const axes = svg("path", { class: "axes" });
  const numbers = svg("g", { class: "ticks", "aria-hidden": "true" });
  const layer = svg("g", { "clip-path": `url(#${clip})` });
  const top = svg("g"); // handles and labels, which no edge cuts
  const canvas = svg("svg", { role: "group", "aria-label": label }, svg("clipPath", { id: clip }, clipped), grid, axes, numbers, layer, top);
  const plane = { element: box(settings.small ? "plane small" : "plane", canvas), canvas, layer, top, handles: [], scale: fitScale(settings, 592, 400), view };
  const { writeX = say, writeY = say } = settings;
  let size = [0, 0];

  function view(ranges) {
    Object.assign(settings, ranges);
    lay(...size);
  }

  function lay(width, height) {
    size = [width, height];
    if (!width || !height) return;
    plane.scale = fitScale(settings, width, height);
    const { x, y, box: [left, , right, foot], toPixel, unit } = plane.scale;
    set(canvas, { viewBox: `0 0 ${width} ${height}` });
    set(clipped, { x: left, y: 0, width: right - left, height: foot });
    const [xs, ys] = [ticks(x, (right - left) / 44), ticks(y, foot / 36)];
    const upright = (at) => through([[toPixel(at, 0)[0], 0], [toPixel(at, 0)[0], foot]]);
    const level = (at) => through([[left, toPixel(0, at)[1]], [right, toPixel(0, at)[1]]]);
    const whole = settings.equal && unit[0] > 12; // a line at each unit, where they do not crowd
    const pitch = Math.min(unit[0], 44);
    set(grid, { d: [...(whole ? ticks(x, (right - left) / pitch) : xs).map(upright), ...(whole ? ticks(y, foot / pitch) : ys).map(level)].join("") });
    set(axes, { d: upright(0) + level(0) });
    const [margin] = settings.margin ?? [0, 0];
    const inside = (at, low, high) => at > low + 12 && at < high - 12;
    numbers.replaceChildren(
      ...xs.filter((at) => (margin || at) && inside(toPixel(at, 0)[0], left, right)).map((at) =>
        svg("text", { x: toPixel(at, 0)[0], y: (margin ? foot : toPixel(0, 0)[1]) + 16 }, writeX(at))),
      ...ys.filter((at) => (margin || at) && inside(toPixel(0, at)[1], 0, foot)).map((at) =>
        svg("text", { class: "left", x: (margin ? left : toPixel(0, 0)[0]) - 7, y: toPixel(0, at)[1] + 4 }, writeY(at))),
    );
    figure.request();
  }

  new ResizeObserver(([{ contentRect }]) => lay(contentRect.width, contentRect.height)).observe(plane.element);
  return plane;
}
