"""Find the words of people who post a story (``my fic``, ``beta``, ``hope you enjoy``) in a line.

The words are under ``posting`` in `bot.stories.vocabulary`, in kinds. They are the signs of an author: what characters
also write to each other is not among the strong kinds.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import Literal, NamedTuple, get_args

from bot.stories.sections.blocks import Block
from bot.stories.vocabulary import SEVERAL, VOCABULARIES

Kind = Literal["certain", "rare", "common", "readers", "narrating", "self", "you", "opening"]
"""Kind of a word; ``bot/stories/vocabulary/en.toml`` explains them."""

_POINTS: Mapping[Kind, int] = {"certain": 3, "rare": 2, "common": 1, "readers": 1, "opening": 1, "narrating": -1}
LEAST_POINTS = 3
"""Minimum points of a line with a sign of its author."""

_SEARCHED = 600  # maximum characters of a line that are searched
_LONGEST_PHRASE = 3  # maximum words of an entry
_SHORTEST_STEM = 2  # minimum letters of a stem
_WRITTEN_IN = {
    "ar": re.compile("[\u0621-\u064a]"),
    "ja": re.compile("[\u3041-\u30ff]"),
    "zh": re.compile("[\u3400-\u9fff]"),
}
"""Scripts of the languages whose entries need no word boundary; a text without the script has none of these entries."""

_WORD = re.compile(r"[^\W_](?:[\w/]|['’.-](?=\w))*")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")


class _Entry(NamedTuple):
    """A word or a phrase in one language; it counts once in a line."""

    language: str
    kind: Kind
    text: str


def _entries() -> Iterator[_Entry]:
    for language in VOCABULARIES:
        if language == SEVERAL or not (own := list(_listed(language))):
            continue
        known = {text.strip("*") for _, text in own}
        borrowed = (each for each in _listed(SEVERAL) if each[1].strip("*") not in known)
        for kind, text in chain(own, borrowed):
            yield _Entry(language, kind, text)


def _listed(language: str) -> Iterator[tuple[Kind, str]]:
    """Yield the posting words of *language* with their kinds."""
    for kind in get_args(Kind):
        for text in VOCABULARIES[language].posting.get(kind, "").split(","):
            if text.strip():
                yield kind, " ".join(text.split())


_ENTRIES = tuple(_entries())


def _is_inner(entry: _Entry) -> bool:
    return entry.text.startswith("*") or not VOCABULARIES[entry.language].has_spaces


@cache
def _inner_pattern(language: str) -> re.Pattern[str]:
    """Return a pattern for entries of *language* that need no word boundary; Latin entries always need one."""
    texts = sorted((text for of, text in _INNER if of == language), key=len, reverse=True)
    return re.compile("|".join(rf"(?<![a-z]){text}(?![a-z])" if text.isascii() else re.escape(text) for text in texts))


_WHOLE: defaultdict[str, list[_Entry]] = defaultdict(list)
_STEMS: defaultdict[str, list[_Entry]] = defaultdict(list)
for _entry in (entry for entry in _ENTRIES if not _is_inner(entry)):
    (_STEMS if _entry.text.endswith("*") else _WHOLE)[_entry.text.rstrip("*")].append(_entry)
_INNER = {(entry.language, entry.text.strip("*")): entry for entry in _ENTRIES if _is_inner(entry)}
_INNER_LANGUAGES = sorted({language for language, _ in _INNER})


@lru_cache(maxsize=512)  # a line is asked by its neighbours, too
def remark_words(text: str) -> Mapping[Kind, int]:
    """Return the number of words of each kind in *text*, in the language that has the most points."""
    listed = _entries_in(_STRETCHED.sub(r"\1", text[:_SEARCHED].lower()).replace("’", "'"))
    counts: list[Mapping[Kind, int]] = [Counter([entry.kind for entry in entries]) for entries in listed.values()]
    return max(counts, key=_points_of, default={})


def _points_of(counts: Mapping[Kind, int]) -> int:
    return sum(_POINTS.get(kind, 0) * count for kind, count in counts.items())


def has_remark(block: Block) -> bool:
    """Return whether *block* has enough words of an author to readers for a sign; a character's message has none."""
    return not is_message(block) and any(_points_of(remark_words(line)) >= LEAST_POINTS for line in block.lines)


