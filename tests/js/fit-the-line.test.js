import assert from "node:assert/strict";
import test from "node:test";

import { descend } from "../../figures/interactive/arithmetic/descent.js";
import { curvatures, gradientOfError, largestStableRate, leastSquares, meanSquaredError, residuals } from "../../figures/interactive/arithmetic/regression.js";
import { noisyLine } from "../../figures/interactive/data.js";
import { sayFit } from "../../figures/interactive/widgets/fit-the-line.js";
import { agree, agreeAll, casesOf } from "./agree.js";

const cases = casesOf("fit_the_line");

test("the loss, its gradient and its best line agree with the package", () => {
  for (const { point, loss, gradient, residuals: first } of cases.lines) {
    agreeAll(residuals(noisyLine, point).slice(0, 3), first, "residuals");
    agree(meanSquaredError(noisyLine, point), loss, "loss");
    agreeAll(gradientOfError(noisyLine, point), gradient, "gradient");
  }
  agreeAll(leastSquares(noisyLine), cases.least_squares, "least squares");
  agreeAll(curvatures(noisyLine), cases.curvatures, "curvatures");
  agree(largestStableRate(noisyLine), cases.largest_stable_learning_rate, "limit");
});

test("descent ends where the package's ends, in as many steps", () => {
  for (const { start, rate, steps, taken, outcome, end, loss } of cases.runs) {
    const run = descend((point) => gradientOfError(noisyLine, point), start, { rate, steps, loss: (point) => meanSquaredError(noisyLine, point) });
    assert.equal(run.outcome, outcome);
    if (outcome !== "converged") assert.equal(run.points.length - 1, taken); // where rounding stops it, the last digits decide
    agreeAll(run.points.at(-1), end, "end");
    agree(run.losses.filter(Number.isFinite).at(-1), loss, "loss");
  }
});

test("the slopes say which way each parameter should go", () => {
  assert.match(sayFit([1, 1], 1), /raising w lowers the loss, and raising b lowers the loss/);
  assert.match(sayFit([3, 9], 1), /lowering w lowers the loss, and lowering b/);
  assert.match(sayFit([2.0077, 2.987], 0), /noise/);
});
