"""The options that name tags, fandoms, characters, authors or languages, offered as the reader types."""

from __future__ import annotations

from discord import app_commands

from bot.domain.filters import names
from bot.interactions.audience import seen
from bot.interactions.client import Interaction
from bot.stories.facets import MARK_CHARS, NAMED, Kind
from bot.ui.limits import CHOICES
from bot.ui.story_lists import name_choices

TYPED_CHARS = 300


class NamesOption(app_commands.Transformer):
    """Names of some kinds of marks, parted by commas; the last of them is offered."""

    def __init__(self, *kinds: Kind) -> None:
        self._kinds = kinds

    @property
    def min_value(self) -> int:
        return 1

    @property
    def max_value(self) -> int:
        return TYPED_CHARS

    async def transform(self, interaction: Interaction, value: str, /) -> tuple[str, ...]:  # type: ignore[override]
        return names(value)

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        before, _, last = value.rpartition(",")
        offered = await seen(interaction).marks.offered(self._kinds, last.strip()[:MARK_CHARS], CHOICES)
        return [app_commands.Choice(name=text, value=text) for text in name_choices(before.strip(), offered)]


class NameOption(app_commands.Transformer):
    """One name of a kind of marks."""

    def __init__(self, kind: Kind) -> None:
        self._kind: Kind = kind

    @property
    def min_value(self) -> int:
        return 1

    @property
    def max_value(self) -> int:
        return MARK_CHARS

    async def transform(self, interaction: Interaction, value: str, /) -> str:  # type: ignore[override]
        return value

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        offered = await seen(interaction).marks.offered((self._kind,), value.strip()[:MARK_CHARS], CHOICES)
        return [app_commands.Choice(name=text, value=text) for text in name_choices("", offered)]


Author = app_commands.Transform[str, NameOption("author")]
Tags = app_commands.Transform[tuple[str, ...], NamesOption("tag")]
Fandoms = app_commands.Transform[tuple[str, ...], NamesOption("fandom")]
Characters = app_commands.Transform[tuple[str, ...], NamesOption("character")]
Authors = app_commands.Transform[tuple[str, ...], NamesOption("author")]
Languages = app_commands.Transform[tuple[str, ...], NamesOption("language")]
AnyNames = app_commands.Transform[tuple[str, ...], NamesOption(*NAMED)]
