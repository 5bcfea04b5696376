"""`/bot`: what whoever runs the bot does from the server that they named, and nobody does elsewhere."""

from __future__ import annotations

import logging
import sys

import discord
import pytest
from simcord.actors import MemberActor

from bot.importing.loading import load_folder
from bot.importing.worker import read_here
from bot.interactions.owners import GOOD_SECONDS
from bot.store import Store
from tests.library import Library
from tests.owning import administrator, owned_on_discord
from tests.registered import registered
from tests.seen import shown, text_of

KETTLE = """Title: The Kettle's Opinion

"It will rain," said the kettle, which had not been asked, and it was right at noon.
"""


@pytest.fixture
def olga(library: Library, monkeypatch: pytest.MonkeyPatch) -> MemberActor:
    """An administrator of the server, who owns the bot."""
    olga = administrator(library, "olga")
    owned_on_discord(monkeypatch, olga)
    return olga


async def titles(library: Library) -> str:
    return text_of(shown(await library.ann.slash(library.channel, "stories", share=True)))


async def test_it_is_registered_in_the_owners_server_alone_and_hidden_there(library: Library) -> None:
    await library.restart(owner_server=library.guild_id)
    assert "bot" not in registered(library)
    command = registered(library, library.guild_id)["bot"]
    assert [option["name"] for option in command["options"]] == [
        "reload",
        "status",
        "servers",
    ]
    assert int(command["default_member_permissions"]) == discord.Permissions(administrator=True).value
    await library.restart()
    assert "bot" not in registered(library)


async def test_it_refuses_everyone_but_who_owns_the_bot(library: Library, olga: MemberActor) -> None:
    await library.restart(owner_server=library.guild_id)
    adam = administrator(library, "adam")
    for name in ("reload", "status", "servers"):
        refused = await adam.slash(library.channel, f"bot {name}")
        assert "Only the bot owner" in library.refused(refused)


async def test_a_team_runs_it_until_it_does_not(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    olga, adam = administrator(library, "olga"), administrator(library, "adam")
    await library.restart(owner_server=library.guild_id)
    owned_on_discord(monkeypatch, library.ben, {olga.id: "developer", adam.id: "read_only"})
    shown(await olga.slash(library.channel, "bot status"))
    assert "Only the bot owner" in library.refused(await adam.slash(library.channel, "bot status"))
    owned_on_discord(monkeypatch, library.ben, {adam.id: "read_only"})
    library.clock.forward(GOOD_SECONDS)
    assert "Only the bot owner" in library.refused(await olga.slash(library.channel, "bot status"))


async def test_its_owner_answers_a_claim_and_removes_a_link(library: Library, olga: MemberActor, store: Store) -> None:
    await library.restart(owner_server=library.guild_id)
    await library.ann.slash(library.channel, "author claim", story="Ferry")
    listed = shown(await olga.slash(library.channel, "manage author claims"))
    assert "Ferry" in text_of(listed)
    assert "No pending claims" in text_of(shown(await olga.click(listed, label="Approve 1")))
    ferry = await library.id_of("Ferry")
    assert await store.authors.of(ferry) == [library.ann.id]
    said = shown(await olga.slash(library.channel, "manage author unlink", story="Ferry", user=library.ann))
    assert "no longer linked" in text_of(said) and await store.authors.of(ferry) == []


async def test_reload_reads_the_folder_and_says_what_changed(library: Library, olga: MemberActor) -> None:
    await library.restart(
        reload=lambda _: load_folder(library.store, library.folder, read_here), owner_server=library.guild_id
    )
    (library.folder / "kettle.txt").write_text(KETTLE, "utf-8")
    (library.folder / "void.txt").write_bytes(b"")
    report = text_of(shown(await olga.slash(library.channel, "bot reload")))
    assert "1 added" in report and "1 refused" in report and "empty" in report
    assert "Kettle" in await titles(library)


@pytest.fixture
async def long_load(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reload whose progress is shown after each file; one of the files is new."""
    store, folder = library.store, library.folder
    await library.restart(
        reload=lambda progress: load_folder(store, folder, read_here, progress=progress), owner_server=library.guild_id
    )
    monkeypatch.setattr(sys.modules["cogs.host"], "PROGRESS_SECONDS", 0.0)
    (folder / "kettle.txt").write_text(KETTLE, "utf-8")


@pytest.mark.usefixtures("long_load")
async def test_a_long_reload_says_how_far_it_is(library: Library, olga: MemberActor) -> None:
    await olga.slash(library.channel, "bot reload")
    files = len(list(library.folder.iterdir()))
    drawn = [str(request.json) for request in library.env.http_requests]
    assert sum(f" of {files} files read" in text for text in drawn) == files - 1


@pytest.mark.usefixtures("long_load")
async def test_a_reload_whose_answer_is_deleted_ends_and_is_reported_in_a_new_one(
    library: Library, olga: MemberActor
) -> None:
    library.env.inject_error("PATCH", "/webhooks/*", status=404, code=10008, times=None)
    await olga.slash(library.channel, "bot reload")
    assert "Kettle" in await titles(library)
    [report] = [
        each.json for each in library.env.http_requests if "1 added" in str(each.json) and each.method == "POST"
    ]
    assert isinstance(report, dict) and report["flags"] == 64


@pytest.mark.usefixtures("long_load")
async def test_a_reload_that_outlives_its_token_ends_and_is_reported_in_the_log(
    library: Library, olga: MemberActor, caplog: pytest.LogCaptureFixture
) -> None:
    library.env.inject_error("*", "/webhooks/*", status=401, code=50027, times=None)
    await olga.slash(library.channel, "bot reload")
    assert "Kettle" in await titles(library)
    [warning] = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert "1 added" in warning and "kettle.txt" in warning


async def test_reload_says_what_is_wrong_with_the_folder(library: Library, olga: MemberActor) -> None:
    await library.restart(
        reload=lambda _: load_folder(library.store, library.folder / "nowhere", read_here),
        owner_server=library.guild_id,
    )
    said = text_of(shown(await olga.slash(library.channel, "bot reload")))
    assert "not reloaded" in said and str(library.folder) not in said
    assert "Lighthouse" in await titles(library)


async def test_reload_without_a_folder_says_so(library: Library, olga: MemberActor) -> None:
    await library.restart(owner_server=library.guild_id)
    assert "there isn't one" in library.refused(await olga.slash(library.channel, "bot reload"))
