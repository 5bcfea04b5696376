"""Points for the words and phrases of a language in a quote's score, and recognition of a story's language.

The words are in `bot.stories.vocabulary`; their points are here and are frozen, see `bot.stories.quotes.score`. The
lists are short: they contain frequent words. In a language without a list only length, sentences and punctuation count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.stories.vocabulary import VOCABULARIES

_WORD_POINTS = {
    "definite": 0.9,  # names a thing: "the" lettuce
    "indefinite": 1.5,  # brings a thing in: "a" goose
    "absolutes": 3,  # claims about all or none, and reasons: "never", "everyone", "because"
    "qualifiers": 2.2,  # limits of a claim, and questions: "not", "anyone", "enough", "why"
    "counts": -0.5,  # numbers and durations: "eleven", "years"
    "address": 1.5,  # speaks to somebody: "you"
    "persons": 0.7,  # first person: "I", "our"
    "links": -1.4,  # adds to a description: "of", "with"
    "description": -2.8,  # looks of things and people: "little", "brown", "man"
    "body": 1.5,  # parts of the body that express a person: "eyes", "hands"
    "gestures": -2,  # stage directions: "nods", "shrugs"
    "minds": 1.3,  # thought, possibility and negation: "could", "felt", "isn't"
    "space": -1.2,  # positions and movement: "behind", "corner"
    "feelings": 4.2,  # emotions, which readers quote: "heart", "hope", "forever"
    "plot": -3.6,  # moves the plot without saying more: "walked", "opened", "phone"
    "deictics": -1.4,  # points at the scene: "now", "this"
    "pronouns": -0.3,  # refers to somebody known from before: "she", "his"
}
"""Points for each word of a kind; for a word of two kinds, the kind further down counts."""

_OPENER_POINTS = {
    "openers": 0,
    "address": 8,  # speaks to somebody: "you"
    "persons": 5,
    "pronouns": -1,  # refers to somebody named before: "she"
    "deictics": -7,  # refers to earlier text: "this"
    "pointers": -4,  # likewise: "it"
    "connectives": -7,  # connects the passage to earlier text: "and", "therefore"
    "leaning": -40,  # cannot open a quote: "so", "then"
}
"""Points for the first word of a passage; for a word of two kinds, the kind further down counts."""

MOST_OPENING = max(_OPENER_POINTS.values())
"""Maximum points for the first word of a passage."""

_WITHOUT_ARTICLES = 5  # points for every passage of a language without articles: about what articles add in others
SAMPLE_CHARS = 1_500
"""Number of characters from which the language of a text is recognised."""

_KNOWN_SHARE = 0.1  # minimum share of a text's words that are on the list of its language
_PUNCTUATION = '.,;:!?"()[]-*_/'
_SPACED = str.maketrans(_PUNCTUATION, " " * len(_PUNCTUATION))
_APOSTROPHES_SPACED_TOO = {**_SPACED, ord("'"): " "}
_OTHER_PUNCTUATION = "…“”„«»‘—–―。、！？，：；「」『』（）"


@dataclass(frozen=True, slots=True)
class WordWeights:
    """Points for the words of one language; words are in lower case, with straight apostrophes."""

    words: Mapping[str, float]
    """Points that each word adds to a passage's score."""
    openers: Mapping[str, float]
    """Points for a passage's first word; an unlisted word may be a name."""
    base: float = 0
    """Points for every passage in a language without articles, in place of the points for articles."""
    replies: frozenset[str] = frozenset()
    """First words of speech that is an answer."""
    # Patterns and searched text begin with a space, because that makes the search five times as fast.
    participle: re.Pattern[str] | None = None
    """Actions beside the main one: "she said, turning to the window"."""
    leaning: re.Pattern[str] | None = None
    """Phrases that cannot open a quote: "just then"."""
    connective: re.Pattern[str] | None = None
    """Opening phrases that continue earlier text: "of course"."""
    back_reference: re.Pattern[str] | None = None
    """Phrases that refer to something outside the passage: "the other one"."""
    announcing: re.Pattern[str] | None = None
    """Phrases at the end that announce what comes next: "and so she speaks"."""
    reflex: re.Pattern[str] | None = None
    """Clichés of body language: "her heart races"."""
    address: frozenset[str] = frozenset()
    """Words that speak to somebody: "you"."""
    elides: bool = False
    """Whether an apostrophe separates two words, as in "l'heure"."""
    width: int = 1
    """Number of letters that one character counts as; if it is 2, each character is a word."""

    def fold(self, text: str) -> str:
        """Return *text* in lower case, with a space for each punctuation mark; its length stays the same."""
        lowered = text.lower()
        if len(lowered) != len(text):  # a few letters have two characters in lower case
            lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
        if lowered.isascii():
            return lowered.translate(_SPACED if not self.elides else _APOSTROPHES_SPACED_TOO)
        lowered = lowered.replace("’", "'")
        marks = _PUNCTUATION + _OTHER_PUNCTUATION
        for mark in marks + "'" if self.elides else marks:
            lowered = lowered.replace(mark, " ")
        return lowered

    def split(self, folded: str) -> Sequence[str]:
        """Return the words of folded text."""
        return folded.split() if self.width == 1 else "".join(folded.split())

    def first_word(self, folded: str) -> str:
        """Return the first word of folded text.

        In Chinese and Japanese this is the longest listed word at the beginning of the text, or else one character.
        """
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
"""Weights for a language without a list."""

_CODES = ("en", "fr", "es", "de", "ru", "it", "pt")
_ALPHABETIC = (ENGLISH, FRENCH, SPANISH, GERMAN, RUSSIAN, ITALIAN, PORTUGUESE)
_DIGITS = 12  # bits of a counter: enough for all words of a sample
_LANGUAGES_OF: dict[str, int] = {}
"""For each listed word, an integer with `_DIGITS` bits per language: 1 in the field of each language that lists it.

The sum over a text's words counts its words in every language at once.
"""
for _number, _listed in enumerate(_ALPHABETIC):
    for _word in {*_listed.words, *_listed.openers}:
        _LANGUAGES_OF[_word] = _LANGUAGES_OF.get(_word, 0) + (1 << _DIGITS * _number)
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def weights_of(text: str) -> WordWeights:
    """Return the weights for the language of *text*, recognised by frequent words at its beginning."""
    sample = text[:SAMPLE_CHARS]
    if 4 * len(_WIDE.findall(sample)) > len(sample):
        return CHINESE_OR_JAPANESE
    words = FRENCH.split(FRENCH.fold(sample))
    known = sum(filter(None, map(_LANGUAGES_OF.get, words)))
    counts = [known >> _DIGITS * number & (1 << _DIGITS) - 1 for number in range(len(_ALPHABETIC))]
    most = max(counts)
    return _ALPHABETIC[counts.index(most)] if most > _KNOWN_SHARE * len(words) else OTHER


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of *text*; None if it is Chinese or Japanese, or has no word list."""
    weights = weights_of(text)
    return _CODES[_ALPHABETIC.index(weights)] if weights in _ALPHABETIC else None
