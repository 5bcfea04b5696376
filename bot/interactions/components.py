"""What is pressed, picked or typed: each kind of custom id has one function that answers it.

A button or a select becomes a `discord.ui.DynamicItem`, a modal an entry that is looked up by its id, so that both
are answered after a restart, by another process, a year later.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import discord
from discord import ui

from bot.errors import ReaderError
from bot.interactions.replies import answer_error, speak_to
from bot.ui.custom_id import CustomId

Id = TypeVar("Id", bound=CustomId)
Interaction = discord.Interaction[Any]
Answer = Callable[[Any, Id], Awaitable[None]]
"""What answers a custom id: the interaction, of whichever client, and the id's value."""

Item = ui.Button[ui.View] | ui.Select[ui.View]


def component(kind: type[Id]) -> Callable[[Answer[Id]], type[ui.DynamicItem[Any]]]:
    """Make a function the answer to every button or select whose custom id is of *kind*."""

    def decorate(answer: Answer[Id]) -> type[ui.DynamicItem[Any]]:
        class Press(ui.DynamicItem[Any], template=kind.pattern()):
            def __init__(self, item: Item, custom_id: Id) -> None:
                super().__init__(item)
                self.kind = custom_id

            @classmethod
            async def from_custom_id(cls, interaction: Interaction, item: Any, match: re.Match[str], /) -> Press:
                return cls(item, kind.read(match))

            async def callback(self, interaction: Interaction) -> None:
                await _answered(answer, interaction, self.kind)

        Press.__name__ = Press.__qualname__ = f"Press{kind.__name__}"
        Press.__doc__ = answer.__doc__
        return Press

    return decorate


async def _answered(answer: Answer[Id], interaction: Interaction, custom_id: Id) -> None:
    speak_to(interaction)
    try:
        await answer(interaction, custom_id)
    except Exception as error:  # the one door for what a press raises: discord.py would only log it
        await answer_error(interaction, error)


class Modals:
    """The modals that the bot can answer, by their custom ids."""

    def __init__(self) -> None:
        self._answers: list[tuple[type[CustomId], Answer[Any]]] = []

    def add(self, kind: type[Id], answer: Answer[Id]) -> None:
        self._answers.append((kind, answer))

    async def answer(self, interaction: Interaction) -> None:
        """Answer what was typed into a modal; one of an unknown kind is told so."""
        typed = custom_id_of(interaction)
        for kind, answer in self._answers:
            if match := kind.pattern().fullmatch(typed):
                await _answered(answer, interaction, kind.read(match))
                return
        await answer_error(interaction, ReaderError("button-unknown"))


def custom_id_of(interaction: discord.Interaction) -> str:
    """The custom id of a press or a modal; empty for anything else."""
    return str((interaction.data or {}).get("custom_id", ""))


def ids_on(message: discord.Message | None) -> list[str]:
    """The custom ids of what can be pressed on a message."""
    rows = message.components if message is not None else ()
    items = [item for row in rows if isinstance(row, discord.ActionRow) for item in row.children]
    return [item.custom_id for item in items if item.custom_id]


def picked(interaction: discord.Interaction) -> str:
    """The one value picked in a select; empty where what came is none."""
    return next(iter(picks(interaction)), "")


def picks(interaction: discord.Interaction) -> list[str]:
    """The values picked in a select that takes several."""
    return [value for value in _list(interaction.data, "values") if isinstance(value, str)]


def number_in(text: str, digits: int = 18) -> int | None:
    """The number that a picked value is, of at most so many *digits*: it arrives from outside. None for none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def typed(interaction: discord.Interaction, name: str) -> str:
    """What was typed into the input *name* of a modal, or picked there; empty where what came holds no such text."""
    for row in _list(interaction.data, "components"):
        for each in (*_list(row, "components"), row.get("component") if isinstance(row, dict) else None):
            if isinstance(each, dict) and each.get("custom_id") == name:
                found = each.get("value", next(iter(_list(each, "values")), ""))
                return found if isinstance(found, str) else ""
    return ""


def _list(data: object, name: str) -> list[Any]:
    """A list in what came from outside, where there may be anything."""
    value = data.get(name) if isinstance(data, dict) else None
    return value if isinstance(value, list) else []
