"""The bot as a process, on a Discord of this machine: how it starts, stops, and outlives a kill."""

from __future__ import annotations

import itertools
import re
import shutil
import signal
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.interactions.client import LISTEN_SECONDS
from tests.databases import connected, copied, dropped
from tests.standin.driver import Reader, owner, readers
from tests.standin.process import BOT, Process, bot, program, settings_of
from tests.standin.server import StandIn
from tests.standin.troubles import UNKNOWN_INTERACTION
from tests.standin.world import Description, Message

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")

STORY = "A Spoon for the King"
MORE, ENOUGH = "I want more", "Perfect as is"


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a busy machine answer later than Discord would."""
    monkeypatch.setattr("tests.standin.interactions.ANSWER_SECONDS", 20.0)


@pytest.fixture
async def discord() -> AsyncIterator[StandIn]:
    async with StandIn(Description(readers=24)) as standin:
        yield standin


@dataclass(frozen=True)
class Home:
    """Where the bot runs, with a database into which its stories were loaded."""

    folder: Path
    database: str

    def settings(self, discord: StandIn) -> dict[str, str]:
        return settings_of(discord, DATABASE=self.database)

    def bot(self, discord: StandIn) -> AbstractAsyncContextManager[Process]:
        return bot(discord, self.folder, DATABASE=self.database)

    def rows(self, sql: str) -> list[Any]:
        """What is in the database, or what was changed there beside the bot."""
        with connected(self.folder / "oneshot.db") as db:
            done = db.execute(sql)
            return done.fetchall() if sql.startswith("SELECT") else []


@pytest.fixture
def home(tmp_path: Path, loaded: Path) -> Iterator[Home]:
    folder = tmp_path / "bot"
    shutil.copytree(loaded / "stories", folder / "stories")
    yield Home(folder, str(copied(loaded / "oneshot.db", folder / "oneshot.db")))
    dropped(tmp_path)


async def vote_page(reader: Reader) -> Message:
    """A page that everybody sees, with the vote on its story."""
    return (await reader.command("read", story=STORY, share=True)).shown


async def stopped(process: Process) -> None:
    """It ends as it should."""
    assert await process.status() == 0, process.log
    assert "Traceback" not in process.log


async def test_it_starts_answers_and_goes_on_where_a_connection_broke(discord: StandIn, home: Home) -> None:
    ann, ben, *_ = readers(discord)
    async with home.bot(discord) as process:
        page = (await ann.command("read", story="Ferry")).shown
        assert "The Fare" in page.text
        await ann.press(page, "Next")
        assert "Page 2 of 2" in page.text
        await discord.gateway.drop()
        await ann.press(page, "Back")
        assert "The Fare" in page.text and discord.gateway.resumed == 1
        with discord.troubles.of("/callback$", cut="after") as cut:  # it took effect, and the bot cannot know
            await ann.press(page, "Next")
            await discord.until(lambda: cut.met)
        assert "No matches" in (await ben.command("search", text="zeppelin")).shown.text
        process.signal(signal.SIGTERM)
        await stopped(process)
    assert process.log.count("An answer did not reach its reader") == 1
    async with home.bot(discord):
        assert "Page 2 of 2" in (await ann.command("read")).shown.text


@contextmanager
def full_disk(process: Process) -> Iterator[None]:
    """Let *process* write nothing more into any file until this is left."""
    import resource

    limits = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        yield
    finally:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, limits)


@pytest.mark.sqlite("a server has its own disk")
@pytest.mark.skipif(sys.platform != "linux", reason="only there one process limits another")
async def test_on_a_full_disk_reading_goes_on_and_all_is_kept_again_when_there_is_room(
    discord: StandIn, home: Home
) -> None:
    ann, ben, *_ = readers(discord)
    async with home.bot(discord) as process:
        page = (await ann.command("read", story="Lighthouse")).shown
        await ann.press(page, "Next")
        voting = await vote_page(ben)
        with full_disk(process):
            full = (await ann.command("read")).shown
            assert "Page 2 of 6" in full.text and "I can't keep your place" in full.text
            await ann.press(full, "Next")
            assert "Page 3 of 6" in full.text and "I can't keep your place" in full.text
            assert (await ann.command("quote", story="Lighthouse")).shown.text
            assert "Lighthouse" in (await ann.command("stories")).shown.text
            assert "I can't store anything right now" in (await ben.press(voting, MORE)).shown.text
        await ann.press(full, "Next")
        assert "Page 4 of 6" in full.text and "I can't keep" not in full.text
        await ben.press(voting, MORE)
        process.signal(signal.SIGTERM)
        await stopped(process)
    assert [tuple(row) for row in home.rows("SELECT count(*) FROM ballots")] == [(1,)]
    async with home.bot(discord):
        assert "Page 4 of 6" in (await ann.command("read")).shown.text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_stop_answers_who_has_pressed_and_tells_who_comes_later(
    discord: StandIn, home: Home, number: signal.Signals
) -> None:
    early, late = readers(discord)[:12], itertools.cycle(readers(discord)[12:])
    async with home.bot(discord) as process:
        page = await vote_page(early[0])
        with discord.troubles.held("/callback$", times=len(early)) as held:
            presses = [await reader.press(page, MORE, wait=False) for reader in early]
            await discord.until(lambda: held.met == len(early))
            process.signal(number)
            end, told = time.monotonic() + 1.5 * LISTEN_SECONDS, set[str]()
            while time.monotonic() < end:  # it listens for longer than it would if nobody waited
                pressed = await next(late).press(page, MORE)
                told.add(pressed.texts[-1])
            assert not any(press.answered.is_set() for press in presses)
        await stopped(process)
    assert any("I'm restarting" in text for text in told)
    assert all("Your vote is in" in press.followups[0].text for press in presses)
    votes = votes_kept(home)
    assert f"{votes} of {votes} want more" in page.text.replace("*", "") and votes >= len(early)


def votes_kept(home: Home) -> int:
    return len(home.rows("SELECT 1 FROM ballots"))


async def test_a_kill_in_the_middle_of_votes_loses_none_that_was_shown_and_counts_none_twice(
    discord: StandIn, home: Home
) -> None:
    first, rest = readers(discord)[:8], readers(discord)[8:]
    async with home.bot(discord) as process:
        page = await vote_page(first[0])
        for reader in first:
            await reader.press(page, MORE)
        with discord.troubles.held("/callback$") as held:
            for reader in rest:
                await reader.press(page, MORE, wait=False)
            await discord.until(lambda: held.met)
            await process.kill()
    assert len(first) <= votes_kept(home) <= len(first) + len(rest)
    async with home.bot(discord):
        for reader in rest:  # their Discord said “This interaction failed”
            await reader.press(page, MORE)
        await first[0].press(page, ENOUGH)
        count = len(first) + len(rest)
        await discord.until(lambda: f"{count - 1} of {count} want more" in page.text.replace("*", ""))


async def test_a_kill_in_the_middle_of_closing_closes_a_question_once_and_leaves_all_its_posts_final(
    discord: StandIn, home: Home
) -> None:
    host, first = owner(discord), readers(discord)[:6]
    async with home.bot(discord) as process:
        form = await host.command("author ask", story=STORY)
        channel = [str(host.channel.id)]
        asked = await host.submit(form, question="Where is it?", answers="Soup\nHat", ends=["3"], channel=channel)
        await discord.until(lambda: len(question_posts(host)) == 1)
        manage = (await host.press(asked.shown, "Manage")).shown
        await host.submit(await host.press(manage, "Post…"), channel=channel)
        await discord.until(lambda: len(question_posts(host)) == 2)
        post, other = question_posts(host)
        for reader in first:
            await reader.press(post, "2")
        home.rows("UPDATE questions SET closes_at = asked_at WHERE text IS NOT NULL")
        closing = await host.press(manage, "Reply…")
        with discord.troubles.held(r"PATCH /channels/\d+/messages", after=True) as drawn:
            await host.submit(closing, wait=False, line="In the soup, of course.")  # it looks for what is due
            await discord.until(lambda: drawn.met)
            await process.kill()
    [(closed_at, closes_at)] = home.rows("SELECT closed_at, closes_at FROM questions WHERE text IS NOT NULL")
    assert closed_at == closes_at
    home.rows("UPDATE question_posts SET due_at = 0 WHERE due_at IS NOT NULL")  # a minute later
    async with home.bot(discord):
        await discord.until(lambda: all("6 · Hat" in each.text and "closed" in each.text for each in (post, other)))
        assert "2" not in post.labels and "2" not in other.labels
        late = await first[0].press_id(other, f"qu1:{question_kept(home)}:1:question:0:0")
        await discord.until(lambda: late.followups)
        assert "This question is closed" in late.followups[0].text
    assert home.rows("SELECT closed_at, closes_at FROM questions WHERE text IS NOT NULL") == [(closed_at, closes_at)]
    assert len(home.rows("SELECT 1 FROM ballots WHERE number = 2")) == votes_kept(home) == len(first)


def question_posts(reader: Reader) -> list[Message]:
    """What everybody sees of a question in the channel."""
    return [each for each in reader.channel.messages.values() if "Where is it?" in each.text]


def question_kept(home: Home) -> int:
    [(question,)] = home.rows("SELECT id FROM questions WHERE text IS NOT NULL")
    return int(question)


async def test_a_kill_in_the_middle_of_publish_brings_a_chapter_out_once_and_tells_of_it_once(
    discord: StandIn, home: Home
) -> None:
    author, ben = owner(discord), readers(discord)[0]
    news = discord.world.direct(ben.user).messages
    async with home.bot(discord) as process:
        await submit(author)
        card = (await ben.command("stories", story="The Kettle")).shown
        await ben.press((await ben.press(card, "Follow")).shown, "Follow story")
        dawn, noon = await chapter(author, "Dawn"), await chapter(author, "Noon")
        publish = dawn.custom_id("Publish")
        with discord.troubles.held(r"POST /channels/\d+/messages", after=True) as told:
            await author.press_id(dawn, publish, wait=False)
            await discord.until(lambda: told.met)
            with discord.troubles.held("/callback$", after=True) as begun:
                await author.press(noon, "Publish", wait=False)
                await discord.until(lambda: begun.met)
                await process.kill()
    assert chapters_added(home) == ["Dawn"]
    async with home.bot(discord):  # their Discord said “This interaction failed”
        assert "That draft was published" in (await author.press_id(dawn, publish)).shown.text
        await published(author, noon)
        await discord.until(lambda: len(news) > 1)
        page = (await ben.command("read", story="The Kettle", chapter=3)).shown
        assert "It sang again, said Noon." in page.text
    first, second = (message.text for message in news.values())
    assert "Dawn" in first and "Noon" in second and "Dawn" not in second
    assert chapters_added(home) == ["Dawn", "Noon"]


async def submit(author: Reader) -> None:
    """Publish a story on the server's shelf."""
    sent = await author.command("author submit", file=("kettle.txt", b"Title: The Kettle\n\nIt will rain, it said.\n"))
    await published(author, await author.discord.shows(sent, "Publish"))


