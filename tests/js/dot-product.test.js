import assert from "node:assert/strict";
import test from "node:test";

import { seeded } from "../../figures/interactive/arithmetic/random.js";
import { dealPair } from "../../figures/interactive/arithmetic/signs.js";
import { angleBetween, dot, lengthsTimesCosine, norm, project, scale, signOf } from "../../figures/interactive/arithmetic/vectors.js";
import { judgeSign, sayProduct } from "../../figures/interactive/widgets/dot-product.js";
import { agree, agreeAll, casesOf } from "./agree.js";

const cases = casesOf("dot_product");

test("vectors agree with the package", () => {
  for (const { a, b, ...expected } of cases.pairs) {
    agree(dot(a, b), expected.dot, "dot");
    agree(norm(a), expected.norm, "norm");
    agree(angleBetween(a, b), expected.angle, "angle");
    agreeAll(project(b, a), expected.projection, "projection");
    agreeAll(scale(a, expected.dot / expected.norm ** 2), expected.projection, "a multiple");
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

test("the product is said in words", () => {
  assert.match(sayProduct([4, 1], [2, 3]), /^Positive: θ is 42\.3°/);
  assert.match(sayProduct([2, 1], [-1, 2]), /^Zero: .* right angle/);
  assert.match(sayProduct([2, 1], [-2, -1]), /^Negative: θ is 180\.0°/);
  assert.match(sayProduct([0, 0], [1, 1]), /no direction/);
});

test("a prediction hears whether it is right, and why", () => {
  assert.match(judgeSign(0, [2, 1], [-1, 2]), /^Right\. θ is exactly a right angle.* 0\.00\.$/);
  assert.match(judgeSign(1, [2, 1], [-1, 2]), /^Not so, it is zero\./);
  assert.match(judgeSign(-1, [1, 0], [-1, 1]), /^Right\. θ is 135\.0°, more .* −1\.00\.$/);
});
