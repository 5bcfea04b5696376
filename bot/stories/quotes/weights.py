"""Points for the words and phrases of a language in a quote's score, and recognition of a story's language.

The words are in `bot.stories.vocabulary`, their points are here. The lists are short: they contain frequent words. In a
language without a list only length and punctuation count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.stories.vocabulary import VOCABULARIES

WORD_POINTS = {
    "common": 0,  # only tells the language, as the next two
    "leaning": 0,
    "connectives": 0,
    "articles": 1.5,  # brings a thing in: "a" goose
    "claims": 2.5,  # says what holds, of all or of none, and why: "is", "never", "everyone", "because", "not"
    "minds": 1.3,  # thought, possibility and negation: "could", "felt", "isn't"
    "scene": -2.5,  # what is seen and done: "little", "nods", "behind", "opened"
    "feelings": 4,  # emotions, which readers quote: "heart", "hope", "forever"
}
"""Points for each word of a kind; for a word of two kinds, the kind further down counts."""

OPENER_POINTS = {
    "connectives": -7,  # connects the passage to earlier text, or points at it: "and", "therefore", "this"
    "leaning": -40,  # cannot open a quote: "so", "then"
}
"""Points for the first word of a passage; for a word of two kinds, the kind further down counts."""

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
    # Patterns and searched text begin with a space, because that makes the search five times as fast.
    leaning: re.Pattern[str] | None = None
    """Phrases that cannot open a quote: "just then"."""
    back_reference: re.Pattern[str] | None = None
    """Phrases that refer to something outside the passage: "the other one"."""
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


def weights_for(*codes: str) -> WordWeights:
    """Return the weights for the words of a language, or of several, by their ISO 639-1 codes."""
    listed = [VOCABULARIES[code] for code in codes]

    def words(kind: str) -> list[str]:
        return [word for each in listed for word in each.quote_words.get(kind, "").split()]

    def pattern(kind: str, form: str) -> re.Pattern[str] | None:
        phrases = [phrase for each in listed for phrase in each.quote_phrases.get(kind, ())]
        return re.compile(form.format("|".join(phrases))) if phrases else None

    return WordWeights(
        {word: points for kind, points in WORD_POINTS.items() for word in words(kind)},
        {word: points for kind, points in OPENER_POINTS.items() for word in words(kind)},
        base=0 if words("articles") else _WITHOUT_ARTICLES,
        leaning=pattern("leaning", r" (?:{})\b"),
        back_reference=pattern("back_references", r" (?:{})"),
        elides=any(each.elides for each in listed),
        width=1 if all(each.has_spaces for each in listed) else 2,
    )


_LISTED = [code for code, each in VOCABULARIES.items() if each.quote_words]
WEIGHTS = {code: weights_for(code) for code in _LISTED if VOCABULARIES[code].has_spaces}
"""Weights of each language with spaces between its words, by its ISO 639-1 code."""

CHINESE_OR_JAPANESE = weights_for(*(code for code in _LISTED if code not in WEIGHTS))
OTHER = WordWeights({}, {}, base=_WITHOUT_ARTICLES)
"""Weights for a language without a list."""

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def weights_of(text: str) -> WordWeights:
    """Return the weights for the language of *text*."""
    sample = text[:SAMPLE_CHARS]
    if 4 * len(_WIDE.findall(sample)) > len(sample):
        return CHINESE_OR_JAPANESE
    return WEIGHTS.get(language_of(sample) or "", OTHER)


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of *text*, recognised by frequent words at its beginning.

    None if it is Chinese or Japanese, or has no word list.
    """
    words = OTHER.split(_ELIDING.fold(text[:SAMPLE_CHARS]))
    known = {code: sum(map(each.words.__contains__, words)) for code, each in WEIGHTS.items()}
    likeliest = max(known, key=lambda code: known[code])
    return likeliest if known[likeliest] > _KNOWN_SHARE * len(words) else None


_ELIDING = WordWeights({}, {}, elides=True)
