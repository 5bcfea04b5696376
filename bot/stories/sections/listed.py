"""Find the headings that a table of contents lists, by name or else by order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.stories.sections.blocks import Block, words_before
from bot.stories.sections.contents import TableOfContents
from bot.stories.sections.headings import Heading, heading_of
from bot.stories.sections.lines import looks_titled
from bot.stories.sections.parts import Part

_LEAST_WORDS = 20  # minimum words below a heading whose name the table does not have


def named_by_contents(
    blocks: Sequence[Block], contents: TableOfContents, headings: dict[int, Heading]
) -> dict[int, Heading]:
    """Return blocks that *contents* lists, as headings by index; of blocks with one name, that with most text below.

    If chapters are numbered, the name of a numbered entry is a heading only right below a number.
    """
    numbered = sum(heading.number is not None and not heading.is_part for heading in headings.values()) >= 2
    places: dict[str, list[int]] = defaultdict(list)
    names: dict[int, Heading] = {}
    bare = False
    for i, block in enumerate(blocks):
        if i in headings:
            bare = headings[i].title is None and len(block.lines) == 1
            continue
        name = contents.names(block, numbered=not numbered or bare)
        if name is not None:
            names[i] = name
            places[name.whole.casefold().rstrip(".")].append(i)
        bare = bare and block.is_rule
    bounds = sorted({*headings, *names, len(blocks)})
    words = words_before(blocks)
    under = {i: words[following] - words[i + 1] for i, following in pairwise(bounds)}
    found = {i: names[i] for same in places.values() for i in [max(same, key=lambda place: under[place])]}
    if numbered:  # a name right below a number is that chapter's title, even if it is repeated
        found |= {i: name for i, name in names.items() if i - 1 in headings and headings[i - 1].title is None}
    if len(found) < 2 and not headings:
        return {}
    return found if numbered else found | _by_order(blocks, contents, found)


def _by_order(blocks: Sequence[Block], contents: TableOfContents, found: Mapping[int, Heading]) -> dict[int, Heading]:
    """Return headings for entries that no block names: lines that look like titles between the blocks of other entries.

    There must be as many such lines as entries.
    """
    words = words_before(blocks)
    known = [
        (-1, -1),
        *((contents.entry_of(blocks[i]), i) for i in sorted(found)),
        (len(contents.entries), len(blocks)),
    ]
    more: dict[int, Heading] = {}
    for (entry, place), (next_entry, next_place) in pairwise(known):
        if entry is None or next_entry is None or next_entry - entry < 2:
            continue
        titles = [i for i in range(place + 1, next_place) if blocks[i].is_line and looks_titled(blocks[i].text)]
        ends = [*titles, next_place][1:]
        tales = [words[end] - words[i + 1] >= _LEAST_WORDS for i, end in zip(titles, ends, strict=True)]
        if len(titles) == next_entry - entry - 1 and all(tales) and (place >= 0 or titles[0] == 0):
            more |= {i: heading_of(blocks[i].text) for i in titles}
    return more


def name_by_contents(parts: Sequence[Part], contents: TableOfContents) -> None:
    """Give the chapters the titles in *contents*, if no chapter has a title and each has an entry."""
    entries = [heading_of(entry) for entry in contents.entries]
    headings = [part.heading for part in parts]
    is_same = len(entries) == len(headings) and all(
        heading is not None and heading.title is None and heading.number == (entry.number or heading.number)
        for heading, entry in zip(headings, entries, strict=True)
    )
    if not is_same:
        return
    for part, entry in zip(parts, entries, strict=True):
        if part.heading is not None:
            part.heading = replace(part.heading, title=entry.title)
