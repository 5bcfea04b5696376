"""Count the columns of text: a wide character has two, a combining mark none, any other one."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from unicodedata import category, east_asian_width

_ODD = re.compile("[\xad\u0300-\u200f\u202a-\U0010ffff]+")  # may have two columns or none
_TWO_COLUMNS, _ONE_COLUMN, _NO_COLUMN = "\ufdd0", "\ufdd1", "\ufdd2"  # noncharacters, so in no prose

Width = Callable[[int, int], int]
"""Function that returns the number of columns of prose between two offsets."""


def width_of(prose: str) -> Width:
    """Return a function that counts the columns of *prose*."""
    kinds = _Kinds()
    return partial(_columns, _ODD.sub(lambda odd: odd[0].translate(kinds), prose))


class _Kinds(dict[int, str]):
    """Table for `str.translate`: replaces a character with a mark for its number of columns."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        columns = 1 + (east_asian_width(sign) in "WF") - (category(sign) in ("Mn", "Me", "Cf"))
        self[code] = kind = (_NO_COLUMN, _ONE_COLUMN, _TWO_COLUMNS)[columns]
        return kind


def _columns(counted: str, start: int, end: int) -> int:
    """Return the number of columns between two offsets of *counted*, prose in which `_Kinds` replaced characters."""
    return end - start + counted.count(_TWO_COLUMNS, start, end) - counted.count(_NO_COLUMN, start, end)
