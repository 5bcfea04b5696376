"""Who sees what a reader asks for: one rule for pages, lists and cards, and nobody posts where they may not write."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
import pytest
from simcord.builders import ChannelHandle

from bot.domain.settings import ServerSettings
from tests.library import Library
from tests.screens import behind_info, behind_more, card_for, mine
from tests.seen import footer_of, options_of, select_of, shown, text_of

OPENED: list[tuple[str, dict[str, Any]]] = [
    ("read", {"story": "Lighthouse"}),
    ("stories", {}),
    ("stories", {"story": "Lighthouse"}),
]


@pytest.fixture
def closed(library: Library) -> ChannelHandle:
    """A channel where Ann reads and uses commands, but may not write."""
    mute = discord.PermissionOverwrite(send_messages=False)
    return library.ann.guild.create_text_channel("closed", overwrites={library.ann: mute})


async def choose(library: Library, *, reader: bool | None, server: bool | None, host: bool) -> None:
    """Whether Ann, her server and the host want what is opened private."""
    settings = library.store.settings
    await library.restart(private_reading=host)
    await settings.change_reader(library.ann.id, lambda chosen: replace(chosen, private=reader))

    def private(chosen: ServerSettings) -> ServerSettings:
        return replace(chosen, private=server)

    await settings.change_server(library.guild_id, private)


@pytest.mark.parametrize(("command", "options"), OPENED)
@pytest.mark.parametrize(
    ("reader", "server", "host", "is_private"),
    [
        (None, None, True, True),
        (None, None, False, False),
        (None, False, True, False),
        (None, True, False, True),
        (True, False, False, True),
        (False, True, True, False),
    ],
)
async def test_a_reader_decides_before_their_server_and_that_before_the_host(
    library: Library,
    command: str,
    options: dict[str, Any],
    reader: bool | None,
    server: bool | None,
    host: bool,
    is_private: bool,
) -> None:
    await choose(library, reader=reader, server=server, host=host)
    assert shown(await library.ann.slash(library.channel, command, **options)).ephemeral is is_private
    assert not shown(await library.ann.slash(library.channel, command, **options, share=True)).ephemeral
    assert shown(await library.ann.slash(library.channel, command, **options, share=False)).ephemeral


@pytest.mark.parametrize(("command", "options"), OPENED)
async def test_who_may_not_write_in_a_channel_shares_nothing_there(
    library: Library, closed: ChannelHandle, command: str, options: dict[str, Any]
) -> None:
    said = library.refused(await library.ann.slash(closed, command, **options, share=True))
    assert "You can't post in that channel" in said
    await choose(library, reader=False, server=False, host=False)
    assert shown(await library.ann.slash(closed, command, **options)).ephemeral
    assert not shown(await library.ben.slash(closed, command, **options, share=True)).ephemeral


@pytest.mark.parametrize("command", ["quote", "top"])
async def test_what_is_public_by_itself_is_private_for_who_may_not_write_there(
    library: Library, closed: ChannelHandle, command: str
) -> None:
    assert shown(await library.ann.slash(closed, command)).ephemeral
    assert not shown(await library.ben.slash(closed, command)).ephemeral


async def test_no_button_shares_for_who_may_not_write_there(library: Library, closed: ChannelHandle) -> None:
    card = await card_for(library.ann, closed, "Lighthouse", share=False)
    page = shown(await library.ann.slash(closed, "read", story="Lighthouse", share=False))
    assert "can't post in that channel" in library.refused(await library.ann.click(card, label="Share here"))
    assert "can't post in that channel" in library.refused(await behind_info(library.ann, page, "Share here"))


async def test_a_saved_quote_is_not_shared_by_who_may_not_write_there(library: Library, closed: ChannelHandle) -> None:
    await library.ann.click(shown(await library.ann.slash(closed, "quote")), label="Save")
    saved = await mine(library.ann, closed, "quotes")
    [value] = options_of(saved, "qk1").values()
    opened = shown(await library.ann.select(saved, [value], custom_id=select_of(saved, "qk1")))
    assert "can't post in that channel" in library.refused(await library.ann.click(opened, label="Share here"))


async def test_in_a_thread_the_right_to_write_in_threads_counts(library: Library) -> None:
    mute = discord.PermissionOverwrite(send_messages_in_threads=False)
    parent = library.ann.guild.create_text_channel("talk", overwrites={library.ann: mute})
    made = library.env.backend.create_thread(parent.id, "aside", library.ann.id)
    await library.env.settle()
    thread = ChannelHandle(library.env, library.ann.guild, made)
    assert "can't post" in library.refused(await library.ann.slash(thread, "stories", share=True))
    assert not shown(await library.ben.slash(thread, "stories", share=True)).ephemeral


async def test_search_stays_private_whatever_was_chosen(library: Library) -> None:
    await choose(library, reader=False, server=False, host=False)
    assert shown(await library.ann.slash(library.channel, "search", text="letters")).ephemeral


async def test_alone_with_the_bot_every_page_is_a_message_that_stays(library: Library) -> None:
    ann = library.ann.user
    opened = [shown(await ann.slash("read", story="Lighthouse", share=False))]
    receipt = await ann.submit_modal(await behind_more(ann, opened[0], "Bookmark"), {"note": ""})
    assert shown(receipt).id == opened[0].id and "Bookmarked" in text_of(shown(receipt))
    opened.append(shown(await behind_more(ann, shown(await ann.slash("quote", story="Lighthouse")), "Read in context")))
    found = shown(await ann.slash("search", text="bottle"))
    value = next(value for value in options_of(found).values() if value.startswith("p"))
    opened.append(shown(await ann.select(found, [value])))
    panel = shown(await ann.slash("me"))
    [value] = options_of(panel, "rp2").values()
    opened.append(shown(await ann.select(panel, [value], custom_id=select_of(panel, "rp2"))))
    assert all("age " in footer_of(page) and not page.ephemeral for page in opened)
