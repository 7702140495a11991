import assert from "node:assert/strict";
import test from "node:test";

import { copyText } from "../../figures/js/copy.js";
import { forgetAll, predictionKey, recall, remember } from "../../figures/js/memory.js";
import { placeBeside } from "../../figures/js/preview.js";
import { readKey, readWords, tickKey } from "../../figures/js/progress.js";
import { hashTarget } from "../../figures/js/reach.js";
import { switchTheme } from "../../figures/js/theme-switch.js";
import { sectionInView } from "../../figures/js/toc.js";

test("the switch shows the other theme", () => {
  assert.equal(switchTheme("light", "light").theme, "dark");
  assert.equal(switchTheme("dark", "light").theme, "light");
});

test("the switch remembers a theme that differs from the system's, and forgets one that agrees", () => {
  assert.equal(switchTheme("light", "light").kept, "dark");
  assert.equal(switchTheme("dark", "dark").kept, "light");
  assert.equal(switchTheme("dark", "light").kept, null);
  assert.equal(switchTheme("light", "dark").kept, null);
});

test("the section being read is the last whose heading has passed the line", () => {
  assert.equal(sectionInView([-900, -20, 400], 250), 1);
  assert.equal(sectionInView([-900, -20, 250], 250), 2);
});

test("before the first heading no section is being read", () => {
  assert.equal(sectionInView([300, 900], 250), -1);
  assert.equal(sectionInView([], 250), -1);
});

test("at the end of the page the last section is being read, however short it is", () => {
  assert.equal(sectionInView([-900, -20, 400], 250, true), 2);
});

test("a hash names an id, also in letters beyond ASCII, and a broken one names itself", () => {
  assert.equal(hashTarget("#sec-projection"), "sec-projection");
  assert.equal(hashTarget("#%CE%B8"), "θ");
  assert.equal(hashTarget("#100%"), "100%");
  assert.equal(hashTarget(""), "");
});

test("a page keeps one prediction a question, under its folder's name or its file's", () => {
  assert.equal(predictionKey("/book/index.html", "prd-a"), predictionKey("/book/", "prd-a"));
  assert.notEqual(predictionKey("/book/3.html", "prd-a"), predictionKey("/book/6.html", "prd-a"));
  assert.notEqual(predictionKey("/book/3.html", "prd-a"), predictionKey("/book/3.html", "prd-b"));
});

test("without storage nothing is remembered and nothing breaks", () => {
  delete globalThis.localStorage;
  remember("theme", "dark");
  assert.equal(recall("theme"), null);
});

test("what is kept comes back, under the book's own prefix, until it is forgotten", (t) => {
  const kept = new Map();
  globalThis.localStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
  t.after(() => delete globalThis.localStorage);
  remember("theme", "dark");
  assert.deepEqual([...kept.keys()], ["ml-from-scratch:theme"]);
  assert.equal(recall("theme"), "dark");
  remember("theme", null);
  assert.equal(kept.size, 0);
});

test("copied code ends with one line break, and keeps its indentation", () => {
  assert.equal(copyText("  a = 1\n\n\n"), "  a = 1\n");
  assert.equal(copyText("a = 1"), "a = 1\n");
});

test("a page has one key, with and without its file's name", () => {
  assert.equal(readKey("/book/index.html"), readKey("/book/"));
  assert.notEqual(readKey("/book/a.html"), readKey("/book/b.html"));
});

test("a box is known by its words, whatever stands around them", () => {
  assert.equal(tickKey("/a.html", "  Derive\n it. "), tickKey("/a.html", "Derive it."));
  assert.notEqual(tickKey("/a.html", "Derive it."), tickKey("/a.html", "Sketch it."));
});

test("progress is said in words, from the first chapter on", () => {
  assert.deepEqual([readWords(0, 10), readWords(1, 10), readWords(10, 10)], ["", "1 of 10 chapters read", "All 10 chapters read"]);
});

test("progress is forgotten by kind, and nothing else is", () => {
  const kept = new Map([["ml-from-scratch:predict:a", "1"], ["ml-from-scratch:theme", "dark"], ["other:predict:a", "1"]]);
  globalThis.localStorage = {
    get length() { return kept.size; },
    key: (place) => [...kept.keys()][place],
    removeItem: (key) => kept.delete(key),
  };
  forgetAll(["predict:", "tick:"]);
  delete globalThis.localStorage;
  assert.deepEqual([...kept.keys()], ["ml-from-scratch:theme", "other:predict:a"]);
});

test("a preview stands above its link where there is room, else below, and never outside the window", () => {
  const [size, view] = [{ width: 300, height: 200 }, { width: 800, height: 600 }];
  assert.deepEqual(placeBeside({ left: 100, top: 400, bottom: 420 }, size, view), { left: 100, top: 200, height: 200 });
  assert.deepEqual(placeBeside({ left: 100, top: 90, bottom: 110 }, size, view), { left: 100, top: 110, height: 200 });
  assert.equal(placeBeside({ left: 700, top: 400, bottom: 420 }, size, view).left, 492);
  assert.equal(placeBeside({ left: 2, top: 400, bottom: 420 }, size, { width: 320, height: 600 }).left, 8);
});

test("a preview that fits nowhere is cut to the larger side", () => {
  const [size, view] = [{ width: 300, height: 500 }, { width: 800, height: 600 }];
  assert.deepEqual(placeBeside({ left: 100, top: 400, bottom: 420 }, size, view), { left: 100, top: 8, height: 392 });
  assert.deepEqual(placeBeside({ left: 100, top: 200, bottom: 220 }, size, view), { left: 100, top: 220, height: 372 });
});
