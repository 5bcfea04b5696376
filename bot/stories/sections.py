"""The blocks of a file become its sections: labels and notes before, chapters of prose, notes after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.stories.blocks import Block
from bot.stories.headings import (
    Heading,
    read_byline,
    read_chapter,
    read_end_mark,
    read_title,
    undecorated,
)
from bot.stories.labels import Labelled, read_labels
from bot.stories.notes import is_asking, is_letter_closing, is_tale, is_talk, is_telling

NOTE_RUN = 5
"""Paragraphs: what stands between a note and a rule is a note only while it is short."""

NOTE_RUN_WORDS = 150
NOTE_SHARE = 0.3
"""Of a chapter's words: a labelled note with more text after it stands amid the story, and stays there."""


@dataclass(slots=True)
class Part:
    """A chapter in the making."""

    heading: Heading | None
    blocks: list[Block]
    notes_before: list[str] = field(default_factory=list[str])
    notes_after: list[str] = field(default_factory=list[str])
    end_marker: str | None = None


@dataclass(slots=True)
class Sections:
    """What the file says of itself, and its parts in order."""

    title: str | None = None
    author: str | None = None
    summary: list[str] = field(default_factory=list[str])
    metadata: dict[str, str] = field(default_factory=dict[str, str])
    notes_before: list[str] = field(default_factory=list[str])
    notes_after: list[str] = field(default_factory=list[str])
    end_marker: str | None = None
    parts: list[Part] = field(default_factory=list[Part])

    def take(self, label: Labelled) -> None:
        """Put what a labelled line says where it belongs; a second title or author is kept as metadata."""
        if label.kind == "note":
            self.notes_before.extend(_paragraphs(label.value))
        elif label.kind == "summary":
            self.summary.append(label.value)
        elif label.kind == "title" and self.title is None:
            self.title = label.value
        elif label.kind == "author" and self.author is None:
            self.author = label.value
        else:
            known = self.metadata.get(label.label)
            self.metadata[label.label] = f"{known}; {label.value}" if known else label.value


def read_sections(blocks: Sequence[Block]) -> Sections:
    """Sort the blocks of a file into sections."""
    sections = Sections()
    opening, parts = _part_by_headings(_titled(sections, list(blocks)))
    rest = _take_front(sections, opening)
    if parts and not any(is_tale(block) for block in rest) and sum(b.words for b in rest) <= NOTE_RUN_WORDS:
        sections.notes_before.extend(block.text for block in rest if not block.is_rule)
        rest = []
    if _has_prose(rest) or not parts:
        parts.insert(0, Part(None, rest))
    for part in parts:
        if part.heading is not None:
            _take_chapter_notes(part)
        _take_back(part)
    parts = _joined(sections, parts)
    _hand_over_ends(sections, parts)
    sections.parts = [part for part in parts if _has_prose(part.blocks)]
    return sections


def _has_prose(blocks: Sequence[Block]) -> bool:
    return any(not block.is_rule for block in blocks)


def _paragraphs(value: str) -> list[str]:
    return [value] if value else []


# -- the title ---------------------------------------------------------------


def _titled(sections: Sections, blocks: list[Block]) -> list[Block]:
    """Take the title and the byline from the first lines, where they are there; return the other blocks."""
    first = next((i for i, block in enumerate(blocks) if not block.is_rule), None)
    if first is None:
        return blocks
    lines = list(blocks[first].lines)
    following = lines[1] if len(lines) > 1 else next((b.lines[0] for b in blocks[first + 1 :] if not b.is_rule), "")
    author = read_byline(following)
    stands_alone = len(lines) == 1 or author is not None or read_labels(lines[1:]) is not None
    title = read_title(lines[0], has_byline=author is not None) if stands_alone else None
    if title is None:
        return blocks
    sections.title, sections.author = title, author
    used = 2 if author is not None else 1
    if len(lines) >= used:
        rest = [replace(blocks[first], lines=tuple(lines[used:]))] if lines[used:] else []
        return blocks[:first] + rest + blocks[first + 1 :]
    byline = next(i for i in range(first + 1, len(blocks)) if not blocks[i].is_rule)
    rest = [replace(blocks[byline], lines=blocks[byline].lines[1:])] if len(blocks[byline].lines) > 1 else []
    return blocks[:first] + rest + blocks[byline + 1 :]


# -- chapters ----------------------------------------------------------------


def _part_by_headings(blocks: Sequence[Block]) -> tuple[list[Block], list[Part]]:
    """Part the file at its chapter headings: the blocks before the first, and a part for each."""
    opening: list[Block] = []
    parts: list[Part] = []
    for block in blocks:
        heading = read_chapter(block.lines[0])
        if heading is None:
            (parts[-1].blocks if parts else opening).append(block)
            continue
        rest = [Block(block.lines[1:], 0)] if len(block.lines) > 1 else []
        parts.append(Part(heading, rest))
    return opening, _without_contents(parts)


def _without_contents(parts: list[Part]) -> list[Part]:
    """Leave out the entries of a list of contents; a heading over a heading (``Part One``) joins the one below."""
    kept: list[Part] = []
    above: list[str] = []
    for i, part in enumerate(parts):
        assert part.heading is not None
        if _has_prose(part.blocks):
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


# -- what stands before the story --------------------------------------------


