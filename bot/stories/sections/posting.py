"""Recognise an author's talk by what it is about: a short paragraph at an end of a text in the words of posting.

`bot.stories.sections.notes` knows phrases; nobody can list all of them. Here words have points instead: the words of
posting from `bot.stories.vocabulary`, an address of readers, faces and brackets speak for talk; what narrates, and the
names of the story, speak against it. Where it is unclear, the paragraph is prose.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import is_closed
from bot.stories.sections.notes import is_talk, letter_follows
from bot.stories.vocabulary import VOCABULARIES

Kind = Literal["certain", "rare", "common", "readers", "narrating"]

AT_AN_END = 4
"""Paragraphs from an end of a text at most: one farther in is never talk."""

_MOST_WORDS = 60  # words of such a paragraph at most
_POINTS: dict[Kind, int] = {"certain": 3, "rare": 2, "common": 1, "readers": 1, "narrating": -1}
_MOST_AGAINST = -3  # points that narrating words take at most: talk may tell what a story is about
_LEAST = 3  # points of talk, one more for every `_WORDS_A_POINT` words
_WORDS_A_POINT = 20
_ONLY_ADDRESS = 2  # points less where only common words and an address of readers speak for talk
_LETTER = 3  # points more where a letter opens or closes beside the paragraph
_LONGEST_PHRASE = 3  # words
_SHORTEST_STEM = 2  # letters
_SALUTATION_WORDS = 6
_AROUND = 4  # paragraphs on either side in which letters and chats are looked for
_CAPITALS_ARE_NOUNS = ("de",)

_WORD = re.compile(r"[^\W_](?:[\w/]|['’.-](?=\w))*")
_EMOJI = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u2604\u2639-\u263B\u2661\u2665\u2728\u2763\u2764\u2B50]")
_FACE = re.compile(
    r"(?:^|\s)(?:[:;=]['-]?[)(DPp3]|<3|x[xX]?D|XD|[\^>][_.o]?[\^<]|[oO][._][oO])(?=\s|[.!,)]|$)|\^[_.o-]?\^"
)
_LOUD = re.compile(r"[!?！？]{2}|~\s*$")
_QUOTED = re.compile(r"[\"“„«「『][^\"“”„«»「」『』]{2,400}[.,!?。！？…][\"”“»」』]")
_NAME = re.compile(r"(?<=[\w,;] )[A-ZÀ-ÖØ-ÞА-ЯЁŁŚŻŹĆ][^\W\d_]{2,}")
_CHAT = re.compile(r"\s*\[?[^\W_][\w .-]{0,20}\]?\s?[:：]\s?\S")


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a list of posting words: the same entry counts once in a paragraph."""

    language: str
    kind: Kind
    text: str


def _entries() -> Iterator[_Entry]:
    for language, vocabulary in VOCABULARIES.items():
        for kind in get_args(Kind):
            for text in vocabulary.posting.get(kind, "").split(","):
                if text.strip():
                    yield _Entry(language, kind, " ".join(text.split()))


def _is_amid(entry: _Entry) -> bool:
    return entry.text.startswith("*") or not VOCABULARIES[entry.language].has_spaces


def _amid_pattern(language: str) -> re.Pattern[str]:
    """Return a pattern for all entries that may begin amid letters; Latin ones must stand alone."""
    texts = sorted((text for of, text in _AMID if of == language), key=len, reverse=True)
    return re.compile("|".join(rf"(?<![a-z]){text}(?![a-z])" if text.isascii() else re.escape(text) for text in texts))


_WHOLE: defaultdict[str, list[_Entry]] = defaultdict(list)
_STEMS: defaultdict[str, list[_Entry]] = defaultdict(list)
for _entry in (entry for entry in _entries() if not _is_amid(entry)):
    (_STEMS if _entry.text.endswith("*") else _WHOLE)[_entry.text.rstrip("*")].append(_entry)
_AMID = {(entry.language, entry.text.strip("*")): entry for entry in _entries() if _is_amid(entry)}
_AMID_PATTERNS = {language: _amid_pattern(language) for language in sorted({language for language, _ in _AMID})}


