"""Custom ids: small frozen values, written as text into a button, a select or a modal, and read back strictly.

A kind of id is a subclass with a prefix of its own, which ends in its version. Its fields become the rest of the text,
separated by colons: whole numbers, yes or no, one of a few words, a Discord id, an emoji. The class is a dataclass, and
its `pattern` is derived from its fields, so that text which the bot did not write is not read.
"""

import re
from dataclasses import dataclass, fields
from typing import ClassVar, Literal, NewType, Self, dataclass_transform, get_args, get_origin

from bot.stories.model import Spot
from bot.ui.limits import CUSTOM_ID

MessageKind = Literal["page", "peek", "page-react", "peek-react", "card", "vote", "react", "end", "question"]
"""What the message with a button shows, so that the bot can draw it again."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the pressed message shows, so that the bot can draw it again."""

    kind: MessageKind
    story: int
    spot: Spot
    """The begin of its page; chapter 0 where it is about the story as a whole."""
    question: int = 0
    """The question that was answered there; 0 for none."""


Snowflake = NewType("Snowflake", int)
"""A Discord id: below 9·10¹⁸, as all are until the year 2082, so that every database can store it.

Any other number has at most 17 digits: it can be multiplied by the rows of a page and is stored still.
"""

EmojiText = NewType("EmojiText", str)
"""An emoji itself, or the id of a custom one."""

Name = NewType("Name", str)
"""The name of something in code, such as a setting; who reads the id looks whether there is one."""

SNOWFLAKE = "[0-9]{1,18}|[1-8][0-9]{18}"
_PATTERNS: dict[object, str] = {
    bool: "[01]",
    int: "[0-9]{1,17}",
    Snowflake: SNOWFLAKE,
    EmojiText: r"[^:\s]{1,40}",
    Name: "[a-z_]{1,40}",
}


@dataclass_transform(frozen_default=True)
@dataclass(frozen=True)
class CustomId:
    """A custom id. A subclass names its prefix, and is refused where a field has a type that no id can hold."""

    PREFIX: ClassVar[str]
    _types: ClassVar[dict[str, object]]
    _form: ClassVar[str]
    _pattern: ClassVar[re.Pattern[str]]

    def __init_subclass__(cls, *, prefix: str | None = None) -> None:
        dataclass(frozen=True)(cls)
        if prefix is None:
            return
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
        """Return what matches every id of this kind whole, and no other."""
        return cls._pattern

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Return the value of an id that `pattern` matched."""
        return cls(**{name: _read(cls._types[name], text) for name, text in match.groupdict().items()})


class ModalId(CustomId):
    """The custom id of a modal; all others belong to buttons and selects."""


class OfStory(CustomId):
    """A custom id about a story."""

    story: int


class OfQuestion(CustomId):
    """A custom id about a question."""

    question: int


class AtSpot(CustomId):
    """A custom id about the page that is open."""

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
