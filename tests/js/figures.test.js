import assert from "node:assert/strict";
import test from "node:test";

import { factor, fixed, short } from "../../figures/interactive/numbers.js";
import { fitScale, ticks } from "../../figures/interactive/scale.js";
import { readState, snap, startState, writeState } from "../../figures/interactive/state.js";

const schema = { ax: { start: 4, min: -5, max: 5, step: 0.1 }, rate: { start: 0.01, values: [0.001, 0.01, 0.1] } };

test("a state survives the address", () => {
  const state = { ax: -1.3, rate: 0.1 };
  assert.deepEqual(readState(schema, "fig-a", `#${writeState(schema, "fig-a", state)}`), state);
  assert.equal(writeState(schema, "fig-a", startState(schema)), "fig-a:ax=4&rate=0.01");
});

test("what an address leaves out starts as always, and what it cannot mean is left out", () => {
  assert.deepEqual(readState(schema, "fig-a", "#fig-a:ax=2"), { ax: 2, rate: 0.01 });
  for (const odd of ["ax=", "ax", "ax=NaN", "ax=Infinity", "bx=3", "toString=1", "__proto__=1", "", "ax=%"]) {
    assert.deepEqual(readState(schema, "fig-a", `#fig-a:${odd}`), startState(schema));
  }
});

test("a state is held in range and on its steps", () => {
  assert.deepEqual(readState(schema, "fig-a", "#fig-a:ax=99&rate=0.03"), { ax: 5, rate: 0.01 });
  assert.equal(readState(schema, "fig-a", "#fig-a:ax=-0.04").ax, 0);
  assert.equal(Object.is(snap(schema.ax, -0.01), 0), true);
  assert.equal(snap(schema.ax, 0.1 + 0.2), 0.3);
});

test("an ordinary anchor, or another figure's state, is no state", () => {
  for (const hash of ["", "#fig-a", "#sec-a", "#fig-ab:ax=1", "#%E0%A4%A"]) assert.equal(readState(schema, "fig-a", hash), null);
  assert.equal(readState(schema, "fig-a", "#fig-a%3Aax%3D2").ax, 2); // as some programs send links
});

test("numbers wear a real minus, and zero none", () => {
  assert.deepEqual([fixed(-1.5, 1), fixed(-0.004, 2), fixed(2, 2)], ["−1.5", "0.00", "2.00"]);
  assert.deepEqual([factor(-1, 1), factor(1, 1)], ["(−1.0)", "1.0"]);
  assert.deepEqual([short(-3.14159), short(1.26e12), short(Infinity), short(NaN)], ["−3.14", "1.3 × 10¹²", "∞", "not a number"]);
});

test("data become pixels and pixels data", () => {
  const { toPixel, toData, unit } = fitScale({ x: [-5, 5], y: [-4, 4], equal: true }, 600, 400);
  assert.deepEqual(unit, [50, 50]);
  assert.deepEqual(toPixel(0, 0), [300, 200]);
  assert.deepEqual(toPixel(1, 1), [350, 150]);
  assert.deepEqual(toData(...toPixel(2.5, -3)), [2.5, -3]);
  assert.deepEqual(fitScale({ x: [0, 10], y: [0, 5], margin: [30, 20] }, 130, 70).toPixel(0, 0), [30, 50]);
});

test("ticks are round, in range and few enough", () => {
  assert.deepEqual(ticks([-5.5, 5.5], 6), [-4, -2, 0, 2, 4]);
  assert.deepEqual(ticks([0, 1], 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
});
