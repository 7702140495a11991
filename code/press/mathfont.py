"""The page's mathematics font: STIX Two Math as the package `ziamath` carries it, cut to the characters of the book."""

from __future__ import annotations

import io
import unicodedata
from importlib import metadata
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# Found without importing ziamath, whose import is slow and warns.
_FONT = Path(str(metadata.distribution("ziamath").locate_file("ziamath/fonts/STIXTwoMath-Regular.ttf")))
# Browsers draw these on their own account: the radical, Planck's constant for italic h, and a hat.
_ALWAYS = "\u221a\u210e\u02c6"


def subset_woff2(characters: str) -> bytes:
    """The font with these characters and no others, and the italics that single letters turn into, as WOFF2."""
    wanted = set(characters) | set(_ALWAYS)
    wanted |= {italic for character in wanted if (italic := _italic(character))}
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = [
        "ssty"
    ]  # the small forms in exponents; no kerning, which mathematics does not use
    options.hinting = False  # a third of the bytes, and screens of today set outlines without it
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 13, 14]  # names and the licence
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(character) for character in wanted])
    out = io.BytesIO()
    with TTFont(_FONT, recalcTimestamp=False) as font:
        cutter.subset(font)
        _even_radicals(font)
        font.flavor = "woff2"
        font.save(out)
    return out.getvalue()


def _even_radicals(font: TTFont) -> None:
    """Give the tall radicals the advance of the plain one.

    MathML Core reserves for a root the widest of all its radical's sizes, whichever is drawn, so that STIX's wide
    tall ones leave a gap behind every small root.
    """
    variants = font["MATH"].table.MathVariants
    radical = font.getBestCmap()[0x221A]
    construction = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(radical)]
    construction.GlyphAssembly = None  # for roots three lines tall; none is
    advance = font["hmtx"][radical][0]
    for record in construction.MathGlyphVariantRecord:
        name = record.VariantGlyph
        wide, bearing = font["hmtx"][name]
        glyph = font["glyf"][name]
        glyph.coordinates.scale((advance / wide, 1))
        glyph.coordinates.toInt()
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (advance, round(bearing * advance / wide))


def licence() -> str:
    """The font's copyright, licence and where the licence's text stands, from the font itself."""
    with TTFont(_FONT, lazy=True) as font:
        words = [font["name"].getDebugName(n) for n in (0, 13, 14)]
    return "\n".join(["STIX Two Math (math.woff2, a subset)", "", *words, ""])


def _italic(character: str) -> str | None:
    """The mathematical italic of a Latin or Greek letter."""
    name = unicodedata.name(character, "")
    for script, style in (("LATIN", "MATHEMATICAL ITALIC"), ("GREEK", "MATHEMATICAL ITALIC")):
        if not name.startswith(script) or " LETTER " not in name:
            continue
        size, _, letter = name.removeprefix(f"{script} ").partition(" LETTER ")
        try:
            return unicodedata.lookup(f"{style} {size} {letter}")
        except KeyError:
            return None
    return None
