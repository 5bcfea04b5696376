"""Recognise an author's remark by its subject: a short paragraph in the words of posting at an end of a text.

`bot.stories.sections.notes` has phrases, but no list of phrases is complete. Here words have points. Words of posting
(``posting`` in `bot.stories.vocabulary`), an address of readers, emoticons and brackets count for a remark. So do an
"I" and a "you" if the neighbouring story has none, and careless typing beside careful typing. Narrating words, and
names of the story, count against a remark. It needs at least one word that stories hardly have. An unclear paragraph is
prose.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import Literal, NamedTuple, get_args

from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import is_closed
from bot.stories.sections.notes import is_speech, letter_follows, unquoted
from bot.stories.vocabulary import SEVERAL, VOCABULARIES

Kind = Literal["certain", "rare", "common", "readers", "narrating", "self", "you", "opening"]

AT_AN_END = 4
"""Number of paragraphs at each end of a text that may be remarks."""

_MOST_WORDS = 60  # maximum words of a remark
_POINTS: dict[Kind, int] = {
    "certain": 3,
    "rare": 2,
    "common": 1,
    "readers": 1,
    "narrating": -1,
    "self": 0,
    "you": 0,
    "opening": 2,
}
_APART: dict[Kind, int] = {"self": 2, "you": 1}
"""Extra points for words of a kind, if the neighbouring story has none outside of speech."""
_CARELESS = 1  # extra points if the paragraph is typed with less care than the neighbouring story
_MOST_APART = sum(_APART.values()) + _CARELESS
_STORY_BLOCKS = 30  # maximum paragraphs of the story that are compared
_CAREFUL_SHARE = 0.75  # minimum share of careful paragraphs in a story typed with care
_FAR_FROM_END = 5  # minimum paragraphs compared; those at the other end of the text may be remarks, too
_STORY_CHARS = 120  # minimum characters of narration in the compared paragraphs
_MOST_COMPARED_CHARS = 1500  # maximum characters compared of each paragraph
_MOST_AGAINST = -3  # minimum sum of the points for narrating words: a remark may tell what a story is about
_LEAST = 3  # minimum points of a remark, plus one for every `_WORDS_A_POINT` words
_WORDS_A_POINT = 20
_WITHOUT_STRONG = 2  # points off without a rare or certain word, an emoticon or brackets
_AFTER_THE_END = 2  # extra points if the paragraph begins with an end mark
_LETTER = 3  # extra points required near the opening or the closing of a letter
_STRONG_KINDS: frozenset[Kind] = frozenset(["certain", "rare"])
"""Kinds of words of which a remark needs at least one; all other kinds only change the points."""
_REACHED_WORDS = 25  # maximum words of a paragraph that gives the author's handle or address
_LONGEST_PHRASE = 3  # maximum words of an entry
_SHORTEST_STEM = 2  # minimum letters of a stem
_SALUTATION_WORDS = 6  # maximum words of a line that opens or closes a letter
_NEARBY = 4  # neighbouring paragraphs examined on each side
_CAPITALISED_NOUNS = ("de",)  # languages in which a capital does not show a name
_WRITTEN_IN = {
    "ar": re.compile("[\u0621-\u064a]"),
    "ja": re.compile("[\u3041-\u30ff]"),
    "zh": re.compile("[\u3400-\u9fff]"),
}
"""Scripts of the languages whose entries need no word boundary; a text without the script has none of these entries."""

EMOJI = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u2604\u2639-\u263B\u2661\u2665\u2728\u2763\u2764\u2B50]")
_WORD = re.compile(r"[^\W_](?:[\w/]|['’.-](?=\w))*")
_FACE = re.compile(
    r"(?:^|\s)(?:[:;=]['-]?[)(DPp3]|<3|x[xX]?D|XD|[\^>][_.o]?[\^<]|[oO][._][oO])(?=\s|[.!,)]|$)|\^[_.o-]?\^"
)
_LOUD = re.compile(r"[!?！？]{2}|~\s*$|(?!w)([a-zà-ÿа-яё])\1{2}")
_REACHED_AT = re.compile(r"(?<![\w.])@[\w.]*[^\W\d][\w.]{2,}|https?://\S|\bwww\.\w")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_QUOTED = re.compile(r"[\"“„«「『][^\"“”„«»「」『』]{2,400}[.,!?。！？…][\"”“»」』]")
_NAME = re.compile(r"(?<=[\w,;] )[A-ZÀ-ÖØ-ÞА-ЯЁŁŚŻŹĆ][^\W\d_]{2,}")
_DASHED = re.compile(r"\s*[—–-]")
_CAREFUL_START = re.compile(r"[^\w]*(?:[^\W\d_a-zß-öø-ÿа-яё]|\d)")
_CAREFUL_END = re.compile(r"[.!?…。！？؟—–][\"”»“’'」』）)*_]*\s*$|[\"”»」』]\s*$")
_DATE_LINE = re.compile(r"(?:\w+,? )?\d{1,2}(?:st|nd|rd|th|\.|er|º)? (?:de )?[^\W\d_]{3,12}\.?(?:,? (?:de )?\d{2,4})?")


class _Entry(NamedTuple):
    """A word or a phrase of posting in one language; it counts once in a paragraph."""

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


def is_posting(blocks: Sequence[Block], i: int, *, is_beside_notes: bool = False) -> bool:
    """Return whether block *i*, at an end of *blocks*, is its author's remark about the post.

    A block beside notes or a rule (*is_beside_notes*) needs one point less.
    """
    block = blocks[i]
    if block.is_rule or block.words > _MOST_WORDS or is_speech(block) or _DASHED.match(block.text):
        return False
    if block.words <= _REACHED_WORDS and _gives_address(blocks, i):
        return True
    if is_message(block) or _is_addressed(blocks, i):
        return False
    found = [each for each in _points(block.text) if each.kinds & _STRONG_KINDS]
    least = _LEAST + (block.words - 1) // _WORDS_A_POINT - is_beside_notes
    if not found or max(each.points for each in found) + _MOST_APART < least:
        return False
    if _is_near_letter(blocks, i):
        least += _LETTER
    beside = _NearbyStory.of(blocks, i)
    names = min(2, _names_of_the_story(block, blocks))
    return any(
        each.points + beside.points(block, each) - (0 if each.language in _CAPITALISED_NOUNS else names) >= least
        for each in found
    )


def is_message(block: Block) -> bool:
    """Return whether *block* is a character's message: it begins with a name and a colon, and has no label."""
    match = _MESSAGE.match(block.text) if block.labels is None else None
    return match is not None and not any(map(_counts_for_remark, match["name"].lower().split()))


