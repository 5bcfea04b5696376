"""Append chapters to a story, from separate files or from typed text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.stories.sections.blocks import Block
from bot.stories.sections.headings import Heading, heading_of
from bot.stories.sections.parts import Sections


@dataclass(frozen=True, slots=True)
class AddedChapter:
    """A file, or typed text, with one or more chapters to append to a story."""

    name: str
    """The file name; its extension determines the format."""
    data: bytes = field(repr=False)
    title: str | None = None
    """Title of the first appended chapter; overrides the title in the file."""
    notes: str | None = None
    """The author's note above the first appended chapter."""


def add_chapters(story: Sections, new: Sections, chapter: AddedChapter) -> None:
    """Append the chapters of *new* to *story*.

    Notes at the end of *story* were written before *new*, so they become notes after the last chapter of *story*.
    """
    if not new.parts:
        return
    if story.parts:
        story.parts[-1].notes_after += story.notes_after
        story.notes_after = []
    first, last = new.parts[0], new.parts[-1]
    notes = [new.title, *new.summary, *new.notes_before, chapter.notes]
    if chapter.title:
        first.heading = heading_of(chapter.title)
    elif new.title and len(new.parts) == 1 and first.heading is None:
        first.heading = heading_of(new.title)
        notes.remove(new.title)
    _number(story, new)
    first.notes_before = [*(text for text in notes if text and text != chapter.title), *first.notes_before]
    last.notes_after += new.notes_after
    for part in new.parts:
        part.blocks = [_with_gap(block, new.gap, story.gap) for block in part.blocks]
    story.parts += new.parts
    story.end_marker = new.end_marker
    story.warnings += [f"{chapter.name}: {warning}" for warning in new.warnings]
    labelled = {"author": new.author} if new.author and new.author != story.author else {}
    for label, value in (labelled | new.metadata).items():
        known = story.metadata.get(label, value)
        story.metadata[label] = value if known == value else f"{known}; {value}"


def _number(story: Sections, new: Sections) -> None:
    """Continue the chapter numbers of *story* in *new*; if *story* has no headings, number its chapters, too."""
    if all(part.heading is None for part in story.parts):
        for number, part in enumerate(story.parts, start=1):
            part.heading = _chapter(None, number)
    numbers = [part.heading.number for part in story.parts if part.heading and part.heading.number is not None]
    is_numbered = bool(numbers)
    number = max(numbers, default=0)
    for part in new.parts:
        heading = part.heading
        if heading is not None and heading.number is not None:
            number = heading.number
        elif is_numbered:
            number += 1
            part.heading = _chapter(heading and heading.title, number)
        else:  # `name_chapters` numbers chapters from 1 if no heading has a number
            part.heading = heading or Heading(None, "", None)


def _chapter(title: str | None, number: int) -> Heading:
    return Heading(title, f"Chapter {number}", number, "chapter")


def _with_gap(block: Block, own_gap: int, gap: int) -> Block:
    """Return *block* with its gap adapted from *own_gap* to *gap*, so that scene breaks stay scene breaks.

    *own_gap* is the usual gap between paragraphs in the file of *block*, *gap* that in the story.
    """
    return replace(block, gap=gap + 1 if block.gap > own_gap else min(block.gap, gap))
