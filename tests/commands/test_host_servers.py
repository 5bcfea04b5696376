"""`/bot status`, `/bot servers`: how the bot runs, and where it is."""

from __future__ import annotations

import pytest
from simcord.actors import MemberActor
from simcord.builders import GuildHandle

from bot.domain.host import STALE_SECONDS, Fault, Heartbeat, Queue, Shard
from bot.interactions.owners import CACHE_SECONDS
from bot.ui.host import SERVERS_A_PAGE
from tests.library import Library
from tests.owning import administrator, owned_on_discord
from tests.seen import buttons_of, options_of, select_of, shown, text_of


@pytest.fixture
async def olga(library: Library, monkeypatch: pytest.MonkeyPatch) -> MemberActor:
    """An administrator of the server, who owns the bot and has its command there."""
    olga = administrator(library, "olga")
    owned_on_discord(monkeypatch, olga)
    await library.restart(owner_server=library.guild_id)
    return olga


async def test_status_has_every_process_what_waits_and_the_last_errors(library: Library, olga: MemberActor) -> None:
    now, beats = int(library.clock()), library.store.heartbeats
    waiting = (Queue("updates", 3, now - 20), Queue("reviews", 0, None))
    first = Heartbeat("reading", 1, "1.0.0", now - 600, now, (Shard(0, 0.041, None),), 7, waiting)
    down = (Shard(1, None, now - 90), Shard(2, 0.050, None))
    faults = (Fault("c0ffee", now - 30, "read"),)
    await beats.beat(first)
    await beats.beat(Heartbeat("reading", 2, "1.0.0", now - 600, now - 10, down, 5, waiting, faults))
    await beats.beat(Heartbeat("elsewhere", 3, "0.9.0", now - 900, now - STALE_SECONDS - 1, (), 100))
    said = text_of(shown(await olga.slash(library.channel, "bot status")))
    assert "41 ms" in said and "50 ms" in said and f"Shard 1 went down <t:{now - 90}:R>" in said
    assert "12 servers" in said  # of those that live
    assert f"Last heard from <t:{now - STALE_SECONDS - 1}:R>" in said
    assert said.count("3 waiting") == 1 and "Reviews for authors" not in said
    assert "`c0ffee`" in said


def many_servers(library: Library) -> list[GuildHandle]:
    return [library.env.create_guild(f"Room {number}") for number in range(SERVERS_A_PAGE)]


async def test_servers_are_listed_with_their_counts_page_by_page(library: Library, olga: MemberActor) -> None:
    rooms = many_servers(library)
    await library.env.settle()
    first = shown(await olga.slash(library.channel, "bot servers"))
    assert "The Reading Room" in text_of(first) and "member" in text_of(first)
    assert rooms[-1].name not in text_of(first)
    second = shown(await olga.click(first, label="Next"))
    assert rooms[-1].name in text_of(second) and "The Reading Room" not in text_of(second)
    assert list(buttons_of(second)) == ["First page"]


async def test_a_server_is_left_once_one_has_said_so_twice(library: Library, olga: MemberActor) -> None:
    room = library.env.create_guild("The Empty Room")
    await library.env.settle()
    listed = shown(await olga.slash(library.channel, "bot servers"))
    opened = shown(
        await olga.select(listed, [options_of(listed)["The Empty Room"]], custom_id=select_of(listed, "hop1"))
    )
    asked = shown(await olga.click(opened, label="Leave…"))
    assert room.id in {guild.id for guild in library.bot.guilds}
    assert "30 days" in text_of(asked)
    assert "I left “The Empty Room”" in text_of(shown(await olga.click(asked, label="Leave")))
    await library.env.settle()
    assert room.id not in {guild.id for guild in library.bot.guilds}
    assert await library.store.departures.counted() == {room.id}


async def test_a_server_is_found_by_its_id_and_ones_own_is_not_left(library: Library, olga: MemberActor) -> None:
    own = shown(await olga.slash(library.channel, "bot servers", server=str(library.guild_id)))
    assert "own server" in library.refused(await olga.click(own, label="Leave…"))
    for typed in ("123456789012345678", "a server"):
        assert "not in a server" in library.refused(await olga.slash(library.channel, "bot servers", server=typed))


async def test_a_button_asks_again_who_presses(
    library: Library, olga: MemberActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = library.env.create_guild("The Empty Room")
    await library.env.settle()
    opened = shown(await olga.slash(library.channel, "bot servers", server=str(room.id)))
    owned_on_discord(monkeypatch, library.ann)
    library.clock.forward(CACHE_SECONDS)
    assert "Only the bot owner" in library.refused(await olga.click(opened, label="Leave…"))
