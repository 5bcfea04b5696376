"""Score a passage as a quote, from 0 to 100.

A passage gets points for its words, its first word and its length (`first_score`). These are sums of counts, so they
are cheap. It loses points for what leans on the text before it, for an open question, and for names, numbers, capitals
and markup (`full_score`). So the full score is never the higher one, and only the best passages need it.

Each trait was measured on fifty texts of ten styles in which a reader had marked what to quote. What did not help to
tell that from the rest was left out; see ``tools/quotes`` and docs/measured.md.
"""

from __future__ import annotations

import re
from math import sqrt

from bot.stories.quotes.weights import WordWeights

_START = 58  # points that every passage starts with
_FULL_COUNT = 30  # words of a passage whose points count in full; in a longer one each counts less
# Ideal length of a quote, in characters, and the points for each missing or surplus one.
_SHORT, _LONG = 120, 180
_TOO_SHORT, _TOO_LONG = -0.2, -0.1

_LEANS = -40  # points for an opening phrase that needs the text before it: "just then"
_BACK_REFERENCE = -6  # points for a reference to something before the passage: "the other one"
# Characters searched for such a reference; further on, the passage itself may have named the thing.
_BACK_REFERENCE_CHARS = 60
_OPEN_QUESTION = -20  # points for a question at the end: its answer is missing
_UNFINISHED = -14  # points for an end in dots or a dash
_ONLY_SPEECH = -6  # points for a passage that is all one speech: nobody says who speaks, and to whom
_NAME = -2  # points for each name that does not begin a sentence: earlier text introduced the person
_FLAW = -4  # points for each number, word in capitals, stray markup, or dots where somebody breaks off
_MOST_FLAWS = 3  # maximum times that a name or a flaw counts

_CLOSING = "\"”»’')]」』"
_UNFINISHED_END = re.compile(r"(?:…|\.\s?\.|[—–-])[\"”’»]*$")
_SPEECH = re.compile(r"[\"“«„»][^\"“”«„»]*[\"“”»«]")
_FLAWS = re.compile(r"[0-9][0-9.,:]*|[A-ZÀ-ÖØ-ÞА-ЯЁ]{3,}|[*_#|~=<>\\^@\[]|…|\.\s?\.")
_CAPITAL = r"[^\W\d_a-zа-яß-ÿ]"
_NAME_WITHIN = re.compile(rf" (?<=[\w,;] )(?!I\b){_CAPITAL}[\w'’-]+\.?(?: {_CAPITAL}[\w'’-]+)*")


def score(text: str, weights: WordWeights) -> int:
    """Return the score of *text* as a quote; *text* is whole sentences or whole lines."""
    folded = weights.fold(text)
    words, points = word_points(folded, weights)
    return full_score(text, first_score(len(text), words, points, opening_points(folded, weights), weights), weights)


def word_points(folded: str, weights: WordWeights) -> tuple[int, float]:
    """Return the number of words in a folded text, and their points; both are additive over sentences."""
    words = weights.split(folded)
    return len(words), sum(filter(None, map(weights.words.get, words)))


def opening_points(folded: str, weights: WordWeights) -> float:
    """Return the points for the first word of a folded text."""
    return weights.openers.get(weights.first_word(folded), 0)


def first_score(chars: int, words: int, points: float, opening: float, weights: WordWeights) -> float:
    """Return the score of a passage from its counts, the *points* of its words, and those of its *opening*."""
    chars, words = chars * weights.width, words // weights.width
    counted = points * sqrt(_FULL_COUNT / max(1, words))
    of_length = _TOO_SHORT * max(0, _SHORT - chars) + _TOO_LONG * max(0, chars - _LONG)
    return _START + weights.base + counted + opening + of_length


def full_score(text: str, first: float, weights: WordWeights) -> int:
    """Return the full score of *text*: its *first* score without the points that phrases and flaws cost."""
    spaced = f" {text.lower()}".replace('"', " ").replace("“", " ").replace("’", "'").replace("  ", " ")
    total = first + _NAME * min(_MOST_FLAWS, len(_NAME_WITHIN.findall(text)))
    if weights.leaning and weights.leaning.match(spaced):
        total += _LEANS
    if weights.back_reference and weights.back_reference.search(spaced, 0, _BACK_REFERENCE_CHARS):
        total += _BACK_REFERENCE
    if text.rstrip(_CLOSING).endswith(("?", "？")):
        total += _OPEN_QUESTION
    if _UNFINISHED_END.search(text):
        total += _UNFINISHED
    if _SPEECH.fullmatch(text):
        total += _ONLY_SPEECH
    total += _FLAW * min(_MOST_FLAWS, len(_FLAWS.findall(text)))
    return max(0, min(100, round(total)))
