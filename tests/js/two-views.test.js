import assert from "node:assert/strict";
import test from "node:test";

import { toArrow, toList } from "../../figures/interactive/arithmetic/views.js";
import { sayViews } from "../../figures/interactive/widgets/two-views.js";
import { agree, agreeAll, casesOf } from "./agree.js";

const cases = casesOf("two_views");

test("a list becomes the package's length and NumPy's angle", () => {
  for (const { list, length, degrees, from_axis } of cases.lists) {
    const [found, angle] = toArrow(list);
    agree(found, length, "length");
    agree(angle, degrees, "angle");
    agree(Math.abs(angle), from_axis, "the angle with the axis");
  }
});

test("an arrow becomes NumPy's list, and nothing is lost on the way back", () => {
  for (const { arrow, list } of cases.arrows) {
    agreeAll(toList(...arrow), list, "list");
    if (arrow[0]) agreeAll(toArrow(toList(...arrow)), arrow, "there and back");
  }
});

test("each view can be told from the words", () => {
  assert.match(sayViews([3, 4]), /^3\.00 to the right and 4\.00 up: that is 5\.00 long, at 53\.1°/);
  assert.match(sayViews([-3, -4]), /^3\.00 to the left and 4\.00 down: that is 5\.00 long, at −126\.9°/);
  assert.match(sayViews([0, -2]), /^2\.00 down, and nothing to the side: .* at −90\.0°/);
  assert.match(sayViews([2, 0]), /^2\.00 to the right, and nothing up or down/);
  assert.match(sayViews([0, 0]), /no direction/);
});
