import assert from "node:assert/strict";
import test from "node:test";

import { sayLearned } from "../../figures/interactive/widgets/first-line.js";

test("a step is said with its line and its error", () => {
  assert.equal(sayLearned(0, [0, 0], 38.2347), "Step 0: ŷ = 0.00 x + 0.00, mean squared error 38.23.");
  assert.equal(sayLearned(7, [-1.5, -0.25], 0.5), "Step 7: ŷ = −1.50 x − 0.25, mean squared error 0.50.");
});
