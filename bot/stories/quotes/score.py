"""How good a passage is as a quote, in points from 0 to 100.

The score is the sum of some twenty traits, each a named constant here or in `bot.stories.quotes.weights`. Most of it
are points for single words, which are the same whatever stands around them. The points were fitted to 600 passages of
fan fiction, one-shots and old books, which people had labelled as what they would post, might post, or would not post.
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

START = 29
"""Points of a passage of which nothing is known."""

MOST_FOR_WORDS = 24
"""The most points that the words of a passage give together; they take half as many at most."""

PER_WORD, SLOW = 0.6, 25
"""Points for each word of the average sentence, up to so many words: a sentence that takes its time says more."""

PER_SENTENCE, SEVERAL = 2.5, 4
"""Points for each sentence, up to so many sentences."""

FULL_CHARS = range(110, 221)
"""Characters of a passage that is neither short, which says little, nor long, which nobody reads."""

VERY_SHORT = 70
"""Characters below which each missing character costs twice."""

TOO_SHORT, TOO_LONG = -0.175, -0.1
"""Points for each character that is missing, and for each that is too much."""

FULL_NAME = 4
"""Points for a beginning with a name of two words: "Rhonda Maillet had known…"."""

SIMILE = 3
"""Points for one thing that is likened to another."""

BACK_REFERENCE = -6
"""Points for a reference that only those understand who read what came before: "the other one"."""

BACK_REFERENCE_CHARS = 100
"""Characters in which it is looked for: further on, the passage itself may have named what is meant."""

TALK = -2
"""Points for speech, which depends on what came before more than narration does."""

REPLY = -16
"""Points for speech that begins as an answer does."""

SPEAKER = 2
"""Points for speech of somebody who is named; speech of somebody who is not loses as many."""

SAID_CHARS, SAYS_LITTLE = 40, -5
"""Characters of speech, and the points for fewer."""

EXCHANGE = 10
"""Points for a line of talk with its answer, if the answer asks nothing; fewer the nearer both come to
`LONG_EXCHANGE`."""

LONG_EXCHANGE = 260
"""Characters."""

VERSE_LINE = 0.5
"""The part of a sentence that a line of verse counts as."""

OPENING_CHARS = 40
"""Characters in which the first word is looked for."""

_QUESTION = re.compile(r"[?？]")
_FLAWS = (
    (re.compile(r"[….—–-](?:(?<=…)|(?<=\.)\s?\.|(?<=[—–-])[\"”’»])"), -10),  # it breaks off: dots, or a dash in speech
    (re.compile(r"[0-9][0-9.,:]*"), -4),
    (re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁ]{3,}"), -4),
    (re.compile(r"[*_#|~=<>\\^@\[]"), -4),  # markup that is none, addresses
    (_QUESTION, -3),
)
"""What costs points each time that it stands in a passage."""

MOST_FLAWS = 3
"""How often a flaw counts at most."""

_CAPITAL = r"[^\W\d_a-zа-яß-ÿ]"
_NAME = re.compile(rf"\b(?!I\b){_CAPITAL}[\w'’]")
_FULL_NAME = re.compile(rf"{_CAPITAL}[\w'’-]+\.? {_CAPITAL}[\w'’]")


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
    first = weights.first_word(folded[:OPENING_CHARS])
    if not text[0].isalpha():
        return REPLY if first in weights.replies else 0
    return weights.openers.get(first, FULL_NAME if _FULL_NAME.match(text) else 0)


def first_score(chars: int, words: int, points: float, sentences: float, opening: float, weights: WordWeights) -> float:
    """Return a passage's score by counts alone, which is cheap: *points* are those of its words."""
    points = max(-MOST_FOR_WORDS / 2, min(MOST_FOR_WORDS, points))
    pace = PER_WORD * min(SLOW, words / weights.width / sentences) + PER_SENTENCE * min(SEVERAL, sentences)
    return START + weights.base + points + pace + _length_points(chars * weights.width) + opening


def full_score(text: str, first: float, weights: WordWeights) -> int:
    """Return the score of *text*, whose *first* score is known: with points for speech, phrases and flaws."""
    total = first + _speech_points(text)
    _, is_exchange, answer = text.rpartition(PARAGRAPH_BREAK)
    if is_exchange and not _QUESTION.search(answer):
        total += max(0, min(EXCHANGE, (LONG_EXCHANGE - len(text)) / 10))
    spaced = f" {text.lower()}".replace('"', " ").replace("“", " ").replace("’", "'").replace("  ", " ")
    if weights.simile and weights.simile.search(spaced):
        total += SIMILE
    if (weights.connective and weights.connective.match(spaced)) or (
        weights.back_reference and weights.back_reference.search(spaced, 0, BACK_REFERENCE_CHARS)
    ):
        total += BACK_REFERENCE
    for flaw, points in _FLAWS:
        total += points * min(MOST_FLAWS, len(flaw.findall(text)))
    return max(0, min(100, round(total)))


def _length_points(chars: int) -> float:
    if chars < FULL_CHARS.start:
        return TOO_SHORT * (FULL_CHARS.start - chars + max(0, VERY_SHORT - chars))
    return TOO_LONG * max(0, chars - FULL_CHARS.stop)


def _speech_points(text: str) -> float:
    spoken = speeches(text)
    if not spoken:
        return TALK if text[0] in DASHES else 0
    ends = [0, *(end for _, end in spoken)]
    narration = " ".join(text[a:b] for a, b in zip(ends, [*(start for start, _ in spoken), len(text)], strict=True))
    spoken_chars = sum(end - start for start, end in spoken)
    speaker = SPEAKER if _NAME.search(narration) else -SPEAKER
    return TALK + speaker + (SAYS_LITTLE if spoken_chars < SAID_CHARS else 0)
