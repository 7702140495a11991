import { box, button, element, passage } from "../../js/element.js";
import { measureKeys, measurePairs, softmax, spreadOf } from "../arithmetic/attention.js";
import { normal, seeded } from "../arithmetic/random.js";
import { fill, makeSlider, tint } from "../controls.js";
import { label } from "../marks.js";
import { fixed } from "../numbers.js";
import { makePlane } from "../plane.js";
import { set, stack, svg } from "../svg.js";

const dims = [1, 2, 3, 4, 8, 16, 32, 64, 128, 256, 512, 768, 1024];
const seeds = { start: 1, min: 1, max: 999, step: 1 };

const PAIRS = 300;
const KEYS = 8;
const BINS = 81; // an odd number: 0 is in the middle of one
// What a score is divided by, and what it is then called.
const scales = [["as they are", () => 1], ["over √d", Math.sqrt], ["over d", (d) => d]];

/** What the chance of one seed shows in d dimensions: the cosines of the pairs, and by scale the spread of the scores and the weights. */
export function measure({ pairs, keys }, d) {
  const { dots, cosines } = pairs.get(d);
  return {
    cosines,
    spread: spreadOf(cosines),
    scaled: scales.map(([, by]) => ({ spread: spreadOf(dots) / by(d), weights: softmax(keys.get(d).map((score) => score / by(d))) })),
  };
}

/** All that one seed gives, for every d at once. */
export function drawAll(seed) {
  const draw = normal(seeded(seed));
  return { pairs: measurePairs(draw, dims, PAIRS), keys: measureKeys(draw, dims, KEYS) };
}

const percent = (share) => (share > 0.995 ? "over 99%" : `${fixed(share * 100, 0)}%`);

/** The result in words: of the angles, and of the weights where these are shown. */
export function sayDimensions(d, { cosines, scaled }, weighed) {
  const near = cosines.filter((cosine) => Math.abs(cosine) < 0.1).length;
  const angles = d === 1
    ? "With one entry each, every cosine is 1 or −1."
    : `Of ${PAIRS} random pairs, ${near} have a cosine within 0.1 of zero.`;
  if (!weighed) return angles;
  const [plain, root, whole] = scaled.map(({ weights }) => percent(Math.max(...weights)));
  return `${angles} With the scores as they are, one of eight keys takes ${plain} of the weight; over √d the largest weight is ${root}, over d ${whole}. An equal share is 12.5%.`;
}

function build(figure, weighed) {
  const plane = makePlane("Cosines of random pairs", { x: [-1.04, 1.04], y: [0, 1.22], margin: [1, 22] }, figure);
  const band = svg("rect", { class: "band role-prediction" });
  const bars = Array.from({ length: BINS }, () => svg("rect"));
  const name = label("", "prediction");
  plane.layer.append(band, svg("g", { class: "bars role-data" }, ...bars));
  stack(plane.top, name);

  // Three groups of bars, one a scale, a third of the width each.
  const shares = makePlane("Weights of eight keys", { x: [0, 3], y: [0, 1], margin: [0, 1] }, figure);
  const groups = scales.map(() => Array.from({ length: KEYS }, () => svg("rect")));
  shares.layer.append(...groups.map((group) => svg("g", { class: "bars role-model" }, ...group)));

  const [spreadIs, rootIs] = [0, 0].map(() => element("span"));
  const cells = scales.map(([words]) => ({ most: element("b"), size: element("b"), words }));
  const row = (...words) => passage("title", ...words);
  const third = ({ words, most, size }) => element("div", {}, element("p", {}, words), row("largest weight ", most), row("typical score ", size));

  const dimension = makeSlider({ label: "Entries d", entry: { values: dims }, write: String, change: (d) => figure.set({ d }) });
  const fresh = button("New draw", () => figure.set({ seed: (figure.state.seed % seeds.max) + 1 }));
  let [drawn, all] = [0, null];

  function draw({ d, seed }) {
    if (seed !== drawn) [drawn, all] = [seed, drawAll(seed)];
    const found = measure(all, d);
    const { toPixel } = plane.scale;
    const counts = Array(BINS).fill(0);
    for (const cosine of found.cosines) counts[Math.max(0, Math.min(BINS - 1, Math.floor(((cosine + 1) / 2) * BINS)))] += 1;
    const most = Math.max(...counts);
    const span = (bar, [left, top], [right, foot]) => set(bar, { x: left + 0.5, y: top, width: Math.max(0, right - left - 1), height: foot - top });
    bars.forEach((bar, place) => {
      const edge = (at) => (at / BINS) * 2 - 1;
      span(bar, toPixel(edge(place), counts[place] / most), toPixel(edge(place + 1), 0));
    });
    const expected = 1 / Math.sqrt(d);
    span(band, toPixel(-expected, 1.22), toPixel(expected, 0));
    name.move(toPixel(0, 1.11), "from −1/√d to 1/√d");

    groups.forEach((group, place) => group.forEach((bar, key) => {
      const left = place + 0.06 + (key * 0.88) / KEYS;
      span(bar, shares.scale.toPixel(left, found.scaled[place].weights[key]), shares.scale.toPixel(left + 0.88 / KEYS, 0));
    }));
    found.scaled.forEach(({ spread, weights }, place) => {
      fill(cells[place].most, fixed(Math.max(...weights), 2));
      fill(cells[place].size, fixed(spread, spread < 0.1 ? 3 : 2));
    });
    fill(spreadIs, "Typical cosine ", tint("data", fixed(found.spread, 3)));
    fill(rootIs, "1/√d ", tint("prediction", fixed(expected, 3)));
    dimension.move(d);
    return sayDimensions(d, found, weighed);
  }

  plane.element.classList.add("cosines");
  shares.element.classList.add("shares");
  return {
    parts: [
      plane,
      passage("line-readings", spreadIs, rootIs),
      dimension,
      ...(weighed ? [shares, box("thirds", ...cells.map(third))] : []),
    ],
    buttons: [fresh],
    draw,
  };
}

/** The angles and the weights, from many dimensions, or `part="angles"` alone, from three. */
export const highDimensions = ({ part }) => {
  const weighed = part !== "angles";
  return { label: "Random vectors in many dimensions", schema: { d: { start: weighed ? 512 : 3, values: dims }, seed: seeds }, build: (figure) => build(figure, weighed) };
};
