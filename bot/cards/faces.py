"""The fonts of the cards, and font fallback: the choice of a face for each grapheme.

A face is a font file in `fonts/` with its scale and line height. Latin, Greek and Cyrillic use EB Garamond. Other
scripts use faces of similar weight, scaled to look equally large. Pillow shapes text with libraqm, which needs FriBiDi
on the system. Without FriBiDi, scripts that need shaping are refused.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

import regex
from PIL import ImageFont, features

from bot.cards.words import graphemes
from bot.errors import NotDrawable

FONTS = Path(__file__).with_name("fonts")

SHAPED = features.check("raqm")
"""Whether Pillow can shape text: join letters, order them from right to left and place marks."""

MEASURED_AT = 200
"""Font size at which widths are measured, in pixels."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font and its metrics. All metrics are in ems of EB Garamond, regardless of the face's scale."""

    file: str
    scale: float = 1.0
    """Font size relative to EB Garamond."""
    leading: float = 1.36
    """Distance between two baselines."""
    rise: float = 0.66
    """Height of capitals, or of letters of similar height."""
    is_simple: bool = True
    """Whether the scripts of the face are readable without shaping."""
    is_square: bool = False
    """Whether all letters of the face have the same width and fill a square."""


ROMAN, ITALIC, CAPS = Face("roman.ttf"), Face("italic.ttf", 1.05), Face("caps.ttf")
CAPITALS = Face("roman.ttf", 0.76)
"""Reduced capitals, for scripts without small capitals in the font."""
JAPANESE, CHINESE, KOREAN = (
    Face(file, 0.84, 1.45, 0.72, is_square=file != "korean.otf")
    for file in ("japanese.otf", "chinese.otf", "korean.otf")
)
EMOJI = Face("emoji.ttf", 0.84)
SCRIPTS = (
    Face("armenian.ttf", 0.86),
    Face("georgian.ttf", 0.88),
    Face("hebrew.ttf", 0.9, is_simple=False),
    Face("arabic.ttf", 1.1, 1.7, 0.8, is_simple=False),
    Face("devanagari.ttf", 0.86, 1.5, 0.7, is_simple=False),
    Face("bengali.ttf", 0.86, 1.5, 0.7, is_simple=False),
    Face("tamil.ttf", 0.84, 1.5, 0.7, is_simple=False),
    Face("telugu.ttf", 0.84, 1.6, 0.7, is_simple=False),
    Face("thai.ttf", 0.88, 1.6, 0.75, is_simple=False),
)
SIGNS, SYMBOLS = Face("signs.ttf", 0.84), Face("symbols.ttf", 0.84)
ALL = (ROMAN, ITALIC, CAPS, *SCRIPTS, JAPANESE, CHINESE, KOREAN, SIGNS, SYMBOLS, EMOJI)

SPACES = " \n\xa0\u202f\u200b\u3000"
"""Characters without a glyph."""

