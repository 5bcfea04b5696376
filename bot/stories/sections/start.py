"""Find where a story starts, and the role of each line above, from the looks of the first lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.stories.sections.blocks import Block
from bot.stories.sections.chain import LEAST_STORY, Role, best_reading, is_certain, points_of_first_lines
from bot.stories.sections.headings import is_named_part
from bot.stories.sections.looks import Line, Looks, body_of, lines_from_start
from bot.stories.sections.notes import is_greeting, is_telling
from bot.stories.sections.opening import is_from_to
from bot.stories.sections.parts import has_words
from bot.stories.sections.signs import begin_below_signs

_LONGEST_TITLE_LINE = 120  # maximum characters of a line with title and author
_LONGEST_TITLE = 255  # maximum characters of a title, as on Archive of Our Own


@dataclass(frozen=True, slots=True)
class Start:
    """Start of a story: *read* has the first lines with their roles, up to and including the story's first line."""

    read: list[tuple[Line, Role]]
    is_sure: bool
    """Whether the roles are sure: their certainty is high, and no rule contradicts them."""
    above: int = 0
    """Number of lines in *read* that are almost certainly above the story."""


def read_start(blocks: Sequence[Block]) -> Start | None:
    """Return the most probable roles of the first lines; None if none are probable or the story would be too short."""
    lines = lines_from_start(blocks)
    points = points_of_first_lines()
    looks = Looks(lines, body_of(blocks), known=looks_known(blocks), counted=points.looks)
    reading = best_reading(map(looks.of, range(len(lines))), points)
    if reading.certainty < _LIKELY:
        return None
    start = lines[len(reading.roles) - 1].block
    if not has_words(LEAST_STORY, blocks[start:]):
        return None
    read = begin_below_signs(list(zip(lines, reading.roles, strict=False)), blocks)
    start = read[-1][0].block
    is_sure = is_certain(reading, blocks[start:], blocks[:start])
    is_sure = is_sure and not any(is_ruled_out(line, role, read) for line, role in read)
    above = sum(1 for chance in accumulate(reading.chances) if chance < _UNLIKELY)
    return Start(read, is_sure, min(above, len(read) - 1))


_LIKELY = 0.3  # minimum certainty of roles that are used
# A line is almost certainly above the story if the story begins with or above it at less than this probability.
_UNLIKELY = 0.02


def may_stand_above(line: Line) -> bool:
    """Return whether *line* may be above an unsure title: of a known kind, short, or in an author's words."""
    return bool(line.kind) or len(line.text.split()) <= _FEW_WORDS or is_telling(Block((line.text,)))


def may_be_title(line: Line) -> bool:
    """Return whether *line* may be the title although the other roles are unsure."""
    if line.kind not in ("", "a byline") or len(line.text) > _LONGEST_TITLE_LINE or is_from_to(Block((line.text,))):
        return False
    return not is_sentence(line.text) and not is_greeting(line.text)


def is_sentence(line: str) -> bool:
    """Return whether *line* is a sentence, and not a title with a full stop."""
    return line.endswith((".", "。")) and (len(line.split()) > _TITLE_WORDS or line[:1] in '"“«„「—–')


_TITLE_WORDS = 6  # maximum words of a title with a full stop


def is_ruled_out(line: Line, role: Role, read: Sequence[tuple[Line, Role]]) -> bool:
    """Return whether a rule contradicts *role*: no story begins with a label, no title is a greeting, and similar."""
    alone = Block((line.text,))
    if role == "told":
        return bool(line.label) or is_telling(alone)
    is_list = line.text[:1] == "*" and line.text[-1:] != "*"
    if role == "author" and (is_list or is_named_part(line.text)):
        return True
    if role == "author":  # beside ``From`` and ``To`` the name may be the giver's
        return not line.kind and any(is_from_to(Block((other.text,))) for other, _ in read)
    is_long = len(line.of.lines[line.at]) > _LONGEST_TITLE
    return role == "title" and (is_long or bool(line.label) or is_greeting(line.text) or is_from_to(alone))


_FEW_WORDS = 8  # maximum words of a line that is too short to judge


def looks_known(blocks: Sequence[Block]) -> list[str]:
    """Return the looks ``title labelled`` and ``author labelled``, if labels of the first blocks name them."""
    kinds = {label.kind for block in blocks[:_BLOCKS_OF_LABELS] for label in block.labels or ()}
    return [
        *(["title labelled"] if "title" in kinds else []),
        *(["author labelled"] if "author" in kinds else []),
    ]


_BLOCKS_OF_LABELS = 24  # number of first blocks that are searched for labels
