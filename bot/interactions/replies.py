"""Answers to an interaction: a screen, files, a modal, or an error message.

`answer_error` handles the errors of commands and of components (`bot.interactions.components`); discord.py itself would
only log errors of components.
"""

import io
import logging
import re
from collections.abc import Mapping
from contextlib import suppress
from functools import partial

import discord
from discord import app_commands, ui

from bot.errors import AlreadyDone, HostError, ReaderError, SeveralStories, StoryNotFound, TooOld
from bot.interactions.answering import Press, name_of, settled
from bot.interactions.faults import is_lost, refer, reference
from bot.texts import say, set_language
from bot.ui.limits import CONTENT, clip
from bot.ui.markdown import escape
from bot.ui.screen import Screen, add_receipt
from bot.ui.stories import near_screen, several_screen

log = logging.getLogger(__name__)

_NOTHING = discord.utils.MISSING

_MENTIONED = ("channel", "role")
"""Names of the values in an error that are mentions by the bot, which are not escaped."""


def speak_to(interaction: discord.Interaction) -> None:
    """Set this task's language: the reader's if only they see the pressed message, else the server's, if there is one.

    Commands use the server's language, since their answers may be public.
    """
    alone = interaction.message is not None and interaction.message.flags.ephemeral
    place = None if alone or interaction.guild_locale is None else interaction.guild_locale.value
    set_language(place, interaction.locale.value)


async def send(interaction: discord.Interaction, screen: Screen, *, private: bool) -> int | None:
    """Answer with a new message; return its id if the message is public, else None.

    The answer is always private if it was deferred as private.
    """
    press = await settled(interaction)
    if press is not None and press.is_private is not None:
        private = private or press.is_private
        await _make_private(interaction, press, private=private)
    view = screen.view or _NOTHING
    files = screen.files or _NOTHING
    if interaction.response.is_done():
        message = await interaction.followup.send(
            embeds=screen.embeds, view=view, files=files, ephemeral=private, wait=True
        )
        return None if private else message.id
    answer = await interaction.response.send_message(embeds=screen.embeds, view=view, files=files, ephemeral=private)
    return None if private else answer.message_id


async def send_files(interaction: discord.Interaction, files: Mapping[str, bytes], text: str | None = None) -> None:
    """Answer privately with *files*, a mapping of names to contents."""
    await settled(interaction)
    attachments = [discord.File(io.BytesIO(data), name) for name, data in files.items()]
    if interaction.response.is_done():
        await interaction.followup.send(text or _NOTHING, files=attachments, ephemeral=True)
    else:
        await interaction.response.send_message(text, files=attachments, ephemeral=True)


async def redraw(interaction: discord.Interaction, screen: Screen) -> None:
    """Answer by editing the pressed message, or a command's own answer."""
    if (press := await settled(interaction)) is not None:
        press.is_private = None
    files = screen.files or _NOTHING
    if interaction.response.is_done():
        await interaction.edit_original_response(embeds=screen.embeds, view=screen.view, attachments=files)
    else:
        await interaction.response.edit_message(embeds=screen.embeds, view=screen.view, attachments=files)


async def add_line(interaction: discord.Interaction, line: str) -> None:
    """Answer by a small line in the pressed message, which has an embed; its buttons stay as they are."""
    if (press := await settled(interaction)) is not None:
        press.is_private = None
    embeds = interaction.message.embeds if interaction.message is not None else []
    add_receipt(embeds, line)
    if interaction.response.is_done():
        await interaction.edit_original_response(embeds=embeds)
    else:
        await interaction.response.edit_message(embeds=embeds)


async def acknowledge(interaction: discord.Interaction) -> None:
    """Acknowledge a press, unless it was answered already; an edit of its message may follow."""
    await settled(interaction)
    if not interaction.response.is_done():
        await interaction.response.defer()


