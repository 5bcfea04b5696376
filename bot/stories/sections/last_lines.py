"""Find where a story ends by what the last lines of a text look like; where that is unsure, rules decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.stories.sections.blocks import Block
from bot.stories.sections.chain import best_reading, points_of
from bot.stories.sections.labels import is_closed
from bot.stories.sections.looks import Line, Looks, body_of, lines_from_end
from bot.stories.sections.notes import is_tale, is_telling
from bot.stories.sections.parts import has_words, words_of
from bot.stories.sections.posting import is_in_a_chat
from bot.stories.sections.voice import has_voice, voice_of

_LEAST_CERTAINTY = 0.85
_LEAST_OF_MUCH = 0.9  # where what is said outweighs the story
_LEAST_STORY = 20  # words above at least, so that they can be told from what is said
_SENTENCES = 15  # words of a paragraph that certainly is more than a line
_LEAST_OF_TALE, _LEAST_OF_SENTENCES = 2.0, -2.0  # points of an author's voice in a long paragraph, in a shorter one


def with_end(blocks: Sequence[Block]) -> list[Block]:
    """Return *blocks* with the last one of the story marked, and as notes what stands below, where that is sure."""
    last = read_end(blocks)
    if last is None:
        return list(blocks)
    block = blocks[last.block]
    parts = [block.between(0, last.at + 1), block.after(last.at + 1)] if len(block.lines) > last.at + 1 else [block]
    below = [*parts[1:], *blocks[last.block + 1 :]]
    said = [each if each.is_rule or each.labels is not None else replace(each, is_note=True) for each in below]
    return [*blocks[: last.block], replace(parts[0], ends_story=True), *said]


def read_end(blocks: Sequence[Block]) -> Line | None:
    """Return the last line of the story, or None where that is unsure."""
    lines = lines_from_end(blocks)
    looks = Looks(lines, body_of(blocks), from_end=True)
    reading = best_reading(map(looks.of, range(len(lines) - 1, -1, -1)), points_of("last_lines"))
    if not reading.roles or reading.certainty < _LEAST_CERTAINTY:
        return None
    last = lines[-len(reading.roles)]
    story, below = blocks[: last.block + 1], blocks[last.block + 1 :]
    if last.is_rule or not has_words(_LEAST_STORY, story) or _is_doubtful(blocks, last.block, below):
        return None
    said = words_of(below)
    return None if reading.certainty < _LEAST_OF_MUCH and said and not has_words(said, story) else last


def _is_doubtful(blocks: Sequence[Block], last: int, below: Sequence[Block]) -> bool:
    """Return whether rules know better than that the story ends at block *last*, and others say what is *below*."""
    if any(block.labels is not None or is_telling(block) for block in blocks[max(0, last - 2) : last + 1]):
        return True
    for block in below:
        least = _LEAST_OF_TALE if is_tale(block) else _LEAST_OF_SENTENCES if block.words > _SENTENCES else None
        if least is not None and block.labels is None and voice_of(block.text) < least:
            return True
    return not _is_heard(below) or (len(below) > 0 and is_in_a_chat(blocks, last + 1))


def _is_heard(blocks: Sequence[Block]) -> bool:
    """Return whether an author or a site is heard in *blocks*, or nothing stands there; a note amid a story is not."""
    texts = [block for block in blocks if not block.is_rule]
    if texts and texts[0].labels is not None and is_closed(texts[0].text):
        return False
    return not texts or any(block.labels is not None or is_telling(block) or has_voice(block.text) for block in texts)
