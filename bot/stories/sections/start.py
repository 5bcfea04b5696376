"""Find where a story starts, and the role of each line above, from the looks of the first lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.stories.sections.blocks import Block
from bot.stories.sections.chain import LEAST_STORY, Role, best_reading, points_of_first_lines
from bot.stories.sections.looks import Line, Looks, body_of, lines_from_start
from bot.stories.sections.parts import has_words, words_of
from bot.stories.sections.plays import has_speeches
from bot.stories.sections.signs import begin_below_signs
from bot.stories.sections.titles import LONGEST_TITLE


@dataclass(frozen=True, slots=True)
class Start:
    """Start of a story: *read* has the first lines with their roles, up to and including the story's first line."""

    read: list[tuple[Line, Role]]
    is_sure: bool
    """Whether the roles are sure.

    Their certainty is high, the text above has no more words than the story, neither title nor story begins with a
    label, the title is no sentence, and no play begins.
    """


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
    begins = read[-1][0].block
    is_outweighed = not has_words(words_of(blocks[:begins]), blocks[begins:])
    is_labelled = any(line.label and role in ("title", "told") for line, role in read)
    is_titled = all(role != "title" or may_be_title(line.text) for line, role in read)
    is_play = has_speeches(blocks[:_BLOCKS_OF_A_PLAY])
    return Start(read, reading.certainty >= _SURE and not (is_outweighed or is_labelled or is_play) and is_titled)


_LIKELY = 0.3  # minimum certainty of roles that are used
_SURE = 0.7  # minimum certainty of sure roles
_BLOCKS_OF_A_PLAY = 40  # number of first blocks that are searched for speeches


def may_be_title(line: str) -> bool:
    """Return whether *line* may be the title: not too long, and no sentence; a title may end with a full stop."""
    is_ended = line.endswith((".", "。"))
    is_sentence = is_ended and (len(line.split()) > _TITLE_WORDS or line[:1] in '"“«„「—–')
    return len(line) <= LONGEST_TITLE and not is_sentence


_TITLE_WORDS = 6  # maximum words of a title with a full stop


def looks_known(blocks: Sequence[Block]) -> list[str]:
    """Return the looks ``title labelled`` and ``author labelled``, if labels of the first blocks name them."""
    kinds = {label.kind for block in blocks[:_BLOCKS_OF_LABELS] for label in block.labels or ()}
    return [
        *(["title labelled"] if "title" in kinds else []),
        *(["author labelled"] if "author" in kinds else []),
    ]


_BLOCKS_OF_LABELS = 24  # number of first blocks that are searched for labels
