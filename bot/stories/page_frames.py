"""Room on a page for what surrounds its text, such as titles, facts and notes.

A page with its surroundings fits one screen, so titles, facts and notes are cut to the columns reserved here.
"""

from __future__ import annotations

from math import ceil

from bot.stories.facts import Facts
from bot.stories.model import ChapterName, PageLength
from bot.stories.page_places import GAP, SHAPES, Frame

TITLE = 1.8
"""Height of a one-line title with its margins, in lines; each further line of the title adds `_TITLE_MORE`."""

_TITLE_MORE = 1.2

SMALL = 0.9
"""Height of a line of small text, in normal lines; a line of small text has `SMALL_COLUMNS`."""

SMALL_COLUMNS: dict[PageLength, int] = {"phone": 38, "desktop": 64}

NOTE_LINES = 2
"""Maximum lines of small text for a note above or below the text of a page."""

END = 9.3
"""Height of the counts, reactions and vote below the text of a story's last page, in lines."""

TITLE_CHARS, AUTHOR_CHARS, WARNING_CHARS, FANDOM_CHARS = 100, 60, 110, 60
"""Maximum characters that a page shows of the title, of the author, of all warnings, and of all fandoms."""

_OTHER_FACTS = 28  # columns of rating, word count and reading time, with their separators


def frames_of(
    name: ChapterName,
    *,
    opening: tuple[str, str | None, Facts] | None,
    chapters: int,
    has_note_before: bool,
    has_note_after: bool,
    is_end: bool,
) -> dict[PageLength, Frame]:
    """Return the room around the text of a chapter, by page length.

    *opening* has the title, author and facts that a story's first page shows above its text. *is_end* adds `END`
    below the last page.
    """
    return {
        length: Frame(
            above=_opening(length, name, *opening, has_note=has_note_before, chapters=chapters)
            if opening
            else _heading(length, name) + _small(NOTE_LINES if has_note_before else 0),
            below=_small(NOTE_LINES if has_note_after else 0) + (END if is_end else 0),
        )
        for length in SHAPES
    }


def _opening(
    length: PageLength,
    name: ChapterName,
    title: str,
    author: str | None,
    facts: Facts,
    *,
    has_note: bool,
    chapters: int,
) -> float:
    columns = _OTHER_FACTS + min(FANDOM_CHARS, _columns(facts.fandoms)) + min(WARNING_CHARS, _columns(facts.warnings))
    small = ceil(columns / SMALL_COLUMNS[length]) + (NOTE_LINES if has_note else 0)
    if author:
        small += ceil(min(AUTHOR_CHARS, len(author) + 3) / SMALL_COLUMNS[length])
    chapter = ceil(len(name.title or "") / SHAPES[length].columns) + GAP if chapters > 1 else 0
    return _title(length, title) + _small(small) + chapter


def _columns(names: tuple[str, ...]) -> int:
    return sum(len(name) + 2 for name in names) + 10 if names else 0


def _heading(length: PageLength, name: ChapterName) -> float:
    return _title(length, f"{name.label or ''} {name.title}") if name.title or name.label else 0


def _title(length: PageLength, title: str) -> float:
    lines = ceil(min(TITLE_CHARS, len(title)) / (SHAPES[length].columns * 0.8))
    return TITLE + max(0, lines - 1) * _TITLE_MORE


def _small(lines: int) -> float:
    return lines * SMALL + (SMALL if lines else 0)
