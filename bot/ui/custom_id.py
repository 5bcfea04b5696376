"""The shape of all custom ids: small values that are written as text and read back, strictly.

Each kind has a prefix of its own, which carries its version; its `pattern` is derived from its fields. Numbers are
small enough for a database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache
from typing import ClassVar, Literal, NewType, Self, get_args, get_type_hints

from bot.ui.limits import CUSTOM_ID

MessageKind = Literal["page", "peek", "card", "vote", "react", "tally", "end"]
"""What the message with a button shows, so that it can be drawn again."""

Snowflake = NewType("Snowflake", int)
"""An id of Discord's: up to 20 digits, where a database's whole numbers have 18 for certain."""

SNOWFLAKE_DIGITS = 20
_SNOWFLAKE = rf"[0-9]{{1,{SNOWFLAKE_DIGITS}}}"
_NUMBER = r"[0-9]{1,18}"
_EMOJI = r"[^:\s]{1,40}"


@dataclass(frozen=True, slots=True)
class CustomId:
    """The shape of all custom ids: a prefix, then the fields in order, parted by colons."""

    PREFIX: ClassVar[str]

    def __str__(self) -> str:
        parts = [self.PREFIX, *(_write(getattr(self, field.name)) for field in fields(self))]
        text = ":".join(parts)
        if len(text) > CUSTOM_ID:
            raise ValueError(f"custom id of {len(text)} characters: {text}")
        return text

    @classmethod
    def pattern(cls) -> re.Pattern[str]:
        """What matches every id of this kind whole, and no other."""
        return _pattern(cls)

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """The value of an id that `pattern` matched."""
        kinds = _kinds(cls)
        return cls(**{name: _read(kinds[name], text) for name, text in match.groupdict().items()})


class ModalId(CustomId):
    """The shape of a modal's custom id: what is typed there is answered by it."""

    __slots__ = ()


def _write(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _read(kind: object, text: str) -> object:
    return text == "1" if kind is bool else int(text) if kind in (int, Snowflake) else text


@cache
def _kinds(cls: type[CustomId]) -> dict[str, object]:
    hints = get_type_hints(cls)
    return {field.name: hints[field.name] for field in fields(cls)}


@cache
def _pattern(cls: type[CustomId]) -> re.Pattern[str]:
    def part(kind: object) -> str:
        if kind is bool:
            return "[01]"
        if kind is Snowflake:
            return _SNOWFLAKE
        return _NUMBER if kind is int else "|".join(map(re.escape, get_args(kind))) or _EMOJI

    return re.compile(":".join([cls.PREFIX, *(f"(?P<{name}>{part(kind)})" for name, kind in _kinds(cls).items())]))
