import assert from "node:assert/strict";
import test from "node:test";

import { advance, progressWords, startState } from "../../figures/js/derivation.js";

const play = (total, ...actions) => actions.reduce(advance, startState(total));

test("a derivation begins with one line and no hint", () => {
  assert.deepEqual(startState(4), { shown: 1, hinted: false, total: 4 });
});

test("a hint shows no line", () => {
  assert.deepEqual(play(4, "hint"), { shown: 1, hinted: true, total: 4 });
});

test("the next line comes with no hint about the one after it", () => {
  assert.deepEqual(play(4, "hint", "next"), { shown: 2, hinted: false, total: 4 });
});

test("asking further than the last line changes nothing", () => {
  assert.deepEqual(play(2, "next", "next", "next", "hint"), { shown: 2, hinted: false, total: 2 });
});

test("all lines can be shown at once, and put away again", () => {
  assert.equal(play(5, "hint", "all").shown, 5);
  assert.deepEqual(play(5, "all", "restart"), startState(5));
});

test("a line that must be seen brings every line before it, and takes none away", () => {
  assert.equal(play(5, 3).shown, 3);
  assert.equal(play(5, 4, 2).shown, 4);
  assert.equal(play(5, 9).shown, 5);
});

test("a hint stays when the line that must be seen is already there, and goes when a new one comes", () => {
  assert.equal(play(5, "next", "hint", 1).hinted, true);
  assert.equal(play(5, "hint", 3).hinted, false);
});

test("the words under the last line count, hint, or say that all is there", () => {
  assert.equal(progressWords(startState(3), "Expand the square."), "Line 1 of 3");
  assert.equal(progressWords(play(3, "hint"), "Expand the square."), "Next: Expand the square.");
  assert.equal(progressWords(play(3, "all"), undefined), "All 3 lines");
});
