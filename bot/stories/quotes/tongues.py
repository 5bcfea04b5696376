"""What the small words of a language tell of a passage: see `bot.stories.quotes.word_lists` for the words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Points for each word of a kind; how they were found says `bot.stories.quotes.worth`.
_INDEFINITE = 3  # brings a thing in: "a" goose
_DEFINITE = 2  # names one: "the" lettuce
_CLAIM = 4  # says something of all, of none, or of why: "never", "everyone", "because"
_COUNT = 3  # how many or how long: "eleven", "years"
_YOU = 2  # tells somebody how things are
_BODY = -3  # is looked at, taken and shaken in any scene: "eyes", "hands"
_STAGE = -2  # what actors are told to do: "nods", "shrugs"
_HERE = -2  # points at the scene: "now", "this"
_PERSON = -1.3  # is known from before: "she", "his"

# Points for the word that a passage begins with.
_LEANING = -14  # joins it to what came before: "and", "then"
_POINTING = -9  # points back at it: "this", "it"
_NAMELESS = -3  # means somebody named before: "she"

WITHOUT_ARTICLES = 8
"""Points for every passage of a language without articles: about what those of others give."""

_MARKS = '.,;:!?"()[]-*_/'
_OTHER_MARKS = "…“”„«»‘—–―。、！？，：；「」『』（）"


@dataclass(frozen=True, slots=True)
class Tongue:
    """The small words of one language, in lower case and with straight apostrophes."""

    points: Mapping[str, float]
    """What a word adds to a passage, or takes from it."""
    openers: Mapping[str, float]
    """Words that passages begin with and that are no names, and what a passage loses by each."""
    given: float = 0
    """Points for every passage, in place of those for articles where there are none."""
    answers: frozenset[str] = frozenset()
    """Words with which speech begins that answers something."""
    # These begin with a space, and so are found five times as fast; where they are looked for, one stands in front.
    likeness: re.Pattern[str] | None = None
    """How one thing is likened to another."""
    leaning: re.Pattern[str] | None = None
    """Words with which a passage goes on from what came before: "of course"."""
    dangling: re.Pattern[str] | None = None
    """What points at something outside of the passage."""
    elides: bool = False
    """Whether an apostrophe parts two words, as in "l'heure"."""
    width: int = 1
    """How many letters a character says as much as: where it is 2, each character is a word."""

    def folded(self, text: str) -> str:
        """*text* in lower case, character for character, with a space for each mark between words."""
        lowered = text.lower()
        if len(lowered) != len(text):  # a few letters are two in lower case
            lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
        marks = _MARKS
        if not lowered.isascii():
            lowered = lowered.replace("’", "'")
            marks += _OTHER_MARKS
        for mark in marks + "'" if self.elides else marks:
            lowered = lowered.replace(mark, " ")
        return lowered

    def words(self, folded: str) -> Sequence[str]:
        """The words of folded text."""
        return folded.split() if self.width == 1 else "".join(folded.split())

    def opener(self, folded: str) -> str:
        """The word that folded text begins with; where no space ends it, the longest that is listed."""
        if self.width == 1:
            return next(iter(folded.split()), "")
        folded = folded.lstrip()
        return next((folded[:length] for length in (3, 2) if folded[:length] in self.openers), folded[:1])


def tongue(
    *,
    indefinite: str = "",
    definite: str = "",
    claims: str,
    counts: str = "",
    you: str,
    body: str = "",
    stage: str = "",
    here: str,
    persons: str,
    beginning: str = "",
    pointing: str = "",
    leaning: str,
    answers: str,
    likeness: str,
    leaning_starts: str = "",
    dangling: Sequence[str] = (),
    elides: bool = False,
) -> Tongue:
    """A language by its words, parted by spaces, and by patterns; of two kinds that a word is on, the later counts."""
    points = {
        **_each(definite, _DEFINITE),
        **_each(indefinite, _INDEFINITE),
        **_each(claims, _CLAIM),
        **_each(counts, _COUNT),
        **_each(you, _YOU),
        **_each(body, _BODY),
        **_each(stage, _STAGE),
        **_each(here, _HERE),
        **_each(persons, _PERSON),
    }
    openers = {
        **_each(beginning, 0),
        **_each(persons, _NAMELESS),
        **_each(f"{here} {pointing}", _POINTING),
        **_each(leaning, _LEANING),
    }
    return Tongue(
        points,
        openers,
        given=0 if indefinite else WITHOUT_ARTICLES,
        answers=frozenset(answers.split()),
        likeness=re.compile(rf" (?:{likeness})\b"),
        leaning=re.compile(rf" (?:{leaning_starts})\b") if leaning_starts else None,
        dangling=re.compile(rf" (?:{'|'.join(dangling)})") if dangling else None,
        elides=elides,
    )


def wide_tongue(*, claims: str, here: str, persons: str, leaning: str, likeness: str) -> Tongue:
    """Languages whose words are single characters, but for those that passages begin with."""
    return Tongue(
        {**_each(" ".join(claims), _CLAIM), **_each(here, _HERE), **_each(" ".join(persons), _PERSON)},
        {**_each(" ".join(persons), _NAMELESS), **_each(here, _POINTING), **_each(leaning, _LEANING)},
        given=WITHOUT_ARTICLES,
        likeness=re.compile(likeness),
        width=2,
    )


def _each(words: str, points: float) -> dict[str, float]:
    return dict.fromkeys(words.split(), points)