def is_posting(blocks: Sequence[Block], i: int, *, is_beside_notes: bool = False) -> bool:
    """Return whether block *i*, at an end of *blocks*, is its author's talk in the words of posting.

    Where it *is_beside_notes*, or a rule sets it off from the story, less is asked for.
    """
    block = blocks[i]
    if block.is_rule or block.words > _MOST_WORDS or is_talk(block):
        return False
    found = _points(block.text)
    if found is None:
        return False
    language, points = found
    least = _LEAST + (block.words - 1) // _WORDS_A_POINT
    if points + is_beside_notes < least:
        return False
    around = [*blocks[max(0, i - _AROUND) : i], *blocks[i + 1 : i + 1 + _AROUND]]
    if 2 * sum(_CHAT.match(other.text) is not None for other in around) > len(around):
        return False
    if _is_by_a_letter(blocks, i):
        least += _LETTER
    if language not in _CAPITALS_ARE_NOUNS:
        points -= min(2, _names_of_the_story(block, blocks))
    return points + is_beside_notes >= least


@lru_cache(maxsize=256)  # each paragraph is asked about several times in a row
def _points(text: str) -> tuple[str, int] | None:
    """Return the language in which most speaks for talk, and its points; None where too little speaks for it."""
    signs = bool(_EMOJI.search(text) or _FACE.search(text)) + is_closed(text)
    others = signs + (_LOUD.search(text) is not None) - (_QUOTED.search(text) is not None)
    best: tuple[str, int] | None = None
    for language, entries in _found(text.lower().replace("’", "'")).items():
        speaking = [entry for entry in entries if entry.kind != "narrating"]
        kinds = {entry.kind for entry in speaking}
        if language != "en" and not any(entry.text not in _LOANS for entry in speaking):
            continue  # loan words stand in English talk, too
        is_strong = bool(kinds & {"certain", "rare"})
        if "certain" not in kinds and (len(speaking) + is_strong * signs < 2 or not (signs or kinds - {"common"})):
            continue
        against = -(len(entries) - len(speaking))
        points = (
            sum(_POINTS[entry.kind] for entry in speaking)
            + max(_MOST_AGAINST, against)
            + others
            - (0 if signs or is_strong else _ONLY_ADDRESS)
        )
        if best is None or points > best[1]:
            best = language, points
    return best


def _found(text: str) -> dict[str, set[_Entry]]:
    """Return the entries that stand in *text*, by language; words of a phrase count only as that phrase."""
    found: defaultdict[str, set[_Entry]] = defaultdict(set)
    if not text.isascii():
        for language, pattern in _AMID_PATTERNS.items():
            if matches := pattern.findall(text):
                found[language] = {_AMID[language, match] for match in matches}
    words = _WORD.findall(text)
    taken: defaultdict[str, set[int]] = defaultdict(set)
    for length in range(_LONGEST_PHRASE, 0, -1):
        for at in range(len(words) - length + 1):
            if words[at] not in _OPENING_PHRASES if length > 1 else words[at][:_SHORTEST_STEM] not in _STARTS:
                continue
            for entry in _entries_for(" ".join(words[at : at + length])):
                places = range(at, at + length)
                if taken[entry.language].isdisjoint(places):
                    taken[entry.language].update(places)
                    found[entry.language].add(entry)
    return found


def _entries_for(words: str) -> Iterator[_Entry]:
    """Yield the entries that *words* are, or of whose stems they begin with: only the last word has another ending."""
    yield from _WHOLE.get(words, ())
    for end in range(len(words), words.rfind(" ") + _SHORTEST_STEM, -1):
        yield from _STEMS.get(words[:end], ())


_STARTS = frozenset(text[:_SHORTEST_STEM] for text in (*_WHOLE, *_STEMS))
"""The first letters of all entries, by which most words are known to be none."""

_OPENING_PHRASES = frozenset(text.partition(" ")[0] for text in (*_WHOLE, *_STEMS) if " " in text)
"""The first words of all entries of several words."""

_LOANS = {
    entry.text for entry in _entries() if any(same.language == "en" for same in _entries_for(entry.text.rstrip("*")))
}
"""Entries of other languages that are English words, too."""


def _is_by_a_letter(blocks: Sequence[Block], i: int) -> bool:
    """Return whether a letter opens or closes beside block *i*: a few words and a comma on a line."""
    around = [*blocks[max(0, i - _AROUND) : i], *blocks[i + 1 : i + 1 + _AROUND]]
    short = (line.strip() for block in around for line in block.lines if len(line.split()) <= _SALUTATION_WORDS)
    return letter_follows(around) or letter_follows(around[_AROUND:]) or any(line[-1:] in (",", "，") for line in short)


def _names_of_the_story(block: Block, blocks: Sequence[Block]) -> int:
    """Return how many names in *block* stand in other paragraphs, too."""
    names = set(_NAME.findall(block.text))
    return sum(any(name in other.text for other in blocks if other is not block) for name in names)
