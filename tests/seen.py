"""What a reader sees: the words, buttons and selects of a message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import discord
from simcord.components import walk_components
from simcord.results import InteractionResult, ResponseMessage

from bot.errors import ReaderError

Message = discord.Message | ResponseMessage


def shown(result: InteractionResult) -> ResponseMessage:
    """The message that an interaction was answered with, or that it drew again."""
    assert result.response is not None, "not answered: “This interaction failed”"
    return result.response


def text_of(message: Message) -> str:
    """All words of a message, in reading order."""
    return "\n".join([message.content, *(text for embed in message.embeds for text in texts_of(embed))])


def texts_of(embed: discord.Embed) -> list[str]:
    fields = [part for field in embed.fields for part in (field.name, field.value)]
    texts = [embed.author.name, embed.title, embed.description, *fields, embed.footer.text]
    return [text for text in texts if text]


def votes_in(message: Message) -> tuple[int, int] | None:
    """How many of how many want more, as a message with a vote says; None where it says no numbers."""
    found = re.search(r"(?:All servers: )?\**(\d+)\** of \**(\d+)\** want more", text_of(message))
    return (int(found[1]), int(found[2])) if found else None


def footer_of(message: Message) -> str:
    """The footer of a page: of the embeds beside it none has one."""
    [text] = [embed.footer.text for embed in message.embeds if embed.footer.text]
    return text


def _rows(message: Message) -> Sequence[Any]:
    return message.components if isinstance(message, ResponseMessage) else [row.to_dict() for row in message.components]


def rows_of(message: Message) -> list[list[dict[str, Any]]]:
    """The buttons and selects of each row, from the top."""
    return [row["components"] for row in _rows(message)]


def components_of(message: Message) -> list[dict[str, Any]]:
    return [each for each in walk_components(_rows(message)) if each.get("custom_id")]


def buttons_of(message: Message) -> dict[str, bool]:
    """Labels of the buttons, and whether each can be pressed."""
    return {each["label"]: not each.get("disabled", False) for each in components_of(message) if each.get("label")}


def ids_by_label(message: Message) -> dict[str, str]:
    return {each["label"]: each["custom_id"] for each in components_of(message) if each.get("label")}


def reaction_id(message: Message, emoji: str) -> str:
    """The custom id of the button with *emoji*."""
    [found] = [
        each["custom_id"]
        for each in components_of(message)
        if each.get("emoji") and each["emoji"]["name"].replace("\ufe0f", "") == emoji
    ]
    return found


def options_of(message: Message, prefix: str = "") -> dict[str, str]:
    """The options, label and value, of the first select whose id begins with *prefix*."""
    found = (each for each in components_of(message) if each["type"] == 3 and each["custom_id"].startswith(prefix))
    select = next(found)
    return {option["label"]: option["value"] for option in select["options"]}


def select_of(message: Message, prefix: str = "lp1") -> str:
    """The custom id of the select whose ids begin with *prefix*; a list's cards are opened with the first."""
    [found] = [each["custom_id"] for each in components_of(message) if each["custom_id"].startswith(prefix)]
    return found


def is_refusal(error: object, *messages: str) -> bool:
    """Whether *error* is said to a reader by a message whose id begins with one of *messages*."""
    return isinstance(error, ReaderError) and error.message.startswith(messages)


def said(result: Any) -> str:
    """The last answer of a press, whether it is the first or comes after one that was put off."""
    return "\n".join(text_of(each) for each in [*result.followups, *([result.response] if result.response else [])])


def said_in(message: Message) -> str:
    """The passage, without the marks of a block quote and the escapes."""
    [embed] = message.embeds
    return "\n".join(line.removeprefix("> ") for line in str(embed.description).split("\n")).replace("\\", "")
