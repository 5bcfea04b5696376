"""Recognise an author's note without a label.

This module takes a paragraph for a note only if it has a phrase that only authors say to readers; the phrases are in
`bot.stories.vocabulary`. Speech in quotation marks does not count. An unclear paragraph is prose.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import cache, lru_cache

from bot.stories.sections.blocks import Block
from bot.stories.vocabulary import VOCABULARIES, in_small_letters


class Evidence(IntEnum):
    """Evidence that a paragraph is a note, weakest first; notes that outweigh the story need stronger evidence."""

    PLACE = 0
    """The paragraph stands between a remark by the author to readers and a rule or the end of the text."""
    WORDS = 1
    """The paragraph contains an author's phrase."""
    LABEL = 2
    """The paragraph has a label above or before it."""


MOST_NOTES = 2_000
"""Maximum number of blocks searched for notes at each end of a text."""

_UNDECIDED_WORDS = 60  # maximum words of a paragraph that may be a note without an author's phrase
_SEARCHED = 3000  # characters at each end of a paragraph that are searched for phrases
_SPACES = re.compile(r"\s{9,}")
_SIGNS = re.compile(r"(?:[^\w\s]\s{0,8}){40,}")  # long runs of signs, in which the search for phrases is slow
_SPEECH = re.compile(r"[\"“„«][^\"“”„«»]{0,2000}[\"”»“]?|「[^「」]{0,2000}」|『[^『』]{0,2000}』")
_DIALOGUE_START = re.compile(r"\s*(?:[\"“„«「『]|[—–]\s?\S)")
_TAGGED = re.compile(
    r"[,!?.…—–-][\"”»]\s*,?\s*(?:\w+\s+){0,3}?(?:said|says|asked|asks|whisper|mutter|repl|shout|yell|sigh|murmur|answer|told)",
    re.I,
)


# Searching text in lower case is two to three times as fast as ignoring case. Patterns are compiled on first use, since
# a process that reads no text needs none.


