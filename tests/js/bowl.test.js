import assert from "node:assert/strict";
import test from "node:test";

import { alongAxis, axesOfBowl, bestRate, conditionNumber, makeBowl, measuredFactor, standardize } from "../../figures/interactive/arithmetic/curvature.js";
import { descend } from "../../figures/interactive/arithmetic/descent.js";
import { largestStableRate } from "../../figures/interactive/arithmetic/regression.js";
import { dot } from "../../figures/interactive/arithmetic/vectors.js";
import { noisyLine } from "../../figures/interactive/data.js";
import { excessOf, sayExcess } from "../../figures/interactive/excess.js";
import { nearOne, scientific } from "../../figures/interactive/numbers.js";
import { penguins } from "../../figures/interactive/penguins.js";
import { lineViews, penguinViews, sayWalk } from "../../figures/interactive/widgets/bowl.js";
import { agree, agreeAll, casesOf } from "./agree.js";

const cases = casesOf("bowl");
const [line, shifted] = lineViews();
const tables = { line: noisyLine, shifted: shifted.data, raw: penguins, standardised: { x: standardize(penguins.x), y: penguins.y } };

test("each bowl agrees with the package", () => {
  for (const [name, data] of Object.entries(tables)) {
    const expected = cases[name];
    const { best, gradient, loss } = makeBowl(data);
    agreeAll(data.x.slice(0, 3), expected.x, "x");
    agreeAll(best, expected.best, "least squares");
    agree(largestStableRate(data) / expected.limit, 1, "limit"); // of numbers near 1e-5, so that they agree in every digit
    agree(bestRate(data) / expected.best_rate, 1, "best rate");
    agree(conditionNumber(data), expected.condition_number, "condition number");
    for (const at of expected.points) {
      agree(loss(at.point), at.loss, "loss");
      agreeAll(gradient(at.point), at.gradient, "gradient");
    }
  }
});

test("its axes are the eigenvectors, and a round bowl has those of w and b", () => {
  for (const name of ["line", "shifted", "raw"]) {
    const { flat, steep } = axesOfBowl(tables[name]);
    [flat, steep].forEach((axis, place) => agree(Math.abs(dot(axis, cases[name].axes[place])), 1, "axis"));
    agree(dot(flat, steep), 0, "right angle");
  }
  const { flat, steep } = axesOfBowl(tables.standardised);
  assert.deepEqual([flat.map(Math.abs), steep], [[0, 1], [1, 0]]);
});

test("runs stand where the package's stand", () => {
  for (const [name, data] of Object.entries(tables)) {
    const { gradient, loss } = makeBowl(data);
    for (const run of cases[name].runs) {
      const { points, losses } = descend(gradient, [0, 0], { rate: run.rate, steps: run.steps, loss });
      assert.equal(points.length, run.steps + 1);
      agreeAll(points.at(-1), run.end, "end");
      agree(losses.at(-1), run.loss, "loss");
      if (name === "standardised") continue; // a round bowl has no axes of its own
      const { flat, steep } = axesOfBowl(data);
      [flat, steep].forEach((axis, place) => {
        const distances = alongAxis(points.slice(0, 2), makeBowl(data).best, axis);
        agree(Math.abs(distances[0]) / run.along[place], 1, "distance along an axis");
        assert.ok(Math.abs(measuredFactor(distances, 0) - run.factors[place]) < 1e-6, "a step's factor"); // of a difference: rounding takes digits
      });
    }
  }
});

test("the factor of a step is measured, as far as rounding lets it", () => {
  const { best, gradient, loss } = makeBowl(noisyLine);
  const { points } = descend(gradient, [0, 0], { rate: 0.1, steps: 30, loss });
  const { flat, steep } = axesOfBowl(noisyLine);
  const blur = 1e-7;
  assert.ok(Math.abs(measuredFactor(alongAxis(points, best, flat), blur) - 0.8005) < 1e-4); // 1 - 0.1 * 1.9945
  assert.ok(Math.abs(measuredFactor(alongAxis(points, best, steep), blur) + 0.4865) < 1e-4); // 1 - 0.1 * 14.8646
  assert.equal(measuredFactor([4, 2, 1], 3), 0.5);
  assert.ok(Number.isNaN(measuredFactor([4], 0)) && Number.isNaN(measuredFactor([1, 1], 2)));
});