_CAPITALISED = r"[^\W\d_a-zß-öø-ÿа-яё][\w.'’-]*"
_NAMED = rf"(?!(?i:q|ps)\b)[^\W\d_][\w.'’-]{{0,20}}|{_CAPITALISED}(?: {_CAPITALISED}){{1,3}}"
_MESSAGE = re.compile(rf"[\[<*]*(?P<name>{_NAMED})[\]>*]*\s?(?::\s+|：)\S")


def _is_addressed(blocks: Sequence[Block], i: int) -> bool:
    """Return whether block *i* and a neighbour begin with a handle or a speaker, as in a story of messages."""
    near = (*blocks[max(0, i - _NEARBY) : i], *blocks[i + 1 : i + 1 + _NEARBY])
    return _ADDRESSED.match(blocks[i].text) is not None and any(_ADDRESSED.match(other.text) for other in near)


_ADDRESSED = re.compile(r"@\w|\w{1,8}[「『]")


def _gives_address(blocks: Sequence[Block], i: int) -> bool:
    """Return whether block *i* gives a handle or an address where its author is found, and the story has none."""
    if not _REACHED_AT.search(blocks[i].text):
        return False
    beside = [*blocks[max(0, i - _STORY_BLOCKS) : max(0, i - _NEARBY)], *blocks[i + 1 + _NEARBY : i + _STORY_BLOCKS]]
    return bool(beside) and not any(_REACHED_AT.search(other.text[:_MOST_COMPARED_CHARS]) for other in beside)