@cache
def _author_patterns(language: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Return patterns of an author's phrases, for text in lower case and for text as typed; None if there are none."""
    vocabulary = VOCABULARIES[language]
    phrases = [phrase for phrases in vocabulary.telling.values() for phrase in phrases]
    if not vocabulary.has_spaces:
        return None, re.compile("|".join(phrases))
    typed = [phrase for phrase in phrases if "(?-i:" in phrase]  # phrases that only capitals distinguish
    small = [in_small_letters(phrase) for phrase in phrases if phrase not in typed]
    return _whole_words(small, re.M), _whole_words(typed, re.I | re.M)


def _whole_words(phrases: Sequence[str], flags: re.RegexFlag) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", flags) if phrases else None


@cache
def _question_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns of questions to readers, for languages with and without spaces between words."""
    spaced, others = (
        "|".join(phrase for each in VOCABULARIES.values() if each.has_spaces == has_spaces for phrase in each.asking)
        for has_spaces in (True, False)
    )
    return re.compile(rf"(?<!\w)(?:{spaced})"), re.compile(others)


_STEMS: defaultdict[str, list[str]] = defaultdict(list)
"""Languages of each stem."""

for _language, _vocabulary in VOCABULARIES.items():
    for _stem in _vocabulary.stems:
        _STEMS[_stem].append(_language)
_START = 2  # number of first letters by which a stem is looked up
_STEMS_FROM: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
"""Maps first letters to pairs: the longest word of a stem, and the whole stem."""
for _stem in _STEMS:
    _longest = max(_stem.split(), key=len)
    _STEMS_FROM[_longest[:_START]].append((_longest, _stem))
_LENGTHS = sorted(set(map(len, _STEMS_FROM)))


_EPISODE = re.compile(r"\d[xXeE]\d")  # ``2x07``; this and ``AU`` are English phrases without a stem
_GREETINGS = frozenset(word for vocabulary in VOCABULARIES.values() for word in vocabulary.greetings)
_FACE_SIGNS = ("^", ":", ";", "=", "<", "(", "o.o", "o_o")
_FACE = re.compile(r"\^[_.oOwW-]?\^|[:;=]-?[)DPp3]|<3|\([^\w\s]{1,3}[\w^・_.]{1,3}[^\w\s]{1,3}\)|[oO][._][oO]")
_GREETING_CHARS = 80  # maximum characters of a greeting


def _has_any(signs: Iterable[str], text: str) -> bool:
    return any(sign in text for sign in signs)


def is_telling(block: Block) -> bool:
    """Return whether *block* has a phrase that only authors say: a disclaimer, a plea for reviews, thanks."""
    return _has_author_phrase(_searched_text(block))


@lru_cache(maxsize=256)  # each paragraph is tested several times in a row
def _has_author_phrase(text: str) -> bool:
    languages = _languages_in(text)
    if not languages or _has_speech(text):
        return False
    said = unquoted(text)
    small = said.lower()
    return any(
        (found is not None and found.search(small)) or (as_typed is not None and as_typed.search(said))
        for found, as_typed in map(_author_patterns, languages)
    )


def _languages_in(text: str) -> set[str]:
    """Return the languages of the stems in *text*; no other language's phrases occur in it."""
    lowered = text.lower().replace("’", "'")
    stems = {stem for stems in set(map(_stems_in, lowered.split())) for stem in stems if stem in lowered}
    languages = {language for stem in stems for language in _STEMS[stem]}
    return languages | {"en"} if "AU" in text or _EPISODE.search(text) else languages


@lru_cache(maxsize=1 << 14)  # most words of a text are repeated
def _stems_in(word: str) -> tuple[str, ...]:
    """Return the stems in *word*; a stem of several words counts if its longest word is there."""
    starts = [word[at : at + length] for length in _LENGTHS for at in range(len(word) - length + 1)]
    near = (each for start in starts if start in _STEMS_FROM for each in _STEMS_FROM[start])
    return tuple({stem for part, stem in near if part in word})


def is_greeting(text: str) -> bool:
    """Return whether *text* is only a greeting and an emoticon: ``^o^ Hello hello ^o^``."""
    if len(text) > _GREETING_CHARS or not _has_any(_FACE_SIGNS, text.lower()) or not _FACE.search(text):
        return False
    words = re.findall(r"[^\W\d_]+", _FACE.sub(" ", text).lower())
    return bool(words) and all(word in _GREETINGS for word in words)


def is_asking(block: Block) -> bool:
    """Return whether *block* asks readers for an answer; a letter or a dialogue in a story may do so, too."""
    return block.is_line and _has_question(_searched_text(block))


@lru_cache(maxsize=256)
def _has_question(text: str) -> bool:
    if _has_speech(text):
        return False
    said = unquoted(text).lower()
    spaced, without_spaces = _question_patterns()
    return bool(spaced.search(said) or (not said.isascii() and without_spaces.search(said)))


def is_speech(block: Block) -> bool:
    """Return whether a character speaks in *block*."""
    return _has_speech(_searched_text(block))


def _has_speech(text: str) -> bool:
    if _DIALOGUE_START.match(text):
        return True
    return ('"' in text or "”" in text or "»" in text) and _TAGGED.search(text) is not None


def is_prose(block: Block) -> bool:
    """Return whether *block* is certainly prose: dialogue, or a long paragraph without an author's phrase."""
    return is_speech(block) or (block.words > _UNDECIDED_WORDS and not is_telling(block))


def _searched_text(block: Block) -> str:
    """Return the text of *block*, or the two ends of a long one, to keep the search fast."""
    text = block.text
    if len(text) <= 2 * _SEARCHED and "         " not in text:
        return text
    ends = text if len(text) <= 2 * _SEARCHED else f"{text[:_SEARCHED]} {text[-_SEARCHED:]}"
    return _SPACES.sub(lambda run: "\n" if "\n" in run[0] else " ", ends)


def unquoted(text: str) -> str:
    """Return *text* without speech in quotation marks."""
    return _SIGNS.sub("\n", _SPEECH.sub(" “” ", text.replace("’", "'")))


_CLOSING_WORDS = 30  # maximum words of a letter's closing
_CLOSING_PHRASES = "|".join(phrase for vocabulary in VOCABULARIES.values() for phrase in vocabulary.letter_closings)
_CLOSING = re.compile(
    r"(?:with |all |much |lots of |forever |always |ever )*"
    rf"(?:{_CLOSING_PHRASES})(?: \w+){{0,3}},(?:\s+\S+){{0,3}}\s*",
    re.I,
)


def letter_follows(blocks: Sequence[Block]) -> bool:
    """Return whether one of the first four *blocks* closes a letter; a question above then belongs to the letter."""
    few = (block for block in blocks[:4] if block.words <= _CLOSING_WORDS)
    return any(_CLOSING.fullmatch(" ".join(block.text.split())) for block in few)
