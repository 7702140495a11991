"""A module's own names are cut short; whatever the outside knows keeps its letters."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from press import scripts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Every form of the book's modules, where a slip would change the outcome.
MODULE = """
const whole = { width: 3, "a-b": 4, [`key${1}`]: 5, height(scale = 2) { return this.width * scale; }, get twice() { return this.width * 2; } };
const { width, height: renamed = 9, missing = width + 1, ...others } = whole;
function walk([first, , third], { start = first, step: stride } = {}) {
  const found = [];
  for (const [place, value] of [first, third].entries()) found.push({ place, value, start, stride });
  try { throw new Error("made"); } catch (error) { found.push(error.message); }
  return found;
}
let count = 0, total = 10;
const add = (by) => { count += by; return { count, total }; };
const pick = value => value ? { width: value } : [...others["a-b"] ? [value, width] : []];
class_of: for (;;) { if (count < 100) break class_of; }
const odd = { function: 1, catch(value) { return value; }, const: 2 };
const outcome = [odd.function + odd.const + odd?.function + odd.catch(total), renamed.call({ width: 5 }), missing, whole.twice, others, walk([1, 2, 3], { step: 4 }), add(2), pick(0), pick(7),
  `${width} of ${count > 1 ? "count" : "width"}: ${whole.width}, ${[...[total]].length}`, typeof width, whole?.width, /width\\/x/.test("width/x")];
"""


def run(node: str, script: str) -> list[object]:
    made = subprocess.run([node, "-e", script], capture_output=True, text=True, check=True)
    return json.loads(made.stdout)


@pytest.fixture
def joined(tmp_path: Path) -> str:
    (tmp_path / "part.js").write_text(
        MODULE.replace("const outcome", "export const outcome"), encoding="utf-8"
    )
    (tmp_path / "main.js").write_text(
        'import { outcome } from "./part.js";\nconsole.log(JSON.stringify(outcome));\n', encoding="utf-8"
    )
    return scripts.join(tmp_path, "main.js")


def test_a_module_with_short_names_does_the_same(joined, need: Callable[..., str]):
    node = need("Node", "node")
    expected = run(node, MODULE + "console.log(JSON.stringify(outcome));")
    assert len(expected) == 13
    assert run(node, joined) == expected
    assert run(node, scripts.squeeze(joined)) == expected


def test_only_the_modules_own_names_are_cut(joined):
    for own in ("whole", "renamed", "stride", "found", "first", "third", "by"):
        assert f"{own} " not in joined.replace(f"{own}:", "")
    for outside in (
        "JSON",
        "Error",
        "stringify",
        "message",
        "entries",
        "class_of",
        "twice()",
        "missing:",
    ):
        assert outside in joined


def test_a_name_that_is_the_browsers_elsewhere_keeps_its_letters(tmp_path: Path, need: Callable[..., str]):
    """Declared in one function, an argument of another, the browser's in a third, and in a template."""
    (tmp_path / "main.js").write_text(
        """
function mine(status) { const closing = 1; return [status, closing]; }
function* counted(limit) { for (let place = 0; place < limit; place++) yield place; }
const other = (screen) => screen + 1;
const theirs = () => [status, `${screen}`, mine(2), [...counted(2)], other(3)];
for (const opened of [1]) { let parent = opened; parent += 1; }
try { throw 1; } catch (event) { void event; }
console.log(JSON.stringify([...theirs(), event, opened, parent, { closing }]));
""",
        encoding="utf-8",
    )
    joined = scripts.join(tmp_path, "main.js")
    for name in ("status", "screen", "event", "opened", "parent", "closing"):
        assert name in joined
    for name in ("mine", "theirs", "limit", "place", "counted"):
        assert name not in joined
    browser = "Object.assign(globalThis, { status: 10, screen: 20, event: 30, opened: 40, parent: 50, closing: 60 });"
    expected = [10, "20", [2, 1], [0, 1], 4, 30, 40, 50, {"closing": 60}]
    assert run(need("Node", "node"), browser + joined) == expected


def test_the_books_scripts_have_few_long_names_left(root: Path):
    page = scripts.squeeze(scripts.join(root / "figures", "js/main.js"))
    assert "document" in page
    assert "upgradePredict" not in page  # a name of its own, which the module gives to another by its place
