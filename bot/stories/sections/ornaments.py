"""Remove ornaments, quotation marks and brackets around a title or a name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_AT_ENDS = frozenset("-–—_*•·:|\\ـ･ﾟ")
_KEPT = frozenset("№©®™°℃℉")  # signs that are part of a title
_PLACEHOLDERS = frozenset("○●◎◯〇×")  # signs that replace letters in Japanese
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Text direction marks and characters without a width."""
_TAG = re.compile(
    r"\[/?(?:[bius]|center|size|color|font|url)(?:=[^\[\]]*)?\]|</?(?:[biu]|em|strong|center|font|h\d)[^<>]*>", re.I
)
_EMPHASISED = re.compile(r"(\*{1,3}|_{1,3})(?=\S)(?P<inside>[^*]+?)(?<=\S)\1(?!\w)(?P<behind>.*)")
INITIAL = re.compile(r"(?:^|[\s.])[^\W\d_]\.$")


@lru_cache(maxsize=1 << 10)
def _is_ornament(sign: str) -> bool:
    if sign in _AT_ENDS or "\U00013000" <= sign <= "\U0001342f":  # hieroglyphs are letters, but serve as flourishes
        return True
    return sign not in _KEPT and unicodedata.category(sign) in ("So", "Sk", "Sm", "Cf", "Cc", "Co", "Mn", "Me", "Zs")


def bare(text: str) -> str:
    """Return *text* without the ornaments around it, but with the punctuation of its words."""
    text = INVISIBLE.sub("", text).strip() if not text.isascii() else text.strip()
    if "[/" in text or "</" in text:
        text = _TAG.sub("", text).strip()
    if text[:1] in ("*", "_") and (emphasised := _EMPHASISED.fullmatch(text)) is not None:
        text = emphasised["inside"] + emphasised["behind"]
    start = 0
    while start < len(text) and _is_before(text, start):
        start += 1
    text = text[start:]
    end = len(text)
    while end and (_is_behind(text, end) or text[end - 1].isspace()):
        end -= 1
    return text[:end]


def _is_before(text: str, i: int) -> bool:
    sign, after = text[i], text[i + 1 : i + 2]
    if sign in _PLACEHOLDERS:
        return not text[i:].lstrip("".join(_PLACEHOLDERS))[:1].isalnum()
    if sign in ".#+":
        return not after.isalnum() and not text.startswith("..")
    return _is_ornament(sign)


def _is_behind(text: str, end: int) -> bool:
    sign, before = text[end - 1], text[end - 2 : end - 1]
    if unicodedata.category(sign) in ("Mn", "Me"):  # a combining mark belongs to the sign before it
        base = next((n for n in range(end - 1, -1, -1) if unicodedata.category(text[n]) not in ("Mn", "Me")), None)
        return base is None or (text[base] not in _KEPT and not text[base].isalnum() and _is_ornament(text[base]))
    if sign in ".…":
        return sign == "." and before != "." and not INITIAL.search(text[:end])
    if sign in "+–-" or sign in _PLACEHOLDERS:
        return not before.isalnum() or (sign == "-" and not before.isdigit())
    return _is_ornament(sign) or sign in "#"


def has_words(text: str) -> bool:
    """Return whether *text* has a letter or a digit."""
    return any(sign.isalnum() for sign in text)


QUOTED = re.compile(r"\"[^\"]+\"|“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|《[^《》]+》|『[^『』]+』|「[^「」]+」|〈[^〈〉]+〉")
_IN_BRACKETS = re.compile(r"\(+\s*(?P<round>[^()]+?)\s*\)+|【[^【】]+】|（[^（）]+）")


def whole_in_marks(text: str) -> str | None:
    """Return the text inside quotation marks or brackets that enclose all of *text*, or None."""
    if QUOTED.fullmatch(text):
        return text[1:-1].strip()
    match = _IN_BRACKETS.fullmatch(text)
    return (match["round"] or text[1:-1]).strip() if match is not None else None
