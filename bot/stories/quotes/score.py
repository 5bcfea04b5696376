"""How good a passage is as a quote, in points from 0 to 100.

The score is the sum of some thirty traits, each a named constant here or in `bot.stories.quotes.weights`. Most of it
is points for single words, which are the same whatever stands around them. So a passage has a first score, which is
sums of counts and cheap; only the passages whose first score may be enough are looked at closely.

The points were first fitted to 600 passages of fan fiction, one-shots and old books, each labelled as one that a reader
would post, might post, or would not post. They were then fitted again, with few changes, to some 700 more, among them
eighty that a reader had chosen from four one-shots: words of feeling, "you" and "I", several sentences with one
beginning, and endings count for more; articles, numbers, speech, and what says where things stand for less. Of 193
dealt after that, a reader called 63 in 100 good and 7 poor from 62 points on, 77 good and 3 poor from 70 on.

The labelled passages are other people's text, so they are not shipped, and nobody can fit the points again. The points
are therefore frozen. Whoever changes one anyway adds the pair of passages that asks for it to
``tests/stories/quotes/test_score.py``, keeps the pairs that are there in order, and raises `PARSER_VERSION`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.stories.model import PARAGRAPH_BREAK
from bot.stories.quotes.speech import DASHES, Speech, speeches
from bot.stories.quotes.weights import ENGLISH, WordWeights
from bot.stories.sentences import sentences_of

MOST_ADDED = 4
"""The most points that a close look adds to a first score."""

VERSE_LINE = 0.5
"""The part of a sentence that a line of verse counts as."""

_START = 32  # points of a passage of which nothing is known
_MOST_FOR_WORDS = 30  # the most points that the words of a passage give together, or take
# Points for each word of the average sentence, up to so many words: a sentence that takes its time says more.
_PER_WORD, _SLOW = 0.5, 30
_PER_SENTENCE, _SEVERAL = 2, 4  # points for each sentence, up to so many sentences
# Points for several sentences with one beginning ("She misses his smile. She misses his eyes."), and for each more.
_REFRAIN, _MORE_REFRAIN = 8, 5
# Characters of a passage that is neither short, which says little, nor long, which nobody reads.
_FULL_CHARS = range(80, 216)
_VERY_SHORT = 70  # characters below which each missing character costs twice
_TOO_SHORT, _TOO_LONG = -0.35, -0.1  # points for each character that is missing, and for each that is too much
_NAMED = -8  # points for a word that points back, or joins, before what names its subject
_FULL_NAME = 7  # points for a beginning with a name of two words: "Rhonda Maillet had known…"
_SIMILE = 1.5  # points for one thing that is likened to another
_CONTRAST = 2.5  # points for what is set against something: "not because … but because"
_BACK_REFERENCE = -4  # points for a reference that only those understand who read what came before: "the other one"
# Characters in which it is looked for: further on, the passage itself may have named what is meant.
_BACK_REFERENCE_CHARS = 100
_LEANS = -40  # points for a phrase that begins where another passage ended: "just then"
_TALK = -4  # points for speech
_REPLY = -16  # points for speech that begins as an answer does
_SPEAKER = 3  # points for speech of somebody who is named; speech of somebody who is not loses as many
_SAID_CHARS, _SAYS_LITTLE = 40, -4  # characters of speech, and the points for fewer
_UNANSWERED = -11  # points for a last sentence that asks
# Points for a question with its answer, if the answer asks nothing; fewer the nearer both come to `_LONG_EXCHANGE`.
_EXCHANGE = 10
_LONG_EXCHANGE = 260  # characters
_NO_ANSWER = -3  # points for two lines of talk of which the first asks nothing
_OPENING_CHARS = 40  # characters in which the first word is looked for
_LONG_WORD = 5  # letters of a word that is a refrain by itself: "Maybe", "Nobody"
_MOST_FLAWS = 3  # how often a flaw counts at most

_QUESTION = re.compile(r"[?？]")
_FLAWS = (
    (
        re.compile(r"[….—–-](?:(?<=…)|(?<=\.)\s?\.|(?<=[—–-])[\"”’»?!])|\s-\s"),
        -10,
    ),  # it breaks off: dots, or a dash in speech
    (re.compile(r"[0-9][0-9.,:]*"), -4),
    (re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁ]{3,}"), -4),
    (re.compile(r"[*_#|~=<>\\^@\[]"), -4),  # markup that is none, addresses
    (_QUESTION, -6),
)
"""What costs points each time that it stands in a passage."""

# What every flaw has one of. These three are found in a tenth of the time that all flaws take.
_SIGNS_OF_FLAWS = (
    re.compile(r"[…—–*_#|~=<>\\^@\[0-9?？]"),
    re.compile(r"\.\s?\.|\s-\s|-[\"”’»?!]"),
    re.compile("[A-ZÀ-ÖØ-ÞА-ЯЁ]" * 3),
)

_ASKS = ("?", "？")
_CLOSING = "\"”»’')]」』"
_CAPITAL = r"[^\W\d_a-zа-яß-ÿ]"
_NAME = re.compile(rf"\b(?!I\b){_CAPITAL}[\w'’]")
_TWO_NAMES = re.compile(rf"{_CAPITAL}[\w'’-]+\.? {_CAPITAL}[\w'’]")


def score(text: str, weights: WordWeights = ENGLISH) -> int:
    """Return how good *text*, whole sentences or whole lines, is as a quote."""
    if not text.strip():
        return 0
    folded = weights.fold(text)
    is_verse = "\n" in text and PARAGRAPH_BREAK not in text
    lines = re.finditer(r"[^\n]+", text)
    spans = [(line.start() + a, line.start() + b) for line in lines for a, b in sentences_of(line[0])]
    sentences = VERSE_LINE * (text.count("\n") + 1) if is_verse else len(spans)
    words, points = word_points(folded, weights)
    first = first_score(len(text), words, points, sentences, weights)
    begun = [first_words(folded, a, b) for a, b in spans]
    beginnings = [] if is_verse else [beginning_of(words) for words in begun]
    first += begun_points(opening_points(text, 0, begun[0], weights), beginnings)
    return full_score(text, first, speeches(text), weights)


def word_points(folded: str, weights: WordWeights) -> tuple[int, float]:
    """Return how many words a folded text has, and their points; those of sentences add up to those of a passage."""
    words = weights.split(folded)
    return len(words), sum(filter(None, map(weights.words.get, words)))


def first_words(folded: str, start: int, end: int) -> list[str]:
    """Return the first two words of a sentence of a folded text, and what follows them at once."""
    return folded[start : min(end, start + _OPENING_CHARS)].split(None, 2)


def opening_points(text: str, start: int, words: Sequence[str], weights: WordWeights) -> float:
    """Return the points for how a passage begins that stands at *start* of *text* and has these first words."""
    first = weights.first_word(words[0]) if words else ""
    if not text[start].isalpha():
        return _REPLY if first in weights.replies else 0
    points = weights.openers.get(first)
    if points is None:
        return _FULL_NAME if _TWO_NAMES.match(text, start) else 0
    if _LEANS < points < _NAMED and len(words) > 1:
        # "But the sea", "It's a comet": what is spoken of is named at once
        return _NAMED if weights.openers.get(words[1], 0) >= 0 else points
    return points


def beginning_of(words: Sequence[str]) -> str:
    """Return the words by which a refrain is known: a sentence's first, with its second if the first is short."""
    first = words[0] if words else ""
    return first if len(first) >= _LONG_WORD or len(words) < 2 else f"{first} {words[1]}"


