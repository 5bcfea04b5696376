"""A text before it is set: its paragraphs, and all of it that is the same at every size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

import regex

from bot.cards.breaking import Box, boxes
from bot.cards.direction import is_rtl
from bot.cards.faces import MEASURED_AT, ROMAN, Face, Glyph, dressed, font

INITIAL_GAP = 0.14
"""Ems between an initial and the words beside it."""

LEAST_OPENING = 25.0
"""Ems of a first paragraph that is surely longer than the one line beside which an initial would be too high."""

MOST_TAIL = 0.03
"""Ems that an initial may reach below its line: the Q's tail would cross the words there."""

_CAPITAL = regex.compile(r"\p{Lu}")
_VERSE = regex.compile(r"[^\n]\n[^\n]")


@dataclass(frozen=True, slots=True)
class Initial:
    """The first letter of a text, as high as two lines. Lengths are ems of the text."""

    letter: str
    face: Face
    scale: float
    left: float
    """White at the left of the letter, which stands in the margin."""
    width: float
    """How far the words beside it are moved in."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a line of verse."""

    boxes: tuple[Box, ...]
    is_rtl: bool
    is_first: bool
    """Whether a blank line comes before it: in verse, whether it begins a stanza."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """Lengths are ems."""

    paragraphs: tuple[Paragraph, ...]
    is_verse: bool
    width: float
    """Of all of it in one line."""
    leading: float
    rise: float
    square: float | None
    """The side of the squares that most of its letters fill; none in scripts whose letters differ in width."""
    initial: Initial | None = None

    @classmethod
    def of(cls, text: str, voice: Face = ROMAN) -> Manuscript:
        """*text*, which is tidied and not empty. Raises `NotDrawable`."""
        glyphs = dressed(text, voice)
        paragraphs: list[Paragraph] = []
        is_first = True
        for is_end, run in groupby(glyphs, key=lambda glyph: glyph.text == "\n"):
            part = list(run)
            if is_end:
                is_first = len(part) > 1
            elif whole := boxes(part):
                rtl = is_rtl("".join(glyph.text for glyph in part))
                paragraphs.append(Paragraph(tuple(whole), rtl, is_first))
        faces = [glyph.face for glyph in glyphs if glyph.face]
        squares = [face.scale for face in faces if face.is_square]
        return cls(
            tuple(paragraphs),
            _VERSE.search(text) is not None,
            sum(box.width + box.gap for paragraph in paragraphs for box in paragraph.boxes),
            max(face.leading for face in faces),
            max(face.rise for face in faces),
            squares[0] if 2 * len(squares) > len(faces) else None,
        )

    def with_initial(self) -> Manuscript:
        """The same with its first letter as an initial; itself where it begins with none that can be one."""
        opening, *others = self.paragraphs
        box = opening.boxes[0]
        first, *rest = box.glyphs
        is_short = sum(box.width for box in opening.boxes) < LEAST_OPENING
        if self.is_verse or is_short or first.face != ROMAN or not _CAPITAL.match(first.text):
            return self
        left, _, right, bottom = (
            side / MEASURED_AT for side in font(ROMAN, MEASURED_AT).getbbox(first.text, anchor="ls")
        )
        if bottom > MOST_TAIL:
            return self
        scale = (self.leading + ROMAN.rise) / ROMAN.rise
        gap = INITIAL_GAP if rest else INITIAL_GAP + box.gap
        initial = Initial(first.text, ROMAN, scale, left * scale, (right - left) * scale + gap)
        others_of_word = boxes([*rest, Glyph(" ", None)]) if box.gap else boxes(rest)
        shortened = replace(opening, boxes=(*others_of_word, *opening.boxes[1:]))
        return replace(self, paragraphs=(shortened, *others), initial=initial) if shortened.boxes else self
