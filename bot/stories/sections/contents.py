"""Find a book's table of contents, remove it, and find the headings of the chapters that it names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.stories.emphasis import plain
from bot.stories.sections.blocks import Block, Raw, words_before
from bot.stories.sections.headings import Heading, is_named_part, read_chapter, read_numeral
from bot.stories.sections.lines import without_stop

_SEARCHED = 400  # maximum blocks searched for a table of contents
_LONGEST_ENTRY = 120  # maximum characters of an entry
_HEADING = re.compile(
    r"(?:the |a )?(?:table of |list of )?(?:contents|chapters)(?: (?:of|to))?"
    r"(?: (?:the )?(?:volume|vol\.?|book|part) \w+)?|"
    r"table(?: des mati[èe]res)?|inhalt(?:sverzeichnis)?|"
    r"[íi]ndice|sommaire|indice dei capitoli",
    re.I,
)
_COMMON_WORDS = frozenset(
    "chapter chapters page pages contents table of list chap cap kapitel chapitre book part volume the".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class TableOfContents:
    """The lines of a table of contents, with its heading as the first."""

    lines: tuple[str, ...]

    @cached_property
    def entries(self) -> list[str]:
        """Names of the chapters, without page numbers."""
        return [entry for line in self.lines[1:] if (entry := _without_page(line).strip())]

    @cached_property
    def _keys(self) -> dict[str, bool]:
        """Chapter names, normalised for comparison, each with whether its entry has a number.

        An entry may take two lines, so each pair of neighbouring lines counts as an entry, too.
        """
        entries = [_without_page(line) for line in self.lines[1:]]
        pairs = [f"{one} {other}" for one, other in pairwise(entries)]
        found: dict[str, bool] = {}
        for entry in (*pairs, *entries):
            numbered = bool(read_chapter(entry) or read_numeral(entry) or _NUMBERED_ENTRY.match(entry[:20]))
            found |= dict.fromkeys(_keys(entry), numbered)
        return found

    def names(self, block: Block, *, numbered: bool = True) -> Heading | None:
        """Return *block* as a heading if an entry names it, else None; numbered ones count only with *numbered*."""
        if len(block.lines) > 3 or sum(map(len, block.lines)) > _LONGEST_ENTRY or block.is_rule:
            return None
        text = " ".join(line.strip() for line in block.lines)
        if any(key in self._keys and (numbered or not self._keys[key]) for key in _keys(text)):
            return read_chapter(text) or read_numeral(text) or Heading(without_stop(text), text, None)
        return None

    def is_repeated_by(self, titles: Iterable[str]) -> bool:
        """Return whether *titles* contain all words of the table, except numbers and common words such as ``page``."""
        repeated = {word for title in titles for word in _words(title)}
        own = {word for line in self.lines for word in _words(_without_page(line))} - _COMMON_WORDS
        return all(word in repeated or word.isdigit() or re.fullmatch("[ivxlc]+", word) for word in own)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def take_contents(raws: Sequence[Raw]) -> tuple[TableOfContents | None, list[Raw]]:
    """Return the table of contents, or None, and the blocks without it."""
    for start, raw in enumerate(raws[:_SEARCHED]):
        heading = plain(raw.lines[0][:80]).strip().strip("_*.:[]= ")
        if not heading[:1].isupper() or not _HEADING.fullmatch(heading):
            continue
        end = _end_of_table(raws, start)
        lines = [line for raw in raws[start:end] for line in _plain_lines(raw)]
        if len(lines) >= 3:
            return TableOfContents(tuple(lines)), [*raws[:start], *raws[end:]]
    return None, list(raws)


def _plain_lines(raw: Raw) -> list[str]:
    return [plain(line).strip() for line in raw.lines]


_MOST_WORDS = 6000  # maximum words of a table of contents
_FIRST_ENTRIES = 3  # number of first entries, one of which is repeated at the beginning of the book


def _start_of_book(raws: Sequence[Raw], start: int) -> int | None:
    """Return the index of the block with which the book begins, as it repeats one of the first entries, or None."""
    entries: list[tuple[int, str]] = []
    for i in range(start, min(start + 12, len(raws))):
        for line in raws[i].lines[1 if i == start else 0 :]:
            entry = _without_page(plain(line).strip())
            if len(entry) <= _LONGEST_ENTRY and (key := _key(entry)) and key not in ("chapter", "page", "chapter page"):
                entries.append((i, entry))
        if len(entries) >= _FIRST_ENTRIES:
            break
    for at, entry in entries[:_FIRST_ENTRIES]:
        wanted = set(_keys(entry))
        heading = read_chapter(entry)
        label = _key(heading.label) if heading is not None and not heading.is_part else None
        words = 0
        for i in range(at + 1, len(raws)):
            lines = _plain_lines(raws[i])
            if len(lines) <= 3 and sum(map(len, lines)) <= _LONGEST_ENTRY:
                keys = {*_keys(" ".join(lines)), *_keys(lines[0])}
                again = read_chapter(lines[0])
                bare = label is not None and again is not None and again.title is None and _key(again.label) == label
                if bare or not keys.isdisjoint(wanted):
                    return i
            words += sum(len(line.split()) for line in lines)
            if words > _MOST_WORDS:
                break
    return None


def _end_of_table(raws: Sequence[Raw], start: int) -> int:
    """Return the index of the block below the table, which repeats an entry; *start* if no block does."""
    begins = _start_of_book(raws, start)
    if begins is None:
        return start
    return begins - 1 if begins - 1 > start + 1 and _is_bare(raws[begins - 1]) else begins


def _is_bare(raw: Raw) -> bool:
    """Return whether *raw* is a chapter number without a title, or names a part of a book such as a preface."""
    line = plain(raw.lines[0]).strip()
    heading = read_chapter(line) or read_numeral(line)
    return len(raw.lines) == 1 and (is_named_part(line) or (heading is not None and heading.title is None))


_PAGE = re.compile(
    r"(?:\s{2,}|\s*[.·…_–—-]{2,}\s*|\s*(?:\. ?){2,}\s*|,?\s+(?:p\.?|page)\s*)(?:\d{1,4}|[ivxlc]{1,7})\.?$"
)
_LEADERS = re.compile(r"[\s.·…_]{2,}$")


def _without_page(line: str) -> str:
    head, tail = line[:-60], line[-60:]
    return head + _LEADERS.sub("", _PAGE.sub("", tail))


def _keys(line: str) -> Iterator[str]:
    """Return the normalised forms of an entry that may head its chapter: the whole entry, and without its number."""
    forms = [line]
    heading = read_chapter(line) or read_numeral(line)
    if heading is not None and heading.title:
        forms.append(heading.title)
    elif match := _NUMBERED_ENTRY.match(line[:20]):
        forms.append(line[match.end() :])
    return (key for key in map(_key, forms) if key)


_NUMBERED_ENTRY = re.compile(r"\s{0,9}(?:[IVXLC]{1,8}|\d{1,3})[.):]?\s{1,9}(?=\S)")


def _key(line: str) -> str:
    return " ".join(_words(line))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold().replace("’", "").replace("'", ""))


# -- headings that the table names ------------------------------------------------------


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
    return found if len(found) > 1 or headings else {}
