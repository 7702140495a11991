import assert from "node:assert/strict";
import test from "node:test";

import { measureKeys, measurePairs, softmax, spreadOf } from "../../figures/interactive/arithmetic/attention.js";
import { normal, seeded } from "../../figures/interactive/arithmetic/random.js";
import { drawAll, measure, sayDimensions } from "../../figures/interactive/widgets/high-dimensions.js";
import { agree, agreeAll, casesOf } from "./agree.js";

const { dimensions, count, keys, draws } = casesOf("high_dimensions");

const take = (draw, length) => Array.from({ length }, draw);

test("the streams are those that Python draws, to the last digit where no function is rounded", () => {
  for (const { seed, even, normal: numbers } of draws) {
    assert.deepEqual(take(seeded(seed), even.length), even);
    agreeAll(take(normal(seeded(seed)), numbers.length), numbers, "normal");
  }
});

test("pairs and keys agree with the package in every dimension", () => {
  for (const { seed, dots, cosines, scores, spreads, weights } of draws) {
    const draw = normal(seeded(seed));
    const pairs = measurePairs(draw, dimensions, count);
    const found = measureKeys(draw, dimensions, keys);
    dimensions.forEach((d, place) => {
      agreeAll(pairs.get(d).dots, dots[place], "dot");
      agreeAll(pairs.get(d).cosines, cosines[place], "cosine");
      agreeAll(found.get(d), scores[place], "score");
      agree(spreadOf(found.get(d)), spreads[place], "typical size");
      [1, Math.sqrt(d), d].forEach((scale, which) => agreeAll(softmax(found.get(d).map((score) => score / scale)), weights[place][which], "weight"));
    });
  }
});

test("the normal numbers have mean 0 and variance 1", () => {
  const many = take(normal(seeded(4)), 40000);
  assert.ok(Math.abs(many.reduce((sum, value) => sum + value) / many.length) < 0.025); // five standard errors
  assert.ok(Math.abs(spreadOf(many) ** 2 - 1) < 0.036); // five of √(2/n)
  assert.ok(many.some((value) => Math.abs(value) > 3.5));
});

test("what is said holds of what is drawn", () => {
  const all = drawAll(1);
  for (const [d, wide] of [[3, true], [1024, false]]) {
    const found = measure(all, d);
    const near = found.cosines.filter((cosine) => Math.abs(cosine) < 0.1).length;
    assert.equal(near < 60, wide);
    assert.match(sayDimensions(d, found, true), new RegExp(`^Of 300 random pairs, ${near} have a cosine within 0\\.1 of zero\\.`));
    assert.ok(sayDimensions(d, found, true).startsWith(`${sayDimensions(d, found, false)} With the scores`));
    assert.ok(Math.abs(found.spread * Math.sqrt(d) - 1) < 0.15);
  }
  assert.match(sayDimensions(1, measure(all, 1), true), /every cosine is 1 or −1/);
  assert.ok(measure(all, 1).cosines.every((cosine) => Math.abs(Math.abs(cosine) - 1) < 1e-15));
});
