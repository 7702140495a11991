"""Pandoc's MathML, mended for browsers: accents, primes, the space around a function's name, the marks behind."""

from __future__ import annotations

import re

from lxml import etree

SPACING = {
    "\u0302": "\u02c6",
    "\u0304": "\u00af",
}  # combining accents and the characters that stand by themselves
PRIMES = ("\u2032", "\u2033")
FUNCTION_APPLICATION = "\u2061"
MARKS = ".,;:!?)\N{RIGHT DOUBLE QUOTATION MARK}"
OPENINGS = "(\N{LEFT DOUBLE QUOTATION MARK}"
LOW = set("acegmnopqrsuvwxyzαγικμνπρσ")  # letters without an ascender
_RESULT = re.compile(r"^\s[^\s(]+")  # what stands behind an equals sign, up to the next space
SUMS = ("\u2211", "\u220f")
MATHML = "{http://www.w3.org/1998/Math/MathML}"
_SCRIPTED = [f"{MATHML}{name}" for name in ("msub", "msup", "msubsup", "munder", "mover", "munderover")]
_ROWS = ("math", "mrow", "mtd", "mstyle", "mpadded", "mphantom")  # their children stand in a line


def tidy(math: etree._Element) -> None:
    """Mend one formula in place."""
    for semantics in math.findall(f"{MATHML}semantics"):
        math.replace(semantics, semantics[0])
    last = math[-1][-1] if len(math) and len(math[-1]) else None
    if last is not None and last.tag == f"{MATHML}mo" and last.text == "=":
        last.set("rspace", "0")  # the result that follows stands in the text, behind a space of its own
    first = math
    while len(first) and first.tag != f"{MATHML}mfrac":
        first = first[0]
    if first.text in SUMS:
        first.set("lspace", "0")  # no gap behind the bracket or the margin before it
    for power in list(math.iter(f"{MATHML}msup")):
        if power[1].tag == f"{MATHML}mo" and power[1].text in PRIMES:
            # A font's prime is raised already: as an exponent it would stand twice as high, and small.
            power.tag = f"{MATHML}mrow"
            power[1].set("lspace", "0")
            power[1].set("rspace", "0")
    for root in math.iter(f"{MATHML}msqrt"):
        if "".join(map(str, root.itertext())) in LOW:
            # Over a low letter the radical would hang below the line: as high as a digit, it stands on it.
            root.insert(0, etree.Element(f"{MATHML}mspace", height="0.66em", width="0"))
    for name in math.iter(f"{MATHML}mi"):
        if len(name.text or "") > 1 and name.get("mathvariant") == "normal":
            _space_name(name)
    for accented in math.iter(f"{MATHML}mover"):
        if len(accented) == 2 and accented[0].tag == f"{MATHML}mi" and accented[1].text in SPACING:
            # Over one letter, a hat of its own width: a combining one would be set small and too far left.
            accented.set("accent", "true")
            accented[1].text = SPACING[accented[1].text]
            accented[1].set("stretchy", "false")


def hold_mark(math: etree._Element) -> None:
    """Keep a formula and the marks around it on one line, and the result behind its equals sign.

    Browsers heed no word joiner there.
    """
    before, above = math.getprevious(), math.getparent()
    if above is None:
        return  # a formula by itself
    text, behind = (above.text if before is None else before.tail) or "", math.tail or ""
    opening = text[len(text.rstrip(OPENINGS)) :]
    marks = behind[: len(behind) - len(behind.lstrip(MARKS))]
    if "".join(map(str, math.itertext())).endswith("="):
        marks = "".join(_RESULT.findall(behind))
    if not opening + marks:
        return
    namespace = above.tag.partition("}")[0] + "}" if "}" in above.tag else ""  # an EPUB's pages have one
    held = etree.Element(f"{namespace}span", {"class": "held"})
    math.addprevious(held)
    if before is None:
        above.text = text.removesuffix(opening)
    else:
        before.tail = text.removesuffix(opening)
    held.text, held.tail, math.tail = opening, behind.removeprefix(marks), marks
    held.append(math)


def _space_name(name: etree._Element) -> None:
    """A thin space around a function's name, `r cos θ`, as TeX sets it; none beside an operator or a parenthesis."""
    first = last = name
    applied = name.getnext()
    if applied is not None and applied.text == FUNCTION_APPLICATION:
        last = applied
    while (above := first.getparent()) is not None and (
        above.tag in _SCRIPTED or len(above) == 1 + (first is not last)
    ):
        first = last = above  # a row of its own, or an index, which belongs to the name
    above = first.getparent()
    if above is not None and etree.QName(above).localname not in _ROWS:
        return  # a numerator, say: what stands beside it is another part of the same element
    for neighbour, add in ((first.getprevious(), first.addprevious), (last.getnext(), last.addnext)):
        if neighbour is not None and neighbour.tag != f"{MATHML}mspace" and not _is_operator(neighbour):
            add(etree.Element(f"{MATHML}mspace", width="0.167em"))


def _is_operator(element: etree._Element) -> bool:
    """Whether this is an operator or a parenthesis, or a row in parentheses."""
    text = "".join(map(str, element.itertext()))
    return element.tag == f"{MATHML}mo" or text.startswith(("(", "[", "{"))
