"""Name each chapter as its author does: its number, its title, and the words with the number.

A story counts in one unit: chapters, letters or acts. Numbers in another unit, such as four letters before the first
chapter, stay in the titles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.stories.model import ChapterName
from bot.stories.sections.headings import CHAPTERS, Heading, is_named_part
from bot.stories.sections.lines import undecorated


def name_chapters(headings: Sequence[Heading | None]) -> list[ChapterName]:
    """Return the names of chapters under *headings*; None is the text before the first heading.

    If the author numbers the chapters, these numbers are kept. Otherwise chapters count from 1, prologues not included.
    """
    unit = _unit(headings)
    if unit is None:
        return _numbered_names(headings)
    first = next((heading.number for heading in headings if heading is not None and heading.unit == unit), None)
    return [ChapterName(number=1 if first == 2 else None) if h is None else _name(h, unit) for h in headings]


def _unit(headings: Sequence[Heading | None]) -> str | None:
    """Return the unit that the author counts, or None if most chapters have only names."""
    counted = [heading for heading in headings if heading is not None and heading.number is not None]
    units = Counter(heading.unit for heading in counted if not heading.is_part)
    units = units or Counter(heading.unit for heading in counted)
    if not units:
        return None
    unit, count = (CHAPTERS, units[CHAPTERS]) if CHAPTERS in units else units.most_common(1)[0]
    others = sum(h is not None and h.number is None and not _is_unnumbered(h) for h in headings)
    return unit if count >= others else None


def _is_unnumbered(heading: Heading) -> bool:
    """Return whether *heading* is a prologue, a preface or similar, which authors do not number."""
    return heading.is_named or is_named_part(heading.label)


def _name(heading: Heading, unit: str) -> ChapterName:
    if heading.number is None or heading.unit != unit:
        return ChapterName(_joined(heading, heading.whole))
    title = heading.title and _joined(heading, heading.title)
    is_labelled = unit != CHAPTERS or (heading.above is not None and title is None)
    label = undecorated(heading.label)
    return ChapterName(title, heading.number, (label if title else _joined(heading, label)) if is_labelled else None)


def _joined(heading: Heading, words: str) -> str:
    return f"{heading.above} · {words}" if heading.above else words


def _title(heading: Heading, number: int) -> str | None:
    """Return the title of chapter *number*, or the headings above it if its own heading is only this number."""
    is_bare = heading.title is None and heading.unit == CHAPTERS and heading.number == number
    return heading.above if is_bare else _joined(heading, heading.whole) or None


def _numbered_names(headings: Sequence[Heading | None]) -> list[ChapterName]:
    """Return chapter names, numbered from 1; a prologue or similar has no number."""
    names: list[ChapterName] = []
    number = 0
    is_only_text = all(heading is None for heading in headings)
    for heading in headings:
        counts = is_only_text if heading is None else not _is_unnumbered(heading)
        number += counts
        title = None if heading is None else _title(heading, number)
        names.append(ChapterName(title, number if counts else None))
    return names
