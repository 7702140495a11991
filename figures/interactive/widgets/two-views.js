import { box, element, passage } from "../../js/element.js";
import { toArrow, toList } from "../arithmetic/views.js";
import { fill, makeSlider, tint } from "../controls.js";
import { addHandle } from "../handle.js";
import { arrow, label, line } from "../marks.js";
import { factor, fixed } from "../numbers.js";
import { makePlane } from "../plane.js";
import { set, show, stack, svg, through } from "../svg.js";

const LONGEST = 6;
const schema = { x: { start: 3, min: -LONGEST, max: LONGEST, step: 0.01 }, y: { start: 4, min: -LONGEST, max: LONGEST, step: 0.01 } };
const entry = { x: { ...schema.x, step: 0.1 }, y: { ...schema.y, step: 0.1 }, length: { min: 0, max: LONGEST, step: 0.1 }, angle: { min: -180, max: 180, step: 1 } };

const two = (value) => fixed(value, 2);
const degrees = (value) => `${fixed(value, 1)}°`;

/** Both views in words: whatever one says, the other can be told from. */
export function sayViews([x, y]) {
  const [length, angle] = toArrow([x, y]);
  if (length < 0.005) return "An arrow without length: its list is [0, 0], and no direction belongs to it.";
  const [level, upright] = [Math.abs(x) < 0.005, Math.abs(y) < 0.005];
  const along = level ? "" : `${two(Math.abs(x))} to the ${x < 0 ? "left" : "right"}`;
  const up = upright ? "" : `${two(Math.abs(y))} ${y < 0 ? "down" : "up"}`;
  const walk = along && up ? `${along} and ${up}` : `${along || up}, and nothing ${along ? "up or down" : "to the side"}`;
  return `${walk}: that is ${two(length)} long, at ${degrees(angle)}. One arrow, told in two ways.`;
}

function build(figure) {
  const plane = makePlane("An arrow from the origin", { x: [-6.5, 6.5], y: [-6.2, 6.2], equal: true }, figure);
  const round = svg("circle", { class: "stroke rim role-data" });
  const legs = [line("prediction", "leg"), line("residual", "leg")];
  const marks = [label("", "prediction"), label("", "residual"), label("", "data")];
  const arc = svg("path", { class: "stroke arc" });
  const theta = label("θ");
  const shaft = arrow("data");
  stack(plane.layer, round, arc, ...legs, shaft);
  stack(plane.top, theta, ...marks);

  let heading = 0; // the last angle, which an arrow of length 0 has lost

  /** The arrow [x, y], held to the longest. */
  const put = (v, [length, angle] = toArrow(v)) => {
    const [x, y] = length > LONGEST ? toList(LONGEST, angle) : v;
    figure.put({ x, y });
  };
  /** One coordinate alone: it stops where the arrow would become too long. */
  const slide = (name) => (value) => {
    const other = figure.state[name === "x" ? "y" : "x"];
    const most = Math.sqrt(LONGEST ** 2 - other ** 2);
    figure.put({ [name]: Math.max(-most, Math.min(most, value)) });
  };
  const tenth = (value) => Math.round(value * 10) / 10;
  const tip = addHandle(plane, { label: "Tip of the arrow", role: "data",
    drag: (x, y) => put([tenth(x), tenth(y)]), nudge: (dx, dy) => put([tenth(figure.state.x + dx / 10), tenth(figure.state.y + dy / 10)]) });
  const sliders = {
    x: makeSlider({ label: "v₁", role: "prediction", entry: entry.x, write: two, change: slide("x") }),
    y: makeSlider({ label: "v₂", role: "residual", entry: entry.y, write: two, change: slide("y") }),
    length: makeSlider({ label: "Length", role: "data", entry: entry.length, write: two, change: (value) => put(toList(value, heading)) }),
    angle: makeSlider({ label: "Angle θ", entry: entry.angle, write: degrees, change: (value) => {
      heading = value;
      put(toList(toArrow([figure.state.x, figure.state.y])[0], value));
    } }),
  };
  const [list, listFrom, both, bothFrom] = [0, 0, 0, 0].map(() => element("p"));
  const reading = (title, result, terms, ...controls) => {
    result.className = "result";
    return box("view", passage("title", title), result, terms, ...controls);
  };
  const views = box("views", reading("The list", list, listFrom, sliders.x, sliders.y), reading("The arrow", both, bothFrom, sliders.length, sliders.angle));

  function draw({ x, y }) {
    const { toPixel, unit } = plane.scale;
    const [length, angle] = toArrow([x, y]);
    // A half turn has two names: the slider keeps the one at its end.
    if (length > 1e-9) heading = Math.abs(Math.abs(heading) - 180) < 1e-9 && Math.abs(Math.abs(angle) - 180) < 1e-6 ? heading : angle;
    const [origin, corner, end] = [toPixel(0, 0), toPixel(x, 0), toPixel(x, y)];
    set(round, { cx: origin[0], cy: origin[1], r: length * unit[0] });
    shaft.move(origin, end);
    legs[0].move([origin, corner]);
    legs[1].move([corner, end]);
    marks[0].move([(origin[0] + corner[0]) / 2, corner[1] + (y < 0 ? -14 : 32)], two(x)); // clear of the axis's numbers
    marks[1].move([corner[0] + (x < 0 ? -26 : 26), (corner[1] + end[1]) / 2], two(y));
    // The length stands beside the arrow, away from the legs.
    const away = (x * y < 0 ? -1 : 1) * (24 / (length || 1));
    marks[2].move([(origin[0] + end[0]) / 2 - y * away, (origin[1] + end[1]) / 2 - x * away], two(length));
    show(marks[2].element, length * unit[0] > 60);
    show(marks[0].element, Math.abs(x) * unit[0] > 20);
    show(marks[1].element, Math.abs(y) * unit[1] > 20);
    const turn = (heading * Math.PI) / 180;
    const around = (part, radius) => [origin[0] + radius * Math.cos(turn * part), origin[1] - radius * Math.sin(turn * part)];
    const radius = Math.min(34, (length * unit[0]) / 2);
    set(arc, { d: through(Array.from({ length: 41 }, (_, place) => around(place / 40, radius))) });
    theta.move(around(0.5, radius + 13));
    show(theta.element, Math.abs(turn) > 0.25 && radius > 20);
    tip.place(x, y, { now: two(length), min: 0, max: LONGEST, text: `list ${two(x)}, ${two(y)}; length ${two(length)}, angle ${degrees(heading)}` });

    for (const [name, value] of Object.entries({ x, y, length, angle: heading })) sliders[name].move(value);
    fill(list, "[", tint("prediction", two(x)), ", ", tint("residual", two(y)), "]");
    fill(listFrom, tint("data", two(length)), " cos θ, ", tint("data", two(length)), " sin θ");
    fill(both, tint("data", two(length)), ` at ${degrees(heading)}`);
    fill(bothFrom, "√(", tint("prediction", factor(x, 2)), "² + ", tint("residual", factor(y, 2)), "²) = ", tint("data", two(length)));
    return sayViews([x, y]);
  }

  return { parts: [plane, views], draw, reset: () => (heading = 0) };
}

export const twoViews = { label: "One arrow, as a list and as a length with an angle", schema, build };