def begins_with_greeting(text: str) -> bool:
    """Return whether a short *text* begins with a greeting to readers."""
    return _has_words_of(text, "opening")


def addresses_readers(text: str) -> bool:
    """Return whether a short *text* addresses readers: ``Dear all,``."""
    return _has_words_of(text, "readers")


def _has_words_of(text: str, kind: str) -> bool:
    found = _entries_in(text.lower().replace("’", "'"))
    return any(entry.kind == kind for entries in found.values() for entry in entries)


@dataclass(frozen=True, slots=True)
class _Score:
    """Points for an author's remark in one language, and the kinds of its words."""

    language: str
    points: int
    kinds: frozenset[Kind]


def posting_points(text: str) -> int:
    """Return the points of *text* as an author's remark, in the language with the most points."""
    return max((each.points for each in _points(text)), default=0)


@lru_cache(maxsize=256)  # each paragraph is tested several times in a row
def _points(text: str) -> tuple[_Score, ...]:
    """Return the points of *text* as an author's remark, for each language with enough words of posting."""
    listed = _entries_in(_STRETCHED.sub(r"\1", text.lower()).replace("’", "'"))
    if not listed:
        return ()
    signs = bool(EMOJI.search(text) or _FACE.search(text)) + is_closed(text)
    is_loud = _LOUD.search(text) is not None
    others = signs + is_loud - (_QUOTED.search(text) is not None)
    found: list[_Score] = []
    for language, entries in listed.items():
        is_ended = _end_mark_pattern(language).match(text) is not None
        kinds: frozenset[Kind] = frozenset((*(entry.kind for entry in entries), *(["certain"] if is_ended else [])))
        speaking = [entry for entry in entries if _POINTS[entry.kind] > 0]
        if language != "en" and all(_is_loan(entry.text) for entry in speaking):
            continue  # English remarks have these loan words, too
        is_strong = bool(kinds & {"certain", "rare"})
        few = len(speaking) + is_strong * (signs + is_loud) < 2
        if not speaking or (
            "certain" not in kinds and (few or not (signs or is_loud or kinds - {"common", "narrating"}))
        ):
            continue
        points = (
            sum(_POINTS[entry.kind] for entry in speaking)
            + _AFTER_THE_END * is_ended
            + max(_MOST_AGAINST, -sum(entry.kind == "narrating" for entry in entries))
            + others
            - (0 if signs or is_strong else _WITHOUT_STRONG)
        )
        found.append(_Score(language, points, kinds))
    return tuple(found)


