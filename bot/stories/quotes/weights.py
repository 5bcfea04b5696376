"""What single words and phrases of a language add to a passage's score as a quote, and which language a story is in.

The words are in `bot.stories.vocabulary`; their points are here, and are frozen: `bot.stories.quotes.score` says what
they were fitted to. The lists are short: they hold what is frequent. A language without a list is judged by what no
language changes, which is length, sentences and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.stories.vocabulary import VOCABULARIES

_WORD_POINTS = {
    "definite": 0.9,  # names a thing: "the" lettuce
    "indefinite": 1.5,  # brings a thing in: "a" goose
    "absolutes": 3,  # says something of all, of none, or of why: "never", "everyone", "because"
    "qualifiers": 2.2,  # says how far it is so, or asks: "not", "anyone", "enough", "why"
    "counts": -0.5,  # how many or how long: "eleven", "years"
    "address": 1.5,  # tells somebody how things are: "you"
    "persons": 0.7,  # tells of oneself: "I", "our"
    "links": -1.4,  # adds to a description: "of", "with"
    "description": -2.8,  # says how things and people look: "little", "brown", "man"
    "body": 1.5,  # stands for somebody: "eyes", "hands"
    "gestures": -2,  # what actors are told to do: "nods", "shrugs"
    "minds": 1.3,  # what is known, thought and might be, or is not: "could", "felt", "isn't"
    "space": -1.2,  # where things stand and move: "behind", "corner"
    "feelings": 4.2,  # what readers quote for: "heart", "hope", "forever"
    "plot": -3.6,  # moves the plot and says no more: "walked", "opened", "phone"
    "deictics": -1.4,  # points at the scene: "now", "this"
    "pronouns": -0.3,  # means somebody who is known from before: "she", "his"
}
"""Points for each word of a kind; for a word of two kinds the later ones count."""

_OPENER_POINTS = {
    "openers": 0,
    "address": 8,  # speaks to somebody, or of oneself: "you", "I"
    "persons": 5,
    "pronouns": -1,  # means somebody named before: "she"
    "deictics": -7,  # points back at what came before: "this"
    "pointers": -4,  # the same: "it"
    "connectives": -7,  # joins the passage to what came before: "and", "therefore"
    "leaning": -40,  # is never an opening: "so", "then"
}
"""Points for the word that a passage begins with; for a word of two kinds the later ones count."""

MOST_OPENING = max(_OPENER_POINTS.values())
"""The most points for the word that a passage begins with."""

_WITHOUT_ARTICLES = 5  # points for every passage of a language without articles: about what the articles of others give
SAMPLE_CHARS = 1_500
"""Characters of a text by which its language is recognised."""

_KNOWN_SHARE = 0.1  # the share of a text's words that must be on the list of its language
_PUNCTUATION = '.,;:!?"()[]-*_/'
_SPACED = str.maketrans(_PUNCTUATION, " " * len(_PUNCTUATION))
_SPACED_WITH_APOSTROPHES = {**_SPACED, ord("'"): " "}
_OTHER_PUNCTUATION = "…“”„«»‘—–―。、！？，：；「」『』（）"


@dataclass(frozen=True, slots=True)
class WordWeights:
    """The points for the words of one language, in lower case and with straight apostrophes."""

    words: Mapping[str, float]
    """What a word adds to a passage's score."""
    openers: Mapping[str, float]
    """What a passage's first word adds to its score; a word that is not listed may be a name."""
    base: float = 0
    """Points for every passage, in place of those for articles where the language has none."""
    replies: frozenset[str] = frozenset()
    """Words with which speech begins that answers something."""
    # The patterns begin with a space, which makes the search five times as fast; so the text searched begins with one.
    participle: re.Pattern[str] | None = None
    """What somebody does beside: "she said, turning to the window"."""
    leaning: re.Pattern[str] | None = None
    """Phrases with which no quote begins: "just then"."""
    connective: re.Pattern[str] | None = None
    """Phrases with which a passage goes on from what came before: "of course"."""
    back_reference: re.Pattern[str] | None = None
    """Phrases that refer to something outside of the passage: "the other one"."""
    announcing: re.Pattern[str] | None = None
    """Phrases at the end that announce what is to come: "and so she speaks"."""
    reflex: re.Pattern[str] | None = None
    """What bodies do in every story: "her heart races"."""
    address: frozenset[str] = frozenset()
    """Words that speak to somebody: "you"."""
    elides: bool = False
    """Whether an apostrophe parts two words, as in "l'heure"."""
    width: int = 1
    """How many letters a character says as much as; where it is 2, each character is a word."""

    def fold(self, text: str) -> str:
        """Return *text* in lower case, of the same length, with a space for each punctuation mark."""
        lowered = text.lower()
        if len(lowered) != len(text):  # a few letters are two in lower case
            lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
        if lowered.isascii():
            return lowered.translate(_SPACED if not self.elides else _SPACED_WITH_APOSTROPHES)
        lowered = lowered.replace("’", "'")
        marks = _PUNCTUATION + _OTHER_PUNCTUATION
        for mark in marks + "'" if self.elides else marks:
            lowered = lowered.replace(mark, " ")
        return lowered

    def split(self, folded: str) -> Sequence[str]:
        """Return the words of folded text."""
        return folded.split() if self.width == 1 else "".join(folded.split())

    def first_word(self, folded: str) -> str:
        """Return the word that folded text begins with; where no space ends it, the longest that is listed."""
        folded = folded.lstrip()
        if self.width == 1:
            return folded.partition(" ")[0]
        return next((folded[:length] for length in (3, 2) if folded[:length] in self.openers), folded[:1])


