"""Recognise the furniture of websites: buttons and counters such as ``Like · Reply``, ``Kommentare (5)``.

Their words are under ``site`` in `bot.stories.vocabulary`. A row of several buttons certainly belongs to a site, and so
does a long button; a single short button is recognised only next to other furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal

from bot.stories.vocabulary import VOCABULARIES

Furniture = Literal["sure", "beside"]

_MOST_CHARS = 160  # maximum characters of a line with buttons or counters
_LONG_BUTTON = 11  # minimum characters of a button that is certain by itself, if it has a space
_LONG_CASELESS = 5  # minimum characters of a button that is certain by itself, in scripts without letter case
_PLAIN_BUTTON = 5  # minimum characters of the longest button in a row of two, or of two on consecutive lines
_LEAST_BUTTONS = 3  # minimum buttons in a row that is separated by single spaces
_LONGEST = 6  # maximum words of a button or counter in the vocabulary

_PARTS = re.compile(r"\s*[·・•|｜/»«<→←►▸▶‹›>]\s*|\s{2,}|\t|\]\s*\[|\u3000|\s[-–—]\s")
_PIECES = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:,? \d{1,2}:\d\d(?::\d\d)?)?|\d{1,2}:\d\d"
    r"|[\d.,\xa0]*\d\+?(?:\s?(?:[kKmM]\b|mil\b|mila\b|mln\b|rb\b|jt\b|тыс\.?|ألف|[千万]))?"
    r"|[^\W\d]+(?:['’.-][^\W\d]+)*"
)
_PROSE = re.compile(r"[^\w\s:：()（）\[\].,'’+-]|[.,](?!\d)|-(?!\w)")
_PATH = re.compile(r"[^.!?\"“«»<>›]{3,40}(?:\s[>›→]\s[^.!?\"“<>›]{2,50}){1,5}")  # ``Forum > Stories``
_COUNT = re.compile(r"[^\W\d]\s*[(（:：]\s*\d|\d\s?[kKмM万千]\b|[\d.,]+\s*[)）]\s*$")
_ICON = re.compile(r"[\U0001F300-\U0001FAFF\u2190-\u2BFF]")
_WITH_UNIT = re.compile(r"\d\s?(?:[km]|mil|mila|mln|rb|jt|тыс\.?)$")
_NUMBER = r"[\d.,]*\d\+?|an?|une?|ein(?:er|em)?|un[ao]?|uma?"
_DEVICE = (
    r"\S{0,6}(?:i-?phone|i-?pad|ipod|android|galaxy|samsung|huawei|xiaomi|redmi|nokia|blackberry|phone|mobile|handy|telefon|tel[ée]fono|"
    r"celular|m[óo]vil|portable|cellulare|телефон|айфон|айпад|андроид|ponsel|آيفون|ايفون|هاتف|جوال|手机|手機|客户端|平板|小米|华为|スマホ)"
    r"\S{0,6}(?: \S+){0,2}"
)
_DATE = r"[:：]?\s*(?=[^\n]*\d)[^!?\"”]{4,36}"


def _entries(kind: str) -> Iterator[str]:
    """Yield each word or phrase under a *kind* of furniture in the vocabularies of all languages."""
    for vocabulary in VOCABULARIES.values():
        for text in vocabulary.site.get(kind, "").split(","):
            if text.strip():
                yield " ".join(text.split())


_OFFERS = frozenset(_entries("offers"))
_BUTTONS = frozenset(_entries("buttons"))
_IN_ROWS = frozenset(_entries("in_rows"))
_COUNTED = frozenset(_entries("counted"))
_AFTER_NUMBERS = frozenset(_entries("after_numbers"))
_STARTS = frozenset(text.split()[0][:3] for text in _BUTTONS | _IN_ROWS | _COUNTED | _AFTER_NUMBERS)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return a pattern for lines with the poster's device or a date, and one for ages such as "3 hours ago"."""
    dated = "|".join(re.escape(text) for text in _entries("dated"))
    sent, ago = ("|".join(v.site[kind] for v in VOCABULARIES.values() if kind in v.site) for kind in ("sent", "ago"))
    sure = rf"(?:{sent.replace('DEVICE', _DEVICE)})\.?|(?:{dated})(?![^\W\d]){_DATE}"
    return re.compile(sure), re.compile(ago.replace("NUM", f"(?:{_NUMBER})"))


