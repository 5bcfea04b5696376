"""What stands before a story: its title and byline, labelled lines, and what the author says first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import Labelled, read_labels
from bot.stories.sections.lines import TITLE_CHARS, looks_titled, undecorated
from bot.stories.sections.notes import is_asking, is_tale, is_talk, is_telling, letter_follows
from bot.stories.sections.parts import Part, Sections, has_prose
from bot.stories.sections.titles import read_byline, read_title, read_title_and_byline

NOTE_RUN = 5
"""Paragraphs: what stands between a note and a rule is a note only while it is short."""

NOTE_RUN_WORDS = 150


def titled(sections: Sections, blocks: list[Block]) -> list[Block]:
    """Take the title, where it is not known yet, and the byline from the first lines; return the other blocks."""
    first = next((i for i, block in enumerate(blocks) if not block.is_rule), None)
    if first is None or blocks[first].is_heading:
        return blocks
    if sections.title is not None:
        return _without_byline(sections, blocks, first)
    lines = list(blocks[first].lines)
    following = lines[1] if len(lines) > 1 else next((b.lines[0] for b in blocks[first + 1 :] if not b.is_rule), "")
    if not following:  # what is all there is, is the story
        return blocks
    has_byline = read_byline(following) is not None
    if len(lines) > 1 and not has_byline and read_labels(lines[1:]) is None:
        return blocks
    below = [blocks[first].after(1)] if len(lines) > 1 else []
    rest = [*blocks[:first], *below, *blocks[first + 1 :]]
    if not has_byline and (both := read_title_and_byline(lines[0])) is not None:
        sections.title, sections.author = both
        return rest
    sections.title = read_title(lines[0], has_byline=has_byline, has_text_below=following != "")
    return blocks if sections.title is None else _without_byline(sections, rest, first)


def _without_byline(sections: Sections, blocks: list[Block], start: int) -> list[Block]:
    """Take the byline from what stands right below the title: the blocks from *start* on."""
    first = next((i for i in range(start, len(blocks)) if not blocks[i].is_rule), None)
    if first is None or blocks[first].is_heading:
        return blocks
    sections.author = read_byline(blocks[first].lines[0])
    if sections.author is not None:
        rest = [blocks[first].after(1)] if len(blocks[first].lines) > 1 else []
        return [*blocks[:first], *rest, *blocks[first + 1 :]]
    if (found := _byline_below(blocks, start)) is not None:
        sections.author, taken = found
        return [block for i, block in enumerate(blocks) if i not in taken]
    return blocks


def _byline_below(blocks: Sequence[Block], start: int) -> tuple[str, range] | None:
    """The author of a title page, and the blocks that name them: ``by NAME`` below a subtitle, or ``by`` over NAME."""
    for i in range(start, min(start + 3, len(blocks))):
        block = blocks[i]
        if block.is_heading or not block.is_line or len(block.text) > TITLE_CHARS:
            return None
        if (author := read_byline(block.text)) is not None:
            return (author, range(i, i + 1)) if author[0].isupper() else None
        if undecorated(block.text).lower() in ("by", "par", "por", "von", "di") and i + 1 < len(blocks):
            name = blocks[i + 1]
            named = name.is_line and len(name.text) <= TITLE_CHARS and looks_titled(name.text, ends="any")
            return (undecorated(name.text).rstrip("."), range(i, i + 2)) if named else None
        if not looks_titled(block.text, ends="any"):
            return None
    return None


def take_opening(sections: Sections, blocks: Sequence[Block]) -> list[Block]:
    """Take labels and notes from the start of the file; return what is left, the story."""
    end, asked, headed = 0, "", False
    words = [0, *accumulate(block.words for block in blocks)]
    for i, block in enumerate(blocks):
        labels = read_labels(block.lines)
        if labels is not None:
            if labels[0].kind == "note" and end == 0 and has_prose(blocks[:i]):
                break  # a short story's first paragraphs, and the note that follows them
            sections.notes_before.extend(b.text for b in blocks[end:i] if not b.is_rule)
            for label in labels:
                sections.take(label)
            asked = labels[-1].kind if not labels[-1].value else ""
            end = i + 1
        elif asked and not block.is_rule and i == end:
            sections.take(Labelled("summary" if asked == "summary" else "note", asked, block.text))
            asked, end, headed = "", i + 1, True
        elif _belongs_before(blocks, end, i, words):
            sections.notes_before.extend(b.text for b in blocks[end : i + 1] if not b.is_rule)
            end = i + 1
        elif is_tale(block) or i - end >= 2 or _past_rule(blocks, end, i):
            break
    end = _through_rule(blocks, end, sections.notes_before, headed=headed)
    return list(blocks[end:])


def _belongs_before(blocks: Sequence[Block], end: int, i: int, words: Sequence[int]) -> bool:
    """Whether block *i* is the author talking before the story; *words* are those before each block."""
    block = blocks[i]
    if is_telling(block):
        return end > 0 or not has_prose(blocks[:i]) or words[-1] - words[i + 1] > 2 * words[i + 1]
    return is_asking(block) and end > 0 and i == end and not letter_follows(blocks[i + 1 : i + 5])


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
    words = sum(block.words for block in between)
    if between and ((again and not headed) or words > NOTE_RUN_WORDS or any(is_talk(block) for block in between)):
        return end
    if words > sum(block.words for block in blocks[rule + 1 :] if not _is_note(block)):
        return end  # what stands before the rule is the story, and what stands after it are notes
    notes.extend(block.text for block in between)
    return rule + 1


def _is_note(block: Block) -> bool:
    labels = read_labels(block.lines)
    return block.is_rule or labels is not None or is_telling(block)


TITLE_PAGE_WORDS = 24
"""Words: a longer paragraph stands on no title page."""

OPENING_WORDS = 300
"""Words of prose before the first heading: from so many on they are a chapter that has none."""


def take_title_page(sections: Sections, blocks: Sequence[Block], *, has_parts: bool) -> list[Block]:
    """Take what stands before a book; return what is the story's. What only repeats title and author says nothing."""
    told = {_told(text) for text in (sections.title, sections.author) if text}
    if has_parts:
        start = next((i for i, block in enumerate(blocks) if is_paragraph(block)), len(blocks))
    else:
        start = next((i for i, block in enumerate(blocks) if not _is_titling(block, told)), 0)
    prose = sum(block.words for block in blocks[start:] if is_paragraph(block))
    if has_parts and prose < OPENING_WORDS:
        start = len(blocks)
    for block in blocks[:start]:
        if block.is_rule or _told(block.text) in told:
            continue
        lines = [line for line in block.lines if _told(line) not in told and _told(line) != "by"]
        if sections.author is None and (author := read_byline(" ".join(line.strip() for line in block.lines))):
            sections.author = author
        elif lines and not set(_told(" ".join(lines)).split()) <= {word for text in told for word in text.split()}:
            sections.notes_before.append("\n".join(lines))
    return list(blocks[start:])


