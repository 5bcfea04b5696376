"""Sort the blocks of a file into labels and notes before the story, chapters of prose, and notes after the story."""

from __future__ import annotations

from collections.abc import Sequence

from bot.stories.sections.around import take_above, take_below
from bot.stories.sections.blocks import Block
from bot.stories.sections.chapters import headings_in, part_by_headings
from bot.stories.sections.contents import TableOfContents, named_by_contents
from bot.stories.sections.parts import Part, Sections, has_prose
from bot.stories.sections.roles import read_ends
from bot.stories.sections.title_pages import take_book_ending, take_title_page

_MANY_CHAPTERS = 5_000
"""In a file with more chapters no notes are searched beside each, which would take too long."""


def read_sections(
    blocks: Sequence[Block],
    *,
    contents: TableOfContents | None = None,
    is_titled: bool = False,
    only_marked: bool = False,
) -> Sections:
    """Return the sections of a file's blocks.

    *contents* is the table of contents, if the file has one that is no longer among the blocks. If *is_titled*, no line
    is the title. If the file marks all its headings (*only_marked*), an unmarked line is a heading only if *contents*
    lists it.
    """
    sections = Sections()
    headings = {} if only_marked else headings_in(blocks)
    headings |= named_by_contents(blocks, contents, headings) if contents is not None else {}
    ends = read_ends(blocks, headings, is_named=is_titled)
    sections.outside = ends.outside
    above, notes = take_above(sections, ends.above)
    opening, parts = part_by_headings([*above, *ends.story], contents, only_marked=only_marked)
    if has_prose(opening) or not parts:
        parts.insert(0, Part(None, opening))
    titles = _titles(sections, parts)
    if len(parts) <= _MANY_CHAPTERS:
        for part in parts:
            take_notes(part, is_first=part is parts[0], is_last=part is parts[-1])
    parts[0].notes_before[:0] = notes
    signed = take_below(parts[-1], ends.below)
    if signed is not None:
        sections.take_author(signed)
    _keep_contents(sections, contents, titles)
    return _finish(sections, parts)


def take_notes(part: Part, *, is_first: bool = False, is_last: bool = False) -> None:
    """Take the notes around a chapter from its blocks; those around the whole story are taken already."""
    if is_first and is_last:
        return
    ends = read_ends(part.blocks, (), is_named=True, is_part=True)
    above = () if is_first else ends.above
    below = () if is_last else ends.below
    found = Sections()
    part.notes_after = []
    headings, notes = take_above(found, above)
    labelled = [f"{label.capitalize()}: {value}" for label, value in found.metadata.items()]
    part.notes_before = [*labelled, *filter(None, found.summary), *found.notes_before, *notes]
    take_below(part, below)
    part.blocks = [
        *headings,
        *(piece.block for piece in (() if above else ends.above)),
        *ends.story,
        *(piece.block for piece in (() if below else ends.below)),
    ]
    part.drop_last_rules()


def read_book(
    blocks: Sequence[Block], sections: Sections, *, contents: TableOfContents | None = None, only_marked: bool = False
) -> Sections:
    """Return the sections of a published book; its notes are the title page and the text after the end mark.

    The table of contents is a note, too, if the headings do not repeat it.
    """
    opening, parts = part_by_headings(blocks, contents, only_marked=only_marked)
    rest = take_title_page(sections, opening, has_parts=bool(parts))
    if has_prose(rest) or not parts:
        parts.insert(0, Part(None, rest))
    _keep_contents(sections, contents, _titles(sections, parts))
    for part in parts:
        take_book_ending(part, is_last=part is parts[-1])
    return _finish(sections, parts)


def _titles(sections: Sections, parts: Sequence[Part]) -> list[str]:
    """Return the texts that may repeat the table of contents: headings, notes above the story, and title."""
    headings = [part.heading for part in parts if part.heading is not None]
    texts = [text for heading in headings for text in (heading.title, heading.label, heading.above) if text]
    return [*texts, *sections.notes_before, sections.title or ""]


def _keep_contents(sections: Sections, contents: TableOfContents | None, titles: Sequence[str]) -> None:
    """Keep a table of contents as a note, unless *titles* contain all its words."""
    if contents is not None and not contents.is_repeated_by(titles):
        sections.notes_before.append(contents.text)


def _finish(sections: Sections, parts: Sequence[Part]) -> Sections:
    parts = _merge_empty(sections, parts)
    _move_last_notes(sections, parts)
    sections.parts = [part for part in parts if has_prose(part.blocks)]
    return sections


def _merge_empty(sections: Sections, parts: Sequence[Part]) -> list[Part]:
    """Return the chapters with prose; titles and notes of the others become notes of the chapter above or the story."""
    kept: list[Part] = []
    for part in parts:
        if has_prose(part.blocks):
            kept.append(part)
            continue
        title = [part.heading.title] if part.heading and part.heading.title else []
        notes = [*title, *part.notes_before, *part.notes_after]
        if kept:
            kept[-1].notes_after += notes
            kept[-1].end_marker = part.end_marker or kept[-1].end_marker
        else:
            sections.notes_before += notes
    return kept


def _move_last_notes(sections: Sections, parts: Sequence[Part]) -> None:
    """Move the last chapter's end notes to the story if that chapter has an end mark, or if no other has end notes.

    The notes above an only chapter without a heading move to the story, too.
    """
    if not parts:
        return
    last = parts[-1]
    sections.end_marker = last.end_marker
    if last.end_marker is not None or not any(part.notes_after for part in parts[:-1]):
        sections.notes_after, last.notes_after = last.notes_after, []
    if len(parts) == 1 and last.heading is None:
        sections.notes_before.extend(last.notes_before)
        last.notes_before = []
