"""The words beside names, in dedications and in bylines: ``naming`` in `bot.stories.vocabulary`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.stories.folding import fold
from bot.stories.vocabulary import VOCABULARIES

_PARTICLES = frozenset(re.findall(r"\w+", "od от dari de da do dos del di du van von der of the la le el y al"))
_NAMING = ("pieces", "posts", "rounds", "topics", "days", "said", "signed", "wrote")

_ANNOUNCING = frozenset(f"{kind} word" for kind in ("pieces", "posts", "rounds", "topics", "signed")) | frozenset(
    ("a byline word", "a particle", "title label", "author label", "an article", "a count")
)
_LABELS = {"a chapter word": "part", "a part word": "part", "a heading of the east": "part", "a status": "status"}
_LONGEST_PHRASE = 5  # maximum tokens of a phrase of the vocabularies
_SHAPED = {
    "a rating": re.compile(r"(?<![\w-])(?:(?i:rated )?(?:PG(?:-?1\d)?|NC-?17|K\+?|[TRGME]|R-?18|1[268]\+))(?![\w'’-])"),
    "a copyright sign": re.compile(r"©|\([cс]\)", re.I),
    "a heading of the east": re.compile(
        r"第?[\d〇一二三四五六七八九十百]{1,4}[章節节回話话]|[\u2460-\u2473]|(?<=[（(])[上中下一二三四五六](?=[)）])"
    ),
}
_DIGIT = re.compile(r"\d")
_WITH_DIGITS = {
    "a count": re.compile(r"\d{1,3}\s?(?:/|of)\s?(?:\d{1,3}(?!\d)|\?+)"),
    "a date": re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}|\d{1,2}:\d\d(?::\d\d)?"),
    "a year": re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)"),
}
_PREPOSITIONS = re.findall(r"\w+", "on at in am um en em le il dnia as with without для в mit con avec com")
_ARTICLES = re.findall(r"\w+", "a an un une ein eine um uma una")
_SMALL_WORDS = {
    word: [kind for kind, words in (("an article", _ARTICLES), ("a preposition", _PREPOSITIONS)) if word in words]
    for word in (*_ARTICLES, *_PREPOSITIONS)
}
"""Kinds of words that only count as they are, without other accents."""
_WORD = re.compile(r"\b\w+")


def naming_pattern(kind: str) -> str:
    """Return a pattern for any word of *kind* under ``naming`` in the vocabularies; longer words are tried first."""
    words = {word for vocabulary in VOCABULARIES.values() for word in vocabulary.naming.get(kind, ())}
    return "|".join(sorted(words, key=len, reverse=True))


def kinds_in(text: str, spans: Sequence[tuple[int, int]]) -> list[set[str]]:
    """Return the kinds of the phrases that each token of *text* is in; *spans* are the places of the tokens."""
    found: list[set[str]] = [set() for _ in spans]
    words = [fold(text[start:end]) for start, end in spans]
    kinds_of, longest_phrases = _kinds_of_phrases(), _longest_phrases()
    for i, first in (each for each in enumerate(words) if each[1] in longest_phrases):
        for last in range(i, min(i + longest_phrases[first], len(spans))):
            if kinds := kinds_of.get(first if last == i else fold(text[spans[i][0] : spans[last][1]])):
                for each in found[i : last + 1]:
                    each.update(kinds)
    for each, (start, end) in zip(found, spans, strict=True):
        kinds = _SMALL_WORDS.get(text[start:end].lower())
        if kinds is not None and (word := _WORD.match(text, start)) is not None and word.end() == end:
            each.update(kinds)
    for kind, pattern in (*_SHAPED.items(), *(_WITH_DIGITS.items() if _DIGIT.search(text) else ())):
        for match in pattern.finditer(text):
            for each, (start, end) in zip(found, spans, strict=True):
                if match.start() <= start and end <= match.end():
                    each.add(kind)
    return found


def label_of(kinds: Sequence[Sequence[str]]) -> str | None:
    """Return the label of a detail beside a title, by the *kinds* of its words; None if it only announces a name."""
    if all(not _ANNOUNCING.isdisjoint(each) for each in kinds):
        return None
    if all("a rating" in each for each in kinds):
        return "rating"
    return next((label for kind, label in _LABELS.items() if kind in kinds[0]), "tags")


@cache
def _kinds_of_phrases() -> dict[str, frozenset[str]]:
    """Return the kinds of each phrase that people type beside titles and names; phrases are in folded letters."""
    found: dict[str, set[str]] = {}
    for vocabulary in VOCABULARIES.values():
        listed = {
            "a byline word": vocabulary.bylines,
            "a particle": _PARTICLES,
            "a chapter word": vocabulary.headings.get("chapters", []),
            "a part word": vocabulary.headings.get("parts", []),
            "a number word": [word for words in vocabulary.number_words for word in words.split()],
            "a status": [phrase for phrases in vocabulary.statuses.values() for phrase in phrases],
            **{f"{kind} label": words for kind, words in vocabulary.labels.items()},
            **{f"{kind} word": vocabulary.naming.get(kind, []) for kind in _NAMING},
        }
        listed["leave word"] = [*vocabulary.letter_closings, *vocabulary.naming.get("leave", [])]
        for kind, patterns in listed.items():
            for phrase in (phrase for pattern in patterns for phrase in spelled(pattern)):
                found.setdefault(fold(phrase), set()).add(kind)
    return {phrase: frozenset(kinds) for phrase, kinds in found.items()}


_FIRST_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|\S")


@cache
def _longest_phrases() -> dict[str, int]:
    """Return, for each first word of a phrase, how many tokens a phrase with it may have."""
    found: dict[str, int] = {}
    for phrase in _kinds_of_phrases():
        first = _FIRST_WORD.match(phrase)
        if first is not None:
            found[first[0]] = max(found.get(first[0], 0), 1 if first[0] == phrase else _LONGEST_PHRASE)
    return found


_VARIED = re.compile(r"(?:\(\?:(?P<group>[^()]*)\)|\[(?P<letters>\w+)\]|\\?(?P<one>[^\\()\[\]|]))(?P<may>\??)")


def spelled(pattern: str) -> Iterator[str]:
    """Yield the phrases that *pattern* of a vocabulary matches; none if it has a repetition."""
    pattern = re.sub(r"\\w[*+]", "", pattern)
    varied = next((each for each in _VARIED.finditer(pattern) if each["one"] is None or each["may"]), None)
    if varied is None:
        yield from () if re.search(r"\\\w|[*+]", pattern) else (pattern.replace("\\", ""),)
        return
    options = (varied["group"] or "").split("|") if varied["one"] is None else [varied["one"]]
    options = [*varied["letters"]] if varied["letters"] else options
    for option in (*options, "") if varied["may"] else options:
        yield from spelled(pattern[: varied.start()] + option + pattern[varied.end() :])