def is_message(block: Block) -> bool:
    """Return whether *block* is a character's message: it begins with a name and a colon, and has no label."""
    match = _MESSAGE.match(block.text) if block.labels is None else None
    return match is not None and not any(map(_counts_for_remark, match["name"].lower().split()))


_CAPITALISED = r"[^\W\d_a-zß-öø-ÿа-я][\w.'’-]*"
_NAMED = rf"(?!(?i:q|ps)\b)[^\W\d_][\w.'’-]{{0,20}}|{_CAPITALISED}(?: {_CAPITALISED}){{1,3}}"
_MESSAGE = re.compile(rf"[\[<*]*(?P<name>{_NAMED})[\]>*]*\s?(?::\s+|：)\S")


def _entries_in(text: str) -> dict[str, set[_Entry]]:
    """Return the entries in *text* by language; the words of a phrase count only as that phrase."""
    found: defaultdict[str, set[_Entry]] = defaultdict(set)
    if not text.isascii():
        first = re.search(r"\w", text)
        for language in (each for each in _INNER_LANGUAGES if _WRITTEN_IN[each].search(text)):
            matches = [(_INNER[language, each[0]], each.start()) for each in _inner_pattern(language).finditer(text)]
            if kept := {entry for entry, at in matches if entry.kind != "opening" or (first and at == first.start())}:
                found[language] = kept
    words = _WORD.findall(text)
    taken: defaultdict[str, set[int]] = defaultdict(set)
    phrases = [
        at
        for at, (first, second) in enumerate(pairwise(words))
        if first in _SECOND_WORDS and second[:_SHORTEST_STEM] in _SECOND_WORDS[first]
    ]
    lengths = [(at, n) for n in range(_LONGEST_PHRASE, 1, -1) for at in phrases if at + n <= len(words)]
    lengths += [(at, 1) for at in range(len(words))]
    for at, length in lengths:
        places = range(at, at + length)
        for entry in _entries_for(" ".join(words[at : at + length])):
            if entry.kind == "opening" and at > 0:
                continue
            if taken[entry.language].isdisjoint(places):
                taken[entry.language].update(places)
                found[entry.language].add(entry)
    return found


@lru_cache(maxsize=1 << 14)
def _counts_for_remark(words: str) -> bool:
    """Return whether *words* are an entry with positive points."""
    return any(_POINTS.get(entry.kind, 0) > 0 for entry in _entries_for(words))


@lru_cache(maxsize=1 << 14)  # most words of a text are repeated
def _entries_for(words: str) -> tuple[_Entry, ...]:
    """Return the entries that *words* match entirely or by a stem; only the last word may have another ending."""
    if words[:_START] not in _STARTS and words[:_SHORTEST_STEM] not in _SHORT_STEMS:
        return ()
    ends = range(len(words), words.rfind(" ") + _SHORTEST_STEM, -1)
    return (*_WHOLE.get(words, ()), *chain.from_iterable(_STEMS.get(words[:end], ()) for end in ends))


_START = 3  # number of first letters that rule out most words
_STARTS = frozenset(text[:_START] for text in (*_WHOLE, *_STEMS))
_SHORT_STEMS = frozenset(text for text in _STEMS if len(text) < _START)

_SECOND_WORDS: defaultdict[str, set[str]] = defaultdict(set)
"""Maps the first word of a phrase to the first letters of its second word."""
for _text in (*_WHOLE, *_STEMS):
    if " " in _text:
        _first, _second, *_ = _text.split(" ")
        _SECOND_WORDS[_first].add(_second[:_SHORTEST_STEM])