async def chapter(author: Reader, title: str) -> Message:
    """Return the preview of one more chapter, which waits for its author to publish it."""
    listed = (await author.command("author stories")).shown
    panel = await author.discord.shows(await author.pick(listed, "op1", "The Kettle"), "Add chapter…")
    form = await author.press(panel, "Add chapter…")
    sent = await author.submit(form, text=f"It sang again, said {title}.", title=title)
    return await author.discord.shows(sent, "Publish")


async def published(author: Reader, preview: Message) -> None:
    """Publish a draft."""
    await author.press(preview, "Publish")
    await author.discord.until(lambda: "Publish" not in preview.labels)


def chapters_added(home: Home) -> list[str]:
    """Which of them are out."""
    return [row[0] for row in home.rows("SELECT title FROM chapters WHERE title IN ('Dawn', 'Noon') ORDER BY id")]


async def test_a_token_that_discord_refuses_ends_it_with_status_2(discord: StandIn, home: Home) -> None:
    settings = home.settings(discord)
    discord.world.token = "another-token-than-the-one.that-the.bot-was-given-by-its-host"
    async with program(discord.url, home.folder, BOT, settings) as process:
        assert await process.status() == 2
    assert "Discord does not know this DISCORD_TOKEN" in process.log and "Traceback" not in process.log


