"""Find where a story ends by what the last lines of a text look like; where that is unsure, rules decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from bot.stories.sections.blocks import Block
from bot.stories.sections.chain import best_reading, points_of, stands_out
from bot.stories.sections.dedications import is_dedicated
from bot.stories.sections.labels import is_closed
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.looks import Line, Looks, body_of, lines_from_end
from bot.stories.sections.notes import MOST_NOTES, is_telling
from bot.stories.sections.posting import hardly_said, is_heard, is_in_a_chat
from bot.stories.sections.titles import is_salutation

_SURE = 0.8  # where nobody is heard
_ITEM = re.compile(r"(?:[•*–-]|\d{1,3}[.)])\s")  # of a list


def with_end(blocks: Sequence[Block]) -> list[Block]:
    """Return *blocks* with the last one of the story marked, and as notes what stands below, where that is sure."""
    last, told = _read(blocks)
    if last is None:
        first = max(0, told + 1 - MOST_NOTES)
        return [*blocks[:first], *(block.told() for block in blocks[first : told + 1]), *blocks[told + 1 :]]
    block = blocks[last.block]
    parts = [block.between(0, last.at + 1), block.after(last.at + 1)] if len(block.lines) > last.at + 1 else [block]
    below = [*parts[1:], *blocks[last.block + 1 :]]
    said = [each if each.is_rule or each.labels is not None else replace(each, is_note=True) for each in below]
    return [*blocks[: last.block], replace(parts[0], ends_story=True), *said]


_NEAR = 12  # blocks above that one in which rules may know better: below a note amid the story stand more
_TOLD = 0.9  # how likely a line is the story's at least so that no rule takes it for a note


def read_end(blocks: Sequence[Block]) -> Line | None:
    """Return the last line of the story, or None where that is unsure."""
    return _read(blocks)[0]


def _read(blocks: Sequence[Block]) -> tuple[Line | None, int]:
    """Return the last line of the story, if that is sure, and the last block that is the story's almost for certain."""
    lines = lines_from_end(blocks)
    points = points_of("last_lines")
    looks = Looks(lines, body_of(blocks), from_end=True, counted=points.looks)
    reading = best_reading(map(looks.of, range(len(lines) - 1, -1, -1)), points)
    if not reading.roles:
        return None, -1
    likely = accumulate(reading.chances)
    told = next((lines[-1 - n].block for n, chance in enumerate(likely) if chance >= _TOLD), -1)
    told = next((i - 1 for i in range(max(lines[0].block, told - _NEAR), told + 1) if _is_known(blocks[i])), told)
    above = lines[: len(lines) - len(reading.roles) + 1]
    last = next((line for line in reversed(above) if not line.is_rule), above[-1])
    last = _without_dedication(_with_signature(last, lines, blocks), lines)
    story, below = blocks[: last.block + 1], blocks[last.block + 1 :]
    if last.is_rule or not stands_out(reading, story, below):
        return None, told
    ended = blocks[last.block]
    rest = [ended.after(last.at + 1)] if last.at + 1 < len(ended.lines) else []
    story = [*blocks[: last.block], ended.between(0, last.at + 1) if rest else ended]
    return None if _is_doubtful(story, [*rest, *below], reading.certainty) else last, told


def _with_signature(last: Line, lines: Sequence[Line], blocks: Sequence[Block]) -> Line:
    """Return the *last* line of the story, or that of the signature below it where the story is a letter."""
    if not any(is_salutation(block.lines[0]) for block in blocks[: min(_LETTER_BLOCKS, last.block)]):
        return last
    signed = last
    for line in lines[lines.index(last) + 1 :][:_SIGNATURE_LINES]:
        if line.kind or len(line.text.split()) > _SIGNATURE_WORDS or line.text[-1:] in ".!?:" or not line.text:
            break
        if not line.text[0].isalpha() or is_heard(Block((line.text,))) or line.of.labels is not None:
            break
        signed = line
    return signed


_LETTER_BLOCKS = 20  # blocks among which a letter opens
_SIGNATURE_LINES = 3
_SIGNATURE_WORDS = 5  # words of each of them at most


def _without_dedication(last: Line, lines: Sequence[Line]) -> Line:
    """Return the *last* line of the story, or the one above where it says for whom the story is."""
    at = lines.index(last)
    above = next((line for line in reversed(lines[:at]) if not line.is_rule), None)
    is_apart = last.of.is_line and last.gap > 0 and above is not None and above.block != last.block
    return above if is_apart and above is not None and is_dedicated(last.text) else last


def _is_known(block: Block) -> bool:
    """Return whether rules know that an author says *block*, or ends the story there."""
    return block.labels is not None or is_telling(block) or (block.is_line and read_end_mark(block.text) is not None)


def _is_doubtful(story: Sequence[Block], below: Sequence[Block], certainty: float) -> bool:
    """Return whether rules know better than that the *story* ends there, and others say what is *below*."""
    if any(block.labels is not None or is_telling(block) for block in story[-3:]):
        return True
    if any(hardly_said(block) for block in below):
        return True
    if below and _ITEM.match(below[0].text) and any(_ITEM.match(block.lines[-1]) for block in story):
        return True
    is_sure = certainty > _SURE and not any(block.text.startswith("|") or block.text.endswith(":") for block in below)
    return not _is_heard(below, or_sure=is_sure) or (len(below) > 0 and is_in_a_chat([*story, *below], len(story)))


def _is_heard(blocks: Sequence[Block], *, or_sure: bool) -> bool:
    """Return whether an author or a site is heard in *blocks*, or nothing stands there; a note amid a story is not."""
    texts = [block for block in blocks if not block.is_rule]
    heard = [block.labels is not None or is_heard(block) for block in texts]
    amid = (block.labels is not None and is_closed(block.text) for block in texts)
    is_amid = any(note and not below for note, below in zip(amid, heard[1:], strict=False))
    return (or_sure or not texts or any(heard)) and not is_amid
