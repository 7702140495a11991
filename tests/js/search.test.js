import assert from "node:assert/strict";
import test from "node:test";

import { countWords, moved } from "../../figures/js/search-box.js";
import { context, find, fold, prepare, wordsOf } from "../../figures/js/search.js";

const entry = (title, text, hidden = "", more = {}) => ({ address: `${title}.html`, chapter: "1 Book", title, terms: [], text, code: "", hidden, ...more });
const titles = (entries, query, most) => find(prepare(entries), query, most).map(({ title }) => title);
const marked = (pieces) => pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join("");

test("words are found whatever their case and marks", () => {
  assert.equal(fold("Résumé"), "resume");
  assert.deepEqual(wordsOf("  Résumé, √d?"), ["resume", "d"]);
  assert.deepEqual(titles([entry("a", "A RÉSUMÉ of it")], "resume"), ["a"]);
});

test("a word is found by its beginning, and not by its middle", () => {
  const book = [entry("a", "the gradients"), entry("b", "a degrading thing")];
  assert.deepEqual(titles(book, "grad"), ["a"]);
});

test("where enough sections have every word, in any order, no others come", () => {
  const all = ["a", "b", "c", "d"].map((title) => entry(title, "rate of learning"));
  assert.deepEqual(titles([entry("e", "learning"), ...all, entry("f", "rate")], "learning rate"), ["a", "b", "c", "d"]);
});

test("where few have every word, those with some follow", () => {
  const book = [entry("a", "learning"), entry("b", "rate of learning"), entry("c", "none")];
  assert.deepEqual(titles(book, "learning rate"), ["b", "a"]);
});

test("a question is about its telling words", () => {
  assert.deepEqual(wordsOf("How do I choose the learning rate?"), ["choose", "learning", "rate"]);
  assert.deepEqual(wordsOf("What is it?"), ["what", "is", "it"]); // nothing else is there to look for
});

test("where no section has every word, those with most of them come, and a rare word counts most", () => {
  const book = [entry("a", "the rate"), entry("b", "the rate of learning"), entry("c", "rate"), entry("d", "rate")];
  assert.equal(titles(book, "learning rate unheard")[0], "b");
  assert.equal(titles([...book, entry("e", "choose")], "choose rate unheard")[0], "e");
});

test("the section that defines a term comes before those that use it", () => {
  const book = [entry("a", "a dot product and a dot product"), entry("b", "a dot product is", "", { terms: ["dot product"] })];
  assert.equal(titles(book, "what is a dot product")[0], "b");
});

test("a function is found by its name, behind the section that explains the word", () => {
  const book = [entry("norm", "Length of v.", "", { code: "norm(v)", documents: true }), entry("Length", "the norm", "", { terms: ["norm"] })];
  assert.deepEqual(titles(book, "norm"), ["Length", "norm"]);
  const code = entry("a", "x", "", { code: "check_gradient check_gradient check_gradient" });
  assert.deepEqual(titles([code, entry("check_gradient", "Compare.", "", { code: "check_gradient(f)", documents: true })], "check_gradient"), ["check_gradient", "a"]);
});

test("a section's own title counts more than its chapter's, and prose more than code", () => {
  const book = [entry("a", "x", "", { code: "bowl bowl bowl" }), entry("b", "bowl"), entry("c", "bowl", "", { chapter: "2 The bowl" }), entry("The bowl", "bowl")];
  assert.deepEqual(titles(book, "bowl"), ["The bowl", "c", "b", "a"]);
});

test("both spellings of a word find it", () => {
  const book = [entry("a", "we standardise it"), entry("b", "normalized")];
  assert.deepEqual([titles(book, "standardize"), titles(book, "normalised")], [["a"], ["b"]]);
  assert.equal(marked(context("we standardise it", ["standardize"], "standardize")), "we [standardise] it");
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