def _weights(*codes: str, elides: bool = False, width: int = 1) -> WordWeights:
    listed = [VOCABULARIES[code] for code in codes]

    def words(kind: str) -> list[str]:
        return [word for each in listed for word in each.quote_words.get(kind, "").split()]

    def pattern(kind: str, form: str) -> re.Pattern[str] | None:
        phrases = [phrase for each in listed for phrase in each.quote_phrases.get(kind, ())]
        return re.compile(form.format("|".join(phrases))) if phrases else None

    return WordWeights(
        {word: points for kind, points in _WORD_POINTS.items() for word in words(kind)},
        {word: points for kind, points in _OPENER_POINTS.items() for word in words(kind)},
        base=0 if words("indefinite") else _WITHOUT_ARTICLES,
        replies=frozenset(words("replies")),
        participle=pattern("participles", "{}"),
        leaning=pattern("leaning", r" (?:{})\b"),
        connective=pattern("connectives", r" (?:{})\b"),
        back_reference=pattern("back_references", r" (?:{})"),
        announcing=pattern("announcing", r" (?:{})\W*$"),
        reflex=pattern("reflexes", r" (?:{})"),
        address=frozenset(words("address")),
        elides=elides,
        width=width,
    )


ENGLISH = _weights("en")
FRENCH = _weights("fr", elides=True)
SPANISH = _weights("es")
GERMAN = _weights("de")
RUSSIAN = _weights("ru")
ITALIAN = _weights("it", elides=True)
PORTUGUESE = _weights("pt")
CHINESE_OR_JAPANESE = _weights("zh", "ja", width=2)
OTHER = WordWeights({}, {}, base=_WITHOUT_ARTICLES)
"""A language without a list."""

_CODES = ("en", "fr", "es", "de", "ru", "it", "pt")
_ALPHABETIC = (ENGLISH, FRENCH, SPANISH, GERMAN, RUSSIAN, ITALIAN, PORTUGUESE)
_DIGITS = 12  # binary digits: the words of a sample are fewer than they count
_LANGUAGES_OF: dict[str, int] = {}
"""Which of the alphabetic languages have a word on their list: each has its digits of a number, which add up."""
for _number, _listed in enumerate(_ALPHABETIC):
    for _word in {*_listed.words, *_listed.openers}:
        _LANGUAGES_OF[_word] = _LANGUAGES_OF.get(_word, 0) + (1 << _DIGITS * _number)
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def weights_of(text: str) -> WordWeights:
    """Return the weights of the language that the beginning of *text* is in, by its small words."""
    sample = text[:SAMPLE_CHARS]
    if 4 * len(_WIDE.findall(sample)) > len(sample):
        return CHINESE_OR_JAPANESE
    words = FRENCH.split(FRENCH.fold(sample))
    known = sum(filter(None, map(_LANGUAGES_OF.get, words)))
    counts = [known >> _DIGITS * number & (1 << _DIGITS) - 1 for number in range(len(_ALPHABETIC))]
    most = max(counts)
    return _ALPHABETIC[counts.index(most)] if most > _KNOWN_SHARE * len(words) else OTHER


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of *text*, None where it has no list of words or two languages."""
    weights = weights_of(text)
    return _CODES[_ALPHABETIC.index(weights)] if weights in _ALPHABETIC else None
