"""Buttons, selects and modals: each kind of custom id has one handler.

A handler needs only the custom id, and no message is kept in memory. So old messages work after a restart and in other
processes.
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import discord

from bot.errors import ReaderError
from bot.interactions.answering import Work
from bot.interactions.replies import answer_error, speak_to
from bot.stories.visible import unsteered
from bot.ui.custom_id import SNOWFLAKE, CustomId, ModalId

Id = TypeVar("Id", bound=CustomId)
Option = TypeVar("Option", bound=str)
Interaction = discord.Interaction[Any]
Answer = Callable[[Any, Id], Awaitable[None]]
"""Handler of interactions with one kind of custom id."""


@dataclass(frozen=True, slots=True)
class Component:
    """A kind of custom id, its handler, and the kind of work that a press causes (or a function that returns it)."""

    kind: type[CustomId]
    handler: Answer[Any]
    work: Work | Callable[[Any], Work]


COMPONENTS: dict[str, Component] = {}
"""All registered components, by the prefix of their custom ids."""


def component(kind: type[Id], *, work: Work | Callable[[Id], Work] = "act") -> Callable[[Answer[Id]], Answer[Id]]:
    """Register a function as the handler of buttons and selects with custom ids of *kind*.

    *work* is the kind of work that a press causes, or a function that returns it for a custom id.
    """

    def register(handler: Answer[Id]) -> Answer[Id]:
        COMPONENTS[kind.PREFIX] = Component(kind, handler, work)
        return handler

    return register


modal = component
"""Registers a function as the handler of modals with one kind of custom id."""


async def answer(interaction: Interaction) -> None:
    """Answer a button, select or modal by its handler; show an error for an unknown custom id."""
    speak_to(interaction)
    try:
        found, custom_id = _read(interaction)
        work = found.work(custom_id) if callable(found.work) else found.work
        await interaction.client.answering.begin(interaction, work)
        await found.handler(interaction, custom_id)
    except Exception as error:  # discord.py would only log it
        await answer_error(interaction, error)


def _read(interaction: Interaction) -> tuple[Component, CustomId]:
    """Return the component and the custom id of an interaction. Raises `ReaderError` for an unknown one."""
    text = custom_id_of(interaction)
    is_modal = interaction.type is discord.InteractionType.modal_submit
    found = COMPONENTS.get(text.partition(":")[0])
    if found is None or issubclass(found.kind, ModalId) is not is_modal:
        raise ReaderError("button-unknown")
    if match := found.kind.pattern().fullmatch(text):
        return found, found.kind.read(match)
    raise ReaderError("button-unknown")


def custom_id_of(interaction: discord.Interaction) -> str:
    """Return the custom id of a button, select or modal; empty for any other interaction."""
    return str((interaction.data or {}).get("custom_id", ""))


def ids_on(message: discord.Message | None) -> list[str]:
    """Return the custom ids of a message's buttons and selects."""
    rows = message.components if message is not None else ()
    items = [item for row in rows if isinstance(row, discord.ActionRow) for item in row.children]
    return [item.custom_id for item in items if item.custom_id]


def id_on(message: discord.Message | None, kind: type[Id]) -> Id | None:
    """Return the first custom id of *kind* on a message; None if there is none."""
    found = (kind.pattern().fullmatch(custom_id) for custom_id in ids_on(message))
    return next((kind.read(match) for match in found if match), None)


def picked(interaction: discord.Interaction) -> str:
    """Return the first value picked in a select; empty if there is none."""
    return next(iter(picks(interaction)), "")


def picked_id(interaction: discord.Interaction) -> int:
    """Return the row id picked in a select; 0, which no row has, if the value is not a number."""
    return number_in(picked(interaction)) or 0


def picks(interaction: discord.Interaction) -> list[str]:
    """Return all values picked in a select; empty for any other interaction."""
    return [value for value in _list(interaction.data, "values") if isinstance(value, str)]


def number_in(text: str, digits: int = 18) -> int | None:
    """Return the number in an untrusted value; None unless the value is one to *digits* digits and nothing else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def snowflake_in(text: str) -> int | None:
    """Return the Discord id in an untrusted value; None if the value is not an id."""
    return int(text) if re.fullmatch(SNOWFLAKE, text) else None


def one_of(options: Iterable[Option], value: str) -> Option | None:
    """Return the option that equals an untrusted *value*; None if there is none."""
    return next((option for option in options if option == value), None)


def known(options: Iterable[Option], value: str) -> Option:
    """Return the option that equals an untrusted *value*. Raises `ReaderError` if there is none."""
    if (option := one_of(options, value)) is None:
        raise ReaderError("button-unknown")
    return option


def typed(interaction: discord.Interaction, name: str) -> str:
    """Return the text typed or the value picked in the field *name* of a modal; empty if there is none.

    Characters that change the text direction are removed.
    """
    for row in _list(interaction.data, "components"):
        for each in (*_list(row, "components"), row.get("component") if isinstance(row, dict) else None):
            if isinstance(each, dict) and each.get("custom_id") == name:
                found = each.get("value", next(iter(_list(each, "values")), ""))
                return unsteered(found) if isinstance(found, str) else ""
    return ""


def attached(interaction: discord.Interaction, name: str) -> discord.Attachment | None:
    """Return the file uploaded in the field *name* of a modal; None if there is none."""
    resolved = (interaction.data or {}).get("resolved")
    files = resolved.get("attachments") if isinstance(resolved, dict) else None
    data = files.get(typed(interaction, name)) if isinstance(files, dict) else None
    # discord.py builds attachments only for modals that it keeps in memory.
    return discord.Attachment(data=data, state=interaction._state) if data else None  # pyright: ignore[reportPrivateUsage]


def _list(data: object, name: str) -> list[Any]:
    """Return the list at the key *name* of untrusted *data*; empty if there is none."""
    value = data.get(name) if isinstance(data, dict) else None
    return value if isinstance(value, list) else []