def _take_front(sections: Sections, blocks: Sequence[Block]) -> list[Block]:
    """Take labels and notes from the start of the file; return what is left, the story."""
    end, asked, headed = 0, "", False
    for i, block in enumerate(blocks):
        labels = read_labels(block.lines)
        if labels is not None:
            if labels[0].kind == "note" and end == 0 and _has_prose(blocks[:i]):
                break  # a short story's first paragraphs, and the note that follows them
            sections.notes_before.extend(b.text for b in blocks[end:i] if not b.is_rule)
            for label in labels:
                sections.take(label)
            asked = labels[-1].kind if not labels[-1].value else ""
            end = i + 1
        elif asked and not block.is_rule and i == end:
            sections.take(Labelled("summary" if asked == "summary" else "note", asked, block.text))
            asked, end, headed = "", i + 1, True
        elif _belongs_before(blocks, end, i):
            sections.notes_before.extend(b.text for b in blocks[end : i + 1] if not b.is_rule)
            end = i + 1
        elif is_tale(block) or i - end >= 2 or _past_rule(blocks, end, i):
            break
    end = _through_rule(blocks, end, sections.notes_before, headed=headed)
    return list(blocks[end:])


def _belongs_before(blocks: Sequence[Block], end: int, i: int) -> bool:
    block = blocks[i]
    if is_telling(block):
        said = sum(b.words for b in blocks[: i + 1])
        return end > 0 or not _has_prose(blocks[:i]) or sum(b.words for b in blocks[i + 1 :]) > 2 * said
    return is_asking(block) and end > 0 and i == end and not _letter_follows(blocks[i + 1 :])


def _past_rule(blocks: Sequence[Block], end: int, i: int) -> bool:
    """Whether a rule already parts block *i* from the notes before it."""
    return end > 0 and not blocks[i].is_rule and any(block.is_rule for block in blocks[end:i])


def _through_rule(blocks: Sequence[Block], end: int, notes: list[str], *, headed: bool) -> int:
    """Where the notes that end at *end* are closed by a rule, take what stands between as notes, too.

    A rule that comes again parts scenes, so then what stands before it may be the first one; not so where the
    notes are *headed* by a label on a line of its own.
    """
    if end == 0:
        return 0
    rule = next((i for i in range(end, min(end + NOTE_RUN, len(blocks))) if blocks[i].is_rule), None)
    if rule is None:
        return end
    between = blocks[end:rule]
    again = any(block.is_rule and block.text.strip() == blocks[rule].text.strip() for block in blocks[rule + 1 :])
    short = sum(block.words for block in between) <= NOTE_RUN_WORDS
    if between and ((again and not headed) or not short or any(is_talk(block) for block in between)):
        return end
    notes.extend(block.text for block in between)
    return rule + 1


def _take_chapter_notes(part: Part) -> None:
    """Take the notes between a chapter's heading and its prose."""
    found = Sections()
    part.blocks = _take_front(found, part.blocks)
    labelled = [f"{label.capitalize()}: {value}" for label, value in found.metadata.items()]
    labelled += [f"Title: {found.title}"] if found.title else []
    labelled += [f"Author: {found.author}"] if found.author else []
    part.notes_before = [*labelled, *found.summary, *found.notes_before]


# -- what stands after the story ---------------------------------------------


def _take_back(part: Part) -> None:
    """Take the end mark and everything the author says after it, or after the last of the prose."""
    blocks = part.blocks
    total = sum(block.words for block in blocks)
    start = len(blocks)
    for i in range(len(blocks)):
        if (mark := _ends_here(blocks, i, total)) is not None:
            part.end_marker, start = mark, i
            break
        if _notes_begin(blocks, i, total):
            start = i
            break
    part.notes_after = _note_texts(blocks[start:], part)
    part.blocks = blocks[:start]
    while part.blocks and part.blocks[-1].is_rule:
        part.blocks.pop()


def _ends_here(blocks: Sequence[Block], i: int, total: int) -> str | None:
    block = blocks[i]
    mark = read_end_mark(block.text) if block.is_line else None
    if mark is None or i == 0:
        return None
    after = [later for later in blocks[i + 1 :] if not later.is_rule]
    said = any(read_labels(later.lines) or is_telling(later) or is_asking(later) for later in after[:3])
    quiet = sum(later.words for later in after) <= NOTE_SHARE * total and not any(map(is_talk, after))
    return mark if not after or said or quiet else None


def _notes_begin(blocks: Sequence[Block], i: int, total: int) -> bool:
    """Whether the notes after the story begin at block *i*."""
    block, after = blocks[i], [later for later in blocks[i + 1 :] if not later.is_rule]
    if i == 0:
        return False
    labels = read_labels(block.lines)
    if labels is not None and labels[0].kind == "note":
        few = sum(later.words for later in (block, *after)) <= max(NOTE_SHARE * total, NOTE_RUN_WORDS / 2)
        return few or not any(is_tale(later) for later in after)
    if any(is_tale(later) for later in after) or len(after) > NOTE_RUN + 3:
        return False
    return is_telling(block) or (is_asking(block) and not _letter_follows(after))


def _letter_follows(blocks: Sequence[Block]) -> bool:
    """Whether the closing of a letter comes soon: then what asks for an answer is written in that letter."""
    return any(is_letter_closing(block) for block in blocks[:4])


def _note_texts(blocks: Sequence[Block], part: Part) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        if block.is_rule:
            continue
        mark = read_end_mark(block.text) if block.is_line else None
        if mark is not None and part.end_marker in (None, mark):
            part.end_marker = mark
            continue
        labels = read_labels(block.lines)
        if labels is None:
            texts.append(block.text)
            continue
        for label in labels:
            texts.extend(
                _paragraphs(label.value if label.kind == "note" else f"{label.label.capitalize()}: {label.value}")
            )
    return texts


def _joined(sections: Sections, parts: Sequence[Part]) -> list[Part]:
    """Hand what a chapter without prose says to the one above it; before the first it is said of the story."""
    kept: list[Part] = []
    for part in parts:
        if _has_prose(part.blocks):
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
