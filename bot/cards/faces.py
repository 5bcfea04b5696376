"""The letters that cards are set in, and which face has which.

A face is a font file of `fonts/`. Latin, Greek and Cyrillic are EB Garamond; what it lacks is taken from faces of its
colour and weight, each at the size at which it looks as large. Without libraqm, which Pillow uses where the system has
FriBiDi, letters are set one after the other: scripts that cannot be read so count as not covered.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import regex
from fontTools.ttLib import TTFont  # pyright: ignore[reportMissingTypeStubs]
from PIL import ImageFont, features

from bot.cards.words import graphemes
from bot.errors import NotDrawable

FONTS = Path(__file__).with_name("fonts")

SHAPED = features.check("raqm")
"""Whether letters join, turn and carry marks as their script asks."""

MEASURED_AT = 200
"""Pixels of an em at which widths are measured."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font, and how it stands beside EB Garamond. All measures are ems of that, whatever the face's own scale."""

    file: str
    scale: float = 1.0
    leading: float = 1.36
    """From one line to the next."""
    rise: float = 0.66
    """The height of its capitals, or of what is as tall."""
    is_simple: bool = True
    """Whether it can be read with its letters one after the other."""
    is_square: bool = False
    """Whether each of its letters fills a square."""


ROMAN, ITALIC, CAPS = Face("roman.ttf"), Face("italic.ttf", 1.05), Face("caps.ttf")
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
"""What is set as a gap, or as none."""

_LETTER = regex.compile(r"\p{L}")
_SHARED = regex.compile(r"[\p{Script=Common}\p{Script=Inherited}]")
_KANA = regex.compile(r"[\p{Script=Hiragana}\p{Script=Katakana}]")
_HANGUL = regex.compile(r"\p{Script=Hangul}")
_EMOJI = regex.compile(r"\p{Emoji_Presentation}|\p{Emoji}.?\ufe0f")
_AS_EMOJI = "\ufe0f"
_JOINERS = regex.compile(r"[\u200c\u200d\ufe0f\U000E0020-\U000E007F]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A grapheme in its face; a space or a line end has none."""

    text: str
    face: Face | None


def dressed(text: str, voice: Face = ROMAN) -> list[Glyph]:
    """*text*, tidied, each grapheme in the first face that has it. Raises `NotDrawable` naming all that none has.

    Marks and figures, which scripts share, are taken from the face that most letters of the text are in.
    """
    each = graphemes(text)
    if any(_found([voice, ROMAN], letter)[1] is ROMAN for letter in each if _LETTER.match(letter)):
        voice = ROMAN  # a name half in small capitals looks like a fault
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


@lru_cache(maxsize=4096)
def width(text: str, face: Face, *, is_rtl: bool = False) -> float:
    """Ems from the beginning of *text*, all of one face and one direction, to its end."""
    return font(face, MEASURED_AT).getlength(text, direction=direction(is_rtl)) / MEASURED_AT


@lru_cache(maxsize=32)
def font(face: Face, size: float) -> ImageFont.FreeTypeFont:
    """The face at a *size* of the text, in pixels of EB Garamond's em."""
    engine = ImageFont.Layout.RAQM if SHAPED else ImageFont.Layout.BASIC
    return ImageFont.truetype(FONTS / face.file, size * face.scale, layout_engine=engine)


def direction(is_rtl: bool) -> str | None:
    """The direction as Pillow takes it."""
    return ("rtl" if is_rtl else "ltr") if SHAPED else None


def _order(text: str, voice: Face) -> list[Face]:
    """Where a letter is looked for. Han characters are drawn as in the country whose own letters are beside them."""
    if _KANA.search(text):
        han = [JAPANESE, CHINESE, KOREAN]
    elif _HANGUL.search(text):
        han = [KOREAN, JAPANESE, CHINESE]
    else:
        han = [CHINESE, JAPANESE, KOREAN]
    faces = [voice, ROMAN, *SCRIPTS, *han, SIGNS, SYMBOLS, EMOJI]
    return [face for face in faces if SHAPED or face.is_simple]


def _found(faces: Sequence[Face], grapheme: str) -> tuple[str, Face | None]:
    """How *grapheme* is written and the face that has it; a letter in disguise (𝓐, ﷺ) as what it stands for."""
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
    with TTFont(FONTS / face.file, lazy=True) as file:
        return frozenset(file.getBestCmap() or ())
