"""Read plays: acts become chapters, a rule separates scenes, and the list of characters is part of the play."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.stories.emphasis import marked, plain
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


_BOLD_ON, _BOLD_OFF = marked("|", "bold").split("|")
_RUN_IN = re.compile(
    r"(?P<name>(?!\d)[^\W_a-z][\w.'’ -]{0,30}?[^\W_.])(?:\t| {2,})\s*(?=\S)"
    rf"|(?P<bold>{_BOLD_ON}(?!\d)[^\W_a-z][\w.'’ -]{{0,30}}?[^\W_.]{_BOLD_OFF})\s+(?=[\w\"'“‘(\[—–…¿¡])"
)


def with_speaker_stops(blocks: Sequence[Block]) -> list[Block]:
    """Return *blocks* with a full stop after each speaker's name that only a gap or bold type sets off."""
    found = [None if block.is_heading else _run_in((block.marked or block.lines)[0]) for block in blocks]
    names = [match["bold"] or match["name"] for match in found if match and (match["bold"] or match["name"].isupper())]
    if not speak(names):
        return list(blocks)
    return [
        block if match is None or (match["bold"] or match["name"]) not in names else _with_stop(block, match)
        for block, match in zip(blocks, found, strict=True)
    ]


def _run_in(line: str) -> re.Match[str] | None:
    return _RUN_IN.match(line) if "  " in line or "\t" in line or _BOLD_ON in line else None  # a quick test


def speak(names: Sequence[str]) -> bool:
    """Return whether *names*, each from the start of a paragraph, are speakers: at least two, who speak repeatedly."""
    return len(set(names)) >= 2 and len(names) >= max(_LEAST_SPEECHES, 1.5 * len(set(names)))


def _with_stop(block: Block, match: re.Match[str]) -> Block:
    first, *below = block.marked or block.lines
    lines = (f"{match['bold'] or match['name']}. {first[match.end() :]}", *below)
    return replace(block, lines=tuple(map(plain, lines)), marked=lines if block.marked else ())


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
    return are_speeches(speakers_of(blocks))


def speakers_of(blocks: Sequence[Block]) -> list[str | None]:
    """Return, for each block, the speaker's name at its start, or None."""
    return [match["name"].rstrip() if (match := _SPEAKER.match(block.lines[0])) else None for block in blocks]


def are_speeches(speakers: Sequence[str | None]) -> bool:
    """Return whether many of *speakers* are names, and some name is repeated."""
    found = [name for name in speakers if name is not None]
    enough = len(found) >= max(_LEAST_SPEECHES, _SPEECH_SHARE * len(speakers))
    return enough and Counter(found).most_common(1)[0][1] >= 2
