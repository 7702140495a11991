"""Pandoc's EPUB finished: formulas mended and their font put in, the contents in parts, no times of its making."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from press import mathfont, mathml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from press.number import Page

MATH_FONT = "math.woff2"
_NAVIGATION = "EPUB/nav.xhtml"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP archive can hold


def finish(content: bytes, pages: Sequence[Page]) -> bytes:
    """The archive with all of that; the same bytes for the same book."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        files = {item.filename: old.read(item.filename) for item in old.infolist()}
        characters: set[str] = set()
        for name in [name for name in files if name.startswith("EPUB/text/")]:
            files[name] = _mended(files[name], characters)
        files[_NAVIGATION] = _in_parts(files[_NAVIGATION], pages)
        files[f"EPUB/fonts/{MATH_FONT}"] = mathfont.subset_woff2("".join(sorted(characters)))
        for name, kept in files.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            new.writestr(info, kept)
    return out.getvalue()


def _mended(text: bytes, characters: set[str]) -> bytes:
    """A chapter's text with its formulas as on the site, each with its TeX to be read out; adds their characters."""
    root = etree.fromstring(text)
    for code in root.iterfind(f".//{_XHTML}td/{_XHTML}code"):
        _may_part(code)
    for math in list(root.iter(f"{mathml.MATHML}math")):
        for source in math.iter(f"{mathml.MATHML}annotation"):
            math.set("alttext", source.text or "")
        mathml.tidy(math)
        mathml.hold_mark(math)
        characters.update(*map(str, math.itertext()))
    return _written(root)


def _may_part(code: etree._Element) -> None:
    """Let a name in a narrow column part behind its underscores."""
    first, *rest = (code.text or "").split("_")
    if rest and not len(code):
        code.text = first + "_"
        for part in rest:
            mark = etree.SubElement(code, f"{_XHTML}wbr")
            mark.tail = part if part is rest[-1] else part + "_"


def _in_parts(navigation: bytes, pages: Sequence[Page]) -> bytes:
    """The table of contents with each part's chapters below its name; Pandoc knows no parts."""
    root = etree.fromstring(navigation)
    top = root.find(f".//{_XHTML}nav[@id='toc']/{_XHTML}ol")
    assert top is not None
    names: dict[str, etree._Element] = {}
    for entry, page in zip(list(top), pages, strict=True):
        part = page.chapter.part
        if part and part not in names:
            item = etree.Element(f"{_XHTML}li")
            entry.addprevious(item)
            etree.SubElement(item, f"{_XHTML}span").text = part
            names[part] = etree.SubElement(item, f"{_XHTML}ol", {"class": "toc"})
        if part:
            names[part].append(entry)
    return _written(root)


def _written(root: etree._Element) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", doctype="<!DOCTYPE html>")
    return made