_HANDLE = regex.compile(r"[\d_]")
"""A digit or an underscore. A name that contains one looks like a user name, and is not set in small capitals."""
_CYRILLIC = regex.compile(r"\p{Script=Cyrillic}")
_LETTER = regex.compile(r"\p{L}")
_SHARED = regex.compile(r"[\p{Script=Common}\p{Script=Inherited}]")
_KANA = regex.compile(r"[\p{Script=Hiragana}\p{Script=Katakana}]")
_HANGUL = regex.compile(r"\p{Script=Hangul}")
_EMOJI = regex.compile(r"\p{Emoji_Presentation}|\p{Emoji}.?\ufe0f")
_AS_EMOJI = "\ufe0f"
_JOINERS = regex.compile(r"[\u200c\u200d\ufe0f\U000E0020-\U000E007F]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A grapheme and its face. Spaces and line ends have no face."""

    text: str
    face: Face | None


def dressed(text: str, voice: Face = ROMAN) -> list[Glyph]:
    """Choose for each grapheme of the tidied *text* the first face that has its characters.

    Punctuation and digits, which scripts share, use the face of most letters of the text. Raises `NotDrawable` with all
    graphemes that no face has.
    """
    if voice == CAPS and _HANDLE.search(text):
        voice = ROMAN
    if voice == CAPS and _CYRILLIC.search(text):
        return [glyph for letter in graphemes(text) for glyph in _capitals(letter)]
    each = graphemes(text)
    if any(_found([voice, ROMAN], letter)[1] is ROMAN for letter in each if _LETTER.match(letter)):
        voice = ROMAN  # a name partly in small capitals looks wrong
    order = _order(text, voice)
    letters = Counter(_found(order, grapheme)[1] for grapheme in each if _LETTER.match(grapheme))
    main = max(letters, key=lambda face: letters[face], default=None)
    near = [face for face in order if face == main or (main and main.is_square and face.is_square)]
    shared = order if main in (None, voice) else [*near, ROMAN, *order]
    glyphs: list[Glyph] = []
    missing: dict[str, None] = {}
    for grapheme in each:
        if grapheme in SPACES:
            glyphs.append(Glyph(grapheme, None))
            continue
        among = shared if _SHARED.match(grapheme) else order
        shown, face = _found([EMOJI, *among] if _EMOJI.match(grapheme) else among, grapheme)
        glyphs.append(Glyph(shown, face))
        if face is None:
            missing[grapheme] = None
    if missing:
        raise NotDrawable(list(missing))
    return glyphs


def _capitals(letter: str) -> Iterator[Glyph]:
    """Yield *letter* as a capital; a lower-case letter as a small one, of the face `CAPITALS`."""
    for glyph in dressed(letter.upper()):
        yield replace(glyph, face=CAPITALS if letter.islower() and glyph.face == ROMAN else glyph.face)


@lru_cache(maxsize=4096)
def width(text: str, face: Face, *, is_rtl: bool = False) -> float:
    """Return the width of *text* in ems. All of it has the same face and direction."""
    return font(face, MEASURED_AT).getlength(text, direction=direction(is_rtl)) / MEASURED_AT


@lru_cache(maxsize=32)
def font(face: Face, size: float) -> ImageFont.FreeTypeFont:
    """Return the font of *face*; *size* is the font size of EB Garamond in pixels."""
    engine = ImageFont.Layout.RAQM if SHAPED else ImageFont.Layout.BASIC
    return ImageFont.truetype(FONTS / face.file, size * face.scale, layout_engine=engine)


def direction(is_rtl: bool) -> str | None:
    """Return the direction as an argument for Pillow, None without libraqm."""
    return ("rtl" if is_rtl else "ltr") if SHAPED else None


def _order(text: str, voice: Face) -> list[Face]:
    """Return the faces for *text* in order of preference. Kana or Hangul in *text* decide how Han characters look."""
    if _KANA.search(text):
        han = [JAPANESE, CHINESE, KOREAN]
    elif _HANGUL.search(text):
        han = [KOREAN, JAPANESE, CHINESE]
    else:
        han = [CHINESE, JAPANESE, KOREAN]
    faces = [voice, ROMAN, *SCRIPTS, *han, SIGNS, SYMBOLS, EMOJI]
    return [face for face in faces if SHAPED or face.is_simple]


def _found(faces: Sequence[Face], grapheme: str) -> tuple[str, Face | None]:
    """Return the text to draw for *grapheme*, and the first face with its characters.

    If no face has them, try the compatibility decomposition: A for 𝓐.
    """
    for text in (grapheme, unicodedata.normalize("NFKC", grapheme)):
        seen = _JOINERS.sub("", text)
        needed = {ord(character) for character in seen}
        for face in faces:
            if needed <= _characters(face):
                as_set = text if face == EMOJI else text.replace(_AS_EMOJI, "")
                return as_set if SHAPED else seen, face
    return grapheme, None


@cache
def _characters(face: Face) -> frozenset[int]:
    """Return the code points of *face* from a list, since reading them from the font needs a large library."""
    listed = (line.split() for line in (FONTS / "characters.txt").read_text("ascii").splitlines())
    runs = next(runs for file, *runs in listed if file == face.file)
    ends = (run.partition("-") for run in runs)
    return frozenset(chain.from_iterable(range(int(first, 16), int(last or first, 16) + 1) for first, _, last in ends))
