import assert from "node:assert/strict";
import test from "node:test";

import { centralDifference, oneSidedDifference, power2, power3, size } from "../../figures/interactive/arithmetic/slopes.js";
import { tidy } from "../../figures/interactive/numbers.js";
import { sayDerivative } from "../../figures/interactive/widgets/derivative.js";
import { agree, casesOf } from "./agree.js";

const curves = Object.fromEntries([power2, power3, size].map((each) => [each.name, each]));

test("slopes, derived and measured, agree with the package", () => {
  for (const { curve, x, slope, one_sided, central } of casesOf("derivative").slopes) {
    const { f, slope: derived } = curves[curve];
    agree(derived(x), slope, `the slope of ${curve} at ${x}`);
    for (const [h, expected] of one_sided) agree(oneSidedDifference(f, x, h), expected, `${curve} at ${x}, h = ${h}`);
    for (const [h, expected] of central) agree(centralDifference(f, x, h), expected, `${curve} at ${x}, both ways, h = ${h}`);
  }
});

test("a corner has no slope", () => {
  assert.ok(Number.isNaN(size.slope(0)));
  assert.deepEqual([oneSidedDifference(size.f, 0, 0.5), oneSidedDifference(size.f, 0, -0.5), centralDifference(size.f, 0, 0.5)], [1, -1, 0]);
});

test("the words say how far the secant is off, and why", () => {
  const say = (changes) => sayDerivative({ x: 1, h: 1, curve: 0, both: 0, ...changes });
  assert.match(say({}), /^For h = 1 the secant’s slope is 1 more than the tangent’s\. Make h smaller/);
  assert.match(say({ h: -0.5 }), /is 0\.5 less than/);
  assert.match(say({ h: 0.01 }), /told apart/);
  assert.match(say({ h: 1e-15 }), /rounding/);
  assert.match(say({ h: 1e-16 }), /x itself .* the rise is lost/);
  assert.match(say({ both: 1 }), /is the tangent’s, 2, to the last digit/);
  assert.match(say({ x: -0.1, h: 0.1, both: 1 }), /is the tangent’s, −0\.2, but for the rounding of the last digits\.$/);
  assert.match(say({ h: 1e-6, both: 1 }), /rounding: the heights agree/);
  assert.match(say({ curve: 2, x: 0 }), /to the right has slope 1, and to the other side −1, .* no derivative/);
  assert.match(say({ curve: 2, x: 0, both: 1 }), /flat .* corner/);
});

test("numbers of any size can be read at a glance", () => {
  assert.deepEqual([0.5, -2, 0.00012, 0.1 + 0.2, 1e-16, -3.14e-7, 0, 123456].map(tidy), ["0.5", "−2", "0.00012", "0.3", "10⁻¹⁶", "−3.1 × 10⁻⁷", "0", "1.2 × 10⁵"]);
});
