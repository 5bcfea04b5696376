"""How good a passage is as a quote, in points from 0 to 100.

The points were found by reading. 600 passages of one-shots, fan fiction and old books were marked as what one would
post, might post or would not, and each trait got what it told of that; rare ones were set by judgement. Of those with
60 points and more one in eight would not have been posted, of those with 55 one in five, of those below 45 five in six.
"""

from __future__ import annotations

import re

from bot.stories.model import PARAGRAPH_BREAK
from bot.stories.quotes.speech import DASHES, speeches
from bot.stories.quotes.tongues import Tongue
from bot.stories.quotes.word_lists import ENGLISH
from bot.stories.sentences import sentences_of

START = 29
"""Points of a passage of which nothing is known."""

MOST_OF_WORDS = 24
"""Points that the words of a passage can give together; they can take half as many."""

PER_WORD, SLOW = 0.6, 25
"""Points for each word of the average sentence, up to so many: a sentence that takes its time says more."""

PER_SENTENCE, SEVERAL = 2.5, 4
"""Points for each sentence, up to so many."""

FULL_CHARS = range(110, 221)
"""Characters of a passage that is neither short, which says little, nor long, which nobody reads."""

VERY_SHORT = 70
"""Characters below which each that is missing costs twice."""

TOO_SHORT, TOO_LONG = -0.175, -0.1
"""Points for each character that is missing, and that is too much."""

FULL_NAME = 4
"""Points for a beginning with a name of two words: "Rhonda Maillet had known…"."""

LIKENESS = 3
"""Points for one thing that is likened to another."""

DANGLING = -6
"""Points for something that only those know who read what came before: "the other one"."""

DANGLING_CHARS = 100
"""Characters in which it is looked for: further on, the passage itself may have told of it."""

TALK = -2
"""Points for speech, which leans on what came before more than what is told."""

ANSWER = -16
"""Points for speech that begins as an answer does."""

SPEAKER = 2
"""Points for speech of somebody who is named, and lost by that of somebody who is not."""

SAID_CHARS, SAYS_LITTLE = 40, -5
"""Characters of speech, and points for fewer."""

EXCHANGE = 10
"""Points for a line of talk with its answer, if that asks nothing; fewer the nearer both come to `LONG_EXCHANGE`."""

LONG_EXCHANGE = 260
"""Characters."""

LINE = 0.5
"""How much of a sentence a line of verse counts as."""

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
"""Times that a flaw counts."""

_CAPITAL = r"[^\W\d_a-zа-яß-ÿ]"
_NAME = re.compile(rf"\b(?!I\b){_CAPITAL}[\w'’]")
_FULL_NAME = re.compile(rf"{_CAPITAL}[\w'’-]+\.? {_CAPITAL}[\w'’]")


def worth(text: str, tongue: Tongue = ENGLISH) -> int:
    """What *text*, whole sentences or whole lines, is worth as a quote."""
    if not text.strip():
        return 0
    folded = tongue.folded(text)
    words, said = word_points(folded, tongue)
    begins = opening_points(text, folded, tongue)
    return weighed(text, promise(len(text), words, said, sentences_in(text), begins, tongue), tongue)


def sentences_in(text: str) -> float:
    """How many sentences *text* has; of a verse two lines count as one."""
    if "\n" in text and PARAGRAPH_BREAK not in text:
        return LINE * (text.count("\n") + 1)
    return sum(1 for _ in sentences_of(text))


def word_points(folded: str, tongue: Tongue) -> tuple[int, float]:
    """How many words a folded text has, and their points; those of sentences add up to those of their passage."""
    words = tongue.words(folded)
    return len(words), sum(filter(None, map(tongue.points.get, words)))


def opening_points(text: str, folded: str, tongue: Tongue) -> float:
    """Points for how *text* begins."""
    first = tongue.opener(folded[:OPENING_CHARS])
    if not text[0].isalpha():
        return ANSWER if first in tongue.answers else 0
    return tongue.openers.get(first, FULL_NAME if _FULL_NAME.match(text) else 0)


def promise(chars: int, words: int, said: float, sentences: float, begins: float, tongue: Tongue) -> float:
    """The points of a passage at first sight: for its length, what its words *said*, its sentences, how it *begins*."""
    said = max(-MOST_OF_WORDS / 2, min(MOST_OF_WORDS, said))
    pace = PER_WORD * min(SLOW, words / tongue.width / sentences) + PER_SENTENCE * min(SEVERAL, sentences)
    return START + tongue.given + said + pace + _length_points(chars * tongue.width) + begins


def weighed(text: str, promised: float, tongue: Tongue) -> int:
    """What *text* is worth that *promised* so much at first sight."""
    total = promised + _speech_points(text)
    _, is_exchange, answer = text.rpartition(PARAGRAPH_BREAK)
    if is_exchange and not _QUESTION.search(answer):
        total += max(0, min(EXCHANGE, (LONG_EXCHANGE - len(text)) / 10))
    spaced = _spaced(text)
    if tongue.likeness and tongue.likeness.search(spaced):
        total += LIKENESS
    if (tongue.leaning and tongue.leaning.match(spaced)) or (
        tongue.dangling and tongue.dangling.search(spaced, 0, DANGLING_CHARS)
    ):
        total += DANGLING
    for flaw, points in _FLAWS:
        total += points * min(MOST_FLAWS, len(flaw.findall(text)))
    return max(0, min(100, round(total)))


def _spaced(text: str) -> str:
    """*text* in lower case, with a space for each mark that opens speech, and one before its first word."""
    return f" {text.lower()}".replace('"', " ").replace("“", " ").replace("’", "'").replace("  ", " ")


def _length_points(chars: int) -> float:
    if chars < FULL_CHARS.start:
        return TOO_SHORT * (FULL_CHARS.start - chars + max(0, VERY_SHORT - chars))
    return TOO_LONG * max(0, chars - FULL_CHARS.stop)


def _speech_points(text: str) -> float:
    spoken = speeches(text)
    if not spoken:
        return TALK if text[0] in DASHES else 0
    ends = [0, *(end for _, end in spoken)]
    told = " ".join(text[a:b] for a, b in zip(ends, [*(start for start, _ in spoken), len(text)], strict=True))
    said = sum(end - start for start, end in spoken)
    return TALK + (SPEAKER if _NAME.search(told) else -SPEAKER) + (SAYS_LITTLE if said < SAID_CHARS else 0)
