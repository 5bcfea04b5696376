"""How good a passage is as a quote, in points from 0 to 100.

The score is the sum of some thirty traits, each a named constant here or in `bot.stories.quotes.weights`. Most of it
is points for single words, which are the same whatever stands around them. So a passage has a first score, which is
sums of counts and cheap; only the passages whose first score may be enough are looked at closely.

The points were fitted to 900 passages of fan fiction, one-shots and old books, each marked by a reader as one to post,
one that may be posted, or one not to post, a fifth of them drawn by chance. Each story was judged with points fitted
to the others before a trait was taken. Traits that told nothing were left out, such as likenesses and contrasts. Later
another reader marked 450 passages of thirteen stories, and those points were changed that told the good ones from the
others worse than they could; and then a third 229 of eighteen, and a fifth 570 of some three hundred.

The marked passages are other people's text, so they are not shipped, and nobody can fit the points again. The points
are therefore frozen. Whoever changes one anyway adds the pair of passages that asks for it to
``tests/stories/quotes/test_score.py``, keeps the pairs that are there in order, and raises `PARSER_VERSION`.
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
"""The most points that a close look adds to a first score."""

_START = 52  # points of a passage of which nothing is known
_MOST_FOR_WORDS = 30  # the most points that the words of a passage give together, or take
_MOST_WORDS, _MOST_CHARS = 160, 600  # more than a passage has that may be quoted
# By how much the words of a passage of so many words count: in a long one each counts for less, for it is one of many.
_OF_MANY = [sqrt(30 / max(1, words)) for words in range(_MOST_WORDS + 1)]
# Points for each word of the average sentence, up to so many words: a sentence that takes its time says more.
_PER_WORD, _SLOW = 0.15, 30
_PER_SENTENCE, _SEVERAL = 1.3, 4  # points for each sentence, up to so many sentences
MOST_HALVES = 16
"""Half sentences: of more, no more are counted."""

_OF_PACE = [
    [_PER_WORD * min(_SLOW, 2 * words / max(1, halves)) + several for words in range(_MOST_WORDS + 1)]
    for halves in range(MOST_HALVES + 1)
    for several in (_PER_SENTENCE * min(_SEVERAL, halves / 2),)
]
"""Points for so many words in so many half sentences; a line of verse is half a sentence."""

# Points for several sentences with one beginning ("She misses his smile. She misses his eyes."), and for each more.
_REFRAIN, _MORE_REFRAIN, _MOST_MORE = 8, 4, 2
MOST_BEGUN = MOST_OPENING + _REFRAIN + _MOST_MORE * _MORE_REFRAIN
"""The most points for how the sentences of a passage begin."""

_IDLE = -4  # points for a first sentence, or a last one, whose words give no points: it only leads on
# Characters of a passage that is neither short, which says little, nor long, which nobody reads.
_FULL_CHARS = range(170, 236)
_SHORT, _VERY_SHORT = 80, 70  # characters below which each missing character costs more, and more again
_NOT_FULL, _TOO_SHORT, _TOO_LONG = -0.08, -0.2, -0.1  # points for each character that is missing, or too much
_OF_LENGTH = [
    _NOT_FULL * max(0, _FULL_CHARS.start - chars)
    + _TOO_SHORT * (max(0, _SHORT - chars) + max(0, _VERY_SHORT - chars))
    + _TOO_LONG * max(0, chars - _FULL_CHARS.stop)
    for chars in range(_MOST_CHARS + 1)
]
"""Points for so many characters."""

_LEANS_IN_REFRAIN = -7  # points for what leans, if the next sentence begins with it, too
_BACK_REFERENCE = -3  # points for a reference that only those understand who read what came before: "the other one"
# Characters in which it is looked for: further on, the passage itself may have named what is meant.
_BACK_REFERENCE_CHARS = 60
_GOES_ON = -10  # points for a phrase that goes on from what came before: "of course"
_LEANS = -40  # points for a phrase that begins where another passage ended: "just then"
_ANNOUNCES = -12  # points for an end that announces what is to come, and is not there: "and so she speaks"
_REFLEX = -7  # points for what bodies do in every story: "her heart races"
_PARTICIPLE = -4  # points for what somebody does beside: "she said, turning to the window"
_TALK = -3  # points for speech
# Points for each word of a passage of talk that speaks to somebody, up to so many words: what is said to a face.
_SPOKEN_TO, _MOST_SPOKEN_TO = 1.2, 4
_UNNAMED = -5  # points for a speech of which nobody says who speaks
_REPLY = -8  # points for speech that begins as an answer does
_SPEAKER = 1  # points for speech of somebody who is named; speech of somebody who is not loses as many
_SAID_CHARS, _SAYS_LITTLE = 40, -3  # characters of speech, and the points for fewer
_ASKS = -2.5  # points for each question
_ASKED = -20  # points for a last sentence that asks: its answer is not there
# Points for a question with its answer, if the answer asks nothing; fewer the nearer both come to `_LONG_EXCHANGE`.
_EXCHANGE = 3
_LONG_EXCHANGE = 260  # characters
_OPENING_CHARS = 40  # characters in which the first word is looked for
_LONG_WORD = 5  # letters of a word that is a refrain by itself: "Maybe", "Nobody"
_MOST_FLAWS = 3  # how often a flaw counts at most
_OF_NAMES = -2  # points for each name that does not begin a sentence: who they are was told before

_QUESTION = re.compile(r"[?？]")
_FLAWS = (
    (re.compile(r"(?:…|\.\s?\.|[—–-])[\"”’»]*$"), -14),  # it ends before it is said
    (re.compile(r"…|\.\s?\.|[—–-][\"”’»?!]"), -4),  # it breaks off: dots, or a dash in speech
    (re.compile(r"\s[—–-]+\s|\w[—–]"), -3),  # it is put in between
    (re.compile(r"[0-9][0-9.,:]*"), -4),
    (re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁ]{3,}"), -3),
    (re.compile(r"[*_#|~=<>\\^@\[]"), -4),  # markup that is none, addresses
)
"""What costs points each time that it stands in a passage."""

# What every flaw has, but for capitals. These are found in a tenth of the time that all flaws take.
_SIGNS_OF_FLAWS = (*"-…—–*_#|~=<>\\^@[0123456789", "..", ". .")
_CAPITALS = re.compile("[A-ZÀ-ÖØ-ÞА-ЯЁ]" * 3)

_CLOSING = "\"”»’')]」』"
_CAPITAL = r"[^\W\d_a-zа-яß-ÿ]"
_NAME = re.compile(rf"\b(?!I\b){_CAPITAL}[\w'’]")
_NAME_WITHIN = re.compile(rf" (?<=[\w,;] )(?!I\b){_CAPITAL}[\w'’-]+\.?(?: {_CAPITAL}[\w'’-]+)*")


def score(text: str, weights: WordWeights = ENGLISH) -> int:
    """Return how good *text*, whole sentences or whole lines, is as a quote."""
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
    first += opening + begun_points(opening, beginnings)
    if len(spans) > 1 and not is_verse:
        first += sum(edge_points(word_points(folded[a:b], weights)[1]) for a, b in (spans[0], spans[-1]))
    return full_score(text, first, speeches(text), weights)


def word_points(folded: str, weights: WordWeights) -> tuple[int, float]:
    """Return how many words a folded text has, and their points; those of sentences add up to those of a passage."""
    words = weights.split(folded)
    return len(words), sum(filter(None, map(weights.words.get, words)))


def first_words(folded: str, start: int, end: int) -> list[str]:
    """Return the first two words of a sentence of a folded text, and what follows them at once."""
    return folded[start : min(end, start + _OPENING_CHARS)].split(None, 2)


def opening_points(text: str, start: int, first: str, weights: WordWeights) -> float:
    """Return the points for how a passage begins that stands at *start* of *text* and has this *first* word."""
    if weights.width > 1:
        first = weights.first_word(first)
    if text[start].isalpha():
        return weights.openers.get(first, 0)
    return _REPLY if first in weights.replies else 0


def beginning_of(words: Sequence[str]) -> str:
    """Return the words by which a refrain is known: a sentence's first, with its second if the first is short."""
    first = words[0] if words else ""
    return first if len(first) >= _LONG_WORD or len(words) < 2 else f"{first} {words[1]}"