def furniture_of(line: str) -> Furniture | None:
    """Return ``sure`` if *line* is certainly furniture, ``beside`` if only next to other furniture, else None."""
    line = line.strip()
    if not line or len(line) > _MOST_CHARS or line[-1] in '?"”»':
        return None
    lowered = line.lower().replace("’", "'")
    sure, ago = _patterns()
    if sure.fullmatch(lowered):
        return "sure"
    if ago.fullmatch(lowered.strip(" ·•()")) or (_PATH.fullmatch(lowered) and not _row_kind(line, lowered)):
        return "beside"
    if line[-1] in ".。!！…" and "(" not in line:
        bare = lowered.rstrip(" .。!！…")
        return ("sure" if _is_long(bare) else "beside") if bare in _BUTTONS else None
    return _row_kind(line, lowered)


def _row_kind(line: str, lowered: str) -> Furniture | None:
    parts = [part for part in _PARTS.split(lowered) if re.search(r"\w", part)]
    items = [_items(part, ago=_patterns()[1]) for part in parts]
    if not items or not all(items):
        return None
    found = [item for each in items for item in each]
    words, counts = sum(item != "number" for item in found), sum(item == "count" for item in found)
    if not words:
        return "beside" if _ICON.search(line) or _WITH_UNIT.search(lowered) else None
    if len(parts) > 1 and all(len(each) <= 2 for each in items):
        return "sure" if counts or len(parts) > 2 or max(map(len, parts)) >= _PLAIN_BUTTON else "beside"
    if (counts or "(" in lowered) and (counts > 1 or _COUNT.search(lowered) or _ICON.search(line)):
        return "sure"
    if len(found) > 1 and "phrase" in found:
        return "sure"
    if len(found) > 1:
        return "beside" if counts or words >= _LEAST_BUTTONS else None
    bare = lowered.strip(" :：.!！")
    if bare in _IN_ROWS:
        return None
    return "sure" if bare in _BUTTONS and _is_long(bare) else "beside"


def _is_long(button: str) -> bool:
    """Return whether a *button* is long enough to be certain by itself."""
    is_caseless = button[0] > "\u3000"
    return len(button) >= (_LONG_CASELESS if is_caseless else _LONG_BUTTON) and (is_caseless or " " in button)


def _items(part: str, ago: re.Pattern[str]) -> list[str]:
    """Return the kind of each item in a part of a row; an empty list if the part has other words.

    A kind is ``button``, ``phrase`` (a button of several words), ``count`` (``3 comments``) or ``number``.
    """
    bare = " ".join(part.split()).strip(" :：()（）[]") or part
    if bare in _BUTTONS or bare in _IN_ROWS or ago.fullmatch(bare):
        return ["phrase" if " " in bare else "button"]
    pieces: list[str] = _PIECES.findall(part)
    if (
        _PROSE.search(_ICON.sub("", part))
        or not pieces
        or not any(piece[:3] in _STARTS or piece[0].isdigit() for piece in pieces)
    ):
        return []
    items: list[str] = []
    at = 0
    while at < len(pieces):
        if pieces[at][-1:].isdigit() or pieces[at][:1].isdigit():
            if items and items[-1] == "counted":
                items[-1] = "count"
            else:
                items.append("number")
            at += 1
            continue
        for length in range(min(_LONGEST, len(pieces) - at), 0, -1):
            text = " ".join(pieces[at : at + length])
            is_counted = text in _COUNTED or (text in _AFTER_NUMBERS and items[-1:] == ["number"])
            if is_counted or text in _BUTTONS:
                break
        else:
            return []
        if is_counted and items[-1:] == ["number"]:
            items[-1] = "count"
        else:
            items.append("counted" if is_counted else "phrase" if length > 1 else "button")
        at += length
    return ["button" if item == "counted" else item for item in items]


def is_offer(line: str) -> bool:
    """Return whether *line* is a heading above other stories that a site recommends."""
    return line.strip(" :：.…").lower().replace("’", "'") in _OFFERS


def has_adjacent_buttons(lines: Sequence[str]) -> bool:
    """Return whether two different buttons are on consecutive lines."""
    return any(
        one.strip() != other.strip()
        and max(len(one.strip()), len(other.strip())) >= _PLAIN_BUTTON
        and furniture_of(one) == furniture_of(other) == "beside"
        for one, other in pairwise(lines)
    )
