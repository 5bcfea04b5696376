"""A stop cuts nobody off: who pressed before is answered, who presses later is told why not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from simcord.enums import InteractionType

from bot.errors import HostError
from bot.interactions.client import Oneshot
from bot.operations.run import until_stopped
from tests.busy_writer import busy_writer
from tests.databases import connections
from tests.library import Library
from tests.screens import behind_more, read_at
from tests.seen import Message, ids_by_label, shown, text_of
from tests.votes import votes_of


@pytest.fixture
async def running(library: Library, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[asyncio.Task[None]]:
    """The bot as `run` keeps it connected, until the task is cancelled."""
    monkeypatch.setattr("bot.interactions.client.LISTEN_SECONDS", 0.0)
    closed = asyncio.Event()

    async def start(_: Oneshot, token: str) -> None:
        await closed.wait()

    async def close(_: Oneshot) -> None:
        closed.set()

    monkeypatch.setattr(Oneshot, "start", start)
    with monkeypatch.context() as patched:
        patched.setattr(Oneshot, "close", close)
        task = asyncio.create_task(until_stopped(library.bot, "a token"))
        yield task
        task.cancel()
        await asyncio.wait({task})


async def last_page(library: Library) -> Message:
    return shown(await read_at(library, library.ann, story="Lighthouse", page=6))


def vote_on(page: Message) -> dict[str, object]:
    return {"custom_id": ids_by_label(page)["I want more"], "component_type": 2}


async def test_who_pressed_before_a_stop_is_answered_and_drawn(library: Library, running: asyncio.Task[None]) -> None:
    page = await last_page(library)
    readers = [library.join(f"reader{n}") for n in range(20)]
    async with busy_writer(library.store._db):  # so that none is answered yet
        presses = library.deliver(
            page, [(reader, InteractionType.MESSAGE_COMPONENT, vote_on(page)) for reader in readers]
        )
        running.cancel()
        await library.bot.answering.closed.wait()
        [late] = library.deliver(page, [(library.ann, InteractionType.MESSAGE_COMPONENT, vote_on(page))])
        assert not running.done()
    await running
    assert all(press.acknowledged and "Your vote is in!" in text_of(press.followups[0]) for press in presses)
    assert "20 of 20 want more" in text_of(page)
    assert "I'm restarting" in shown(late).content
    assert (await votes_of(library.store, await library.id_of("Lighthouse"))).overall[0] == 20


async def test_who_pressed_in_the_moment_before_a_stop_is_answered(library: Library) -> None:
    page = await last_page(library)
    [press] = library.deliver(page, [(library.ann, InteractionType.MESSAGE_COMPONENT, vote_on(page))])
    await library.bot.answering.finish()
    assert press.acknowledged and "Your vote is in!" in text_of(press.followups[0])


async def test_what_is_not_answered_in_time_has_changed_nothing(
    library: Library, running: asyncio.Task[None], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.interactions.answering.ANSWER_SECONDS", 0.0)
    page = await last_page(library)
    async with busy_writer(library.store._db):
        library.deliver(page, [(library.ann, InteractionType.MESSAGE_COMPONENT, vote_on(page))])
        running.cancel()
        await running
    assert (await votes_of(library.store, await library.id_of("Lighthouse"))).overall[0] == 0
    assert [record.message for record in caplog.records if "not answered" in record.message] == [
        "1 presses or commands were not answered within 0 seconds"
    ]


async def test_a_command_and_a_modal_are_told_that_the_bot_restarts(
    library: Library, running: asyncio.Task[None]
) -> None:
    asked = await behind_more(library.ann, await last_page(library), "Go to…")
    running.cancel()
    await running
    assert "I'm restarting" in shown(await library.ann.slash(library.channel, "stories")).content
    assert "I'm restarting" in shown(await library.ann.submit_modal(asked, {"page": "2"})).content


@pytest.mark.sqlite("it breaks SQLite's file")
async def test_a_database_that_breaks_while_the_bot_runs_ends_it_with_one_sentence(
    library: Library, running: asyncio.Task[None], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    page = await last_page(library)
    file = tmp_path / "oneshot.db"
    await connections(library.store)[0].execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for connection in connections(library.store):
        await connection.execute("PRAGMA cache_size = 0")
        await connection.execute("PRAGMA shrink_memory")
    file.write_bytes(file.read_bytes()[:4096] + b"\x55" * (file.stat().st_size - 4096))
    answer = shown(await library.ann.click(page, label="I want more"))
    assert "Something went wrong" in answer.content
    with pytest.raises(HostError, match=r"The database is damaged: .* Put your latest copy in its place"):
        await running
    assert not any(record.exc_info for record in caplog.records)
