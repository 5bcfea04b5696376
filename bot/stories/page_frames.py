"""What stands on a page beside its text: as many lines are kept free for it when a chapter is cut.

A page with all that belongs to it is one screen. So whoever shows a page cuts titles, facts and notes to the columns
that are kept free here.
"""

from __future__ import annotations

from math import ceil

from bot.stories.facts import Facts
from bot.stories.model import ChapterName, PageLength
from bot.stories.page_places import GAP, SHAPES, Frame

TITLE = 1.8
"""Lines that a title in one line takes, with its margins; each further line of it takes `_TITLE_MORE`."""

_TITLE_MORE = 1.2

SMALL = 0.9
"""Lines of a page that a line of small text takes. It has `SMALL_COLUMNS`."""

SMALL_COLUMNS: dict[PageLength, int] = {"phone": 38, "desktop": 64}

NOTE_LINES = 2
"""Lines of small text that a note beside a page has at most."""

END = 9.3
"""Lines under a story's last page: its counts, and rows of reactions and of the vote."""

TITLE_CHARS, AUTHOR_CHARS, WARNING_CHARS, FANDOM_CHARS = 100, 60, 110, 60
"""Characters that a page has at most of a title, its author, its warnings and its fandoms."""

_OTHER_FACTS = 28  # columns of rating, words and minutes, with what stands between


def frames_of(
    name: ChapterName,
    *,
    opening: tuple[str, str | None, Facts] | None,
    chapters: int,
    has_note_before: bool,
    has_note_after: bool,
    is_end: bool,
) -> dict[PageLength, Frame]:
    """Return the frame of a chapter, for each page length.

    *opening* is what the first page of a story says above its text: title, author and facts. The last page of a story
    (*is_end*) has its end under it.
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
