"""The three designs of a card: a page of a book, a dark page, and a cover in the colour of the story."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.cards.colour import Colour, readable, story_colour, story_hue
from bot.cards.direction import is_rtl
from bot.cards.faces import CAPS, ITALIC, ROMAN, Face
from bot.cards.manuscript import Manuscript
from bot.cards.setting import Alignment, Setting, cut_short, largest, set_at
from bot.cards.sheet import Sheet
from bot.cards.words import MOST_QUOTE_CHARS, CardText, Design, one_line, tidied, typeset
from bot.errors import CardError, NotDrawable

WIDTH = 1080
"""Width of a card in pixels: three times that of a narrow phone in CSS pixels."""

HEIGHTS = range(560, 2401)
"""Possible heights of a card in pixels. A taller card would not fit on a screen."""

SIZES = (80, 73, 67, 61, 56, 51, 47, 43, 40)
"""Font sizes of the words in pixels. Each is about a twelfth smaller than the size before."""

VERSE_SIZES = (87, *SIZES)
"""Font sizes of verse in pixels. The first is larger than for prose, since lines of verse are short."""

SOURCE = 40
"""Font size of title and author in pixels. The smallest scripts are drawn at 33 pixels, or 11 CSS pixels on a phone."""

ROOM = 740
"""Preferred maximum height of the words in pixels. The font size is reduced until the words fit."""

INITIAL_LINES = 5
"""Minimum number of lines for which a page begins with an initial."""

CENTRED_LINES = 7
"""Maximum number of centred lines of prose on a cover. More are hard to read."""

CREAM: Colour = (249, 243, 230)
LAMPBLACK: Colour = (43, 36, 30)
MIDNIGHT: Colour = (22, 24, 30)
LAMPLIGHT: Colour = (236, 229, 214)
GILT = 85.0
"""Hue of the inks on covers, and of quiet text on dark pages, in degrees."""

INK, ACCENT, QUIET = range(3)
"""Indices of the inks of a sheet: for the words, for accents, and for less important text."""


@dataclass(frozen=True, slots=True)
class Block:
    """Text above or below the words. Each part has a distance from the block's top in pixels, a setting and an ink."""

    height: float = 0.0
    parts: tuple[tuple[float, Setting, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Margins:
    """Distances in pixels.

    *side* is left and right of all text, *top* above the first line, *foot* below the last. *above* and *below*
    separate the words from the other text.
    """

    side: int
    top: int
    above: int
    below: int
    foot: int

    @property
    def measure(self) -> int:
        return WIDTH - 2 * self.side


def page(card: CardText) -> Sheet:
    """Lay out a page on a cream background: the words (if long, with an initial), a rule, title and author."""
    margins = Margins(side=124, top=132, above=0, below=150, foot=104)
    hue = story_hue(card.title, card.author)
    text = _text(card)
    words = largest(text, _sizes(text), margins.measure, ROOM)
    if len(words.lines) >= INITIAL_LINES:
        words = largest(text.with_initial(), SIZES, margins.measure, ROOM)
    foot = _running_foot(card, margins.measure)
    inks = [LAMPBLACK, readable(CREAM, 0.46, 0.12, hue), readable(CREAM, 0.48, 0.02, hue)]
    sheet = _composed(CREAM, inks, margins, Block(), words, foot)
    rule = sheet.height - margins.foot - round(foot.height) - 50
    sheet.rule(margins.side, rule, WIDTH - margins.side, rule + 2, ACCENT)
    return sheet


def night(card: CardText) -> Sheet:
    """Lay out a dark page: an ornament, the words in italics, title and author."""
    margins = Margins(side=124, top=116, above=66, below=90, foot=112)
    hue = story_hue(card.title, card.author)
    way = _way(card)
    text = _text(card, ITALIC)
    words = largest(text, _sizes(text), margins.measure, ROOM)
    leaf = set_at(Manuscript.of("❧" if way == "left" else "☙"), 76, margins.measure, way)
    title = _title(card, CAPS, SOURCE, margins.measure, way)
    author = cut_short(card.author, ITALIC, SOURCE, margins.measure, 2, way)
    inks = [LAMPLIGHT, readable(MIDNIGHT, 0.78, 0.09, hue), readable(MIDNIGHT, 0.68, 0.015, GILT)]
    source = _stacked((title, ACCENT), (author, QUIET))
    return _composed(MIDNIGHT, inks, margins, _stacked((leaf, ACCENT)), words, source)


def cover(card: CardText) -> Sheet:
    """Lay out a cover in the colour of the story: a frame around author, title and words."""
    margins = Margins(side=140, top=150, above=100, below=84, foot=120)
    ground = story_colour(card.title, card.author)
    text = _text(card)
    words = largest(text, _sizes(text)[1:], margins.measure, ROOM, "centre")
    if len(words.lines) > CENTRED_LINES and not text.is_verse:
        words = largest(text, SIZES[1:], margins.measure, ROOM)
    author = cut_short(card.author, CAPS, SOURCE, margins.measure, 2, "centre")
    title = _title(card, ITALIC, 48, margins.measure, "centre")
    leaf = set_at(Manuscript.of("❦"), 56, margins.measure, "centre")
    inks = [readable(ground, 0.94, 0.025, GILT), readable(ground, 0.86, 0.06, GILT)]
    heading = _stacked((author, ACCENT), (title, INK))
    sheet = _composed(ground, inks, margins, heading, words, _stacked((leaf, ACCENT)))
    _frame(sheet, 40, 3)
    _frame(sheet, 52, 1)
    return sheet


SHEETS: dict[Design, Callable[[CardText], Sheet]] = {"page": page, "night": night, "cover": cover}


def draw(card: CardText, design: Design) -> bytes:
    """Return the card as a PNG of at most `bot.cards.sheet.MOST_BYTES`. The same card gives the same bytes.

    Raises `CardError`. The call blocks for some tenths of a second; `Studio` runs it in a thread.
    """
    return SHEETS[design](card).png()


def _text(card: CardText, voice: Face = ROMAN) -> Manuscript:
    words = typeset(tidied(card.words), card.language)
    if len(words) > MOST_QUOTE_CHARS:
        raise CardError("too-long-for-card")
    if not words:
        raise NotDrawable([])
    return Manuscript.of(words, voice)


def _sizes(text: Manuscript) -> Sequence[int]:
    return VERSE_SIZES if text.is_verse else SIZES


def _title(card: CardText, voice: Face, size: float, measure: float, align: Alignment) -> Setting | None:
    """Return the title in at most two lines. More would outweigh the quote."""
    return cut_short(typeset(one_line(card.title), card.language), voice, size, measure, 2, align)


def _way(card: CardText) -> Alignment:
    """Return the side at which the quote's first line begins; the other text is aligned with that side."""
    return "right" if is_rtl(card.words) else "left"


def _composed(
    ground: Colour, inks: Sequence[Colour], margins: Margins, head: Block, words: Setting, foot: Block
) -> Sheet:
    """Return a sheet with *head* at its top, *foot* at its bottom and the words halfway between."""
    above = margins.top + head.height + (margins.above if head.parts else 0)
    below = margins.below + foot.height + margins.foot
    height = max(HEIGHTS.start, round(above + words.height + below))
    if height not in HEIGHTS:
        raise CardError("too-long-for-card")
    sheet = Sheet(WIDTH, height, ground, inks)
    spare = height - above - words.height - below
    sheet.words(words, margins.side, above + 0.5 * spare, INK, ACCENT)
    for block, top in ((head, margins.top), (foot, height - margins.foot - foot.height)):
        for down, setting, ink in block.parts:
            sheet.words(setting, margins.side, top + down, ink)
    return sheet


def _stacked(*lines: tuple[Setting | None, int]) -> Block:
    """Return a block with each of *lines* below the one before; None is skipped."""
    parts: list[tuple[float, Setting, int]] = []
    down = 0.0
    for setting, ink in lines:
        if setting:
            down += 44 if parts else 0
            parts.append((down, setting, ink))
            down += setting.height
    return Block(down, tuple(parts))


def _running_foot(card: CardText, measure: int) -> Block:
    """Return title and author at the two ends of one line; the author below the title if one line is too short."""
    near = _way(card)
    far: Alignment = "left" if near == "right" else "right"
    title = _title(card, ITALIC, SOURCE, measure, near)
    author = cut_short(card.author, CAPS, SOURCE, measure, 2, far)
    if title and author and title.width + author.width + 60 <= measure:
        height = max(title.height, author.height)
        return Block(height, ((height - title.height, title, ACCENT), (height - author.height, author, QUIET)))
    return _stacked((title, ACCENT), (cut_short(card.author, CAPS, SOURCE, measure, 2, near), QUIET))


def _frame(sheet: Sheet, inset: int, thick: int) -> None:
    left, top, right, bottom = inset, inset, sheet.width - inset, sheet.height - inset
    sheet.rule(left, top, right, top + thick, ACCENT)
    sheet.rule(left, bottom - thick, right, bottom, ACCENT)
    sheet.rule(left, top, left + thick, bottom, ACCENT)
    sheet.rule(right - thick, top, right, bottom, ACCENT)
