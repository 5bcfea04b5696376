"""Custom ids: frozen values that are stored as text in buttons, selects and modals, and parsed strictly.

Each kind is a subclass of `CustomId` with its own prefix, which ends in a version number. Its fields are the rest of
the text, separated by colons: integers, booleans, literals, names, Discord ids, emoji. The class is a dataclass; its
`pattern` is derived from the fields and rejects all other texts.
"""

import re
from dataclasses import dataclass, fields
from typing import ClassVar, Literal, NewType, Self, dataclass_transform, get_args, get_origin

from bot.stories.model import Spot
from bot.ui.limits import CUSTOM_ID

MessageKind = Literal["page", "peek", "page-react", "peek-react", "card", "vote", "react", "end", "question"]
"""Kind of the message with the pressed button, which the bot redraws after the press."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Content of the message with the pressed button, for redrawing it."""

    kind: MessageKind
    story: int
    spot: Spot
    """Start of the page in the message; chapter 0 if the message is about the whole story."""
    question: int = 0
    """Id of the question in the message; 0 for none."""


Snowflake = NewType("Snowflake", int)
"""A Discord id below 9·10¹⁸, so that every database can store it. Ids stay below that until 2082.

Other integers have at most 17 digits, so that a page number times the rows of a page can still be stored.
"""

EmojiText = NewType("EmojiText", str)
"""A Unicode emoji, or the id of a custom emoji."""

Name = NewType("Name", str)
"""Name of something in code, such as a setting. The handler checks that it exists."""

SNOWFLAKE = "[0-9]{1,18}|[1-8][0-9]{18}"
_PATTERNS: dict[object, str] = {
    bool: "[01]",
    int: "[0-9]{1,17}",
    Snowflake: SNOWFLAKE,
    EmojiText: r"[^:\s]{1,40}",
    Name: "[a-z_]{1,40}",
}


_prefixes: dict[str, str] = {}
"""Name of the class of each prefix."""


@dataclass_transform(frozen_default=True)
@dataclass(frozen=True)
class CustomId:
    """Base of custom ids. A subclass sets its prefix.

    Defining a subclass with a field of an unsupported type, or with a prefix in use, raises `TypeError`. `str` of an id
    that is too long for Discord raises `ValueError`.
    """

    PREFIX: ClassVar[str]
    _types: ClassVar[dict[str, object]]
    _form: ClassVar[str]
    _pattern: ClassVar[re.Pattern[str]]

    def __init_subclass__(cls, *, prefix: str | None = None) -> None:
        dataclass(frozen=True)(cls)
        if prefix is None:
            return
        if prefix in _prefixes:
            raise TypeError(f"{cls.__name__} has the prefix {prefix!r} of {_prefixes[prefix]}")
        _prefixes[prefix] = cls.__name__
        cls.PREFIX = prefix
        cls._types = {field.name: field.type for field in fields(cls)}
        forms = (
            f"{{{name}:d}}" if kind in (bool, int, Snowflake) else f"{{{name}}}" for name, kind in cls._types.items()
        )
        cls._form = ":".join([prefix, *forms])
        parts = (f"(?P<{name}>{_field_pattern(cls, kind)})" for name, kind in cls._types.items())
        cls._pattern = re.compile(":".join([prefix, *parts]))

    def __str__(self) -> str:
        text = self._form.format_map(self.__dict__)
        if len(text) > CUSTOM_ID:
            raise ValueError(f"custom id of {len(text)} characters: {text}")
        return text

    @classmethod
    def pattern(cls) -> re.Pattern[str]:
        """Return a pattern that fully matches the ids of this kind and no others."""
        return cls._pattern

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Return the custom id whose text `pattern` matched."""
        return cls(**{name: _read(cls._types[name], text) for name, text in match.groupdict().items()})


class ModalId(CustomId):
    """Base of the custom ids of modals; all other custom ids belong to buttons and selects."""


class OfStory(CustomId):
    """Base of custom ids with the id of a story."""

    story: int


class OfQuestion(CustomId):
    """Base of custom ids with the id of a question."""

    question: int


class AtSpot(CustomId):
    """Base of custom ids with the start of the open page."""

    chapter: int
    offset: int

    @property
    def spot(self) -> Spot:
        return Spot(self.chapter, self.offset)


def _field_pattern(cls: type[CustomId], kind: object) -> str:
    if get_origin(kind) is Literal:
        return "|".join(map(re.escape, get_args(kind)))
    if kind not in _PATTERNS:
        raise TypeError(f"{cls.__name__}: no custom id can hold a field of type {kind}")
    return _PATTERNS[kind]


def _read(kind: object, text: str) -> object:
    return text == "1" if kind is bool else int(text) if kind in (int, Snowflake) else text
