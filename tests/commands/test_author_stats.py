"""The writer's desk: what readers said, and of what they only did no count of fewer than five."""

from __future__ import annotations

import csv
import io
import re
import threading
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.cards.bars import HEIGHT, WIDTH
from bot.cards.sheet import Sheet
from bot.domain.anonymity import DAY_SECONDS, SMALLEST_GROUP
from bot.domain.author_stats import PARTS, STEPS, WEEKS, AuthorStats, Heat, Readership, readership
from bot.domain.questions import Rules
from bot.domain.reactions import Emoji, Reaction
from bot.domain.settings import ReaderSettings
from bot.store.chapters import LENGTHS
from bot.stories.model import ChapterName, OpenPage, StorySummary
from bot.ui.author_stats import author_stats_csv, charts_of
from bot.ui.ids import ShowAuthorStats
from tests import samples
from tests.clock import Clock
from tests.library import Library
from tests.linking import linked
from tests.reviewing import put
from tests.screens import desk
from tests.seen import buttons_of, shown, text_of
from tests.votes import cast_vote, question_with, set_rules

ALT_TEXT = 1024
"""Characters that Discord takes (https://docs.discord.com/developers/resources/message#attachment-object)."""


# -- the rules ------------------------------------------------------------------


def test_of_fewer_than_five_readers_nothing_is_told() -> None:
    assert readership([(50, 2)], 2, 100) is None
    assert readership([], 0, 0) is None
    assert readership([(50, 3)], 2, 100) is not None


def test_the_stairs_of_a_made_up_population() -> None:
    """Of 40 readers 12 stop at once, 8 after a third, 3 after 70 of 100 words, and 17 finish."""
    told = readership([(0, 12), (33, 8), (70, 3)], 17, 100)
    assert told is not None and (told.begun, told.finished, told.percent) == (40, 17, 42)
    assert told.reached == (40, *[28] * 6, *[20] * 13, 17)


def test_fewer_than_five_who_get_further_are_not_told() -> None:
    told = readership([(0, 6), (40, 5), (60, 3)], 1, 100)
    assert told is not None and told.finished is None and told.percent is None
    assert told.reached == (15, *[9] * 8, *[None] * 12)


@given(st.lists(st.tuples(st.integers(0, 999), st.integers(0, 9)), max_size=30), st.integers(0, 40))
def test_no_step_is_fewer_than_five_readers_and_no_number_is_far_off(
    stopped: list[tuple[int, int]], finished: int
) -> None:
    told = readership(stopped, finished, 1000)
    begun = finished + sum(readers for _, readers in stopped)
    if told is None:
        assert begun < SMALLEST_GROUP
        return
    assert len(told.reached) == STEPS + 1 and told.reached[0] == begun == told.begun
    for step, count in enumerate(told.reached[:-1]):
        there = finished + sum(readers for before, readers in stopped if before >= 1000 * step / STEPS or step == 0)
        assert count is None if there < SMALLEST_GROUP else count is not None and 0 <= count - there < SMALLEST_GROUP
    known = [count for count in told.reached[:-1] if count is not None]
    assert all(one == other or one - other >= SMALLEST_GROUP for one, other in pairwise(known))
    assert told.reached[-1] == told.finished == (finished if finished >= SMALLEST_GROUP else None)


# -- the desk -------------------------------------------------------------------


async def link(library: Library, title: str = "Lighthouse") -> None:
    await linked(library.store, await library.id_of(title), library.ann.id)


async def begin(library: Library, title: str, readers: int, page: int, first: int = 1000) -> None:
    """So many readers turn to a page and no further."""
    pages = await library.pages_of(title)
    for reader in range(first, first + readers):
        await library.store.places.move(reader, pages[0])
        await library.store.places.move(reader, pages[page - 1])


async def test_a_desk_begins_with_what_readers_said_exact_from_the_first(library: Library) -> None:
    await link(library)
    await begin(library, "Lighthouse", 3, 6)
    story = await library.id_of("Lighthouse")
    for reader, emoji in ((1000, "🔥"), (1001, "🔥"), (1002, "🦊")):
        await library.store.reactions.toggle(story, reader, emoji)
    await cast_vote(library.store, story, 1000, "continue", library.guild_id)
    await cast_vote(library.store, story, 1001, "leave", library.guild_id)
    await put(library, 1002)
    told = await desk(library)
    [embed] = told.embeds
    assert [field.name for field in embed.fields] == ["Should this story continue?", "Reactions", "Reviews"]
    answers, reactions, reviews = (field.value or "" for field in embed.fields)
    assert "**1** of **2** want more" in answers and "🔥 2 · 🦊 1" in reactions and "1 review here" in reviews
    assert embed.description is None and embed.footer.text is None and not told.attachments
    file = shown(await library.ann.click(told, label="Download CSV"))
    assert table(await file.attachments[0].read())[1:] == [
        ["story", "The Lighthouse Post", ""],
        ["Should this story continue?", "I want more", "1"],
        ["Should this story continue?", "Perfect as is", "1"],
        ["reacted with", "Wow", "2"],
        ["reacted with", "Fox face", "1"],
        ["reviews here", "", "1"],
    ]


