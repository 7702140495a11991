import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { descend } from "../../figures/interactive/arithmetic/descent.js";
import { seeded } from "../../figures/interactive/arithmetic/random.js";
import { curvatures, gradientOfError, largestStableRate, leastSquares, meanSquaredError } from "../../figures/interactive/arithmetic/regression.js";
import { dealPair } from "../../figures/interactive/arithmetic/signs.js";
import { angleBetween, dot, lengthsTimesCosine, norm, project, signOf } from "../../figures/interactive/arithmetic/vectors.js";
import { noisyLine } from "../../figures/interactive/data.js";

const cases = JSON.parse(readFileSync(new URL("cases.json", import.meta.url), "utf8"));

function agree(found, expected, of) {
  const error = Math.abs(found - expected) / Math.max(1, Math.abs(expected));
  assert.ok(error <= 1e-12, `${of}: ${found} is not ${expected}`);
}

function agreeAll(found, expected, of) {
  assert.equal(found.length, expected.length);
  found.forEach((value, place) => agree(value, expected[place], of));
}

test("vectors agree with the package", () => {
  for (const { a, b, ...expected } of cases.pairs) {
    agree(dot(a, b), expected.dot, "dot");
    agree(norm(a), expected.norm, "norm");
    agree(angleBetween(a, b), expected.angle, "angle");
    agreeAll(project(b, a), expected.projection, "projection");
  }
});

test("the lengths and the angle give the sum of products", () => {
  for (const { a, b } of cases.pairs) agree(lengthsTimesCosine(a, b), dot(a, b), "the identity");
  assert.equal(lengthsTimesCosine([0, 0], [1, 2]), 0);
});

test("a right angle between arrows of tenths is found whatever the rounding", () => {
  assert.notEqual(dot([0.1, 0.3], [0.9, -0.3]), 0);
  assert.equal(signOf(dot([0.1, 0.3], [0.9, -0.3])), 0);
  assert.deepEqual([signOf(0.01), signOf(-0.01)], [1, -1]);
});

test("the loss, its gradient and its best line agree with the package", () => {
  for (const { point, loss, gradient } of cases.lines) {
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

test("chance repeats itself for one seed, differs for another, and is even", () => {
  const draws = (seed) => Array.from({ length: 5 }, seeded(seed));
  assert.deepEqual(draws(1), draws(1));
  assert.notDeepEqual(draws(1), draws(2));
  const random = seeded(3);
  const many = Array.from({ length: 10000 }, random);
  assert.ok(many.every((value) => value >= 0 && value < 1));
  assert.ok(Math.abs(many.reduce((sum, value) => sum + value) / 10000 - 0.5) < 0.015); // five standard errors of 1/√12/100
});

test("the pairs dealt lie on the plane, show each sign, and are right angles or clearly not", () => {
  const seen = { 1: 0, 0: 0, "-1": 0 };
  for (let deal = 1; deal <= 600; deal++) {
    const { a, b } = dealPair(seeded(deal));
    for (const [x, y] of [a, b]) assert.ok(Math.abs(x) <= 5 && Math.abs(y) <= 4 && norm([x, y]) >= 1.5);
    const sign = signOf(dot(a, b));
    seen[sign] += 1;
    if (sign) assert.ok(Math.abs(angleBetween(a, b) * (180 / Math.PI) - 90) >= 8);
    else assert.equal(dot(a, b), 0);
  }
  for (const count of Object.values(seen)) assert.ok(count > 150 && count < 250);
});
