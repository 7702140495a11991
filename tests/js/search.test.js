import assert from "node:assert/strict";
import test from "node:test";

import { countWords, moved } from "../../figures/js/search-box.js";
import { context, find, fold, prepare, wordsOf } from "../../figures/js/search.js";

const entry = (title, text, hidden = "") => ({ address: `${title}.html`, chapter: "1 Book", title, text, hidden });
const titles = (entries, query, most) => find(prepare(entries), query, most).map(({ title }) => title);
const marked = (pieces) => pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join("");

test("words are found whatever their case and marks", () => {
  assert.equal(fold("Résumé"), "resume");
  assert.deepEqual(wordsOf("  Why, √d?"), ["why", "d"]);
  assert.deepEqual(titles([entry("a", "A RÉSUMÉ of it")], "resume"), ["a"]);
});

test("a word is found by its beginning, and not by its middle", () => {
  const book = [entry("a", "the gradients"), entry("b", "a degrading thing")];
  assert.deepEqual(titles(book, "grad"), ["a"]);
});

test("every word of the query must stand in the section, in any order", () => {
  const book = [entry("a", "rate of learning"), entry("b", "learning"), entry("c", "rate")];
  assert.deepEqual(titles(book, "learning rate"), ["a"]);
});

test("a title counts more than the text, and a phrase more than its words apart", () => {
  const book = [entry("a", "bowl bowl bowl"), entry("The bowl", "round"), entry("c", "learning at any rate"), entry("d", "the learning rate")];
  assert.equal(titles(book, "bowl")[0], "The bowl");
  assert.deepEqual(titles(book, "learning rate"), ["d", "c"]);
});

test("sections of equal worth keep the order of the book, and there are at most as many as asked for", () => {
  const book = ["a", "b", "c"].map((title) => entry(title, "step"));
  assert.deepEqual(titles(book, "step"), ["a", "b", "c"]);
  assert.deepEqual(titles(book, "step", 2), ["a", "b"]);
});

test("an empty query finds nothing, and so do characters with a meaning in patterns", () => {
  assert.deepEqual(titles([entry("a", "x")], "  "), []);
  assert.deepEqual(titles([entry("a", "x")], "(*["), []);
});

test("what is hidden is found, and not shown", () => {
  const [found] = find(prepare([entry("a", "Predict.", "The answer is forty-two.")]), "forty");
  assert.equal(found.title, "a");
  assert.deepEqual(found.context, []);
});

test("the context marks the words and keeps whole words at its ends", () => {
  const text = `${"before ".repeat(40)}the dot product of two vectors ${"after ".repeat(40)}`;
  const shown = marked(context(text, ["dot", "prod"], "dot prod"));
  assert.match(shown, /^… (before )+the \[dot\] \[prod\]uct of two vectors (after ?)+ …$/);
  assert.ok(shown.length < 180);
});

test("the context stands around the phrase where there is one", () => {
  const text = `rate ${"x ".repeat(200)}the learning rate`;
  assert.match(marked(context(text, ["learning", "rate"], "learning rate")), /\[learning\] \[rate\]$/);
});

test("a short text is shown whole", () => {
  assert.equal(marked(context("One step.", ["step"], "step")), "One [step].");
});

test("arrows walk from the field through the results, and stop at the last", () => {
  const walk = (count, ...keys) => keys.reduce((place, key) => moved(place, key, count), -1);
  assert.equal(walk(2, "ArrowDown", "ArrowDown", "ArrowDown"), 1);
  assert.equal(walk(2, "ArrowDown", "ArrowUp", "ArrowUp"), -1);
  assert.equal(walk(0, "ArrowDown"), -1);
});

test("the count is said in words", () => {
  assert.deepEqual([countWords(" ", 0), countWords("x", 0), countWords("x", 1), countWords("x", 3)], ["", "Nothing found", "1 section", "3 sections"]);
});
