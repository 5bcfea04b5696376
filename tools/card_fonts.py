"""Make the fonts of the cards: ``python tools/card_fonts.py FOLDER``.

Each is a subset of a published font. bot/cards/fonts/README.md says which packages to unpack into FOLDER. The same
packages give the same bytes.
"""

# pyright: basic, reportMissingTypeStubs=false
# fontTools has few type annotations.

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain, groupby, product
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "bot" / "cards" / "fonts"

GARAMOND = "expo-google-fonts-eb-garamond-0.4.3/package"
AMIRI = "expo-google-fonts-amiri-0.4.1/package/400Regular/Amiri_400Regular.ttf"
EMOJI = "expo-google-fonts-noto-emoji-0.4.7/package/400Regular/NotoEmoji_400Regular.ttf"
NOTO = "fonts-noto-core/usr/share/fonts/truetype/noto"
CJK = "fonts-noto-cjk/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
JAPAN, KOREA, CHINA = range(3)
"""Index of each country's font in the collection. Han characters differ between them."""

ALL = (*range(0xE000), *range(0xF900, 0xF0000))
"""All characters except private use, which has no agreed meaning."""

HAN = (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))
HANGUL = range(0xAC00, 0xD7A4)
MARKS = (*range(0x20, 0x41), *range(0x5B, 0x61), *range(0x7B, 0x7F), *range(0xA0, 0xC0), *range(0x2000, 0x2070), 0x25CC)
ARABIC = (*range(0x600, 0x700), *range(0x750, 0x780), *range(0x8A0, 0x900), *range(0xFB50, 0xFDFD))
"""Arabic blocks without U+FDFD: it is a whole sentence, twelve ems wide, and a card spells it out."""

SYMBOLS = range(0x2190, 0x2C00)

TRACKING = 60
"""The letter spacing of small capitals, in thousandths of an em. Without it they look too dark."""

LATIN_FEATURES = ("calt", "ccmp", "kern", "liga", "locl", "mark", "mkmk")


@dataclass(frozen=True, slots=True)
class Cut:
    """A subset of a font: some of its characters and features."""

    source: str
    characters: Collection[int] = ALL
    features: tuple[str, ...] = ("*",)
    number: int = -1
    """Index of the font in a collection; -1 for a file with one font."""


def listed(encoding: str, first: Iterable[int], second: Iterable[int]) -> set[int]:
    """Return the characters of a two-byte *encoding* whose bytes are in *first* and *second*."""
    pairs = (bytes(pair).decode(encoding, "ignore") for pair in product(first, second))
    return {ord(character) for character in pairs if len(character) == 1}


def east_asian(folder: Path) -> dict[str, Cut]:
    """Return the subsets for Japanese (JIS X 0208), Chinese (GB 2312, Big5 level 1) and Korean (Hangul of KS X 1001).

    The Chinese font has only the characters that Japan lacks or draws differently. A Chinese text uses both fonts.
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
    """Map file names to their subsets, except caps.ttf."""
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
    """Save a subset of *font*."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = list(features)
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # copyright, names, licence
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]  # vertical text
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[*characters, ord(" ")])  # HarfBuzz draws a space for an invisible character
    cutter.subset(font)
    font.save(file, reorderTables=False)


def small_capitals(font: TTFont) -> None:
    """Replace the small letters of *font* by its small capitals. Drop small letters that have none."""
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
    for number in (1, 4, 6):  # a different font needs a different name
        font["name"].setName("OneshotCapitals", number, 3, 1, 0x409)
    marks = {glyph for glyph, kind in font["GDEF"].table.GlyphClassDef.classDefs.items() if kind == 3}
    for glyph, (advance, bearing) in font["hmtx"].metrics.items():
        if advance and glyph not in marks:
            font["hmtx"][glyph] = (advance + TRACKING, bearing)


def characters(file: Path) -> str:
    """Return the characters of a font as hexadecimal ranges, such as ``20-7e a0``."""
    with TTFont(file, lazy=True) as font:
        found = sorted(font.getBestCmap() or ())
    runs = [[number for _, number in run] for _, run in groupby(enumerate(found), lambda each: each[1] - each[0])]
    return " ".join(f"{run[0]:x}-{run[-1]:x}" if run[1:] else f"{run[0]:x}" for run in runs)


def list_characters() -> None:
    """Write ``characters.txt``, from which the bot learns the characters of each font."""
    files = sorted([*FONTS.glob("*.ttf"), *FONTS.glob("*.otf")])
    (FONTS / "characters.txt").write_text("".join(f"{file.name} {characters(file)}\n" for file in files), "ascii")


def main() -> None:
    folder = Path(sys.argv[1])
    for name, each in cuts(folder).items():
        font = TTFont(folder / each.source, fontNumber=each.number, recalcTimestamp=False)
        cut(font, each.characters, each.features, FONTS / name)
    font = TTFont(folder / GARAMOND / "400Regular/EBGaramond_400Regular.ttf", recalcTimestamp=False)
    small_capitals(font)
    cut(font, ALL, ("kern", "mark", "mkmk"), FONTS / "caps.ttf")
    list_characters()


if __name__ == "__main__":
    main()
