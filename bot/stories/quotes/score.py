"""Score a passage as a quote, from 0 to 100.

The score is the sum of some thirty traits, each a named constant here or in `bot.stories.quotes.weights`. Most of it is
points for single words, which do not depend on the words around them. So a passage gets a first score from sums of
counts, which is cheap; the full score is computed only for passages whose first score may be enough.

The points were fitted to 900 passages of fan fiction, one-shots and old books; a reader rated each as good, possible or
bad to post, and a fifth of them were drawn at random. A trait was accepted only after each story was scored with points
fitted to the others. Traits without effect, such as similes and contrasts, were left out. Other readers later rated 450
passages of thirteen stories, 229 of eighteen, and 570 of some three hundred; points that separated good passages from
others badly were changed.

The rated passages are other people's text, so they are not shipped, and nobody can fit the points again. The points are
therefore frozen. A change to one adds the pair of passages that justifies it to
``tests/stories/quotes/test_score.py``, keeps the existing pairs in order, and increments `PARSER_VERSION`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import sqrt

from bot.stories.model import PARAGRAPH_BREAK
from bot.stories.quotes.speech import DASHES, Speech, speeches
from bot.stories.quotes.weights import ENGLISH, MOST_OPENING, WordWeights
from bot.stories.sentences import sentences_of

MOST_ADDED = 1
"""Points that a full score is assumed to add to a first score at most; speech that says "you" often may gain more."""

_START = 52  # points that every passage starts with
_MOST_FOR_WORDS = 30  # maximum points that the words of a passage add or subtract together
_MOST_WORDS, _MOST_CHARS = 160, 600  # limits of the tables below; no quote has as many
# Factor for the points of words, by their number: in a long passage each word counts less.
_OF_MANY = [sqrt(30 / max(1, words)) for words in range(_MOST_WORDS + 1)]
# Points for each word of the average sentence, up to a maximum number of words: long sentences say more.
_PER_WORD, _SLOW = 0.15, 30
_PER_SENTENCE, _SEVERAL = 1.3, 4  # points for each sentence, up to a maximum number of sentences
MOST_HALVES = 16
"""Maximum number of half sentences that count."""

_OF_PACE = [
    [_PER_WORD * min(_SLOW, 2 * words / max(1, halves)) + several for words in range(_MOST_WORDS + 1)]
    for halves in range(MOST_HALVES + 1)
    for several in (_PER_SENTENCE * min(_SEVERAL, halves / 2),)
]
"""Points by number of half sentences, then of words; a line of verse is half a sentence."""

# Points for two sentences with the same beginning ("She misses his smile. She misses his eyes."), for each further one,
# and the maximum number of further ones that count.
_REFRAIN, _MORE_REFRAIN, _MOST_MORE = 8, 4, 2
MOST_BEGINNING = MOST_OPENING + _REFRAIN + _MOST_MORE * _MORE_REFRAIN
"""Maximum points for the beginnings of the sentences in a passage."""

_IDLE = -4  # points for a first or last sentence whose words give no points: it only connects
# Ideal length of a quote, in characters: shorter ones say little, and longer ones go unread.
_FULL_CHARS = range(170, 236)
_SHORT, _VERY_SHORT = 80, 70  # characters; below each limit, a missing character costs more
_NOT_FULL, _TOO_SHORT, _TOO_LONG = -0.08, -0.2, -0.1  # points for each missing or surplus character
_OF_LENGTH = [
    _NOT_FULL * max(0, _FULL_CHARS.start - chars)
    + _TOO_SHORT * (max(0, _SHORT - chars) + max(0, _VERY_SHORT - chars))
    + _TOO_LONG * max(0, chars - _FULL_CHARS.stop)
    for chars in range(_MOST_CHARS + 1)
]
"""Points by number of characters."""

_LEANS_IN_REFRAIN = -7  # points, instead of `_LEANS`, if the next sentence repeats the opening
_BACK_REFERENCE = -3  # points for a reference to something before the passage: "the other one"
# Characters searched for such a reference; further on, the passage itself may have named the thing.
_BACK_REFERENCE_CHARS = 60
_GOES_ON = -10  # points for a phrase that continues what came before: "of course"
_LEANS = -40  # points for an opening phrase that needs the text before it: "just then"
_ANNOUNCES = -12  # points for an end that announces what comes after the passage: "and so she speaks"
_REFLEX = -7  # points for a cliché of body language: "her heart races"
_PARTICIPLE = -4  # points for an action beside the main one: "she said, turning to the window"
_TALK = -3  # points for speech
# Points for each word that addresses somebody, in a passage of mostly speech, up to a maximum number of words.
_SPOKEN_TO, _MOST_SPOKEN_TO = 1.2, 4
_UNNAMED = -5  # points for a passage that is all speech, so that nobody is named
_REPLY = -8  # points for speech that begins like an answer
_SPEAKER = 1  # points for speech whose narration has a name; without a name they are subtracted
_LEAST_SPEECH_CHARS, _SHORT_SPEECH = 40, -3  # minimum characters of speech, and the points for fewer
_PER_QUESTION = -2.5  # points for each question
_FINAL_QUESTION = -20  # points for a question at the end: its answer is missing
# Maximum points for a question followed by its answer, unless that ends in a question; they fall to 0 at
# `_LONG_EXCHANGE` characters.
_EXCHANGE = 3
_LONG_EXCHANGE = 260  # characters
_OPENING_CHARS = 40  # characters searched for the first words
_LONG_WORD = 5  # minimum letters of a word that is a refrain by itself: "Maybe", "Nobody"
_MOST_FLAWS = 3  # maximum times that a flaw counts
_OF_NAMES = -2  # points for each name that does not begin a sentence: earlier text introduced the person

_QUESTION = re.compile(r"[?？]")
_FLAWS = (
    (re.compile(r"(?:…|\.\s?\.|[—–-])[\"”’»]*$"), -14),  # ends unfinished
    (re.compile(r"…|\.\s?\.|[—–-][\"”’»?!]"), -4),  # breaks off: dots, or a dash in speech
    (re.compile(r"\s[—–-]+\s|\w[—–]"), -3),  # has an insertion between dashes
    (re.compile(r"[0-9][0-9.,:]*"), -4),
    (re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁ]{3,}"), -3),
    (re.compile(r"[*_#|~=<>\\^@\[]"), -4),  # stray markup, addresses
)
"""Points for each occurrence of a flaw in a passage."""

# Every flaw but capitals contains one of these, which are found in a tenth of the time.
_SIGNS_OF_FLAWS = (*"-…—–*_#|~=<>\\^@[0123456789", "..", ". .")
_CAPITALS = re.compile("[A-ZÀ-ÖØ-ÞА-ЯЁ]" * 3)

_CLOSING = "\"”»’')]」』"
_CAPITAL = r"[^\W\d_a-zа-яß-ÿ]"
_NAME = re.compile(rf"\b(?!I\b){_CAPITAL}[\w'’]")
_NAME_WITHIN = re.compile(rf" (?<=[\w,;] )(?!I\b){_CAPITAL}[\w'’-]+\.?(?: {_CAPITAL}[\w'’-]+)*")


def score(text: str, weights: WordWeights = ENGLISH) -> int:
    """Return the score of *text* as a quote; *text* is whole sentences or whole lines."""
    if not text.strip():
        return 0
    folded = weights.fold(text)
    is_verse = "\n" in text and PARAGRAPH_BREAK not in text
    lines = re.finditer(r"[^\n]+", text)
    spans = [(line.start() + a, line.start() + b) for line in lines for a, b in sentences_of(line[0])]
    halves = min(MOST_HALVES, text.count("\n") + 1 if is_verse else 2 * len(spans))
    words, points = word_points(folded, weights)
    chars, words = min(_MOST_CHARS // weights.width, len(text)), min(_MOST_WORDS, words)
    first = first_score(chars, words, points, halves, weights)
    begun = [first_words(folded, a, b) for a, b in spans]
    beginnings = [] if is_verse else [beginning_of(words) for words in begun]
    opening = opening_points(text, 0, begun[0][0], weights) if begun[0] else 0
    first += opening + refrain_points(opening, beginnings)
    if len(spans) > 1 and not is_verse:
        first += sum(edge_points(word_points(folded[a:b], weights)[1]) for a, b in (spans[0], spans[-1]))
    return full_score(text, first, speeches(text), weights)


def word_points(folded: str, weights: WordWeights) -> tuple[int, float]:
    """Return the number of words in a folded text, and their points; both are additive over sentences."""
    words = weights.split(folded)
    return len(words), sum(filter(None, map(weights.words.get, words)))


def first_words(folded: str, start: int, end: int) -> list[str]:
    """Return the first two words of a sentence in a folded text; a third item has the text after them."""
    return folded[start : min(end, start + _OPENING_CHARS)].split(None, 2)


def opening_points(text: str, start: int, first: str, weights: WordWeights) -> float:
    """Return the points for the opening of a passage, at *start* of *text*, with this *first* word."""
    if weights.width > 1:
        first = weights.first_word(first)
    if text[start].isalpha():
        return weights.openers.get(first, 0)
    return _REPLY if first in weights.replies else 0


def beginning_of(words: Sequence[str]) -> str:
    """Return the words that identify a refrain: the first one of a sentence, and the second if the first is short."""
    first = words[0] if words else ""
    return first if len(first) >= _LONG_WORD or len(words) < 2 else f"{first} {words[1]}"


def refrain_points(opening: float, beginnings: Sequence[str]) -> float:
    """Return the points for repeated *beginnings* of sentences, to be added to the *opening* points of the first one.

    An opening that needs earlier text costs less if it begins a refrain: "Maybe she would. Maybe not.".
    """
    if len(set(beginnings)) == len(beginnings):
        return 0
    most = max(map(beginnings.count, beginnings))
    leans = _LEANS_IN_REFRAIN - opening if opening <= _LEANS and beginnings[0] == beginnings[1] else 0
    return leans + _REFRAIN + _MORE_REFRAIN * min(_MOST_MORE, most - 2)


def edge_points(points: float) -> float:
    """Return the points for the first or last sentence of several, from the *points* of its words."""
    return _IDLE if points <= 0 else 0


def first_score(chars: int, words: int, points: float, halves: int, weights: WordWeights) -> float:
    """Return the score of a passage from counts alone, which is cheap.

    *points* is the sum of the points of the words. *halves* is twice the number of sentences; a line of verse is half a
    sentence.
    """
    words //= weights.width
    points *= _OF_MANY[words]
    if not -_MOST_FOR_WORDS <= points <= _MOST_FOR_WORDS:
        points = _MOST_FOR_WORDS if points > 0 else -_MOST_FOR_WORDS
    return _START + weights.base + points + _OF_PACE[halves][words] + _OF_LENGTH[chars * weights.width]


def full_score(text: str, first: float, spoken: Sequence[Speech], weights: WordWeights) -> int:
    """Return the full score of *text*: its *first* score, with points for speech, phrases and flaws."""
    total = first + _speech_points(text, spoken, weights)
    questions = text.count("?") + text.count("？")
    total += _PER_QUESTION * min(_MOST_FLAWS, questions)
    if questions and text.rstrip(_CLOSING).endswith(("?", "？")):
        total += _FINAL_QUESTION
    elif questions and spoken and PARAGRAPH_BREAK in text and _QUESTION.search(text.partition(PARAGRAPH_BREAK)[0]):
        total += max(0, min(_EXCHANGE, (_LONG_EXCHANGE - len(text)) / 10))
    spaced = f" {text.lower()}".replace('"', " ").replace("“", " ").replace("’", "'").replace("  ", " ")
    if weights.leaning and weights.leaning.match(spaced):
        total += _LEANS
    if weights.connective and weights.connective.match(spaced):
        total += _GOES_ON
    if weights.back_reference and weights.back_reference.search(spaced, 0, _BACK_REFERENCE_CHARS):
        total += _BACK_REFERENCE
    if weights.participle and weights.participle.search(spaced):
        total += _PARTICIPLE
    if weights.announcing and weights.announcing.search(spaced):
        total += _ANNOUNCES
    if weights.reflex and weights.reflex.search(spaced):
        total += _REFLEX
    total += _OF_NAMES * min(_MOST_FLAWS, len(_NAME_WITHIN.findall(text)))
    if any(map(text.__contains__, _SIGNS_OF_FLAWS)) or _CAPITALS.search(text):
        total += sum(points * min(_MOST_FLAWS, len(flaw.findall(text))) for flaw, points in _FLAWS)
    return max(0, min(100, round(total)))


def _speech_points(text: str, spoken: Sequence[Speech], weights: WordWeights) -> float:
    if not spoken:
        return _TALK if text[0] in DASHES else 0
    ends = [0, *(end for _, end in spoken)]
    narration = " ".join(text[a:b] for a, b in zip(ends, [*(start for start, _ in spoken), len(text)], strict=True))
    spoken_chars = sum(end - start for start, end in spoken)
    points = _TALK
    if 2 * spoken_chars > len(text):
        spoken_words = weights.split(weights.fold(" ".join(text[start:end] for start, end in spoken)))
        points += _SPOKEN_TO * min(_MOST_SPOKEN_TO, sum(word in weights.address for word in spoken_words))
    if spoken_chars == len(text):
        return points + _UNNAMED
    speaker = _SPEAKER if _NAME.search(narration) else -_SPEAKER
    return points + speaker + (_SHORT_SPEECH if spoken_chars < _LEAST_SPEECH_CHARS else 0)
