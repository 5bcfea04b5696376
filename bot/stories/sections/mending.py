"""Apply an author's corrections of single lines: headings, lines that are no headings, and notes.

Each line is given by its first words. A line that is not found changes nothing and is reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.stories.sections.blocks import Block
from bot.stories.sections.headings import Heading, read_chapter
from bot.stories.sections.lines import undecorated
from bot.stories.sections.parts import Part, Sections, has_prose
from bot.stories.sections.wording import cut, find, shown, squeezed


@dataclass(frozen=True, slots=True)
class Mends:
    """Corrections; each line or paragraph is given by its first words."""

    headings: tuple[str, ...] = ()
    """Lines that begin a chapter."""
    plain: tuple[str, ...] = ()
    """Lines that look like headings but are text of the story."""
    notes: tuple[str, ...] = ()
    """Paragraphs that are notes, not story."""


def heading_of(line: str) -> Heading:
    """Return *line* as a chapter heading, whatever it looks like."""
    return read_chapter(line) or Heading(undecorated(line) or line, line, None)


def mend(sections: Sections, mends: Mends) -> list[str]:
    """Apply *mends* to *sections*; return a message for each correction that cannot be applied."""
    problems = [f"no chapter is called “{shown(words)}”" for words in mends.plain if not _join_chapter(sections, words)]
    problems += [
        f"no line of the story begins with “{shown(words)}”"
        for words in mends.headings
        if not _begin_chapter(sections, words)
    ]
    return problems + [
        f"no paragraph of the story begins with “{shown(words)}”, or its chapter is no more than that"
        for words in mends.notes
        if not _take_note(sections, words)
    ]


def _begin_chapter(sections: Sections, words: str) -> bool:
    """Begin a chapter at the first line that begins with *words*; return whether this is possible."""
    for i, part in enumerate(sections.parts):
        if (found := find(part.blocks, words, ends=False)) is None:
            continue
        at, blocks, _ = cut(part.blocks, *found)
        below, blocks, _ = cut(blocks, at, 1)
        new = Part(heading_of(blocks[at].text), blocks[below:], [], part.notes_after, part.end_marker)
        if not has_prose(new.blocks):
            return False
        part.blocks, part.notes_after, part.end_marker = blocks[:at], [], None
        if has_prose(part.blocks):
            sections.parts.insert(i + 1, new)
        else:
            new.notes_before = [*_as_line(part.heading), *part.notes_before]
            sections.parts[i] = new
        return True
    return False


def _join_chapter(sections: Sections, words: str) -> bool:
    """Join the chapter whose heading begins with *words* to the one above; return whether there is such a heading.

    The heading becomes text of the story.
    """
    for i, part in enumerate(sections.parts):
        if part.heading is None or not any(squeezed(text).startswith(squeezed(words)) for text in _names(part.heading)):
            continue
        blocks = [*(Block((text,)) for text in _as_line(part.heading)), *part.blocks]
        if i == 0:
            part.heading, part.blocks = None, blocks
            return True
        above = sections.parts[i - 1]
        above.blocks += blocks
        above.notes_after += [*part.notes_before, *part.notes_after]
        above.end_marker = part.end_marker
        del sections.parts[i]
        return True
    return False


def _take_note(sections: Sections, words: str) -> bool:
    """Make the first paragraph that begins with *words* a note; return whether this is possible.

    A note from the first half of its chapter goes before the chapter, any other after it.
    """
    for i, part in enumerate(sections.parts):
        if (found := find(part.blocks, words, ends=False)) is None:
            continue
        at, blocks, _ = cut(part.blocks, *found)
        text, rest = blocks[at].text, [*blocks[:at], *blocks[at + 1 :]]
        if not has_prose(rest):
            return _drop_chapter(sections, i, text)
        if sum(block.words for block in rest[:at]) * 2 < sum(block.words for block in rest):
            part.notes_before.append(text)
        else:
            part.notes_after.insert(0, text)
        part.blocks = rest
        return True
    return False


def _drop_chapter(sections: Sections, i: int, text: str) -> bool:
    """Remove chapter *i*, whose only prose is the note *text*; return False if it has a heading or is the only one."""
    part = sections.parts[i]
    if part.heading is not None or len(sections.parts) == 1:
        return False
    notes = [*part.notes_before, text, *part.notes_after]
    if i == 0:
        sections.notes_before += notes
    else:
        sections.parts[i - 1].notes_after += notes
    del sections.parts[i]
    return True


def _names(heading: Heading) -> Sequence[str]:
    """Return the names of a heading: its title, its label, and both."""
    return [text for text in (heading.title, heading.label, f"{heading.label}: {heading.title}") if text]


def _as_line(heading: Heading | None) -> list[str]:
    """Return a list with the heading as one line, or an empty list for None."""
    if heading is None:
        return []
    has_both = heading.title and heading.label and not heading.title.startswith(undecorated(heading.label))
    return [f"{heading.label}: {heading.title}" if has_both else heading.title or heading.label]
