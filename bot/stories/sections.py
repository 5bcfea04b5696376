"""The blocks of a file become its sections: labels and notes before, chapters of prose, notes after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.stories.back import take_back
from bot.stories.blocks import Block
from bot.stories.front import NOTE_RUN_WORDS, take_chapter_notes, take_front, titled
from bot.stories.headings import Heading, read_chapter, undecorated
from bot.stories.notes import is_tale
from bot.stories.parts import Part, Sections, has_prose


def read_sections(blocks: Sequence[Block]) -> Sections:
    """Sort the blocks of a file into sections."""
    sections = Sections()
    opening, parts = _part_by_headings(titled(sections, list(blocks)))
    rest = take_front(sections, opening)
    if parts and not any(is_tale(block) for block in rest) and sum(b.words for b in rest) <= NOTE_RUN_WORDS:
        sections.notes_before.extend(block.text for block in rest if not block.is_rule)
        rest = []
    if has_prose(rest) or not parts:
        parts.insert(0, Part(None, rest))
    for part in parts:
        if part.heading is not None:
            take_chapter_notes(part)
        take_back(part)
    parts = _joined(sections, parts)
    _hand_over_ends(sections, parts)
    sections.parts = [part for part in parts if has_prose(part.blocks)]
    return sections


def _part_by_headings(blocks: Sequence[Block]) -> tuple[list[Block], list[Part]]:
    """Part the file at its chapter headings: the blocks before the first, and a part for each."""
    opening: list[Block] = []
    parts: list[Part] = []
    for block in blocks:
        heading = read_chapter(block.lines[0]) or _marked_heading(block)
        if heading is None:
            (parts[-1].blocks if parts else opening).append(block)
            continue
        rest = [block.after(1)] if len(block.lines) > 1 else []
        parts.append(Part(heading, rest))
    return opening, _without_contents(parts)


def _marked_heading(block: Block) -> Heading | None:
    """The heading that a source marks as one, whatever its words."""
    return Heading(undecorated(block.text) or block.text, block.text, None) if block.is_heading else None


def _without_contents(parts: list[Part]) -> list[Part]:
    """Leave out the entries of a list of contents; a heading over a heading (``Part One``) joins the one below."""
    kept: list[Part] = []
    above: list[str] = []
    for i, part in enumerate(parts):
        assert part.heading is not None
        if has_prose(part.blocks):
            if above:
                named = part.heading.title or part.heading.label
                part.heading = replace(part.heading, title=" · ".join([*above, named]))
                above = []
            kept.append(part)
        elif not any(_same(part.heading, later.heading) for later in parts[i + 1 :]):
            above.append(_full(part.heading))
    if above and kept:  # headings with nothing under them at the end: their words stay
        kept[-1].blocks.extend(Block((words,), 2) for words in above)
    elif above:
        return parts
    return kept


def _full(heading: Heading) -> str:
    return f"{heading.label}: {heading.title}" if heading.title and heading.title != heading.label else heading.label


def _same(one: Heading, other: Heading | None) -> bool:
    return other is not None and _full(one).lower() == _full(other).lower()


def _joined(sections: Sections, parts: Sequence[Part]) -> list[Part]:
    """Hand what a chapter without prose says to the one above it; before the first it is said of the story."""
    kept: list[Part] = []
    for part in parts:
        if has_prose(part.blocks):
            kept.append(part)
            continue
        title = [part.heading.title] if part.heading and part.heading.title else []
        said = [*title, *part.notes_before, *part.notes_after]
        if kept:
            kept[-1].notes_after += said
            kept[-1].end_marker = part.end_marker or kept[-1].end_marker
        else:
            sections.notes_before += said
    return kept


def _hand_over_ends(sections: Sections, parts: Sequence[Part]) -> None:
    """The notes after the last chapter are the story's where an end mark stands first or no other chapter has any."""
    if not parts:
        return
    last = parts[-1]
    sections.end_marker = last.end_marker
    if last.end_marker is not None or not any(part.notes_after for part in parts[:-1]):
        sections.notes_after, last.notes_after = last.notes_after, []
    if len(parts) == 1 and last.heading is None:
        sections.notes_before.extend(last.notes_before)
        last.notes_before = []


def chapter_title(heading: Heading | None, position: int) -> str | None:
    """The title to show: a bare number that only repeats the chapter's position says nothing."""
    if heading is None:
        return None
    if heading.title is not None:
        return heading.title
    return None if heading.number == position else undecorated(heading.label)
