"""Reading together in a thread: one turns the pages for all, and hands that over."""

from __future__ import annotations

import discord
import pytest
from simcord.results import InteractionResult

from tests.library import Library
from tests.seen import buttons_of, footer_of, shown, text_of


async def begin(library: Library, story: str = "Lighthouse") -> tuple[InteractionResult, discord.Message]:
    """Ann opens a thread; its one message."""
    result = await library.ann.slash(library.channel, "read", story=story, together=True)
    [thread] = library.channel.threads
    [message] = [message for message in thread.history() if message.components]
    return result, message


async def test_a_thread_is_opened_with_the_page_in_it(library: Library) -> None:
    result, page = await begin(library)
    assert "in the thread below" in text_of(shown(result))
    assert "Page 1 of 6" in footer_of(page) and "Hand over" in buttons_of(page)
    assert f"<@{library.ann.id}> is turning the pages" in text_of(page)


async def test_the_one_who_opened_it_turns_for_all_and_others_get_a_copy(library: Library) -> None:
    _, page = await begin(library)
    await library.restart()
    turned = shown(await library.ann.click(page, label="Next"))
    assert not turned.ephemeral and "Page 2 of 6" in footer_of(turned) and "Hand over" in buttons_of(turned)
    own = shown(await library.ben.click(turned, label="Next"))
    assert own.ephemeral and "Visiting page 3 of 6" in footer_of(own) and "Hand over" not in buttons_of(own)
    assert "Page 2 of 6" in footer_of(shown(await library.ann.slash(library.channel, "read")))


async def test_turning_is_handed_over_and_no_one_else_may(library: Library) -> None:
    _, page = await begin(library)
    assert "Someone else is turning" in library.refused(await library.ben.click(page, label="Hand over"))
    panel, second = [shown(await library.ann.click(page, label="Hand over")) for _ in range(2)]
    assert panel.ephemeral
    await library.restart()
    await library.ann.select(panel, [library.ben])
    assert "Someone else is turning" in library.refused(await library.ann.select(second, [library.ann]))
    turned = shown(await library.ben.click(page, label="Next"))
    assert not turned.ephemeral and f"<@{library.ben.id}> is turning the pages" in text_of(turned)
    assert shown(await library.ann.click(turned, label="Next")).ephemeral
    assert "Someone else is turning" in library.refused(await library.ann.click(turned, label="Hand over"))


async def test_of_two_threads_each_is_turned_by_the_one_who_opened_it(library: Library) -> None:
    _, anns = await begin(library)
    await library.ben.slash(library.channel, "read", story="Ferry", together=True)
    pages = [page for thread in library.channel.threads for page in thread.history() if page.components]
    [bens] = [page for page in pages if page.id != anns.id]
    for reader, page in ((library.ann, anns), (library.ben, bens)):
        assert not shown(await reader.click(page, label="Next")).ephemeral


async def test_where_no_thread_can_be_opened_it_is_said(library: Library) -> None:
    said = library.refused(await library.ann.user.slash("read", story="Lighthouse", together=True))
    assert "can't start a thread here" in said


async def test_a_story_that_may_not_be_shared_is_read_in_no_thread(library: Library) -> None:
    await library.load({"tea.txt": "Title: Tea\nSharing: no\n\nThe tea was cold, and nobody said so.\n"})
    said = library.refused(await library.ann.slash(library.channel, "read", story="Tea", together=True))
    assert "doesn't want" in said


@pytest.mark.parametrize("lacking", ["create_public_threads", "send_messages_in_threads"])
async def test_who_may_not_open_a_thread_here_has_the_bot_open_none(library: Library, lacking: str) -> None:
    denied = discord.PermissionOverwrite(**{lacking: False})
    channel = library.ann.guild.create_text_channel("quiet", overwrites={library.ann: denied})
    said = library.refused(await library.ann.slash(channel, "read", story="Lighthouse", together=True))
    assert "can't start a thread here" in said and not channel.threads
    others = shown(await library.ben.slash(channel, "read", story="Lighthouse", together=True))
    assert "in the thread below" in text_of(others)
