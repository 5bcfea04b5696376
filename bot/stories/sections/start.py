"""Find where a story starts, and what each line above it is, by what the first lines of a text look like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.stories.sections.blocks import Block
from bot.stories.sections.chain import LEAST_STORY, Reading, Role, best_reading, points_of_first_lines, stands_out
from bot.stories.sections.headings import is_named_part
from bot.stories.sections.labels import has_label
from bot.stories.sections.looks import Line, Looks, body_of, lines_from_start
from bot.stories.sections.notes import is_greeting, is_telling
from bot.stories.sections.opening import is_from_to, is_gift
from bot.stories.sections.parts import has_words
from bot.stories.sections.plays import has_speeches
from bot.stories.sections.posting import hardly_said, is_heard
from bot.stories.sections.signs import from_signs
from bot.stories.sections.start_rules import is_sentence, mended

_LONGEST_TITLE = 255  # characters of a title at most, as archives have it


@dataclass(frozen=True, slots=True)
class Start:
    """What the first lines are, down to the first one that the story tells."""

    read: list[tuple[Line, Role]]
    is_sure: bool
    """Whether the story begins there: it is likely, and no rule knows better."""
    above: int = 0
    """How many of these lines stand almost certainly above the story."""


def read_start(blocks: Sequence[Block]) -> Start | None:
    """Return the likeliest reading of the first lines, or None where none is likely."""
    lines = lines_from_start(blocks)
    points = points_of_first_lines()
    looks = Looks(lines, body_of(blocks), known=looks_known(blocks), counted=points.looks)
    reading = _as_letter(best_reading(map(looks.of, range(len(lines))), points), lines)
    if reading.certainty < _LIKELY:
        return None
    start = lines[len(reading.roles) - 1].block
    if not has_words(LEAST_STORY, blocks[start:]):
        return None
    read = from_signs(mended(list(zip(lines, reading.roles, strict=False)), lines), blocks)
    start = read[-1][0].block
    is_sure = stands_out(reading, blocks[start:], blocks[:start]) and not has_speeches(blocks[:_BLOCKS_OF_A_PLAY])
    is_sure = is_sure and not any(is_ruled_out(line, role, read) for line, role in read)
    is_sure = is_sure and not any(role == "said" and _heads_letter(line, blocks) for line, role in read)
    if is_sure and reading.certainty < _SURE:
        is_sure = not any(_is_doubtful(line, role, blocks) for line, role in read)
    if is_sure and reading.certainty < _LIKELY_UNHEARD:
        is_sure = _is_heard(read)
    above = sum(1 for chance in accumulate(reading.chances) if chance < _HARDLY)
    return Start(read, is_sure, min(above, len(read) - 1))


_LIKELY = 0.3  # so certain at least is a reading whose title is taken
_HARDLY = 0.02  # so likely at most is it that the story begins with a line that stands almost certainly above it
_SURE = 0.94  # from which on rules know no better
_LIKELY_UNHEARD = 0.9  # from which on nobody need be heard above the story


_BLOCKS_OF_A_PLAY = 40  # at its beginning, by which it is known


def _is_heard(read: Sequence[tuple[Line, Role]]) -> bool:
    """Return whether lines above the story say anything that an author or a site says, or nobody else."""
    above = [(line, role) for line, role in read[:-1] if not line.is_rule]
    return not above or any(
        role != "said" or line.kind or (is_heard(Block((line.text,))) and not line.text.endswith(":"))
        for line, role in above
    )


def may_stand_above(line: Line) -> bool:
    """Return whether *line* may stand above a title, where the reading is unsure: no tale of somebody's does."""
    return bool(line.kind) or len(line.text.split()) <= _FEW_WORDS or is_heard(Block((line.text,)))


def is_ruled_out(line: Line, role: Role, read: Sequence[tuple[Line, Role]]) -> bool:
    """Return whether *line* cannot have its *role* by what rules know: no story begins with a label or a plea."""
    alone = Block((line.text,))
    if role == "told":
        return bool(line.label) or is_telling(alone)
    is_list = line.text[:1] == "*" and line.text[-1:] != "*"
    if role == "author" and (is_list or is_named_part(line.text)):
        return True
    if role == "author":  # who gives a story stands behind a label
        return not line.kind and any(is_from_to(Block((other.text,))) for other, _ in read)
    is_long = len(line.of.lines[line.at]) > _LONGEST_TITLE
    return role == "title" and (is_long or bool(line.label) or is_greeting(line.text) or is_from_to(alone))


def _is_doubtful(line: Line, role: Role, blocks: Sequence[Block]) -> bool:
    """Return whether *line* hardly has its *role*: what is said is no long tale, and no head of a letter or a list."""
    if role in ("title", "author"):
        return is_sentence(line.text)
    if role == "said" and _ITEM.fullmatch(line.text):
        return True
    if role != "said" or line.kind:
        return False
    block = blocks[line.block]
    whole = block if not any(map(has_label, block.lines)) else Block((line.text,))
    return whole.words > _FEW_WORDS and hardly_said(whole)


_FEW_WORDS = 8  # words of what tells too little to be judged by them
_ITEM = re.compile(r"(?:\d{1,3}|[IVXL]{1,5})[.)]")  # of a list


def looks_known(blocks: Sequence[Block]) -> list[str]:
    """Return what labels among the first blocks name, so that no other line need do so."""
    kinds = {label.kind for block in blocks[:_BLOCKS_OF_LABELS] for label in block.labels or ()}
    return [
        *(["title labelled"] if "title" in kinds else []),
        *(["author labelled"] if "author" in kinds else []),
    ]


_BLOCKS_OF_LABELS = 24


def _heads_letter(line: Line, blocks: Sequence[Block]) -> bool:
    """Return whether *line* says whom a letter is from and to, and not who gives a story."""
    block = blocks[line.block]
    if line.at > 0 or line.kind or not is_from_to(block) or any(map(_SUBJECT.match, block.lines)):
        return False
    return not is_gift(block, blocks[line.block + 1 :])


_SUBJECT = re.compile(r"\W*(?:subject|betreff|objet|asunto|oggetto|assunto|тема|temat)\s?:", re.I)


def _as_letter(reading: Reading, lines: Sequence[Line]) -> Reading:
    """Return *reading*, where a letter begins, with the story's beginning at the date above its salutation."""
    at = len(reading.roles) - 1
    if at > 0 and lines[at].kind == "a salutation" and lines[at - 1].kind == "a date":
        at -= 1
    is_dated = 0 <= at < len(reading.chances) - 1 and lines[at].kind == "a date"
    if not is_dated or lines[at + 1].kind != "a salutation":
        return reading
    return Reading((*reading.roles[:at], "told"), sum(reading.chances[at : at + 2]), reading.chances)
