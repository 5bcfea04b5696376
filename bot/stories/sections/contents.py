"""A book's list of contents: it says what the chapters are called, and then it has done its work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.stories.emphasis import plain
from bot.stories.sections.blocks import Block, Raw
from bot.stories.sections.headings import Heading, is_named_part, read_chapter, read_numeral
from bot.stories.sections.lines import looks_titled, without_stop

SEARCHED = 400
"""Blocks among which a list of contents begins."""

LONGEST_ENTRY = 120
"""Characters: a longer line is no entry of a list."""

_HEADING = re.compile(
    r"(?:the |a )?(?:table of |list of )?(?:contents|chapters)(?: (?:of|to))?"
    r"(?: (?:the )?(?:volume|vol\.?|book|part) \w+)?|"
    r"table(?: des mati[èe]res)?|inhalt(?:sverzeichnis)?|"
    r"[íi]ndice|sommaire|indice dei capitoli",
    re.I,
)
_STEERING = frozenset(
    "chapter chapters page pages contents table of list chap cap kapitel chapitre book part volume the".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class TableOfContents:
    """The lines of a list of contents, its heading first."""

    lines: tuple[str, ...]

    @cached_property
    def _keys(self) -> dict[str, bool]:
        """What its entries call chapters, in the form in which a heading is found again, and whether they number it.

        A long entry may take two lines.
        """
        entries = [_without_page(line) for line in self.lines[1:]]
        pairs = [f"{one} {other}" for one, other in pairwise(entries)]
        found: dict[str, bool] = {}
        for entry in (*pairs, *entries):
            numbered = bool(read_chapter(entry) or read_numeral(entry) or _NUMBERED_ENTRY.match(entry[:20]))
            found |= {key: numbered for key in _keys(entry) if key}
        return found

    def names(self, block: Block, *, numbered: bool = True) -> Heading | None:
        """The heading that *block* is because the list has it; *numbered* entries count only where asked for."""
        if len(block.lines) > 3 or sum(map(len, block.lines)) > LONGEST_ENTRY or block.is_rule:
            return None
        text = " ".join(line.strip() for line in block.lines)
        if any(key in self._keys and (numbered or not self._keys[key]) for key in _keys(text)):
            return Heading(without_stop(text), text, None)
        return None

    def is_told_by(self, titles: Iterable[str]) -> bool:
        """Whether each of its words stands in one of *titles*, so that nothing is lost without it."""
        told = {word for title in titles for word in _words(title)}
        said = {word for line in self.lines for word in _words(_without_page(line))} - _STEERING
        return all(word in told or word.isdigit() or re.fullmatch("[ivxlc]+", word) for word in said)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def take_contents(raws: Sequence[Raw]) -> tuple[TableOfContents | None, list[Raw]]:
    """The list of contents of a file, and the blocks without it."""
    for start, raw in enumerate(raws[:SEARCHED]):
        if not _is_contents_heading(raw.lines[0]):
            continue
        end = _ends(raws, start)
        lines = [plain(line).strip() for block in raws[start:end] for line in block.lines]
        if len(lines) < 3:
            continue
        return TableOfContents(tuple(lines)), [*raws[:start], *raws[end:]]
    return None, list(raws)


def _is_contents_heading(line: str) -> bool:
    text = plain(line[:80]).strip().strip("_*.:[]= ")
    return bool(text) and text[0].isupper() and _HEADING.fullmatch(text) is not None


MOST_WORDS = 6000
"""Words that the longest list of contents may have."""

FIRST_ENTRIES = 3
"""Entries one of which must come again where the book itself begins."""


def _begins_book(raws: Sequence[Raw], start: int) -> int | None:
    """Where one of the first entries comes again, by itself: there the book begins."""
    entries: list[tuple[int, str]] = []
    for i in range(start, min(start + 12, len(raws))):
        for line in raws[i].lines[1 if i == start else 0 :]:
            entry = _without_page(plain(line).strip())
            if len(entry) <= LONGEST_ENTRY and (key := _key(entry)) and key not in ("chapter", "page", "chapter page"):
                entries.append((i, entry))
        if len(entries) >= FIRST_ENTRIES:
            break
    for at, entry in entries[:FIRST_ENTRIES]:
        wanted = {key for key in _keys(entry) if key}
        heading = read_chapter(entry)
        label = _key(heading.label) if heading is not None and not heading.is_part else None
        words = 0
        for i in range(at + 1, len(raws)):
            lines = [plain(line).strip() for line in raws[i].lines]
            if len(lines) <= 3 and sum(map(len, lines)) <= LONGEST_ENTRY:
                keys = {key for text in (" ".join(lines), lines[0]) for key in _keys(text)}
                again = read_chapter(lines[0])
                bare = label is not None and again is not None and again.title is None and _key(again.label) == label
                if bare or not keys.isdisjoint(wanted):
                    return i
            words += sum(len(line.split()) for line in lines)
            if words > MOST_WORDS:
                break
    return None


def _ends(raws: Sequence[Raw], start: int) -> int:
    """Where the list ends: at a title that it had already, or before a paragraph and what heads it."""
    if (begins := _begins_book(raws, start)) is not None:
        while begins - 1 > start + 1 and _is_bare(raws[begins - 1]):
            begins -= 1
        prose = next((i for i in range(start + 1, begins) if _is_long_prose(raws[i])), begins)
        return _trimmed(raws, start, begins) if prose == begins else _trimmed(raws, start, max(prose - 1, start + 1))
    seen: set[str] = set()
    had_titles = False
    for i in range(start, len(raws)):
        lines = [plain(line).strip() for line in raws[i].lines]
        if i == start:
            lines = lines[1:]
        elif _is_prose(lines):
            return _trimmed(raws, start, i - 1 if i - 1 > start and len(raws[i - 1].lines) <= 2 else i)
        elif _begins_again(lines, seen, had_titles=had_titles):
            return _trimmed(raws, start, i)
        for line in lines:
            found = {key for key in _keys(_without_page(line)) if key}
            heading = read_chapter(line)
            if heading is not None:
                found.add(_key(heading.label))
                had_titles = had_titles or heading.title is not None
            seen |= found
    return start


def _trimmed(raws: Sequence[Raw], start: int, end: int) -> int:
    """Where a list of numbered entries ends: what has no number is a dedication or the like below it."""
    numbered = [any(map(_is_numbered, raw.lines)) for raw in raws[start:end]]
    lines = sum(len(raw.lines) for raw in raws[start:end]) - 1
    if 2 * sum(_is_numbered(line) for raw in raws[start:end] for line in raw.lines) < lines:
        return end
    while not numbered[end - start - 1] and end - start > 1:
        end -= 1
    return end


def _is_numbered(line: str) -> bool:
    line = plain(line).strip()
    return bool(read_chapter(line) or read_numeral(line) or is_named_part(line) or _PAGE.search(line[-60:]))


def _begins_again(lines: Sequence[str], seen: set[str], *, had_titles: bool) -> bool:
    """Whether a heading comes that the list had: the book itself begins."""
    text = " ".join(lines) if len(lines) <= 3 else lines[0]
    heading = read_chapter(lines[0])
    if heading is not None and heading.title is None and not heading.is_part:
        return _key(heading.label) in seen
    keys = {key for line in (text, lines[0]) for key in _keys(line)} - {""}
    if heading is not None and had_titles:
        return _key(heading.title or heading.label) in seen
    return not keys.isdisjoint(seen)


def _is_prose(lines: Sequence[str]) -> bool:
    """Whether this is a paragraph and no part of a list."""
    if any(len(line) > LONGEST_ENTRY and read_chapter(line) is None for line in lines):
        return True
    if any(re.search(r"(?:\s{2,}|[.\s]{3,})[\divxlc]+$", line[-40:]) for line in lines):
        return False
    if any(read_chapter(line) or read_numeral(line) for line in lines):
        return False
    if len(lines) == 1:
        line = lines[0]
        return bool(re.search(r"[a-z][.!?…][\"”’']?$", line[-4:])) and not looks_titled(line, ends="any")
    starts_small = sum(line[:1].islower() for line in lines[1:])
    return sum(map(len, lines)) / len(lines) > 45 and starts_small > 0.4 * (len(lines) - 1)


def _is_bare(raw: Raw) -> bool:
    """Whether this is a heading that leaves the title to what follows it."""
    line = plain(raw.lines[0]).strip()
    heading = read_chapter(line) or read_numeral(line)
    return len(raw.lines) == 1 and (is_named_part(line) or (heading is not None and heading.title is None))


def _is_long_prose(raw: Raw) -> bool:
    """Whether this can only be paragraphs: five full lines or more that nothing numbers."""
    lines = [plain(line).strip() for line in raw.lines]
    return len(lines) >= 5 and _is_prose(lines) and sum(map(len, lines)) > 55 * (len(lines) - 1)


_PAGE = re.compile(
    r"(?:\s{2,}|\s*[.·…_–—-]{2,}\s*|\s*(?:\. ?){2,}\s*|,?\s+(?:p\.?|page)\s*)(?:\d{1,4}|[ivxlc]{1,7})\.?$"
)
_LEADERS = re.compile(r"[\s.·…_]{2,}$")


def _without_page(line: str) -> str:
    head, tail = line[:-60], line[-60:]
    return head + _LEADERS.sub("", _PAGE.sub("", tail))


def _keys(line: str) -> Iterator[str]:
    """The forms in which an entry may stand over its chapter: as a whole, and without its number."""
    yield _key(line)
    heading = read_chapter(line) or read_numeral(line)
    if heading is not None and heading.title:
        yield _key(heading.title)
    elif match := _NUMBERED_ENTRY.match(line[:20]):
        yield _key(line[match.end() :])


_NUMBERED_ENTRY = re.compile(r"\s{0,9}(?:[IVXLC]{1,8}|\d{1,3})[.):]?\s{1,9}(?=\S)")


def _key(line: str) -> str:
    key = " ".join(_words(line))
    return "" if is_named_part(line) and not key else key


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold().replace("’", "").replace("'", ""))