def begun_points(opening: float, beginnings: Sequence[str]) -> float:
    """Return the points for sentences of which several begin alike, beside those for the *opening* of the first.

    What leans on the words before it may begin a refrain: "Maybe she would. Maybe not."
    """
    if len(set(beginnings)) == len(beginnings):
        return 0
    most = max(map(beginnings.count, beginnings))
    leans = _LEANS_IN_REFRAIN - opening if opening <= _LEANS and beginnings[0] == beginnings[1] else 0
    return leans + _REFRAIN + _MORE_REFRAIN * min(_MOST_MORE, most - 2)


def edge_points(points: float) -> float:
    """Return the points for a sentence at an end of several, by the points of its words."""
    return _IDLE if points <= 0 else 0


def first_score(chars: int, words: int, points: float, halves: int, weights: WordWeights) -> float:
    """Return a passage's score by counts alone, which is cheap.

    *points* are those of its words, *halves* twice its sentences: a line of verse is half a sentence.
    """
    words //= weights.width
    points *= _OF_MANY[words]
    if not -_MOST_FOR_WORDS <= points <= _MOST_FOR_WORDS:
        points = _MOST_FOR_WORDS if points > 0 else -_MOST_FOR_WORDS
    return _START + weights.base + points + _OF_PACE[halves][words] + _OF_LENGTH[chars * weights.width]


def full_score(text: str, first: float, spoken: Sequence[Speech], weights: WordWeights) -> int:
    """Return the score of *text*, whose *first* score is known: with points for speech, phrases and flaws."""
    total = first + _speech_points(text, spoken, weights)
    asks = text.count("?") + text.count("？")
    total += _ASKS * min(_MOST_FLAWS, asks)
    if asks and text.rstrip(_CLOSING).endswith(("?", "？")):
        total += _ASKED
    elif asks and spoken and PARAGRAPH_BREAK in text and _QUESTION.search(text.partition(PARAGRAPH_BREAK)[0]):
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
        said = weights.split(weights.fold(" ".join(text[start:end] for start, end in spoken)))
        points += _SPOKEN_TO * min(_MOST_SPOKEN_TO, sum(word in weights.address for word in said))
    if spoken_chars == len(text):
        return points + _UNNAMED
    speaker = _SPEAKER if _NAME.search(narration) else -_SPEAKER
    return points + speaker + (_SAYS_LITTLE if spoken_chars < _SAID_CHARS else 0)
