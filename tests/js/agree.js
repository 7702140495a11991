// What the tests of the figures' arithmetic share: the package's results, and how near is the same.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

/** What tests/js/cases/<name>.json holds. */
export function casesOf(name) {
  return JSON.parse(readFileSync(new URL(`cases/${name}.json`, import.meta.url), "utf8"));
}

export function agree(found, expected, of) {
  const error = Math.abs(found - expected) / Math.max(1, Math.abs(expected));
  assert.ok(error <= 1e-12, `${of}: ${found} is not ${expected}`);
}

export function agreeAll(found, expected, of) {
  assert.equal(found.length, expected.length);
  found.forEach((value, place) => agree(value, expected[place], of));
}