async def test_a_desk_where_nobody_said_anything_is_one_sentence(library: Library) -> None:
    await link(library)
    await begin(library, "Lighthouse", 4, 6)
    told = await desk(library)
    assert "show up here from the first one" in text_of(told) and not re.search(r"\d", text_of(told))
    assert not told.embeds[0].fields and not told.attachments and list(buttons_of(told)) == ["Info"]


async def test_hidden_votes_are_hidden_from_the_desk(library: Library) -> None:
    await link(library)
    story = await library.id_of("Lighthouse")
    await set_rules(library.store, story, Rules(hidden=True))
    await cast_vote(library.store, story, 1000, "continue", library.guild_id)
    told = await desk(library)
    assert "You'll see the results when the vote closes" in text_of(told) and "want more" not in text_of(told)
    file = shown(await library.ann.click(told, label="Download CSV"))
    assert "voted" not in (await file.attachments[0].read()).decode()


async def test_the_writer_is_no_reader_of_their_own_story(library: Library) -> None:
    await link(library)
    await begin(library, "Lighthouse", 4, 6)
    await library.ann.slash(library.channel, "read", story="Lighthouse")
    assert "started" not in text_of(await desk(library))


async def test_a_desk_with_six_readers_tells_how_far_they_got(library: Library) -> None:
    await link(library)
    await begin(library, "Lighthouse", 5, 6)
    await begin(library, "Lighthouse", 1, 3, 2000)
    await library.restart()
    told = await desk(library)
    said = text_of(told)
    assert "**5** readers started it. **5** finished the current version (100%)." in said
    assert "5 readers started. Reached 25%: 5. Reached 50%: 5. Reached 75%: 5." in said
    [chart] = told.attachments
    assert chart.filename == "where-readers-stop.png"
    assert chart.description is not None and "0%: 5 · 5%: 5" in chart.description and "100%: 5." in chart.description


async def test_what_fewer_than_five_only_did_is_left_out(library: Library) -> None:
    await link(library)
    await begin(library, "Lighthouse", 7, 1)
    await begin(library, "Lighthouse", 3, 6, 2000)
    told = await desk(library)
    said = text_of(told)
    assert "**10** readers started it.\n" in said and "finished the" not in said
    assert "10 readers started.\n" in said and "Reached" not in said
    [chart] = told.attachments
    assert chart.description is not None and chart.description.endswith("0%: 10.")
    assert not re.search(r"\b[1-4]\b|under|[Ff]ewer", f"{said} {chart.description}".replace("5 or more", ""))
    rows = table(await shown(await library.ann.click(told, label="Download CSV")).attachments[0].read())
    assert rows[1:] == [["story", "The Lighthouse Post", ""], ["started", "", "10"], ["reached at least", "0%", "10"]]


async def test_who_finished_a_story_that_has_grown_since_stopped_where_it_ended(library: Library) -> None:
    await library.load({"kettle.txt": samples.sized("Kettle", 10)})
    await link(library, "Kettle")
    await begin(library, "Kettle", 8, 10)
    assert "**5** finished" in text_of(await desk(library, "Kettle"))
    await library.load({"kettle.txt": samples.sized("Kettle", 20)})
    library.clock.forward(DAY_SECONDS)
    await begin(library, "Kettle", 8, 10)
    said = text_of(await desk(library, "Kettle"))
    assert "finished the" not in said
    assert "Reached 25%: 5.\n" in said
    library.clock.forward(DAY_SECONDS)
    await begin(library, "Kettle", 8, 20)
    assert "**5** finished" in text_of(await desk(library, "Kettle"))


async def test_readers_of_long_and_short_pages_finish_alike(library: Library) -> None:
    await link(library)
    story = await library.id_of("Lighthouse")
    for reader in range(9):
        chosen = ReaderSettings(page_length=LENGTHS[reader % 2])
        await library.store.settings.change_reader(reader, lambda _, chosen=chosen: chosen)
        first, last = await library.store.pages.ends(story, reader)
        for spot in (first, last):
            await library.store.places.move(reader, await library.store.pages.open(spot, reader))
    assert "**5** readers started it. **5** finished" in text_of(await desk(library))


async def give(library: Library, page: OpenPage, readers: int, emoji: str = "🔥") -> None:
    for reader in range(1000, 1000 + readers):
        await library.store.reactions.toggle(page.story.id, reader, emoji, page=page)


