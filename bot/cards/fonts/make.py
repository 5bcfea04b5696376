"""Cut the fonts that are shipped from those of their makers: ``python -m bot.cards.fonts.make FOLDER``.

README.md beside this file says which packages to unpack into FOLDER. The same sources give the same bytes.
"""

# pyright: basic, reportMissingTypeStubs=false
# fontTools says little of its types.

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain, product
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent

GARAMOND = "expo-google-fonts-eb-garamond-0.4.3/package"
AMIRI = "expo-google-fonts-amiri-0.4.1/package/400Regular/Amiri_400Regular.ttf"
EMOJI = "expo-google-fonts-noto-emoji-0.4.7/package/400Regular/NotoEmoji_400Regular.ttf"
NOTO = "fonts-noto-core/usr/share/fonts/truetype/noto"
CJK = "fonts-noto-cjk/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
JAPAN, KOREA, CHINA = range(3)
"""Which font of the collection draws Han characters as they are drawn there."""

ALL = (*range(0xE000), *range(0xF900, 0xF0000))
"""Not what is in private use: it means something else to everyone."""

HAN = (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))
HANGUL = range(0xAC00, 0xD7A4)
MARKS = (*range(0x20, 0x41), *range(0x5B, 0x61), *range(0x7B, 0x7F), *range(0xA0, 0xC0), *range(0x2000, 0x2070), 0x25CC)
ARABIC = (*range(0x600, 0x700), *range(0x750, 0x780), *range(0x8A0, 0x900), *range(0xFB50, 0xFDFD))
"""Without the one character that is a whole sentence, twelve ems wide: it is written out."""

SYMBOLS = range(0x2190, 0x2C00)

TRACKING = 60
"""Thousandths of an em between small capitals: set closer, they are a dark lump."""

LATIN_FEATURES = ("calt", "ccmp", "kern", "liga", "locl", "mark", "mkmk")


@dataclass(frozen=True, slots=True)
class Cut:
    """What is taken of a font: some characters, with some of its features."""

    source: str
    characters: Collection[int] = ALL
    features: tuple[str, ...] = ("*",)
    number: int = -1
    """Which font of a collection."""


def listed(encoding: str, first: Iterable[int], second: Iterable[int]) -> set[int]:
    """The characters of an encoding with two bytes to each."""
    pairs = (bytes(pair).decode(encoding, "ignore") for pair in product(first, second))
    return {ord(character) for character in pairs if len(character) == 1}


def east_asian(folder: Path) -> dict[str, Cut]:
    """JIS X 0208; of GB 2312 and the first level of Big5 what is not drawn as in Japan; the Hangul of KS X 1001.

    A Chinese text is set from both of the first two, so that no character is shipped twice.
    """
    high = range(0xA1, 0xFF)
    japanese = listed("euc_jp", high, high)
    big5 = listed("big5", range(0xA1, 0xC7), chain(range(0x40, 0x7F), high))
    chinese = listed("gb2312", high, high) | (big5 & set(HAN))
    korean = listed("euc_kr", high, high) & set(HANGUL)
    there, here = (TTFont(folder / CJK, fontNumber=number).getBestCmap() or {} for number in (JAPAN, CHINA))
    differing = {each for each in chinese if each not in japanese or there.get(each) != here.get(each)}
    return {
        "japanese.otf": Cut(CJK, japanese, (), JAPAN),
        "chinese.otf": Cut(CJK, differing, (), CHINA),
        "korean.otf": Cut(CJK, korean, (), KOREA),
    }


def cuts(folder: Path) -> dict[str, Cut]:
    """What is shipped, by the name of its file."""
    scripts = ("Armenian", "Bengali", "Devanagari", "Georgian", "Hebrew", "Tamil", "Telugu", "Thai")
    return {
        "roman.ttf": Cut(f"{GARAMOND}/400Regular/EBGaramond_400Regular.ttf", ALL, LATIN_FEATURES),
        "italic.ttf": Cut(f"{GARAMOND}/400Regular_Italic/EBGaramond_400Regular_Italic.ttf", ALL, LATIN_FEATURES),
        "arabic.ttf": Cut(AMIRI, (*MARKS, *ARABIC)),
        **{f"{script.lower()}.ttf": Cut(f"{NOTO}/NotoSerif{script}-Regular.ttf") for script in scripts},
        **east_asian(folder),
        "signs.ttf": Cut(f"{NOTO}/NotoSansSymbols-Regular.ttf", SYMBOLS, ()),
        "symbols.ttf": Cut(f"{NOTO}/NotoSansSymbols2-Regular.ttf", SYMBOLS, ()),
        "emoji.ttf": Cut(EMOJI),
    }


def cut(font: TTFont, characters: Collection[int], features: tuple[str, ...], file: Path) -> None:
    options = subset.Options()
    options.hinting = False
    options.layout_features = list(features)
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # copyright, names, licence
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]  # for vertical lines
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[*characters, ord(" ")])  # which HarfBuzz puts where a character is not seen
    cutter.subset(font)
    font.save(file, reorderTables=False)


def small_capitals(font: TTFont) -> None:
    """Put the font's small capitals where its small letters are, a little apart; without letters that have none."""
    table = font["GSUB"].table
    numbers = [n for f in table.FeatureList.FeatureRecord if f.FeatureTag == "smcp" for n in f.Feature.LookupListIndex]
    capitals: dict[str, str] = {}
    for lookup in (table.LookupList.Lookup[number] for number in dict.fromkeys(numbers)):
        for part in lookup.SubTable:
            capitals |= {small: capital for small, capital in part.mapping.items() if isinstance(capital, str)}
    for part in font["cmap"].tables:
        if part.isUnicode():
            part.cmap = {
                character: capitals.get(glyph, glyph)
                for character, glyph in part.cmap.items()
                if glyph in capitals or not chr(character).islower()
            }
    for number in (1, 4, 6):  # it is another font now
        font["name"].setName("OneshotCapitals", number, 3, 1, 0x409)
    marks = {glyph for glyph, kind in font["GDEF"].table.GlyphClassDef.classDefs.items() if kind == 3}
    for glyph, (advance, bearing) in font["hmtx"].metrics.items():
        if advance and glyph not in marks:
            font["hmtx"][glyph] = (advance + TRACKING, bearing)


def main() -> None:
    folder = Path(sys.argv[1])
    for name, each in cuts(folder).items():
        font = TTFont(folder / each.source, fontNumber=each.number, recalcTimestamp=False)
        cut(font, each.characters, each.features, HERE / name)
    font = TTFont(folder / GARAMOND / "400Regular/EBGaramond_400Regular.ttf", recalcTimestamp=False)
    small_capitals(font)
    cut(font, ALL, ("kern", "mark", "mkmk"), HERE / "caps.ttf")


if __name__ == "__main__":
    main()