def _told(text: str) -> str:
    """*text* in the form in which a title page repeats it."""
    words = re.findall(r"[^\W_]+", text[:400].casefold())
    return " ".join(words[1:] if words[:1] == ["by"] and words[1:] else words)


def _is_titling(block: Block, told: set[str]) -> bool:
    """Whether every line is one of a title page: where no heading closes it, anything else opens the story."""
    return block.is_rule or all(
        _told(line) in told
        or _told(line) == "by"
        or read_byline(line) is not None
        or (looks_titled(line) and not is_talk(block))
        or _IMPRINT.search(line[:200]) is not None
        for line in block.lines
    )


_IMPRINT = re.compile(
    r"(?i)copyright|all rights reserved|(?:translated|illustrated|edited) by|^\W*(?:1[5-9]|20)\d\d\W*$"
)


def is_paragraph(block: Block) -> bool:
    """Whether a block is one of a story or a preface, as none on a title page is."""
    if block.is_rule or not block.is_line:
        return False
    return block.words > TITLE_PAGE_WORDS or is_talk(block)


def take_chapter_notes(part: Part) -> None:
    """Take the notes between a chapter's heading and its prose."""
    found = Sections()
    part.blocks = take_opening(found, part.blocks)
    labelled = [f"{label.capitalize()}: {value}" for label, value in found.metadata.items()]
    labelled += [f"Title: {found.title}"] if found.title else []
    labelled += [f"Author: {found.author}"] if found.author else []
    part.notes_before = [*labelled, *filter(None, found.summary), *found.notes_before]
