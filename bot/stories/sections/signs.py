"""Protect both ends of a story: text beside the story is a note only if it has a sign of its author.

A sign is a label, words to readers or about the work from a language's vocabulary, or a rule, a heading or an end mark
between the note and the story. Words that characters also write to each other are no sign: a greeting, a wish, thanks,
kisses, a message. Neither are a line's look, place or score. Losing a word of the story is worse than leaving a note in
it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.stories.emphasis import without_emphasised
from bot.stories.sections.author_lines import FULL_NAME
from bot.stories.sections.blocks import Block
from bot.stories.sections.chain import Role
from bot.stories.sections.dedications import is_dedicated
from bot.stories.sections.headings import read_chapter, read_numeral
from bot.stories.sections.labels import is_subtitle
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.looks import Line
from bot.stories.sections.notes import is_asking, is_telling
from bot.stories.sections.opening import is_from_to, is_gift
from bot.stories.sections.posting import is_message, is_posting
from bot.stories.sections.titles import (
    read_byline,
    read_kind,
    read_quoted_name,
    read_signed,
    read_title,
    reads_as_title,
)

Read = list[tuple[Line, Role]]
"""The first lines with their roles, up to and including the first line of the story."""

NUMBERED = re.compile(r"[\[(#]?(?P<number>\d{1,3})(?:[.:|)\]]|\s+[|–—⋆★☆•·-])[\s|–—-]+(?P<title>[^\W\d].{0,60})")
"""Pattern of a chapter's number and title in one line: ``3) The Mill``."""

_END_MARK_CHARS = 80  # maximum characters of an end mark


def has_sign(block: Block) -> bool:
    """Return whether *block* itself has a sign of its author: a label, words to readers, or an end mark."""
    if block.labels is not None or end_mark_of(block) is not None:
        return True
    return not is_message(block) and (is_telling(block) or is_asking(block))


def end_mark_of(block: Block) -> str | None:
    """Return the text of *block* if it is an end mark, else None."""
    if not block.is_line or len(block.text) > _END_MARK_CHARS:
        return None
    is_beside = bool(block.marked) and read_end_mark(without_emphasised(block.prose)) is not None  # ``TBC! *hides*``
    return block.text.strip() if is_beside else read_end_mark(block.text)


def begin_below_signs(read: Read, blocks: Sequence[Block]) -> Read:
    """Return *read* with the story's beginning moved up, to the line right below the last sign or to a rule."""
    n = len(read) - 1
    while n > 0 and not read[n][0].is_rule and not _is_above_story(read[:n], blocks):
        n -= 1
    return [*read[:n], (read[n][0], "told")]


def _is_above_story(read: Read, blocks: Sequence[Block]) -> bool:
    """Return whether a sign shows that the last line of *read* is not part of the story."""
    line, role = read[-1]
    block = blocks[line.block]
    is_given = is_from_to(block) and is_gift(block, blocks[line.block + 1 :])
    if block.is_rule or block.is_heading or has_sign(block) or is_given or any(map(_is_header, block.lines)):
        return True
    if len(read) > 1 and (labels := read[-2][0].of.labels) and not labels[-1].value:
        return True  # the line is the text of that label
    if role == "title":
        return _may_be_title(read, blocks)
    if len(read) > 1 and read[-2][1] == "title" and _is_name(line.text, is_likely=role == "author"):
        return True
    if role == "author":
        return line.at > 0 or read_signed(line.text) is not None
    return is_posting(blocks, line.block)


def _is_header(line: str) -> bool:
    """Return whether *line* belongs to a header: a chapter heading, a byline, a kind of story, a dedication."""
    numeral = read_numeral(line)
    if NUMBERED.fullmatch(line.strip()):
        return True
    if numeral is not None and numeral.kind != "word" and numeral.number == 1 and numeral.title is None:
        return True
    found = (read_chapter(line), read_byline(line), read_kind(line))
    return any(each is not None for each in found) or is_subtitle(line) or is_dedicated(line)


def _is_name(line: str, *, is_likely: bool) -> bool:
    """Return whether *line*, right below a title, is a name; in a script with case, it is one only with *is_likely*."""
    is_caseless = len(line) <= _CASELESS_NAME and line.isalpha() and line.lower() == line.upper()
    return is_caseless or (is_likely and " " in line and FULL_NAME.fullmatch(line) is not None)


_CASELESS_NAME = 8  # maximum characters of a name in a script without case


def _may_be_title(read: Read, blocks: Sequence[Block]) -> bool:
    """Return whether the last line of *read* may be the title, by its neighbours or by its look."""
    line, _ = read[-1]
    if not line.of.is_line or any(role == "author" or other.label for other, role in read):
        return True
    named = read_title(line.text, below="text") or read_quoted_name(line.text)
    return named is not None or reads_as_title(line.text, blocks[line.block + 1 :])
