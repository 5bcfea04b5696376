"""Find words beside the title or the author in a line: ``Friday flash``, ``songfic``, ``unedited``."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bot.stories.folding import fold
from bot.stories.vocabulary import VOCABULARIES


def folded(text: str) -> str:
    """Return *text* in lower case and without accents, like the patterns in this module."""
    return fold(text).replace("ł", "l")


def _listed(*kinds: str) -> list[str]:
    return [
        folded(word)
        for vocabulary in VOCABULARIES.values()
        for kind in kinds
        for word in vocabulary.naming.get(kind, ())
    ]


def any_phrase(words: list[str]) -> str:
    """Return a pattern for any of *words*, which are patterns, too; longer ones are tried first."""
    return "|".join(sorted({*words}, key=len, reverse=True))


def naming_pattern(kind: str) -> str:
    """Return a pattern for any word of *kind* under ``naming`` in the vocabularies."""
    return any_phrase([word for vocabulary in VOCABULARIES.values() for word in vocabulary.naming.get(kind, ())])


_FILLERS = r"del|della|do|da|der|des|die|el|il|la|le|lo|o|e|est|is|es|ist|это|my|mein|mi|mon|nr\.?|no\.?"
_SUFFIXES = "(?:nya|ها)?"  # "its", in Indonesian and Arabic


@cache
def _prefix_pattern() -> re.Pattern[str]:
    """Return the pattern of a word before a title.

    A *sure* word (``fic``) is enough to announce a title; a *round* (``flash``) needs a *day* beside it (``Friday``).
    """
    titles = [
        re.escape(folded(word)) for vocabulary in VOCABULARIES.values() for word in vocabulary.labels.get("title", ())
    ]
    sure = any_phrase([*titles, *_listed("pieces", "posts", "topics")])
    rounds, days = any_phrase(_listed("rounds")), any_phrase(_listed("days"))
    word = rf"(?P<sure>(?:{sure}){_SUFFIXES})|(?P<round>{rounds})|(?P<day>{days}|\d{{1,4}})|{_FILLERS}"
    return re.compile(rf"(?:{word})(?![^\W\d_\u3040-\u9fff])[\s/&_,.()\[\]-]*")


_ABBREVIATION = 2  # maximum letters of a post word that counts only in capitals: ``OS``, ``AU``


@cache
def _post_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    posts = _listed("posts")
    short = any_phrase([word.upper() for word in posts if len(word) <= _ABBREVIATION])
    long = any_phrase([word for word in posts if len(word) > _ABBREVIATION])
    around = r"(?<![^\W\u3040-\u9fff])", r"(?![^\W\u3040-\u9fff])"
    return re.compile(f"(?:{long})".join(around)), re.compile(f"(?:{short})".join(around))


def has_post_word(text: str) -> bool:
    """Return whether *text* has a word that only posts use."""
    long, short = _post_words()
    return short.search(text) is not None or long.search(folded(text)) is not None


_WORDS_BESIDE_A_POST = 4  # maximum words of a text such as ``FF Super Junior``


@lru_cache(maxsize=1 << 8)
def is_prefix(front: str, *, is_whole: bool = False) -> bool:
    """Return whether *front* only announces a title: ``Fic``, ``Friday flash``, ``Tytuł pracy``.

    Unless *is_whole*, other words may be beside a word that only posts use: ``FF Super Junior``.
    """
    words = folded(front).strip(' -–—_*([#.~>«"')
    if not words or len(words) > _LONGEST_FRONT:
        return False
    at, kinds = 0, set[str]()
    pattern = _prefix_pattern()
    while at < len(words) and (match := pattern.match(words, at)):
        at = match.end()
        kinds |= {kind for kind in ("sure", "round", "day") if match[kind]}
    if at == len(words):
        return "sure" in kinds or {"round", "day"} <= kinds
    return not is_whole and len(words.split()) <= _WORDS_BESIDE_A_POST and has_post_word(front)


_LONGEST_FRONT = 40  # maximum characters of text before a title


@cache
def post_details() -> re.Pattern[str]:
    """Return the pattern of details beside a post's title, in folded letters: ``gen``, ``300 words``."""
    words = any_phrase(_listed("said", "pieces", "posts", "rounds"))
    return re.compile(rf"(?:[\d.,+~]+(?:ish|k)?\s?)?(?:{words})(?:\s?[\d.,]+)?|[\d.,]+\s?(?:{words})")


@cache
def _status() -> re.Pattern[str]:
    phrases = [folded(each) for v in VOCABULARIES.values() for phrases in v.statuses.values() for each in phrases]
    return re.compile(any_phrase(phrases))


def is_status(text: str) -> bool:
    """Return whether *text* only states whether a story is complete or goes on."""
    return _status().fullmatch(folded(text)) is not None
