"""Find the words of people who post a story (``my fic``, ``beta``, ``hope you enjoy``) in a line.

The words are under ``posting`` in `bot.stories.vocabulary`, in kinds. They are the signs of an author: what characters
also write to each other is not among the strong kinds.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import Literal, NamedTuple, get_args

from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import is_closed
from bot.stories.sections.lines import has_speech
from bot.stories.vocabulary import SEVERAL, VOCABULARIES

Kind = Literal["certain", "rare", "common", "narrating"]
"""Kind of a word; ``docs/languages.md`` explains them."""

_POINTS: Mapping[Kind, int] = {"certain": 3, "rare": 2, "common": 1, "narrating": -1}

_SEARCHED = 600  # maximum characters of a line that are searched
_LONGEST_PHRASE = 4  # maximum words of an entry
_SHORTEST_STEM = 2  # minimum letters of a stem
_WRITTEN_IN = {
    "ar": re.compile("[\u0621-\u064a]"),
    "ja": re.compile("[\u3041-\u30ff]"),
    "zh": re.compile("[\u3400-\u9fff]"),
}
"""Scripts of the languages whose entries need no word boundary; a text without the script has none of these entries."""

_WORD = re.compile(r"[^\W_](?:[\w/]|['’.&-](?=\w))*")
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
_ENGLISH = {entry.text.rstrip("*") for entry in _ENTRIES if entry.language == "en"}
_INNER_LANGUAGES = sorted({language for language, _ in _INNER})


@dataclass(frozen=True, slots=True)
class Remark:
    """The words of people who post in a text, in the language that has the most points."""

    kinds: Mapping[Kind, int]
    """Number of words of each kind."""
    points: int
    words: tuple[str, ...] = ()
    """Words that speak for an author, as the vocabulary has them."""

    @property
    def is_strong(self) -> bool:
        """Whether a word is one that stories seldom or hardly have."""
        return "certain" in self.kinds or "rare" in self.kinds


_NONE = Remark({}, 0)
_LEAST, _WEAK = 2, 3  # minimum points of a sign; minimum without a strong word
_WORDS_A_POINT = 40


@lru_cache(maxsize=512)  # a line is asked by its neighbours, too
def read_remark(text: str) -> Remark:
    """Return the words of people who post in *text*, of which the first `_SEARCHED` characters are searched."""
    listed = _entries_in(_STRETCHED.sub(r"\1", text[:_SEARCHED].lower()).replace("’", "'"))
    return max((_remark(language, entries) for language, entries in listed.items()), key=_points_of, default=_NONE)


def _remark(language: str, entries: Collection[_Entry]) -> Remark:
    """Return the remark of *entries* in a *language*; one in loan words alone is an English one."""
    if language != "en" and all(entry.text.rstrip("*") in _ENGLISH for entry in entries):
        return _NONE
    kinds: Mapping[Kind, int] = Counter([entry.kind for entry in entries])
    words = sorted(entry.text.strip("*") for entry in entries if _POINTS[entry.kind] > 0)
    return Remark(kinds, sum(_POINTS[kind] * count for kind, count in kinds.items()), tuple(words))


def _points_of(remark: Remark) -> int:
    return remark.points


def has_remark(block: Block, least: int = _WEAK) -> bool:
    """Return whether *block* has enough words of an author to readers to be a sign of one.

    It needs a strong word, or several others, of *least* points; emoticons and brackets around everything count, too.
    The longer the text, the more it needs. Speech, a message to a character, and a letter's P.S. have none.
    """
    text = block.text
    remark = read_remark(text)
    needed = min(_LEAST, least) + (block.words - 1) // _WORDS_A_POINT
    if not remark.words or remark.points + 3 < needed:  # a face and the brackets give three more at most
        return False
    if has_speech(text) or is_message(block) or _POSTSCRIPT.match(text):
        return False
    points = remark.points + bool(EMOJI.search(text) or FACE.search(text)) + 2 * is_closed(text)
    return (remark.is_strong or points >= least) and points >= needed


_POSTSCRIPT = re.compile(r"\W*p\.? ?s\b", re.I)
EMOJI = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u2604\u2639-\u263B\u2661\u2665\u2728\u2763\u2764\u2B50]")
FACE = re.compile(
    r"(?:^|\s)(?:[:;=]['-]?[)(DPp3]|<3|x[xX]?D|XD|[\^>][_.o]?[\^<]|[oO][._][oO])(?=\s|[.!,)]|$)|\^[_.o-]?\^"
)


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
        for language in (each for each in _INNER_LANGUAGES if _WRITTEN_IN[each].search(text)):
            if entries := {_INNER[language, each[0]] for each in _inner_pattern(language).finditer(text)}:
                found[language] = entries
    words = _WORD.findall(text)
    taken: defaultdict[str, set[int]] = defaultdict(set)
    phrases = [
        at
        for at, (first, second) in enumerate(pairwise(words))
        if first in _SECOND_WORDS and second[:_SHORTEST_STEM] in _SECOND_WORDS[first]
    ]
    lengths = [(at, n) for n in range(_LONGEST_PHRASE, 1, -1) for at in phrases if at + n <= len(words)]
    known = [(range(at, at + n), _entries_for(" ".join(words[at : at + n]))) for at, n in lengths]
    known += [(range(at, at + 1), entries) for at, word in enumerate(words) if (entries := _entries_for(word))]
    for places, entries in known:
        for entry in entries:
            if taken[entry.language].isdisjoint(places):
                taken[entry.language].update(places)
                found[entry.language].add(entry)
    return found


@lru_cache(maxsize=1 << 14)
def _counts_for_remark(words: str) -> bool:
    """Return whether *words* are an entry with positive points."""
    return any(_POINTS[entry.kind] > 0 for entry in _entries_for(words))


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
