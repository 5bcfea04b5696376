"""The ways to screens that tests of many subjects take."""

from __future__ import annotations

import re
from typing import Any

from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.me import MeTab
from tests.conftest import Library, Message, buttons_of, shown, text_of


def unhidden(message: ResponseMessage) -> str:
    """What a message shows before a spoiler in it is pressed."""
    return re.sub(r"\|\|.+?\|\|", "", text_of(message), flags=re.S)


async def mine(reader: Any, channel: ChannelHandle | None, tab: MeTab = "reading") -> ResponseMessage:
    """A tab of /me; without a *channel* in a direct message, where *reader* is a user."""
    opened = shown(await (reader.slash("me") if channel is None else reader.slash(channel, "me")))
    assert opened.ephemeral
    return opened if tab == "reading" else shown(await reader.select(opened, [tab], custom_id="me1"))


async def polls_of(reader: MemberActor, channel: ChannelHandle) -> ResponseMessage:
    """The polls of the server, as the library's list leads to them where one is open."""
    more = shown(await reader.click(shown(await reader.slash(channel, "stories")), label="More"))
    return shown(await reader.click(more, label="Polls"))


async def ask_poll(
    opener: MemberActor, channel: ChannelHandle, /, *, question: str = "", choices: str = "", **options: Any
) -> InteractionResult:
    """Open a poll with its form; where that is refused, the refusal."""
    form = await opener.slash(channel, "author poll", **options)
    if form.modal is None:
        return form
    return await opener.submit_modal(form, {"question": question, "choices": choices.replace("|", "\n")})


async def surprise(reader: Any, channel: ChannelHandle | None, **filters: str) -> InteractionResult:
    """Press *Surprise me* on a list."""
    listed = await (
        reader.slash("stories", **filters) if channel is None else reader.slash(channel, "stories", **filters)
    )
    return await reader.click(shown(listed), label="Surprise me")


async def server_settings(manager: MemberActor, channel: ChannelHandle) -> ResponseMessage:
    """The settings of a server, behind its first steps where those are still shown."""
    opened = shown(await manager.slash(channel, "manage settings"))
    return shown(await manager.click(opened, label="All settings")) if "All settings" in buttons_of(opened) else opened


def let_see(library: Library, reader: MemberActor, command: str = "manage") -> None:
    """Let a member use a command that is hidden by default, as a server's own settings can."""
    [number] = [each["id"] for each in library.env.backend.commands[None].values() if each["name"] == command]
    reader.guild.set_command_permissions(int(number), {reader: True})


async def card_for(reader: Any, channel: ChannelHandle | None, story: str, *, share: bool = True) -> ResponseMessage:
    """A story's card with *More* unfolded, for all to see unless it is not to be shared."""
    where = () if channel is None else (channel,)
    folded = shown(await reader.slash(*where, "stories", story=story, share=share))
    return shown(await reader.click(folded, label="More"))


async def filters_of(reader: MemberActor, listed: Message) -> ResponseMessage:
    """The filters of a list, behind its *More*."""
    unfolded = listed if "Filters" in buttons_of(listed) else shown(await reader.click(listed, label="More"))
    return shown(await reader.click(unfolded, label="Filters"))