def begun_points(opening: float, beginnings: Sequence[str]) -> float:
    """Return the points for how a passage and its sentences begin, of which several may begin alike.

    What leans on the words before it may begin a refrain: "Maybe she would. Maybe not."
    """
    most = max(map(beginnings.count, beginnings), default=0)
    if most < 2:
        return opening
    if opening <= _LEANS and beginnings[0] == beginnings[1]:
        opening = _NAMED
    return opening + _REFRAIN + _MORE_REFRAIN * min(2, most - 2)


def first_score(chars: int, words: int, points: float, sentences: float, weights: WordWeights) -> float:
    """Return a passage's score by counts alone, which is cheap: *points* are those of its words."""
    points = max(-_MOST_FOR_WORDS, min(_MOST_FOR_WORDS, points))
    pace = _PER_WORD * min(_SLOW, words / weights.width / sentences) + _PER_SENTENCE * min(_SEVERAL, sentences)
    chars *= weights.width
    length = 0.0
    if chars < _FULL_CHARS.start:
        length = _TOO_SHORT * (_FULL_CHARS.start - chars + max(0, _VERY_SHORT - chars))
    elif chars > _FULL_CHARS.stop:
        length = _TOO_LONG * (chars - _FULL_CHARS.stop)
    return _START + weights.base + points + pace + length


def full_score(text: str, first: float, spoken: Sequence[Speech], weights: WordWeights) -> int:
    """Return the score of *text*, whose *first* score is known: with points for speech, phrases and flaws."""
    total = first + _speech_points(text, spoken)
    if text.rstrip(_CLOSING).endswith(_ASKS):
        total += _UNANSWERED
    elif spoken and PARAGRAPH_BREAK in text:
        asks = _QUESTION.search(text.partition(PARAGRAPH_BREAK)[0])
        total += max(0, min(_EXCHANGE, (_LONG_EXCHANGE - len(text)) / 10)) if asks else _NO_ANSWER
    spaced = f" {text.lower()}".replace('"', " ").replace("“", " ").replace("’", "'").replace("  ", " ")
    if weights.simile and weights.simile.search(spaced):
        total += _SIMILE
    if weights.contrast and weights.contrast.search(spaced):
        total += _CONTRAST
    if weights.leaning and weights.leaning.match(spaced):
        total += _LEANS
    if (weights.connective and weights.connective.match(spaced)) or (
        weights.back_reference and weights.back_reference.search(spaced, 0, _BACK_REFERENCE_CHARS)
    ):
        total += _BACK_REFERENCE
    if any(sign.search(text) for sign in _SIGNS_OF_FLAWS):
        total += sum(points * min(_MOST_FLAWS, len(flaw.findall(text))) for flaw, points in _FLAWS)
    return max(0, min(100, round(total)))


def _speech_points(text: str, spoken: Sequence[Speech]) -> float:
    if not spoken:
        return _TALK if text[0] in DASHES else 0
    ends = [0, *(end for _, end in spoken)]
    narration = " ".join(text[a:b] for a, b in zip(ends, [*(start for start, _ in spoken), len(text)], strict=True))
    spoken_chars = sum(end - start for start, end in spoken)
    speaker = _SPEAKER if _NAME.search(narration) else -_SPEAKER
    return _TALK + speaker + (_SAYS_LITTLE if spoken_chars < _SAID_CHARS else 0)