test("how a run stands is said in words", () => {
  const [raw, z] = penguinViews();
  const said = (view, rate, step, start = [0, 0]) => sayWalk(view, descend(view.gradient, start, { rate, steps: step, loss: view.loss }), step, rate);
  assert.match(said(line, 0.01, 0), /7\.5 times as much along the steep axis/);
  assert.match(said(line, 0.1, 5), /^Step 5: .*% of the distance along the flat axis is left, .* crosses to the other side\.$/);
  assert.doesNotMatch(said(line, 0.05, 5), /other side/);
  assert.match(said(line, 0.1, 5, [1.95, 0]), /^Step 5: 32\.88% .* started on that axis/);
  assert.match(said(line, 0.1, 90), /^Step 90: arrived/);
  assert.match(said(shifted, 0.01, 0), new RegExp(`${cases.shifted.condition_number.toFixed(1)} times as much along the steep axis`));
  assert.match(said(shifted, 0.1, 5), new RegExp(`above the limit, ${cases.shifted.limit.toFixed(4)}: .* by −1\\.248`)); // 1 - 0.1 * 22.4776
  assert.match(said(line, 0.135, 1), /still falls, but not for long.* above the limit, 0\.1345/);
  assert.match(said(line, 0.16, 90), /the loss rises.* by −1\.378/); // 1 - 0.16 * 14.8646
  assert.match(said(raw, 0.5 * raw.limit, 0), /ravine so narrow.* 8\.3 × 10⁶ times/);
  assert.match(said(raw, 0.5 * raw.limit, 1000), /^Step 1000: 99\.99% of the way along the floor is still to go\. .* after 1\.2 × 10⁸ steps/);
  assert.match(said(z, 0, 0), /round: κ is 1/);
  assert.match(said(z, 0.5, 1), /^Step 1: arrived.* Both factors are 0, so one step is enough\.$/);
  assert.match(said(z, 0.5, 1, [0, z.best[1]]), /arrived/); // on an axis, where the other distance is 0
});

test("the second bowl of the line is of the same points and lines, and leans and stretches", () => {
  assert.equal(line.data.x.length, 100);
  line.data.x.forEach((value, place) => agree(shifted.data.x[place] - value, 2, "x"));
  assert.deepEqual([line.data.x, shifted.data.y], [noisyLine.x, noisyLine.y]);
  for (const [w, b] of [[0, 0], [1.5, -1], [4, 4]]) agree(shifted.loss([w, b - 2 * w]), line.loss([w, b]), "the loss of one line");
  const lean = ({ axes: [flat] }) => Math.abs(Math.atan(flat.along[0] / flat.along[1])) * 180 / Math.PI;
  assert.ok(lean(line) < 2 && lean(shifted) > 9);
  assert.ok(shifted.kappa > 2 * line.kappa);
  const [marks, { limit, best_rate: best }] = [shifted.marks, cases.shifted];
  assert.deepEqual(marks.map(([, word]) => word), ["best", "limit"]);
  agree(marks[0][0] / best, 1, "mark of the best rate");
  agree(marks[1][0] / limit, 1, "mark of the limit");
});

test("the excess loss by the factors is what the package's runs have above their least loss", () => {
  let compared = 0;
  for (const [{ runs }, bowl] of [[cases.line, line], [cases.shifted, shifted]]) {
    for (const run of runs) {
      const [flat, steep, both] = excessOf(bowl, [0, 0], run.rate, run.steps);
      assert.deepEqual([flat.length, steep.length, both.length], Array(3).fill(run.steps + 1));
      const above = run.loss - bowl.least;
      if (above < 1e-6 || above > 1e6) continue; // rounding has taken the digits
      assert.ok(Math.abs(both.at(-1) / above - 1) < 1e-6, `${run.rate}`);
      compared += 1;
    }
  }
  assert.ok(compared > 3);
  const [flat, steep, both] = excessOf(line, [0, 0], 0.01, 150);
  assert.ok(Math.abs(both[0] - (line.loss([0, 0]) - line.least)) < 1e-9);
  assert.ok(steep[0] > flat[0] && steep[60] < flat[60] / 100 && both[60] > flat[60]); // the sum follows the slower one
});

test("what the curve of the loss shows is said with its numbers", () => {
  const parts = [[8, 4], [2, 1], [10, 5]];
  assert.equal(sayExcess(line, parts, 0, 1), "Excess loss by step, on a logarithmic axis. At step 0: flat 8, steep 2, both 10. At step 1: flat 4, steep 1, both 5.");
  assert.match(sayExcess(penguinViews()[1], parts, 1, 1), /At step 1: b 4, w 1, both 5\./); // round: no flat axis
});

test("numbers of any size are read", () => {
  assert.deepEqual([scientific(1.24e-5), scientific(-8346408), scientific(1.2e12)], ["1.2 × 10⁻⁵", "−8.3 × 10⁶", "1.2 × 10¹²"]);
  assert.deepEqual([nearOne(1 - 1.2e-7, 4), nearOne(1, 4), nearOne(0.9998, 4), nearOne(-0.4865, 4)], ["1 − 1.2 × 10⁻⁷", "1.0000", "0.9998", "−0.4865"]);
});
