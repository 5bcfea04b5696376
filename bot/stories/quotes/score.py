"""How good a passage is as a quote, in points from 0 to 100.

The score is the sum of some twenty traits, each a named constant here or in `bot.stories.quotes.weights`. Most of it
is points for single words, which are the same whatever stands around them. The points were fitted to 600 passages of
fan fiction, one-shots and old books, each labelled as one that a reader would post, might post, or would not post.
Rare traits (talk with its answer, "the other one") were set by hand. Of a pair of passages the postable one scores
higher 84 times in 100, and 80 times in 100 in texts that the fit had not seen. Of passages with 60 points and more one
in eight would not have been posted, of those with 55 one in five, of those below 45 five in six.

The labelled passages are other people's text, so they are not shipped, and nobody can fit the points again. The points
are therefore frozen. Whoever changes one anyway adds the pair of passages that asks for it to
``tests/stories/quotes/test_score.py``, keeps the pairs that are there in order, and raises `PARSER_VERSION`.
"""

from __future__ import annotations

import re

from bot.stories.model import PARAGRAPH_BREAK
from bot.stories.quotes.speech import DASHES, speeches
from bot.stories.quotes.weights import ENGLISH, WordWeights
from bot.stories.sentences import sentences_of

SIMILE = 3
"""Points for one thing that is likened to another."""

VERSE_LINE = 0.5
"""The part of a sentence that a line of verse counts as."""

_START = 29  # points of a passage of which nothing is known
_MOST_FOR_WORDS = 24  # the most points that the words of a passage give together; they take half as many at most
# Points for each word of the average sentence, up to so many words: a sentence that takes its time says more.
_PER_WORD, _SLOW = 0.6, 25
_PER_SENTENCE, _SEVERAL = 2.5, 4  # points for each sentence, up to so many sentences
# Characters of a passage that is neither short, which says little, nor long, which nobody reads.
_FULL_CHARS = range(110, 221)
_VERY_SHORT = 70  # characters below which each missing character costs twice
_TOO_SHORT, _TOO_LONG = -0.175, -0.1  # points for each character that is missing, and for each that is too much
_FULL_NAME = 4  # points for a beginning with a name of two words: "Rhonda Maillet had known…"
_BACK_REFERENCE = -6  # points for a reference that only those understand who read what came before: "the other one"
# Characters in which it is looked for: further on, the passage itself may have named what is meant.
_BACK_REFERENCE_CHARS = 100
_TALK = -2  # points for speech, which depends on what came before more than narration does
_REPLY = -16  # points for speech that begins as an answer does
_SPEAKER = 2  # points for speech of somebody who is named; speech of somebody who is not loses as many
_SAID_CHARS, _SAYS_LITTLE = 40, -5  # characters of speech, and the points for fewer
# Points for a line of talk with its answer, if the answer asks nothing; fewer the nearer both come to `_LONG_EXCHANGE`.
_EXCHANGE = 10
_LONG_EXCHANGE = 260  # characters
_OPENING_CHARS = 40  # characters in which the first word is looked for
_MOST_FLAWS = 3  # how often a flaw counts at most

_QUESTION = re.compile(r"[?？]")
_FLAWS = (
    (re.compile(r"[….—–-](?:(?<=…)|(?<=\.)\s?\.|(?<=[—–-])[\"”’»])"), -10),  # it breaks off: dots, or a dash in speech
    (re.compile(r"[0-9][0-9.,:]*"), -4),
    (re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁ]{3,}"), -4),
    (re.compile(r"[*_#|~=<>\\^@\[]"), -4),  # markup that is none, addresses
    (_QUESTION, -3),
)
"""What costs points each time that it stands in a passage."""

_CAPITAL = r"[^\W\d_a-zа-яß-ÿ]"
_NAME = re.compile(rf"\b(?!I\b){_CAPITAL}[\w'’]")
_TWO_NAMES = re.compile(rf"{_CAPITAL}[\w'’-]+\.? {_CAPITAL}[\w'’]")


def score(text: str, weights: WordWeights = ENGLISH) -> int:
    """Return how good *text*, whole sentences or whole lines, is as a quote."""
    if not text.strip():
        return 0
    folded = weights.fold(text)
    words, points = word_points(folded, weights)
    opening = opening_points(text, folded, weights)
    return full_score(text, first_score(len(text), words, points, _sentences(text), opening, weights), weights)


def _sentences(text: str) -> float:
    if "\n" in text and PARAGRAPH_BREAK not in text:
        return VERSE_LINE * (text.count("\n") + 1)
    return sum(1 for _ in sentences_of(text))


def word_points(folded: str, weights: WordWeights) -> tuple[int, float]:
    """Return how many words a folded text has, and their points; those of sentences add up to those of a passage."""
    words = weights.split(folded)
    return len(words), sum(filter(None, map(weights.words.get, words)))


def opening_points(text: str, folded: str, weights: WordWeights) -> float:
    """Return the points for how *text* begins."""
    first = weights.first_word(folded[:_OPENING_CHARS])
    if not text[0].isalpha():
        return _REPLY if first in weights.replies else 0
    return weights.openers.get(first, _FULL_NAME if _TWO_NAMES.match(text) else 0)


def first_score(chars: int, words: int, points: float, sentences: float, opening: float, weights: WordWeights) -> float:
    """Return a passage's score by counts alone, which is cheap: *points* are those of its words."""
    points = max(-_MOST_FOR_WORDS / 2, min(_MOST_FOR_WORDS, points))
    pace = _PER_WORD * min(_SLOW, words / weights.width / sentences) + _PER_SENTENCE * min(_SEVERAL, sentences)
    return _START + weights.base + points + pace + _length_points(chars * weights.width) + opening


def full_score(text: str, first: float, weights: WordWeights) -> int:
    """Return the score of *text*, whose *first* score is known: with points for speech, phrases and flaws."""
    total = first + _speech_points(text)
    _, is_exchange, answer = text.rpartition(PARAGRAPH_BREAK)
    if is_exchange and not _QUESTION.search(answer):
        total += max(0, min(_EXCHANGE, (_LONG_EXCHANGE - len(text)) / 10))
    spaced = f" {text.lower()}".replace('"', " ").replace("“", " ").replace("’", "'").replace("  ", " ")
    if weights.simile and weights.simile.search(spaced):
        total += SIMILE
    if (weights.connective and weights.connective.match(spaced)) or (
        weights.back_reference and weights.back_reference.search(spaced, 0, _BACK_REFERENCE_CHARS)
    ):
        total += _BACK_REFERENCE
    for flaw, points in _FLAWS:
        total += points * min(_MOST_FLAWS, len(flaw.findall(text)))
    return max(0, min(100, round(total)))


def _length_points(chars: int) -> float:
    if chars < _FULL_CHARS.start:
        return _TOO_SHORT * (_FULL_CHARS.start - chars + max(0, _VERY_SHORT - chars))
    return _TOO_LONG * max(0, chars - _FULL_CHARS.stop)


def _speech_points(text: str) -> float:
    spoken = speeches(text)
    if not spoken:
        return _TALK if text[0] in DASHES else 0
    ends = [0, *(end for _, end in spoken)]
    narration = " ".join(text[a:b] for a, b in zip(ends, [*(start for start, _ in spoken), len(text)], strict=True))
    spoken_chars = sum(end - start for start, end in spoken)
    speaker = _SPEAKER if _NAME.search(narration) else -_SPEAKER
    return _TALK + speaker + (_SAYS_LITTLE if spoken_chars < _SAID_CHARS else 0)