async def test_heat_votes_reactions_and_weeks_are_told(library: Library, clock: Clock) -> None:
    await link(library)
    await begin(library, "Lighthouse", 12, 6)
    story = await library.id_of("Lighthouse")
    clock.at = clock() - 21 * 24 * 60 * 60
    await give(library, (await library.pages_of())[2], 7)
    for reader in range(6):
        await cast_vote(library.store, story, reader, "continue", library.guild_id)
    told = await desk(library)
    said = text_of(told)
    assert "🔥 7" in said and "100% want more" in said
    assert "The biggest reaction is about 40% in, from 7 readers." in said
    assert re.search(r"Busiest week: from <t:\d+:D>, with reactions from 7 readers\.", said)
    charts = {chart.filename: chart for chart in told.attachments}
    assert list(charts) == ["where-readers-stop.png", "what-moved-readers.png", "when-readers-reacted.png"]
    assert (charts["what-moved-readers.png"].description or "").endswith("29%–50%: 7.")
    assert [embed.to_dict().get("image", {}).get("description") for embed in told.embeds[1:]] == [
        chart.description for chart in charts.values()
    ]
    for chart in charts.values():
        png = await chart.read()
        assert len(png) < 100_000
        assert Image.open(io.BytesIO(png)).size == (WIDTH, HEIGHT)


async def test_a_week_is_from_monday_to_monday(library: Library, clock: Clock) -> None:
    story = await library.id_of("Lighthouse")
    monday = 1_763_337_600  # 2025-11-17T00:00:00Z
    for reader in range(18):
        clock.at = monday - 1 if reader < 5 else monday if reader < 11 else monday + 7 * 24 * 60 * 60 - 1
        await library.store.reactions.toggle(story, reader, "🔥")
    for now in (monday, monday + 7 * 24 * 60 * 60 - 1):
        since, weeks = await library.store.author_stats.weeks(story, now)
        assert since == monday - (WEEKS - 1) * 7 * 24 * 60 * 60
        assert weeks == [None] * (WEEKS - 2) + [5, 13]
    since, weeks = await library.store.author_stats.weeks(story, monday + 25 * 7 * 24 * 60 * 60)
    assert since == monday and weeks == [13] + [None] * (WEEKS - 1)


# -- whose it is ----------------------------------------------------------------


async def test_a_desk_is_for_those_alone_who_wrote_the_story(library: Library) -> None:
    await begin(library, "Lighthouse", 9, 6)
    page = shown(await library.ann.slash(library.channel, "read", story="Spoon"))
    forged = str(ShowAuthorStats(await library.id_of("Lighthouse")))
    assert "Only its author" in library.refused(await library.forge(library.ann, page.message, forged))
    await link(library)
    told = await desk(library)
    await library.store.authors.unlink(await library.id_of("Lighthouse"), library.ann.id)
    assert "Only its author" in library.refused(await library.ann.click(told, label="Download CSV"))


# -- the table ------------------------------------------------------------------


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


async def test_the_desk_is_handed_out_as_a_table(library: Library) -> None:
    await link(library)
    await begin(library, "Lighthouse", 7, 6)
    await give(library, (await library.pages_of())[2], 6)
    told = await desk(library)
    await library.restart()
    file = shown(await library.ann.click(told, label="Download CSV"))
    assert file.ephemeral
    [attachment] = file.attachments
    rows = table(await attachment.read())
    assert attachment.filename == "desk.csv" and rows[0] == ["what", "where", "readers"]
    assert ["started", "", "5"] in rows and ["finished", "", "5"] in rows
    assert ["reached at least", "50%", "5"] in rows
    assert ["reacted to pages in this part", "38%–42%", "6"] in rows
    assert ["reacted with", "Wow", "6"] in rows
    assert all(row[2].isdigit() for row in rows[2:])


def made_up(title: str, count: int | None = 5) -> AuthorStats:
    return AuthorStats(
        story=StorySummary(1, title, None, 1000, 5, 1),
        readers=Readership(10**9, count, (10**9, *[count] * STEPS)),
        reactions=[Reaction(Emoji("1", "=cmd"), 9), Reaction(Emoji("🔥"), 4)],
        weeks=[10**9] * WEEKS,
        since=date(2026, 5, 25),
        heat=Heat(tuple(10**9 + part % 2 for part in range(PARTS)), ChapterName(number=1)),
        questions=[question_with((5, 1))],
        saves=0,
        reviews=0,
    )


@pytest.mark.parametrize("title", ['=HYPERLINK("http://a","b")', "+1", "-1", "@SUM(A1)", "\tx", "\r=1", 'a, "b"\n=c'])
def test_no_cell_is_a_formula(title: str) -> None:
    rows = table(author_stats_csv(made_up(title)))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    assert rows[1][1].replace("'", "") == title.replace("'", "")
    assert all(len(row) == 3 for row in rows)


# -- the charts -----------------------------------------------------------------


def test_alt_texts_are_within_what_discord_takes_at_the_greatest_numbers() -> None:
    charts = charts_of(made_up("x"))
    assert len(charts) == 3
    assert all(0 < len(chart.alt) <= ALT_TEXT for chart in charts)


async def test_charts_are_drawn_beside_the_event_loop(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[threading.Thread] = []

    png = Sheet.png

    def noting(sheet: Sheet) -> bytes:
        threads.append(threading.current_thread())
        return png(sheet)

    monkeypatch.setattr(Sheet, "png", noting)
    await link(library)
    await begin(library, "Lighthouse", 5, 6)
    assert (await desk(library)).attachments
    assert threads and threading.main_thread() not in threads
