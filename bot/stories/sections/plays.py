"""Read plays: acts become chapters, a rule separates scenes, and the list of characters is part of the play."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.stories.sections.blocks import RULE, Block
from bot.stories.sections.headings import Heading
from bot.stories.sections.lines import undecorated
from bot.stories.vocabulary import VOCABULARIES

_LEAST_SPEECHES = 4  # minimum number of speeches that shows a play
_SPEECH_SHARE = 0.3  # minimum share of blocks that are speeches

_CAST = re.compile(
    "|".join(phrase for each in VOCABULARIES.values() for phrase in each.headings.get("casts", [])), re.I
)
_SPEAKER = re.compile(r"(?P<name>[^\W\d_][\w'’ -]{0,30}+)(?:\s*[(（][^)）]{1,60}[)）])?\s*(?:[.:]\s+|：)\S")


def with_scenes(blocks: Sequence[Block], headings: Mapping[int, Heading]) -> tuple[list[Block], dict[int, Heading]]:
    """Return the blocks of a play with a rule above each scene, and all headings except those of scenes."""
    kept: list[Block] = []
    acts: dict[int, Heading] = {}
    for i, block in enumerate(blocks):
        heading = headings.get(i)
        if heading is not None and heading.is_scene:
            kept += [RULE, replace(block, is_heading=False)]
        else:
            if heading is not None:
                acts[len(kept)] = heading
            kept.append(block)
    return kept, acts


def cast_at(blocks: Sequence[Block]) -> int | None:
    """Return the index of the block that begins the list of characters, or None."""
    return next((i for i, block in enumerate(blocks) if heads_cast(block.lines[0])), None)


def heads_cast(line: str) -> bool:
    """Return whether *line* heads a list of characters."""
    return _CAST.fullmatch(undecorated(line)) is not None


def has_speeches(blocks: Sequence[Block]) -> bool:
    """Return whether many blocks begin with a speaker's name, and some name is repeated."""
    found = [match["name"].rstrip() for block in blocks if (match := _SPEAKER.match(block.lines[0]))]
    enough = len(found) >= max(_LEAST_SPEECHES, _SPEECH_SHARE * len(blocks))
    return enough and Counter(found).most_common(1)[0][1] >= 2