async def think(interaction: discord.Interaction, *, private: bool = True) -> None:
    """Defer an answer that takes a while and will be a new message."""
    press = await settled(interaction)
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=private, thinking=True)
    if press is not None:
        press.release()


async def is_late(interaction: discord.Interaction) -> bool:
    """Return whether the answer was already deferred as private, and so can no longer be public."""
    press = await settled(interaction)
    return press is not None and press.is_private is True


async def _make_private(interaction: discord.Interaction, press: Press, *, private: bool) -> None:
    """Delete the public deferral of *press* if the answer is *private*: in its place the answer would be public."""
    if press.is_private is False and private:
        with suppress(discord.NotFound):
            await interaction.delete_original_response()
    press.is_private = None


async def ask(interaction: discord.Interaction, modal: ui.Modal) -> None:
    """Answer with a modal. discord.py need not store the modal, since its custom id determines the handler.

    Raises `RuntimeError` unless the caller is declared with ``@component(kind, work="form")`` or ``extras=FORM``.
    """
    press = await settled(interaction)
    if press is not None and press.work != "form":
        raise RuntimeError("an answer that opens a form must say so, since it cannot be deferred")
    modal.stop()
    await interaction.response.send_modal(modal)


async def answer_error(interaction: discord.Interaction, error: BaseException) -> None:
    """Explain an error privately; for an unexpected error, show its reference in the log."""
    if isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError) and error.__cause__:
        error = error.__cause__
    if isinstance(error, AlreadyDone | TooOld):
        log.info("Not answered: %s", error)
        return
    text = explain(error)
    if text is None and is_lost(error):
        log.info("An answer did not reach its reader: %s", error)
        text = say("answer-lost")
    elif text is None:
        incident, what = reference() or refer(), name_of(interaction)
        trace = None if isinstance(error, HostError) else error
        log.error("Unexpected error in %s", what, exc_info=trace)
        interaction.client.dispatch("fault", incident, what)
        text = say("our-fault", reference=incident)
    if interaction.type is discord.InteractionType.autocomplete:
        return
    view = _offered(error)
    press = await settled(interaction)
    try:
        if press is not None:
            await _make_private(interaction, press, private=True)
        if interaction.response.is_done():
            await interaction.followup.send(text, view=view or _NOTHING, ephemeral=True)
        else:
            await interaction.response.send_message(text, view=view or _NOTHING, ephemeral=True)
    except discord.HTTPException as failure:
        if is_lost(failure):
            log.info("An error message could not be sent: %s", failure)
        else:
            log.warning("An error message could not be sent: %s", failure)


def _offered(error: BaseException) -> ui.View | None:
    """Return a way to the stories that may be meant."""
    match error:
        case SeveralStories(stories=found):
            return several_screen(found).view
        case StoryNotFound(near=[(story, _)]):
            return near_screen(story).view
        case StoryNotFound(near=found) if found:
            return several_screen(found).view
        case _:
            return None


def explain(error: BaseException) -> str | None:
    """Return the message for an error that a reader or manager can mend; None for an unexpected one."""
    if isinstance(error, ReaderError):
        mentions = [str(error.values[name]) for name in _MENTIONED if name in error.values]
        return clip(sentence(error), CONTENT, partial(_escape_around, mentions))
    if isinstance(error, app_commands.TransformerError):
        return say("unusable-value", typed=str(error.value)[:100])
    if isinstance(error, app_commands.CommandSignatureMismatch | app_commands.CommandNotFound):
        return say("command-changed")
    if isinstance(error, app_commands.CheckFailure):
        return say("command-refused")
    return None


def _escape_around(mentions: list[str], text: str) -> str:
    """Return *text* with its Markdown escaped, except in *mentions*."""
    parts = re.split(f"({'|'.join(map(re.escape, mentions))})", text) if mentions else [text]
    return "".join(part if part in mentions else escape(part) for part in parts)


def sentence(error: ReaderError) -> str:
    """Return the text of an error in the task's language, neither escaped nor shortened."""
    return say(error.message, **error.values)
