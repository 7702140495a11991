import assert from "node:assert/strict";
import test from "node:test";

import { judgeOptions, readChoice, verdictWords } from "../../figures/js/predict.js";
import { waitingWords } from "../../figures/js/waiting.js";

const rights = [false, true, false];
const open = (judged) => judged.map((option) => option.open);
const marks = (judged) => judged.map((option) => option.mark);

test("before a choice nothing is told", () => {
  const judged = judgeOptions(rights, null);
  assert.deepEqual(open(judged), [false, false, false]);
  assert.deepEqual(marks(judged), ["", "", ""]);
  assert.equal(verdictWords(rights, null), "");
});

test("a right choice opens its own feedback alone", () => {
  const judged = judgeOptions(rights, 1);
  assert.deepEqual(open(judged), [false, true, false]);
  assert.equal(judged[1].mark, "right");
});

test("a wrong choice opens its feedback and the right option's, and passes over the others", () => {
  const judged = judgeOptions(rights, 0);
  assert.deepEqual(open(judged), [true, true, false]);
  assert.deepEqual(marks(judged), ["wrong", "right", ""]);
});

test("on request every option tells, and the wrong ones stay wrong", () => {
  const judged = judgeOptions(rights, 1, true);
  assert.deepEqual(open(judged), [true, true, true]);
  assert.deepEqual(marks(judged), ["wrong", "right", "wrong"]);
});

test("every mark comes with words, for eyes that see no colour and ears that see no mark", () => {
  for (const choice of [0, 1, 2]) {
    for (const option of judgeOptions(rights, choice, true)) assert.ok(option.words.length > 0);
  }
  const chosen = judgeOptions(rights, 0)[0].words;
  const passed = judgeOptions(rights, 1, true)[0].words;
  assert.notEqual(chosen, passed);
});

test("the verdict says whether the prediction held", () => {
  assert.match(verdictWords(rights, 1), /^You predicted it/);
  assert.match(verdictWords(rights, 2), /^Not this time/);
});

test("a kept choice is read back, and anything that does not fit is no choice", () => {
  assert.equal(readChoice("0", 3), 0);
  assert.equal(readChoice("2", 3), 2);
  for (const kept of [null, "", "3", "-1", "1.5", "one", "1 "]) assert.equal(readChoice(kept, 3), null);
});

test("a quiz speaks of answers, where nothing was predicted and nothing happens", () => {
  assert.equal(judgeOptions(rights, 1, false, "answer")[1].words, "Your answer: right");
  assert.equal(judgeOptions(rights, 0, false, "answer")[0].words, "Your answer: not so");
  for (const choice of [0, 1]) assert.doesNotMatch(verdictWords(rights, choice, true), /predict|happen/);
  assert.match(verdictWords(rights, 1, true), /^Right\./);
});

test("what waits says how many predictions are still to be made", () => {
  assert.equal(waitingWords(1), "This waits for your prediction in ");
  assert.match(waitingWords(3), /^This waits for 3 of your predictions; the next is in $/);
});
