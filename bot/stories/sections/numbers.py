"""Read the numbers of headings: digits, Roman or Chinese numerals, and words."""

from __future__ import annotations

from bot.stories.vocabulary import VOCABULARIES

_ONES, _ENGLISH_ORDINALS = (series.split() for series in VOCABULARIES["en"].number_words)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def _count_words() -> dict[str, int]:
    all_series = [series.split() for vocabulary in VOCABULARIES.values() for series in vocabulary.number_words]
    counts = {word: n for series in all_series for n, word in enumerate(series, start=1)}
    for n, ten in enumerate(_TENS, start=2):
        counts[ten] = 10 * n
        counts[f"{ten[:-1]}ieth"] = 10 * n
        for words in (_ONES[:9], _ENGLISH_ORDINALS[:9]):
            counts |= {f"{ten}{glue}{word}": 10 * n + k for k, word in enumerate(words, start=1) for glue in "- "}
    return counts


WORDS = _count_words()
"""Value of each number word, in all languages."""

ENGLISH = tuple(
    form
    for word in (*_ONES, *_TENS, *(f"{ten}-{one}" for ten in _TENS for one in _ONES[:9]))
    for form in (word.upper(), word.capitalize())
)
"""English number words in the case of headings: ``ONE`` or ``One``."""


def count(word: str) -> int | None:
    """Return the value of *word* in lower case (digits, a number word or a Roman numeral); None for a decimal."""
    if word.isdigit():
        return int(word)
    if word[0].isdigit():  # a decimal such as 3.5
        return None
    if (known := word.replace("ё", "е")) in WORDS:
        return WORDS[known]
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in word]
    return sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


_CHINESE = {sign: n for n, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}
CHINESE_SIGNS = "".join([*_CHINESE, *_CHINESE_UNITS])


def count_chinese(signs: str) -> int:
    """Return the value of *signs*: digits, narrow or wide, or Chinese numerals (``二十三``)."""
    if signs.isdigit():
        return int(signs)
    total, digit = 0, 0
    for sign in signs:
        if sign in _CHINESE_UNITS:
            total, digit = total + max(digit, 1) * _CHINESE_UNITS[sign], 0
        else:
            digit = 10 * digit + _CHINESE.get(sign, 0)
    return total + digit
