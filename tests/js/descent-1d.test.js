import assert from "node:assert/strict";
import test from "node:test";

import { descend } from "../../figures/interactive/arithmetic/descent.js";
import { errorFactor, parabola, valleys } from "../../figures/interactive/arithmetic/valleys.js";
import { sayWalk, walk } from "../../figures/interactive/widgets/descent-1d.js";
import { agree, agreeAll, casesOf } from "./agree.js";

const cases = casesOf("descent_1d");

test("each walk goes where the package's goes", () => {
  for (const { curve, start, rate, outcome, points, heights } of cases.walks) {
    const { f, slope } = { parabola, valleys }[curve];
    const run = descend(([x]) => [slope(x)], [start], { rate, steps: 50, loss: ([x]) => f(x) });
    assert.equal(run.outcome === "diverged", outcome === "diverged", `${curve} at ${rate}`);
    const finite = points.filter((x) => Math.abs(x) < 1e100); // beyond, the package has no loss to stop it
    agreeAll(run.losses.slice(0, 4), heights, "heights");
    agreeAll(run.points.map(([x]) => x).slice(0, finite.length), finite, `${curve} from ${start} at ${rate}`);
  }
});

test("on the parabola, each step multiplies the error by the factor", () => {
  for (const { curve, rate, points } of cases.walks) {
    if (curve === "parabola") points.slice(1).forEach((x, place) => agree(x - 3, errorFactor(rate) * (points[place] - 3), "the error"));
  }
});

test("the bottoms and the ridge are where the slope is zero", () => {
  agreeAll([valleys.bottoms[0], valleys.ridge, valleys.bottoms[1]], cases.flats, "flat places");
});

test("the words name what the walk does", () => {
  const say = (changes) => sayWalk({ curve: 0, start: 0, rate: 0.1, steps: 50, ...changes });
  assert.match(say({ steps: 0 }), /slope is −6: the curve falls to the right, so the first step goes right, by 0\.1 · 6 = 0\.6\./);
  assert.match(say({ steps: 0, start: 5 }), /falls to the left, so the first step goes left/);
  assert.match(say({}), /^Step 50: x = 3\.0000\. Converges: each step keeps 0\.8 of the error, on the same side/);
  assert.match(say({ rate: 0.9 }), /Oscillates, and converges: .* keeps 0\.8/);
  assert.match(say({ rate: 0.5, steps: 1 }), /^Step 1: x = 3\.0000\. The factor is 0/);
  assert.match(say({ rate: 1 }), /Oscillates for ever/);
  assert.match(say({ rate: 1.1 }), /Diverges: .* 1\.2 times as far/);
  assert.match(say({ start: 3 }), /slope is 0: no step/);
  assert.match(say({ curve: 1 }), /Converges, in the left valley, the deeper one\.$/);
  assert.match(say({ curve: 1, start: 0.5 }), /Converges, in the right valley, the shallower one\. Of the deeper one/);
  assert.match(say({ curve: 1, start: 3.5, rate: 1.2 }), /Diverges/);
  assert.match(say({ curve: 1, start: 0.5, rate: 0.1, steps: 3 }), /goes down in the right valley/);
  assert.equal(walk({ curve: 0, start: 0, rate: 0.1, steps: 7 }).points.length, 8);
});