async def test_a_first_connection_that_fails_is_tried_again_with_a_line_each(discord: StandIn, home: Home) -> None:
    discord.gateway.refuses = 1
    with (
        discord.troubles.of("GET /users/@me$", cut="before", times=2),  # aiohttp itself tries a second time
        discord.troubles.of("PUT /applications/.*/commands$", status=503, times=1),
    ):
        async with home.bot(discord) as process:
            assert (await readers(discord)[0].command("read", story=STORY)).shown.text
    said = [line for line in process.log.splitlines() if re.search("cannot be reached|Failed to connect", line)]
    assert len(said) == 3 and "Traceback" not in process.log, process.log


async def test_a_log_of_all_that_happens_has_no_texts_ids_or_tokens(discord: StandIn, home: Home) -> None:
    ann = readers(discord)[0]
    async with bot(discord, home.folder, DATABASE=home.database, LOG_LEVEL="DEBUG") as process:
        page = await vote_page(ann)
        voted = await ann.press(page, MORE)
        await ann.react(page, "🔥")
        form = await ann.command("review", story=STORY, chapter=1)
        sent = await ann.submit(form, text="Nobody else may read this spoonful.")
        await ann.command("search", text="zeppelin")
        with discord.troubles.of("/callback$", status=404, body=UNKNOWN_INTERACTION, times=2):
            lost = await ann.press(page, ENOUGH, wait=False)
            await discord.until(lambda: "did not reach its reader" in process.log)
        process.signal(signal.SIGTERM)
        await stopped(process)
    assert "DEBUG" in process.log
    for secret in (
        "spoonful",
        "zeppelin",
        ann.user.id,
        voted.token,
        form.token,
        sent.token,
        lost.token,
        discord.world.token,
    ):
        assert str(secret) not in process.log, secret
