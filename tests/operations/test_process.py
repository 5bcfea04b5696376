"""The bot as a process, on a Discord of this machine: how it starts, stops, and outlives a kill."""

from __future__ import annotations

import shutil
import signal
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.standin.driver import Reader, owner, readers
from tests.standin.interactions import Interaction
from tests.standin.process import BOT, Process, bot, program, settings_of
from tests.standin.server import StandIn
from tests.standin.world import Description, Message

STORY = "A Spoon for the King"
MORE, ENOUGH = "I want more", "Perfect as is"


@pytest.fixture
async def discord() -> AsyncIterator[StandIn]:
    async with StandIn(Description(readers=24)) as standin:
        yield standin


@pytest.fixture
def folder(tmp_path: Path, loaded: Path) -> Path:
    """Where the bot runs, with a database into which its stories were loaded."""
    return shutil.copytree(loaded, tmp_path / "bot")


async def vote_page(reader: Reader) -> Message:
    """A page that everybody sees, with the vote on its story."""
    return (await reader.command("read", story=STORY, share=True)).shown


async def stopped(process: Process) -> None:
    """It ends as it should."""
    assert await process.status() == 0, process.log
    assert "Traceback" not in process.log


async def test_it_starts_answers_and_turns_pages(discord: StandIn, folder: Path) -> None:
    ann, ben, *_ = readers(discord)
    async with bot(discord, folder) as process:
        page = (await ann.command("read", story="Ferry")).shown
        assert "The Fare" in page.text
        await ann.press(page, "Next")
        assert "Page 2 of 2" in page.text
        assert "No matches" in (await ben.command("search", text="zeppelin")).shown.text
        process.signal(signal.SIGTERM)
        await stopped(process)
    async with bot(discord, folder):
        assert "Page 2 of 2" in (await ann.command("read")).shown.text
    assert not [each for each in discord.api.requests or () if each.status >= 400]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_stop_answers_who_has_pressed_and_tells_who_comes_later(
    discord: StandIn, folder: Path, number: signal.Signals
) -> None:
    early, late = readers(discord)[:12], readers(discord)[12:]
    async with bot(discord, folder) as process:
        page = await vote_page(early[0])
        with discord.troubles.held("/callback$", times=len(early)) as held:
            presses = [await reader.press(page, MORE, wait=False) for reader in early]
            await discord.until(lambda: held.met == len(early))
            process.signal(number)
            told = await told_to_wait(late, page)
            assert "restarting" in told.shown.text and told.shown.ephemeral
            assert not any(press.answered.is_set() for press in presses)
        await stopped(process)
    counted = [press for press in presses if any("Your vote is in" in text for text in press.texts)]
    assert len(counted) == len(presses)
    votes = votes_kept(folder)
    assert f"{votes} of {votes} want more" in page.text.replace("*", "") and votes >= len(early)


async def told_to_wait(readers: Sequence[Reader], page: Message) -> Interaction:
    """The first of those who press one after another whose press came after the signal had."""
    for reader in readers:
        pressed = await reader.press(page, MORE)
        if "Your vote is in" not in pressed.texts[-1] and pressed.shown is not page:
            return pressed
    raise AssertionError("the bot did not stop")


def votes_kept(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "oneshot.db")) as db:
        return db.execute("SELECT count(*) FROM votes").fetchone()[0]


async def test_a_kill_in_the_middle_of_votes_loses_none_that_was_shown_and_counts_none_twice(
    discord: StandIn, folder: Path
) -> None:
    first, rest = readers(discord)[:8], readers(discord)[8:]
    async with bot(discord, folder) as process:
        page = await vote_page(first[0])
        for reader in first:
            await reader.press(page, MORE)
        with discord.troubles.held("/callback$") as held:
            for reader in rest:
                await reader.press(page, MORE, wait=False)
            await discord.until(lambda: held.met)
            await process.kill()
    assert len(first) <= votes_kept(folder) <= len(first) + len(rest)
    async with bot(discord, folder):
        for reader in rest:  # their Discord said “This interaction failed”
            await reader.press(page, MORE)
        await first[0].press(page, ENOUGH)
        count = len(first) + len(rest)
        await discord.until(lambda: f"{count - 1} of {count} want more" in page.text.replace("*", ""))


async def test_a_kill_in_the_middle_of_a_coming_chapter_brings_it_out_once_and_tells_of_it_once(
    discord: StandIn, folder: Path
) -> None:
    author, ben = owner(discord), readers(discord)[0]
    news = discord.world.direct(ben.user).messages
    async with bot(discord, folder):
        await submit(author)
        await add_chapter(author, "Dawn", "in 1 hour")
        await add_chapter(author, "Noon", "in 2 hours")
        card = (await ben.command("stories", story="The Kettle")).shown
        await ben.press((await ben.press(card, "Follow")).shown, "Follow story")
    its_right, its_news = rf"GET /guilds/\d+/members/{author.user.id}", r"POST /channels/\d+/messages"
    for pattern in (its_right, its_news):
        time_passes(folder, "Dawn")
        with discord.troubles.held(pattern, after=True) as held:
            async with bot(discord, folder):
                await discord.until(lambda held=held: held.met)
    time_passes(folder, "Noon")
    async with bot(discord, folder):
        await discord.until(lambda: len(news) > 1)
        page = (await ben.command("read", story="The Kettle", chapter=2)).shown
        assert "It sang again" in page.text
    dawn, noon = (message.text for message in news.values())
    assert "Dawn" in dawn and "Noon" in noon and "Dawn" not in noon
    with closing(sqlite3.connect(folder / "oneshot.db")) as db:
        assert db.execute("SELECT count(*) FROM versions WHERE change = 'add-chapter'").fetchone() == (2,)


async def submit(author: Reader) -> None:
    """Publish a story on the server's shelf."""
    sent = await author.command("author submit", file=("kettle.txt", b"Title: The Kettle\n\nIt will rain, it said.\n"))
    await saved(author, await author.discord.shows(sent, "Publish"), "Publish")


async def add_chapter(author: Reader, title: str, time: str) -> None:
    """Have a chapter wait for its time."""
    listed = (await author.command("author stories")).shown
    panel = await author.discord.shows(await author.pick(listed, "op1", "The Kettle"), "Add chapter…")
    form = await author.press(panel, "Add chapter…")
    sent = await author.submit(form, text=f"It sang again, said {title}.", title=title, time=time)
    await saved(author, await author.discord.shows(sent, "Schedule"), "Schedule")


async def saved(author: Reader, preview: Message, label: str) -> None:
    """Press the button of a preview that saves it."""
    await author.press(preview, label)
    await author.discord.until(lambda: label not in preview.labels)


def time_passes(folder: Path, chapter: str) -> None:
    """A chapter that waits is due, and nobody has a lease of it any more."""
    with closing(sqlite3.connect(folder / "oneshot.db")) as db:
        db.execute("UPDATE coming_chapters SET due_at = 1 WHERE name = ?", (chapter,))
        db.commit()


async def test_a_token_that_discord_refuses_ends_it_with_status_2(discord: StandIn, folder: Path) -> None:
    settings = settings_of(discord)
    discord.world.token = "another-token-than-the-one.that-the.bot-was-given-by-its-host"
    async with program(discord.url, folder, BOT, settings) as process:
        assert await process.status() == 2
    assert "Discord does not know this DISCORD_TOKEN" in process.log and "Traceback" not in process.log
