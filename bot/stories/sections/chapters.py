"""Find the chapters of a file, however their headings are numbered and named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.stories.model import Refused
from bot.stories.sections.blocks import Block, words_before
from bot.stories.sections.contents import TableOfContents, named_by_contents
from bot.stories.sections.headings import (
    NUMERALS,
    Heading,
    heading_of,
    is_named_part,
    is_short,
    read_chapter,
    read_numeral,
    read_one_more,
)
from bot.stories.sections.lines import (
    LONGEST_HEADING,
    ends_openly,
    looks_titled,
    mostly_capitalised,
    undecorated,
    without_stop,
)
from bot.stories.sections.parts import Part, has_prose
from bot.stories.sections.plays import cast_at, has_speeches, with_scenes

MAX_CHAPTERS = 20_000
"""Maximum number of chapters in a story; the longest have some 7,000, and a larger file takes too long to read."""

_LEAST_RUN = 3  # bare numbers are usually headings only if they count from 1 to at least this
_LEAST_WORDS = 20  # usual minimum of words between two bare numbers; with fewer they are a list
_FEWEST = 8  # absolute minimum of words between two bare numbers, allowed below a quarter of them
_MOST_TITLES = 0.75  # minimum share of numbered chapters with a title line, so that such lines are titles


def part_by_headings(
    blocks: Sequence[Block],
    contents: TableOfContents | None = None,
    *,
    only_marked: bool = False,
) -> tuple[list[Block], list[Part]]:
    """Return the blocks before the first chapter heading, and a `Part` for each heading that has prose.

    If the file marks all its headings (*only_marked*), an unmarked line is a heading only if *contents* lists it.
    Raises `Refused` if there are more than `MAX_CHAPTERS`.
    """
    headings = _headings(blocks, contents, only_marked=only_marked)
    has_acts = any(heading.is_act for heading in headings.values())
    if has_acts:
        blocks, headings = with_scenes(blocks, headings)
    named = named_by_contents(blocks, contents, headings) if contents is not None else {}
    if (count := len(headings)) > MAX_CHAPTERS:
        raise Refused(
            "chapters",
            "the file has {chapters:,} chapters; a story may have {most:,}",
            chapters=count,
            most=MAX_CHAPTERS,
        )
    numbered = sum(heading.number is not None for heading in headings.values()) + len(named)
    opening: list[Block] = []
    parts: list[Part] = []
    for i, block in enumerate(blocks):
        heading = headings.get(i)
        if heading is None and i in named and parts and not has_prose(parts[-1].blocks) and _is_bare(parts[-1]):
            parts[-1].heading = replace(_heading_of(parts[-1]), title=named[i].title)
            continue
        heading = heading or named.get(i)
        may_be_named = heading is None and numbered >= 2 and not only_marked
        if may_be_named and block.is_line and is_named_part(block.text):
            heading = Heading(without_stop(undecorated(block.text)), block.text, None)
        if heading is None:
            (parts[-1].blocks if parts else opening).append(block)
            continue
        heading, rest = _with_lines_below(heading, block)
        parts.append(Part(heading, rest))
    _adopt_titles(parts)
    parts = _without_empty(parts)
    if (cast := cast_at(opening)) is not None and (has_acts or has_speeches(blocks)):
        parts.insert(0, _cast_chapter(opening[cast:], has_chapters=bool(parts)))
        opening = opening[:cast]
    return opening, parts


def headings_in(blocks: Sequence[Block]) -> dict[int, Heading]:
    """Return the headings among *blocks* by block index, found without a table of contents."""
    return _headings(blocks, None, only_marked=False)


def _headings(blocks: Sequence[Block], contents: TableOfContents | None, *, only_marked: bool) -> dict[int, Heading]:
    found: dict[int, Heading] = {}
    for i, block in enumerate(blocks):
        if block.is_heading:
            text = " ".join(line.strip() for line in block.lines)
            found[i] = heading_of(text)
        elif not only_marked and (heading := read_chapter(block.lines[0])) is not None:
            found[i] = heading
    if not any(block.is_heading for block in blocks):
        found |= _counted_headings(blocks, found, has_contents=contents is not None)
    return found


def _cast_chapter(blocks: Sequence[Block], *, has_chapters: bool) -> Part:
    """Return the list of characters above a play as a chapter; if it is the only chapter, it has the whole play."""
    if not has_chapters:
        return Part(None, list(blocks))
    first = blocks[0]
    name = without_stop(undecorated(first.lines[0]))
    return Part(Heading(name, name, None), [*([first.after(1)] if first.lines[1:] else []), *blocks[1:]])


def _with_lines_below(heading: Heading, block: Block) -> tuple[Heading, list[Block]]:
    """Return *heading*, with the lines below as its title if they look like one, and the rest of *block*."""
    below = block.lines[1:]
    if not below or block.is_heading or heading.label == block.text:
        return heading, []
    text = " ".join(line.strip() for line in below)
    if len(below) <= 3 and all(len(line) <= 80 for line in below):
        is_title = looks_titled(text.removesuffix(".")) or (len(below) == 1 and is_short(text))
        if heading.title is None and is_title:
            return replace(heading, title=without_stop(text)), []
        if heading.title is not None and text.isupper() and heading.title.isupper() and looks_titled(text):
            return replace(heading, title=without_stop(f"{heading.title} {text}")), []
    return heading, [block.after(1)]


# -- numbers by themselves ----------------------------------------------------------

_Run = list[tuple[int, Heading]]


def _index_of(entry: tuple[int, Heading]) -> int:
    return entry[0]


def _counted_headings(
    blocks: Sequence[Block],
    strong: dict[int, Heading],
    *,
    has_contents: bool,
) -> dict[int, Heading]:
    """Return those of *blocks* that are headings only because they count up.

    Examples are ``I.``, ``2. The Mill``, ``THREE`` and ``Letter 4``.
    """
    styles: dict[tuple[str, bool], _Run] = defaultdict(list)
    for i, block in enumerate(blocks):
        first, *below = block.lines
        if i in strong or len(below) > 2 or len(first) > LONGEST_HEADING:
            continue
        if below and not looks_titled(" ".join(below), ends="any"):
            continue
        heading = read_numeral(first) or read_chapter(first, is_counted=True)
        if first[:1] == "+" and (above := max((run[-1] for run in styles.values()), default=None, key=_index_of)):
            heading = read_one_more(first, above[1].number or 0)
        if heading is not None and heading.number is not None:
            has_title = heading.title is not None and heading.kind in NUMERALS
            styles[heading.kind, has_title].append((i, heading))
    if not styles:
        return {}
    words = words_before(blocks)
    chapters = sum(h.number is not None and not h.is_part for h in strong.values())
    parts = [i for i, heading in strong.items() if heading.is_part]
    is_parted = has_contents or any(heading.is_named for heading in strong.values())
    found: dict[int, Heading] = {}
    numerals: list[_Run] = []
    for (kind, _), of_kind in styles.items():
        runs = [run for run in _runs(of_kind) if _has_prose_between(run, words)]
        if kind not in NUMERALS:
            found |= {i: heading for run in runs if len(run) >= 2 for i, heading in run}
        elif chapters < 2:
            least = 2 if is_parted or _are_titled(runs, blocks) else _LEAST_RUN
            numerals += [run] if (run := _join_runs(runs, parts, least=least)) else []
    return found | dict(max(numerals, key=len) if numerals else _only_one(styles["digits", True], strong, blocks))


def _is_near_start(blocks: Sequence[Block], i: int) -> bool:
    """Return whether few words are above block *i*, apart from labels."""
    return sum(block.words for block in blocks[:i] if block.labels is None) <= _LEAST_WORDS


def _are_titled(runs: Sequence[_Run], blocks: Sequence[Block]) -> bool:
    """Return whether even two headings in *runs* are enough: all have titles, and the first is near the start."""
    if not runs or not _is_near_start(blocks, runs[0][0][0]):
        return False
    titles = [heading.title for run in runs for _, heading in run]
    return all(title is not None and mostly_capitalised(title) and ends_openly(title) for title in titles)


def _only_one(titled: _Run, strong: Mapping[int, Heading], blocks: Sequence[Block]) -> _Run:
    """Return the heading of a post with one chapter (``12. the rope``): the only titled number, near the start."""
    if strong or len(titled) != 1 or not _is_near_start(blocks, titled[0][0]):
        return []
    title = titled[0][1].title or ""
    return titled if title[0].isalpha() and ends_openly(title) and ". " not in title else []


def _runs(candidates: _Run) -> list[_Run]:
    """Return the runs of *candidates* whose numbers count up from one."""
    runs: list[_Run] = []
    for i, heading in candidates:
        if heading.number == 1:
            runs.append([(i, heading)])
        elif runs and heading.number == (runs[-1][-1][1].number or 0) + 1:
            runs[-1].append((i, heading))
    return runs


def _has_prose_between(run: _Run, words: Sequence[int]) -> bool:
    """Return whether enough prose follows each heading of *run*; *words* has the number of words before each block."""
    places = [i for i, _ in run]
    between = [words[j] - words[i + 1] for i, j in pairwise(places)]
    few = sum(count < _LEAST_WORDS for count in between)
    return (
        4 * few <= len(between) and min(between, default=_FEWEST) >= _FEWEST and words[-1] - words[places[-1] + 1] > 0
    )


def _join_runs(runs: Sequence[_Run], parts: Sequence[int], *, least: int) -> _Run:
    """Join *runs* into one, empty if the count restarts within a part or there are fewer than *least* headings."""
    if not runs or sum(map(len, runs)) < least:
        return []
    bounds = [(run[0][0], run[-1][0]) for run in runs]
    if any(not any(end < part < start for part in parts) for (_, end), (start, _) in pairwise(bounds)):
        return []
    return [entry for run in runs for entry in run]


# -- titles -------------------------------------------------------------------------


def _heading_of(part: Part) -> Heading:
    assert part.heading is not None
    return part.heading


def _is_bare(part: Part) -> bool:
    """Return whether the heading of *part* is a number without a title."""
    heading = _heading_of(part)
    return heading.number is not None and heading.title is None


def _adopt_titles(parts: Sequence[Part]) -> None:
    """Use the lines below chapter numbers as titles, if most chapters have a title there.

    A line that is alone below a heading such as ``Part One``, and looks like a title, is used in any case.
    """
    bare = [part for part in parts if _is_bare(part)]
    for part in bare:
        if _heading_of(part).is_part and len(_texts(part)) == 1:
            _adopt_title(part)
    chapters = [part for part in bare if _is_bare(part) and has_prose(part.blocks)]
    titled = [part for part in chapters if len(_texts(part)) > 1 and _title_below(part) is not None]
    known = sum(heading.number is not None and heading.title is not None for heading in map(_heading_of, parts))
    if len(titled) + known >= 2 and len(titled) + known >= _MOST_TITLES * (len(chapters) + known):
        for part in titled:
            _adopt_title(part)


def _texts(part: Part) -> list[Block]:
    return [block for block in part.blocks if not block.is_rule]


def _title_below(part: Part) -> str | None:
    """Return the text of the first block below the heading of *part* if it looks like a title, else None."""
    block = next(iter(_texts(part)), None)
    if block is None or len(block.lines) > 3 or block.is_heading:
        return None
    text = " ".join(line.strip() for line in block.lines)
    if read_chapter(text, is_counted=True) is not None:
        return None
    return text if looks_titled(text) and text[0] not in '"“«„(' else None


def _adopt_title(part: Part) -> None:
    if (title := _title_below(part)) is not None:
        part.blocks.remove(_texts(part)[0])
        part.heading = replace(_heading_of(part), title=without_stop(undecorated(title)))


# -- headings with nothing below them -------------------------------------------------


def _without_empty(parts: list[Part]) -> list[Part]:
    """Return *parts* without those that have no prose; their headings become `Heading.above` of the next one.

    Entries of a table of contents are dropped instead. An act without a title gets the one in a list of acts.
    """
    last = {key: i for i, part in enumerate(parts) for key in _keys(_heading_of(part))}
    listed: dict[str, str | None] = {}
    kept: list[Part] = []
    above: list[str] = []
    for i, part in enumerate(parts):
        heading = _heading_of(part)
        if has_prose(part.blocks):
            title = heading.title or listed.get(heading.label.lower())
            if above or title != heading.title:
                part.heading = replace(heading, title=title, above=" · ".join(above) or None)
            above = []
            kept.append(part)
        elif all(last[key] == i for key in _keys(heading)):
            above.append(heading.whole)
        else:
            listed[heading.label.lower()] = heading.title
    if above and kept:  # headings at the end without text below them are kept as text
        kept[-1].blocks.extend(Block((words,), 2) for words in above)
    elif above:
        return parts
    return kept


def _keys(heading: Heading) -> list[str]:
    """Return the texts by which a repeated heading is recognised: the whole heading and, for an act, only the label."""
    return [heading.whole.lower(), heading.label.lower()] if heading.is_act else [heading.whole.lower()]
