"""Servers that the bot leaves: their data goes after thirty days, and whoever returns before finds it."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest
from simcord.backend import serializers

from bot.errors import DatabaseAway
from bot.services.due_work import LOOK_SECONDS
from bot.store.departures import FORGET, KEPT_SECONDS, OF_SERVER
from bot.store.departures import Departures as Departed
from tests.databases import columns, rows_with
from tests.library import Library
from tests.reviewing import leave
from tests.seen import shown
from tests.votes import cast_vote, default_of

ELSEWHERE = 4_711
"""Another server that the bot has left."""

OTHERWISE = {"drafts", "follows"}
"""Tables whose rows go, or are forgotten, by statements of their own."""


@pytest.fixture
async def traces(library: Library) -> int:
    """What a server leaves behind: settings, an upload, a review, a vote, a poll; returns its id."""
    library.clock.at = library.clock()
    guild = library.guild_id
    await library.store.settings.change_server(guild, lambda chosen: replace(chosen, adders="everyone"), library.ann.id)
    file = ("tale.txt", b"Title: The Sent Tale\n\nIt came by night and was read by morning, twice over.\n")
    draft = await library.ann.slash(library.channel, "author submit", file=file)
    await library.ann.click(draft.followups[-1] if draft.followups else shown(draft), label="Publish")
    await leave(library, library.ben)
    await cast_vote(library.store, await library.id_of("Lighthouse"), library.ben.id, "continue", guild)
    await library.store.follows.follow(library.ben.id, "story", await library.id_of("Ferry"), guild)
    return guild


def gone(library: Library, guild: int) -> Any:
    """Discord knows the bot in this server no more."""
    return library.env.backend.guilds.pop(guild)


async def tell(library: Library, **said: Any) -> None:
    """Discord says that the bot left, or that a server is unavailable."""
    library.env.backend.emit("GUILD_DELETE", said)
    await library.env.settle()


async def looked(library: Library, seconds: float) -> None:
    library.clock.forward(seconds)
    await library.env.advance_time(LOOK_SECONDS)


def left_of(path: Path, guild: int) -> set[str]:
    """The tables that hold the server's id in any column."""
    return set(rows_with(path, guild))


async def test_the_log_says_which_server_came_and_went(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    guild = library.guild_id
    with caplog.at_level(logging.INFO, "cogs.background"):
        there = gone(library, guild)
        await tell(library, id=str(guild))
        assert await library.store.departures.counted() == {guild}
        await library.store.departures.leave([ELSEWHERE])
        library.env.backend.guilds[guild] = there
        told: dict[str, Any] = dict(serializers.guild_create_payload(library.env.backend, there))
        del told["unavailable"]  # Discord leaves it out where the bot joins
        library.env.backend.emit("GUILD_CREATE", told)
        await library.env.settle()
    assert await library.store.departures.counted() == {ELSEWHERE}
    said = [record.getMessage() for record in caplog.records if record.name == "cogs.background"]
    assert said == [f"The bot left server {guild}, or was removed", f"The bot joined server {guild}"]


async def test_the_data_of_a_server_that_was_left_goes_after_thirty_days_to_the_second(
    library: Library, traces: int, tmp_path: Path
) -> None:
    held = left_of(tmp_path / "oneshot.db", traces)
    assert {"settings", "stories", "reviews", "answer_counts", "audit_log", "follows"} <= held
    gone(library, traces)
    await tell(library, id=str(traces))
    await looked(library, KEPT_SECONDS - 1)
    assert (await library.store.settings.of_server(traces)).adders == "everyone"
    await looked(library, 1)
    assert left_of(tmp_path / "oneshot.db", traces) == set()
    assert [row["number"] for row in (await library.store.privacy.export(library.ben.id))["answers"]] == [1]
    assert await library.store.stories.search("Sent Tale", 5) == []
    assert (await default_of(library.store, await library.id_of("Lighthouse"), None)).counts is not None


async def test_a_return_within_thirty_days_finds_everything_and_counts_anew(library: Library, traces: int) -> None:
    guild = gone(library, traces)
    await tell(library, id=str(traces))
    await looked(library, KEPT_SECONDS - 1)
    assert await library.store.departures.counted() == {traces}
    library.env.backend.guilds[traces] = guild
    await library.restart()
    assert await library.store.departures.counted() == set()
    await looked(library, KEPT_SECONDS)
    assert (await library.store.settings.of_server(traces)).adders == "everyone"
    assert await library.store.departures.counted() == set()


async def test_a_server_that_is_only_unavailable_never_counts(library: Library, traces: int) -> None:
    await tell(library, id=str(traces), unavailable=True)
    assert await library.store.departures.counted() == set()
    library.bot.dispatch("ready")  # a full start, at which Discord lists it as unavailable
    await library.env.settle()
    assert await library.store.departures.counted() == set()
    await looked(library, 2 * KEPT_SECONDS)
    assert await library.store.departures.counted() == set()
    assert (await library.store.settings.of_server(traces)).adders == "everyone"


async def test_a_departure_while_the_bot_was_down_counts_from_its_start(library: Library, traces: int) -> None:
    gone(library, traces)
    library.clock.forward(KEPT_SECONDS)
    await library.restart()
    await looked(library, KEPT_SECONDS - 1)
    assert (await library.store.settings.of_server(traces)).adders == "everyone"
    await library.restart()  # which begins no new count
    await looked(library, 1)
    assert (await library.store.settings.of_server(traces)).adders is None


async def test_a_departure_while_the_database_was_away_counts_when_it_is_back(
    library: Library, traces: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def refuse(*_: object) -> NoReturn:
        raise DatabaseAway

    with monkeypatch.context() as away:
        away.setattr(Departed, "leave", refuse)
        gone(library, traces)
        await tell(library, id=str(traces))
        assert not await library.store.departures.counted()
    library.bot.dispatch("due")
    await library.env.settle()

    assert await library.store.departures.counted() == {traces}
    assert not any(record.exc_info for record in caplog.records)


async def test_discord_is_asked_once_more_before_anything_goes(library: Library, traces: int) -> None:
    await tell(library, id=str(traces))  # it says so, and the bot is there all the same
    await looked(library, KEPT_SECONDS)
    assert (await library.store.settings.of_server(traces)).adders == "everyone"
    assert await library.store.departures.counted() == set()


async def test_nothing_goes_while_discord_does_not_answer(library: Library, traces: int) -> None:
    gone(library, traces)
    await tell(library, id=str(traces))
    library.env.inject_error("GET", f"/guilds/{traces}", status=503, times=20)
    await looked(library, KEPT_SECONDS)
    assert (await library.store.settings.of_server(traces)).adders == "everyone"
    assert await library.store.departures.counted() == {traces}, "it is asked again"


async def test_each_table_that_knows_a_server_is_known_to_departures(library: Library, tmp_path: Path) -> None:
    knowing = {table for table, names in columns(tmp_path / "oneshot.db").items() if "guild_id" in names}
    assert knowing == {*OF_SERVER, *FORGET, *OTHERWISE} - {"places"}
