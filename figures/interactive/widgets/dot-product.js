import { box, button, element, passage } from "../../js/element.js";
import { seeded } from "../arithmetic/random.js";
import { dealPair } from "../arithmetic/signs.js";
import { angleBetween, dot, lengthsTimesCosine, norm, project, signOf } from "../arithmetic/vectors.js";
import { fill, tint } from "../controls.js";
import { addHandle } from "../handle.js";
import { arrow, label, line } from "../marks.js";
import { factor, fixed } from "../numbers.js";
import { makePlane } from "../plane.js";
import { set, show, stack, svg, through } from "../svg.js";

const across = { min: -5, max: 5, step: 0.1 };
const upwards = { min: -4, max: 4, step: 0.1 };
const schema = { ax: { start: 4, ...across }, ay: { start: 1, ...upwards }, bx: { start: 2, ...across }, by: { start: 3, ...upwards } };

const signs = { 1: "Positive", 0: "Zero", "-1": "Negative" };
const signClass = (sign) => ["negative", "zero", "positive"][sign + 1];
const degrees = (radians) => fixed((radians * 180) / Math.PI, 1);
const far = 60; // units: beyond any edge

/** The result in words. */
export function sayProduct(a, b) {
  if (!norm(a) || !norm(b)) return "Zero: an arrow without length has no direction, so there is no angle.";
  const angle = angleBetween(a, b);
  const shadow = fixed(dot(a, b) / norm(a), 2);
  return {
    1: `Positive: θ is ${degrees(angle)}°, less than a right angle. The shadow falls on a’s side: its length counts as ${shadow}.`,
    0: "Zero: a and b stand at a right angle. Seen along a, b casts no shadow.",
    "-1": `Negative: θ is ${degrees(angle)}°, more than a right angle. The shadow falls behind the origin: its length counts as ${shadow}.`,
  }[signOf(dot(a, b))];
}

/** What is said to a prediction: whether it is right, and why. */
export function judgeSign(guess, a, b) {
  const sign = signOf(dot(a, b));
  const why = {
    1: `θ is ${degrees(angleBetween(a, b))}°, less than a right angle, so b leans to a’s side.`,
    0: "θ is exactly a right angle: no part of b points along a.",
    "-1": `θ is ${degrees(angleBetween(a, b))}°, more than a right angle, so b leans away from a.`,
  }[sign];
  const verdict = guess === sign ? "Right." : "Not so, it is " + signs[sign].toLowerCase() + ".";
  return `${verdict} ${why} The product is ${fixed(dot(a, b), 2)}.`;
}

