"""What the book's own elements must hold: callouts, predictions, derivations, figures to touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press import lower, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.check_place import Place
    from press.errors import Problem
    from press.tree import Node

CLASSES = {
    "predict", "option", "right", "feedback", "reveal", "derivation", "step", "because", "interactive",
    "content-visible", "column-margin", *lower.CALLOUTS,
}  # fmt: skip
# What a span of a figure's caption may be: the palette's roles, whose marks figures/ draws for each format.
ROLES = ("data", "model", "residual", "gradient", "loss", "prediction")
_VISIBLE = (["when-format", "typst"], ["unless-format", "typst"])


def div(place: Place, node: Node) -> Iterator[Problem]:
    """What is wrong with a division."""
    classes = tree.classes(node)
    if not classes and not tree.identifier(node):
        yield place.problem("<div", "a div without class or id is nothing to press.", node)
    for known in classes:
        if known.startswith("callout") and known not in lower.CALLOUTS:
            yield place.problem(
                known, f"unknown callout '{known}'. press knows: {', '.join(lower.CALLOUTS)}.", node
            )
        elif known not in CLASSES:
            yield place.problem(
                f".{known}", f"unknown class '{known}'. press knows: {', '.join(sorted(CLASSES))}.", node
            )
    if lower.callout(node):
        yield from _callout(place, node)
    elif "content-visible" in classes:
        if len(node["c"][0][2]) != 1 or node["c"][0][2][0] not in _VISIBLE:
            words = 'content-visible knows when-format="typst" and unless-format="typst".'
            yield place.problem(".content-visible", words, node)
    elif "predict" in classes:
        yield from _predict(place, node)
    elif "step" in classes and not any("because" in tree.classes(child) for child in node["c"][1]):
        yield place.problem(".step", 'a step of a derivation says why: because="…".', node)
    elif "derivation" in classes and any("step" not in tree.classes(child) for child in node["c"][1]):
        yield place.problem(".derivation", "a derivation holds steps and nothing else.", node)
    elif "interactive" in classes:
        inside = [c for c in tree.walk(node["c"][1]) if c["t"] == "CodeBlock" and "cell" in tree.classes(c)]
        if not tree.value(node, "figure") or len(inside) != 1:
            yield place.problem(
                ".interactive", 'an interactive names its figure="…" and holds one figure\'s cell.', node
            )


def waiting(place: Place, blocks: list[Node]) -> Iterator[Problem]:
    """What is wrong with what waits for a prediction that it does not stand in: `after="prd-…"`, of the same page."""
    divs = [node for node in tree.walk(blocks) if node["t"] == "Div"]
    predictions = [node for node in divs if "predict" in tree.classes(node)]
    known = [tree.identifier(node) for node in predictions]
    own = [id(child) for node in predictions for child in node["c"][1]]
    for node in divs:
        if "reveal" in tree.classes(node) and (id(node) in own) == bool(tree.value(node, "after")):
            words = 'a .reveal stands in its prediction, or says which it waits for: after="prd-…".'
            yield place.problem(".reveal", words, node)
        if not {"reveal", "interactive"} & set(tree.classes(node)):
            continue
        for name in (tree.value(node, "after") or "").split():
            if name not in known:
                yield place.problem("after=", f"this page has no prediction #{name} to wait for.", node)


def caption(words: list[Node]) -> Iterator[str]:
    """What is wrong with the spans of a figure's caption: each names the role in whose look its words are drawn."""
    for node in tree.walk(words):
        if node["t"] == "Span" and not role(node):
            given = tree.plain(node["c"][1])
            known = ", ".join(f"role-{name}" for name in ROLES)
            yield f"[{given}]{{…}} in a caption names one role of the palette and nothing else. press knows: {known}."


def role(span: Node) -> str | None:
    """The role that a span of a caption names."""
    name, classes, attributes = span["c"][0]
    roles = [known for known in ROLES if classes == [f"role-{known}"]]
    return roles[0] if roles and not name and not attributes else None


def _callout(place: Place, node: Node) -> Iterator[Problem]:
    for key, value in node["c"][0][2]:
        if key not in ("title", "collapse"):
            words = f"unknown attribute '{key}' of a callout. press knows: title, collapse."
            yield place.problem(f"{key}=", words, node)
        elif key == "collapse" and value != "true":
            yield place.problem("collapse=", 'collapse is "true" or does not stand there.', node)


def _predict(place: Place, node: Node) -> Iterator[Problem]:
    token = f"#{tree.identifier(node)}" if tree.identifier(node) else ".predict"
    options = [child for child in tree.walk(node["c"][1]) if "option" in tree.classes(child)]
    if len(options) < 3:
        yield place.problem(
            token, f"a prediction offers three options or more (`- [ ] …`); this has {len(options)}.", node
        )
    right = [option for option in options if "right" in tree.classes(option)]
    if len(right) != 1:
        yield place.problem(token, f"one option is right (`- [x] …`); {len(right)} are.", node)
    for option in options:
        if not option["c"][1][1]["c"][1]:
            words = tree.plain(option["c"][1][0])
            yield place.problem(words[:40], f"the option “{words}” does not tell what choosing it means.")
    if not any("reveal" in tree.classes(child) for child in node["c"][1]):
        yield place.problem(token, "a prediction ends with its .reveal.", node)
    for key, value in node["c"][0][2]:
        if key != "question" or not value.isdecimal():
            words = 'a prediction knows question="…", the number of a quiz\'s question.'
            yield place.problem(f"{key}=", words, node)
    if not tree.identifier(node):
        words = "a prediction needs an id, under which the reader's choice is kept: {.predict #prd-…}."
        yield place.problem(token, words, node)
