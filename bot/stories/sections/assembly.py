"""Sort the blocks of a file into labels and notes before the story, chapters of prose, and notes after the story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from bot.stories.sections.author_lines import full_name_below, signed_in
from bot.stories.sections.blocks import Block
from bot.stories.sections.chapters import part_by_headings
from bot.stories.sections.contents import TableOfContents
from bot.stories.sections.ending import take_book_ending, take_ending
from bot.stories.sections.first_lines import take_names
from bot.stories.sections.notes import Evidence, is_prose
from bot.stories.sections.opening import (
    NOTE_RUN_WORDS,
    take_chapter_notes,
    take_opening,
    take_title_page,
    title_by_rules,
    with_whole_head,
)
from bot.stories.sections.parts import Part, Sections, has_prose, words_of

_SIGNED_NOTES = 20  # maximum notes searched for a signature below the story, above it, and beside its chapters
_MANY_CHAPTERS = 5_000
"""In a file with more chapters, only labels mark notes, since searching every chapter for phrases takes too long."""


def read_sections(
    blocks: Sequence[Block],
    *,
    contents: TableOfContents | None = None,
    title: str | None = None,
    only_marked: bool = False,
    is_typed: bool = True,
) -> Sections:
    """Return the sections of a file's blocks.

    *contents* and *title* are the table of contents and the title, if they are known and no longer among the blocks. If
    the file marks all its headings (*only_marked*), an unmarked line is a heading only if *contents* lists it. In a
    plain text (*is_typed*) the title and the author are recognised by the look of the first lines.
    """
    sections = Sections(title=title)
    blocks = with_whole_head(blocks)
    is_typed = is_typed and title is None and not only_marked and not any(block.is_heading for block in blocks)
    blocks = take_names(sections, blocks) if is_typed and contents is None else title_by_rules(sections, blocks)
    opening, parts = part_by_headings(blocks, contents, only_marked=only_marked)
    found = _with_notes(sections, opening, parts, contents, Evidence.PLACE)
    for evidence in (Evidence.PLACE, Evidence.WORDS):
        if _is_plausible(found, evidence):
            break
        found = _with_notes(sections, opening, parts, contents, Evidence(evidence + 1))
    if is_typed and found.author is None:
        chapters = (*found.parts[:1], *found.parts[-1:])
        ends = (note for part in chapters for note in (*part.notes_before, *part.notes_after))
        notes = (*found.notes_after[-_SIGNED_NOTES:], *found.notes_before[:_SIGNED_NOTES], *islice(ends, _SIGNED_NOTES))
        found.author = signed_in(notes) or full_name_below(found.notes_after)
    return found


def _with_notes(
    headed: Sections,
    opening: Sequence[Block],
    chapters: Sequence[Part],
    contents: TableOfContents | None,
    evidence: Evidence,
) -> Sections:
    """Return *headed* (title and labels so far) with the notes and chapters; a note requires *evidence* or stronger."""
    sections = replace(headed, notes_before=[], notes_after=[], summary=[], metadata=dict(headed.metadata), parts=[])
    parts = [part.without_notes() for part in chapters]
    rest = take_opening(sections, opening, evidence)
    if (
        sections.title is None and len(rest) < len(opening) and not (rest and rest[0].begins_story)
    ):  # notes can come before the title, too
        rest = title_by_rules(sections, rest)
    if parts and contents is not None:
        rest = take_title_page(sections, rest, has_parts=True)
    elif (
        parts
        and not _follows_another(parts[0])
        and not any(is_prose(block) or block.begins_story for block in rest)
        and words_of(rest) <= NOTE_RUN_WORDS
    ):
        sections.notes_before.extend(block.text for block in rest if not block.is_rule)
        rest = []
    if has_prose(rest) or not parts:
        parts.insert(0, Part(None, rest))
    titles = _titles(sections, parts)
    if len(parts) > _MANY_CHAPTERS:
        evidence = Evidence.LABEL
    parts = [_with_chapter_notes(part, evidence) for part in parts]
    _keep_contents(sections, contents, titles)
    sections.unlabelled_words += sum(part.unlabelled_words for part in parts)
    return _finish(sections, parts)


def _follows_another(part: Part) -> bool:
    """Return whether the number of *part*'s heading is 2 or more, so that the text above is the first chapter."""
    heading = part.heading
    if heading is None or heading.above or not has_prose(part.blocks):
        return False
    return heading.number is not None and heading.number > 1


def _with_chapter_notes(part: Part, evidence: Evidence) -> Part:
    """Return *part* with the notes at its ends split from its prose.

    If the notes outweigh the prose, stronger evidence is required of them.
    """
    found = part.without_notes()
    if found.heading is not None:
        take_chapter_notes(found, evidence)
    take_ending(found, evidence)
    if evidence == Evidence.LABEL or _is_mostly_story(found.words, found.note_words, found.unlabelled_words, evidence):
        return found
    return _with_chapter_notes(part, Evidence(evidence + 1))


def _is_plausible(sections: Sections, evidence: Evidence) -> bool:
    """Return whether the notes found by *evidence* are short enough beside the story."""
    notes = [*sections.notes_before, *sections.notes_after]
    words = sum(len(note.split()) for note in notes) + sum(part.note_words for part in sections.parts)
    return _is_mostly_story(sum(part.words for part in sections.parts), words, sections.unlabelled_words, evidence)


def _is_mostly_story(story: int, notes: int, unlabelled: int, evidence: Evidence) -> bool:
    """Return whether the numbers of words in the story, the notes and the unlabelled notes are plausible.

    Most of a text should be story; notes found by words (*evidence*) are also plausible if those without a label are
    no longer than the story.
    """
    return notes <= story or (evidence == Evidence.WORDS and unlabelled <= story) or unlabelled == 0


def read_book(
    blocks: Sequence[Block], sections: Sections, *, contents: TableOfContents | None = None, only_marked: bool = False
) -> Sections:
    """Return the sections of a published book; its notes are the title page and the text after the end mark.

    The table of contents is a note, too, if the headings do not repeat it.
    """
    opening, parts = part_by_headings(blocks, contents, is_book=True, only_marked=only_marked)
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