function build(figure) {
  const plane = makePlane("Two arrows from the origin", { x: [-5.3, 5.3], y: [-4.3, 4.3], equal: true }, figure);
  const sides = [1, -1].map((sign) => ({ sign, element: svg("path", { class: `side ${signClass(sign)}` }) }));
  const across = line("muted", "across");
  const band = line("prediction", "shadow");
  const drop = line("residual", "drop");
  const square = line("residual", "corner");
  const arc = svg("path", { class: "stroke arc" });
  const theta = label("θ");
  const word = label("shadow", "prediction");
  const arrows = { a: arrow("data"), b: arrow("model") };
  const names = { a: label("a", "data", "vector"), b: label("b", "model", "vector") };
  stack(plane.layer, ...sides, across, band, drop, square, arc, arrows.a, arrows.b);
  stack(plane.top, theta, word, names.a, names.b);
  const handles = Object.fromEntries(["a", "b"].map((name) => [name, addHandle(plane, {
    label: `Arrow ${name}`,
    role: name === "a" ? "data" : "model",
    drag: (x, y) => figure.set({ [`${name}x`]: x, [`${name}y`]: y }),
    nudge: (dx, dy) => figure.set({ [`${name}x`]: figure.state[`${name}x`] + dx / 10, [`${name}y`]: figure.state[`${name}y`] + dy / 10 }),
  })]));

  // The two readings of one number.
  const [sum, sumIs, lengths, lengthsIs] = [0, 0, 0, 0].map(() => element("span"));
  const reading = (className, title, terms, result) =>
    box(`reading ${className}`, passage("title", title), passage("terms", terms), passage("result", result));
  const readings = box("readings",
    reading("algebra", "Sum of products", sum, sumIs), element("span", { class: "equals", "aria-hidden": "true" }, "="), reading("geometry", "Lengths and angle", lengths, lengthsIs));

  // Predict the sign.
  let game = null; // { a, b, guess } while cases are dealt
  let dealt = 0;
  let score = [0, 0];
  const answers = [1, 0, -1].map((sign) => ({ sign, button: button(signs[sign], () => answer(sign), `answer ${signClass(sign)}`) }));
  const tally = passage("tally");
  const next = button("Next pair", deal, "primary");
  const question = box("question", passage("title", "Without counting: which sign has ", element("b", {}, "a · b"), "?"),
    box("answers", ...answers.map((each) => each.button), next), tally);
  const play = button("Predict the sign", () => {
    if (game) stop();
    else deal();
    if (game) answers[0].button.focus();
  });

  function deal() {
    const hadFocus = document.activeElement === next;
    dealt += 1;
    game = { ...dealPair(seeded(dealt)), guess: null };
    show(question, true); // at once: what is hidden takes no focus
    figure.request();
    if (hadFocus) answers[0].button.focus();
  }

  function answer(sign) {
    if (!game || game.guess !== null) return;
    game.guess = sign;
    score = [score[0] + (signOf(dot(game.a, game.b)) === sign), score[1] + 1];
    figure.request();
  }

  function stop() {
    game = null;
    figure.request();
  }

  function draw(state) {
    const open = !game || game.guess !== null; // whether the answer may be seen
    const [a, b] = game ? [game.a, game.b] : [[state.ax, state.ay], [state.bx, state.by]];
    const product = dot(a, b);
    const sign = signOf(product);
    const shadow = project(b, a);
    const { toPixel } = plane.scale;
    const at = (v) => toPixel(...v);
    const origin = toPixel(0, 0);
    const whole = norm(a) > 0 && norm(b) > 0;

    // The line across a cuts the plane: b on a's side makes the product positive, beyond it negative.
    const [ux, uy] = norm(a) ? [a[0] / norm(a), a[1] / norm(a)] : [0, 0];
    const edge = [at([-uy * far, ux * far]), at([uy * far, -ux * far])];
    across.move(edge);
    for (const side of sides) {
      const out = (v) => [v[0] + side.sign * ux * far, v[1] + side.sign * uy * far];
      set(side.element, { d: `${through([...edge, at(out([uy * far, -ux * far])), at(out([-uy * far, ux * far]))])}Z` });
      side.element.classList.toggle("here", side.sign === sign);
    }
    band.move([origin, at(shadow)]);
    drop.move([at(b), at(shadow)]);
    const [sx, sy] = at(shadow);
    const rise = norm([b[0] - shadow[0], b[1] - shadow[1]]);
    // The right angle at the shadow's foot: 9 pixels along a, towards the origin, and along the drop.
    const inward = [-(sign || -1) * ux * 9, (sign || -1) * uy * 9];
    const up = rise ? [((b[0] - shadow[0]) / rise) * 9, (-(b[1] - shadow[1]) / rise) * 9] : [0, 0];
    square.move([[sx + inward[0], sy + inward[1]], [sx + inward[0] + up[0], sy + inward[1] + up[1]], [sx + up[0], sy + up[1]]]);
    show(square.element, open && whole && rise * plane.scale.unit[0] > 16);

    const first = Math.atan2(a[1], a[0]);
    const turn = Math.atan2(a[0] * b[1] - a[1] * b[0], product);
    const around = (part, radius) => [origin[0] + radius * Math.cos(first + turn * part), origin[1] - radius * Math.sin(first + turn * part)];
    set(arc, { d: through(Array.from({ length: 33 }, (_, place) => around(place / 32, 30))) });
    theta.move(around(0.5, 44));
    // The word stands under the shadow, on the side away from b.
    const side = a[0] * b[1] - a[1] * b[0] >= 0 ? 1 : -1;
    const [mx, my] = at([shadow[0] / 2, shadow[1] / 2]);
    word.move([mx + uy * 17 * side, my + ux * 17 * side], "shadow");
    for (const mark of [across, band, drop, ...sides]) show(mark.element, open && whole);
    show(arc, open && whole);
    show(theta.element, open && whole && Math.abs(turn) > 0.3);
    show(word.element, open && whole && norm(shadow) * plane.scale.unit[0] > 64);

    for (const [name, v] of [["a", a], ["b", b]]) {
      const [px, py] = at(v);
      arrows[name].move(origin, [px, py]);
      const length = Math.hypot(px - origin[0], py - origin[1]) || 1;
      names[name].move([px + ((px - origin[0]) / length) * 23, py + ((py - origin[1]) / length) * 23]);
      handles[name].place(...v, { now: v[0], min: schema.ax.min, max: schema.ax.max, text: `x ${fixed(v[0], 1)}, y ${fixed(v[1], 1)}` }, !game);
    }

    const [a1, a2, b1, b2] = [...a, ...b].map((value) => factor(value, 1));
    fill(sum, tint("data", a1), " × ", tint("model", b1), " + ", tint("data", a2), " × ", tint("model", b2));
    fill(sumIs, fixed(product, 2));
    fill(lengths, tint("data", fixed(norm(a), 2)), " × ", tint("model", fixed(norm(b), 2)), " × cos ", whole ? `${degrees(angleBetween(a, b))}°` : "θ");
    fill(lengthsIs, fixed(lengthsTimesCosine(a, b), 2));
    readings.dataset.sign = signClass(sign);
    show(readings, !game);

    play.textContent = game ? "Drag again" : "Predict the sign";
    show(question, Boolean(game));
    show(next, Boolean(game) && open);
    for (const { sign: each, button: made } of answers) {
      made.setAttribute("aria-pressed", String(game?.guess === each));
      made.setAttribute("aria-disabled", String(Boolean(game) && open));
      made.classList.toggle("right", Boolean(game) && open && each === sign);
    }
    fill(tally, score[1] ? `${score[0]} of ${score[1]} right` : "No prediction yet");
    if (!game) return sayProduct(a, b);
    return open ? judgeSign(game.guess, a, b) : "A new pair. Look at the angle: is it less than a right angle, exactly one, or more?";
  }

  return { parts: [plane, box("stack", readings, question)], buttons: [play], draw, reset: stop };
}

export const dotProduct = { label: "The dot product of two arrows that you can drag", schema, build };