@cache
def _end_mark_pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of a language's end mark before an author's words: ``Continuará. ¡Gracias!``"""
    marks = "|".join(VOCABULARIES[language].end_marks) or r"(?!)"
    return re.compile(rf"\W*(?:{marks})\W*[.!…。！~]\W*(?=\w)", re.I)


@dataclass(frozen=True, slots=True)
class _NearbyStory:
    """Text of the story near a block, for comparison with the block."""

    narration: str
    """Text outside of speech, in lower case; empty if it is too short for a comparison."""
    is_careful: bool
    """Whether most paragraphs begin with a capital and end in punctuation."""

    @classmethod
    def of(cls, blocks: Sequence[Block], i: int) -> _NearbyStory:
        """Return the story near block *i*: below it at the beginning of *blocks*, above it at the end."""
        above, below = blocks[max(0, i - _STORY_BLOCKS) : i], blocks[i + 1 : i + 1 + _STORY_BLOCKS]
        if len(below) > len(above):
            far = below[: max(_FAR_FROM_END, len(blocks) - AT_AN_END - i)]
        else:
            far = above[min(AT_AN_END, max(0, i - _FAR_FROM_END)) if i <= _STORY_BLOCKS else 0 :]
        texts = [block for block in far if not block.is_rule]
        narrated = " ".join(
            unquoted(block.text[:_MOST_COMPARED_CHARS]) for block in texts if not _DASHED.match(block.text)
        )
        careful = sum(bool(_CAREFUL_START.match(each.text) and _CAREFUL_END.search(each.text[-8:])) for each in texts)
        if len(narrated) < _STORY_CHARS:
            return cls("", is_careful=False)
        return cls(narrated.lower().replace("’", "'"), careful >= _CAREFUL_SHARE * len(texts))

    def points(self, block: Block, speaking: _Score) -> int:
        """Return extra points of *block*, whose score is *speaking*, for its differences from the story."""
        points = 0
        if self.narration:
            for kind, more in _APART.items():
                pattern = _apart_pattern(speaking.language, kind)
                if kind in speaking.kinds and pattern is not None and not pattern.search(self.narration):
                    points += more
        text = block.text.strip()
        is_careless = text[:1].islower() or not _CAREFUL_END.search(text[-8:])
        return points + (_CARELESS if self.is_careful and is_careless else 0)


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
    pieces = [" ".join(words[at : at + n]) for at, n in lengths]
    if not found and not any(map(_counts_for_remark, pieces)) and not any(map(_counts_for_remark, words)):
        return found
    lengths += [(at, 1) for at in range(len(words))]
    for (at, length), piece in zip(lengths, (*pieces, *words), strict=True):
        if not (entries := _entries_for(piece)):
            continue
        places = range(at, at + length)
        for entry in entries:
            if entry.kind == "opening" and at > 0:
                continue
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


@cache
def _apart_pattern(language: str, kind: Kind) -> re.Pattern[str] | None:
    """Return the pattern of a language's words of *kind*, to search the story for them, or None."""
    entries = [entry for entry in _ENTRIES if (entry.language, entry.kind) == (language, kind)]
    if not entries:
        return None
    start = "" if any(map(_is_inner, entries)) else r"(?<!\w)"
    return re.compile(f"{start}(?:{'|'.join(map(_apart_form, entries))})")


def _apart_form(entry: _Entry) -> str:
    is_whole = not _is_inner(entry) and not entry.text.endswith("*")
    return re.escape(entry.text.strip("*")) + (r"(?!\w)" if is_whole else "")


_START = 3  # number of first letters that rule out most words
_STARTS = frozenset(text[:_START] for text in (*_WHOLE, *_STEMS))
_SHORT_STEMS = frozenset(text for text in _STEMS if len(text) < _START)

_SECOND_WORDS: defaultdict[str, set[str]] = defaultdict(set)
"""Maps the first word of a phrase to the first letters of its second word."""
for _text in (*_WHOLE, *_STEMS):
    if " " in _text:
        _first, _second, *_ = _text.split(" ")
        _SECOND_WORDS[_first].add(_second[:_SHORTEST_STEM])


@cache
def _is_loan(text: str) -> bool:
    """Return whether the *text* of an entry is also an English entry."""
    return any(same.language == "en" for same in _entries_for(text.rstrip("*")))


def _is_near_letter(blocks: Sequence[Block], i: int) -> bool:
    """Return whether a letter opens or closes near block *i*: a short line that ends in a comma.

    A letter that opens below the block is the story and does not count.
    """
    above, below = blocks[max(0, i - _NEARBY) : i], blocks[i + 1 : i + 1 + _NEARBY]
    if len(above) < len(below) and any(map(_opens_letter, below)):
        below = below[: next(at for at, block in enumerate(below) if _opens_letter(block))]
    around = [*above, *below]
    short = (line.strip() for block in around for line in block.lines if len(line.split()) <= _SALUTATION_WORDS)
    return letter_follows(around) or letter_follows(around[_NEARBY:]) or any(line[-1:] in (",", "，") for line in short)


def _opens_letter(block: Block) -> bool:
    """Return whether *block* begins like a letter: with a short line that ends in a comma or colon, or with a date."""
    line = block.lines[0].strip()
    few = len(line.split()) <= _SALUTATION_WORDS
    return few and (line[-1:] in (",", "，", ":") or _DATE_LINE.fullmatch(line) is not None)


def _names_of_the_story(block: Block, blocks: Sequence[Block]) -> int:
    """Return the number of names in *block* that also occur in other blocks."""
    names = set(_NAME.findall(block.text))
    return sum(any(name in other.text for other in blocks if other is not block) for name in names)
