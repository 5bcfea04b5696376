"""Take from the first lines of a text what their likeliest reading says; where none stands out, rules decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from bot.stories.sections.blocks import Block
from bot.stories.sections.head import SENTENCE_END, Known, Line, Role, best_roles, features_of, lines_of
from bot.stories.sections.labels import Labelled
from bot.stories.sections.notes import is_tale, is_talk
from bot.stories.sections.opening import titled_by_rules
from bot.stories.sections.parts import Sections, has_words
from bot.stories.sections.titles import (
    bare_title,
    labels_behind,
    read_author,
    read_byline,
    read_kind,
    read_row,
    read_signed,
    read_title,
    read_title_and_byline,
)
from bot.stories.sections.voice import has_voice, voice_of


def titled(sections: Sections, blocks: list[Block]) -> list[Block]:
    """Take the title and the author from the first lines; return the other blocks, among which notes are known."""
    has_title = sections.title is not None or is_titled(blocks)
    read = _read(blocks, has_title=has_title)
    if read is None:
        return titled_by_rules(sections, blocks)
    if not has_title and "title" not in (role for _, role in read):
        by_rules = replace(sections, metadata={**sections.metadata})
        rest = titled_by_rules(by_rules, blocks)
        if by_rules.title is not None:
            sections.title, sections.author, sections.first_line = by_rules.title, by_rules.author, by_rules.first_line
            sections.metadata = by_rules.metadata
            return rest
    return _rest(sections, blocks, read)


def is_titled(blocks: Sequence[Block]) -> bool:
    """Return whether a label among the first blocks names the title."""
    return any(label.kind == "title" for block in blocks[:_BLOCKS_OF_LABELS] for label in block.labels or ())


def authored(sections: Sections, blocks: list[Block]) -> list[Block]:
    """Take the author from the lines below the first heading; return the other blocks, among which notes are known."""
    read = _read(blocks, has_title=True)
    return blocks if read is None else _rest(sections, blocks, read)


_BLOCKS_OF_LABELS = 6  # blocks in which a label may name the title
_LEAST_CERTAINTY, _OF_A_LINE = -0.5, -0.2
"""The logarithm of three in five, and what it may be less for each line that nobody tells."""
_LEAST_STORY = 40  # words below a head at least, so that it can be told from a story


def _read(blocks: Sequence[Block], *, has_title: bool) -> list[tuple[Line, Role | Known]] | None:
    """Return the likeliest reading of the lines down to the story or to a heading, or None where it is unsure."""
    lines = lines_of(blocks)
    roles, certainty = best_roles(lines, features_of(blocks, lines, has_title=has_title), has_title=has_title)
    told = next((n for n, role in enumerate(roles) if role in ("told", "heading")), len(lines))
    if told == len(lines) or certainty < _LEAST_CERTAINTY + _OF_A_LINE * max(0, roles.count("said") - 1):
        return None
    read = [*zip(lines[: told + 1], roles, strict=False)]
    is_only_said = {role for _, role in read[:-1]} == {"said"}
    is_doubtful = any(_is_doubtful(*each, blocks) for each in read) or (
        is_only_said and not any(has_voice(line.text) for line, _ in read[:-1])
    )
    return None if is_doubtful or not has_words(_LEAST_STORY, blocks[lines[told].block :]) else read


def _rest(sections: Sections, blocks: Sequence[Block], read: Sequence[tuple[Line, Role | Known]]) -> list[Block]:
    """Take what stands above the last line that is *read*; return the blocks from there on, and what is taken later."""
    kept: list[Block] = []
    start, below = read[-1]
    is_signed = any(role == "author" or read_byline(line.text) is not None for line, role in read[:-1])
    for (i, role), run in groupby(read[:-1], key=lambda each: (each[0].block, each[1])):
        at = [line.at for line, _ in run]
        is_above_story = not kept and i + 1 == start.block and below == "told"
        part = blocks[i].between(at[0], at[-1] + 1)
        if role != "title":
            kept += _taken(sections, blocks[i], role, part)
            continue
        kept += _take_title(sections, part.lines[0], is_signed=is_signed)
        if is_above_story and blocks[i].is_line and not read_title(blocks[i].text, below="text"):
            sections.first_line = blocks[i]
    first = blocks[start.block].after(start.at) if start.at else blocks[start.block]
    return [*kept, first, *blocks[start.block + 1 :]]


def _is_doubtful(line: Line, role: Role | Known, blocks: Sequence[Block]) -> bool:
    """Return whether *line* hardly has its *role*: a title is no sentence, and what is said is no speech or tale."""
    text, block, later = line.text, blocks[line.block], blocks[line.block + 1 :]
    if role == "title":
        below = later[0].lines[0].rstrip() if later else ""
        is_above_letter = below[-1:] in (",", "，") and len(below.split()) <= _SALUTATION_WORDS
        is_date = is_above_letter and (line.block, line.at) > (0, 0)
        return is_date or not (read_title(text, below="byline") or read_title_and_byline(text) or read_row(text))
    if role != "said":
        return False
    if is_talk(block) or (text.startswith("@") and any(other.text.startswith("@") for other in later)):
        return True  # a story in messages
    least = _LEAST_OF_TALE if is_tale(block) else _LEAST_OF_SENTENCE if SENTENCE_END.search(text) else None
    least = _LEAST_ABOVE_LIST if text.endswith((":", "：")) else least
    return least is not None and voice_of(block.text) < least


_SALUTATION_WORDS = 4
_LEAST_OF_TALE, _LEAST_OF_SENTENCE = 2.0, -0.5  # points of an author's voice in a long paragraph, in a sentence
_LEAST_ABOVE_LIST = 0.0  # and in a line that says what comes below


def _taken(sections: Sections, block: Block, role: Role | Known, part: Block) -> list[Block]:
    """Take what a *part* of *block* says by its role; return what is taken later."""
    line = part.lines[0]
    if role == "author":
        sections.author = sections.author or read_author(line)
        return []
    if role != "said":
        return [block if block.labels is not None or role != "label" else part]
    if part.is_line and (kind := read_kind(line)) is not None:
        sections.take(Labelled("metadata", "type", kind))
        return []
    if part.is_line and sections.author is None and (author := read_byline(line) or read_signed(line)) is not None:
        sections.author = author
        return []
    return [replace(part, is_note=True)]


def _take_title(sections: Sections, line: str, *, is_signed: bool) -> list[Block]:
    """Take the title from *line*, with what else it says; return that as labels.

    Where the text *is_signed* on another line, ``Deliver by Low Water`` names no author.
    """
    if (row := read_row(line)) is not None:
        sections.title, sections.author, labelled = row
        return [Block(tuple(labelled))]
    if not is_signed and (both := read_title_and_byline(line)) is not None:
        sections.title, sections.author = both
        return []
    sections.title = read_title(line, below="byline") or bare_title(line)
    behind = labels_behind(line)
    return [Block(tuple(behind))] if behind else []
