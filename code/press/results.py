"""What a kernel answered, as press keeps it; an answer that some format could not show is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from press.cell import LONGEST_LINE
from press.errors import refuse

if TYPE_CHECKING:
    from press.cell import Cell
    from press.scan import Inline
    from press.source import Source

Output = dict[str, Any]  # one output of a cell, as nbformat has it
Results = dict[str, Any]  # {"cells": {label: [output, …]}, "inlines": [text, …]}

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # all but tab and newline
_MIMES = ("text/markdown", "image/svg+xml", "text/plain")


def outputs(source: Source, cell: Cell, outputs: list[Any]) -> list[Output]:
    """The outputs as press keeps them: without counts and metadata, one kind of data each."""
    kept: list[Output] = []
    # What goes to stderr comes last: where it stands between the rest is a matter of timing.
    for output in sorted(outputs, key=lambda output: output.get("name") == "stderr"):
        kind = output["output_type"]
        if kind == "stream":
            if output["name"] == "stderr":
                if "warning" not in cell.options and not cell.option("error", False):
                    raise refuse(
                        source.path,
                        cell.line,
                        f"the cell '{cell.label}' writes to stderr; say `warning: true` to show it, or mend it:\n"
                        f"{output['text'].strip()}",
                    )
                if not cell.option("warning", True):
                    continue
            item = {"kind": "stream", "text": output["text"].rstrip("\n")}
        elif kind == "error":
            item = {
                "kind": "error",
                "text": _short(output),
                "name": output["ename"],
                "value": output["evalue"],
            }
        else:
            mime = next((mime for mime in _MIMES if mime in output["data"]), None)
            if mime is None or (mime == "text/plain" and len(output["data"]) > 1):
                raise refuse(
                    source.path,
                    cell.line,
                    f"the cell '{cell.label}' shows {', '.join(output['data'])}; press knows {', '.join(_MIMES)}.",
                )
            item = {"kind": mime, "text": output["data"][mime].rstrip("\n")}
        if item["kind"] in ("stream", "error", "text/plain"):
            _refuse_text(source, cell, item["text"])
        kept.append(item)
    return kept


def _short(output: Any) -> str:
    """An expected error as the page shows it: its last line, which is what a reader looks for."""
    return f"{output['ename']}: {output['evalue']}"


def _refuse_text(source: Source, cell: Cell, text: str) -> None:
    if found := _CONTROL.search(text):
        raise refuse(
            source.path, cell.line, f"the cell '{cell.label}' prints the control character {found[0]!r}."
        )
    longest = max(map(len, text.split("\n")))
    if longest > LONGEST_LINE:
        raise refuse(
            source.path,
            cell.line,
            f"the cell '{cell.label}' prints a line of {longest} characters: the PDF holds {LONGEST_LINE}.",
        )


def inline(source: Source, inline: Inline, result: dict[str, Any]) -> str:
    """The value of an inline expression as the words that stand in the prose."""
    where = f"`{{python}} {inline.expression}`"
    if result["status"] != "ok":
        raise refuse(source.path, inline.line, f"{where} raised {result['ename']}: {result['evalue']}")
    text: str = result["data"].get("text/plain", "")
    if text[:1] in ("'", '"') and text[-1:] == text[:1]:
        if "\\" in text:
            raise refuse(
                source.path, inline.line, f"{where} gives {text}: engines differ on what must be escaped."
            )
        return text[1:-1]
    if re.fullmatch(r"-?\d+(\.\d+)?(e[-+]\d+)?|True|False", text):
        return text
    hint = ""
    if text.startswith(("np.", "array(")):
        hint = ' That is NumPy\'s, not a number of Python: give it a format, f"{…:.2f}".'
    raise refuse(
        source.path, inline.line, f"{where} gives {text or 'nothing'}, not text or a plain number.{hint}"
    )
