"""A text that is ready for layout: its paragraphs, and all metrics that do not depend on the font size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

import regex

from bot.cards.breaking import Box, boxes
from bot.cards.direction import is_rtl
from bot.cards.faces import MEASURED_AT, ROMAN, Face, Glyph, dressed, font

INITIAL_GAP = 0.14
"""Space between an initial and the words beside the initial, in ems."""

MIN_OPENING = 25.0
"""Minimum width of a first paragraph with an initial, in ems: wider than any line, since an initial needs two lines."""

MOST_TAIL = 0.03
"""Maximum depth of an initial below its baseline, in ems. The tail of a Q would touch the next line."""

_CAPITAL = regex.compile(r"\p{Lu}")
_VERSE = regex.compile(r"[^\n]\n[^\n]")


@dataclass(frozen=True, slots=True)
class Initial:
    """The first letter of a text, as high as two lines. All lengths are in ems of the text."""

    letter: str
    face: Face
    scale: float
    left: float
    """Left side bearing, by which the letter moves to the left."""
    width: float
    """Indent of the words beside the letter."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose, or a line of verse."""

    boxes: tuple[Box, ...]
    is_rtl: bool
    is_first: bool
    """Whether the paragraph begins the text or follows a blank line; in verse, it then begins a stanza."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text divided into boxes. All lengths are in ems."""

    paragraphs: tuple[Paragraph, ...]
    is_verse: bool
    width: float
    """Width of the whole text in one line."""
    leading: float
    """Distance between two baselines."""
    rise: float
    """Height of the capitals."""
    square: float | None
    """Side of a square letter, if most letters are square as in Chinese and Japanese; else None."""
    initial: Initial | None = None

    @classmethod
    def of(cls, text: str, voice: Face = ROMAN) -> Manuscript:
        """Return the manuscript of the tidied, non-empty *text*. Raises `NotDrawable` if no font has some character."""
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
        """Return the text with its first letter as an initial; unchanged if the letter or the text is unsuitable."""
        opening, *others = self.paragraphs
        box = opening.boxes[0]
        first, *rest = box.glyphs
        is_short = sum(box.width for box in opening.boxes) < MIN_OPENING
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
        # An apostrophe after the initial would hang into it.
        others_of_word[:1] = [replace(box, before=0.0) for box in others_of_word[:1]]
        shortened = replace(opening, boxes=(*others_of_word, *opening.boxes[1:]))
        return replace(self, paragraphs=(shortened, *others), initial=initial) if shortened.boxes else self
