"""Writers are told of reviews of what they wrote: each in the way they chose, and once."""

from __future__ import annotations

import logging
import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import discord
import pytest
from simcord.actors import MemberActor
from simcord.results import ResponseMessage

from bot.domain.follows import SHUT_SECONDS
from bot.domain.reviews import DAY_SECONDS, DIGEST_HOUR, next_digest
from bot.domain.settings import ReaderSettings, Reviews
from bot.services.due_work import LOOK_SECONDS
from bot.store import Store
from bot.store.departures import KNOWN
from tests.databases import connected, connections, database_at
from tests.direct_messages import close_messages, said_to, told
from tests.library import Library
from tests.linking import joined_author, linked
from tests.restricting import restrict
from tests.reviewing import GOOD, leave, look, manager, newcomer, put
from tests.screens import mine
from tests.seen import buttons_of, select_of, shown, text_of


@pytest.fixture
async def orla(library: Library) -> MemberActor:
    """Who wrote the Lighthouse."""
    return await joined_author(library, "Lighthouse")


async def wants(library: Library, writer: MemberActor, reviews: Reviews, *, adult: bool = False) -> None:
    chosen = replace(ReaderSettings(), reviews=reviews, adult=adult)
    await library.store.settings.change_reader(writer.id, lambda _: chosen)


async def looked(library: Library) -> None:
    """The next look at what is due has been taken."""
    await library.env.advance_time(LOOK_SECONDS)


async def come_due(library: Library, path: Path) -> None:
    """What waits for its time has waited long enough."""
    with connected(path / "oneshot.db") as db:
        db.execute("UPDATE outbox SET due_at = 0")
    await looked(library)


# -- each as it comes ---------------------------------------------------------------------------------


async def test_a_review_is_told_at_once_by_direct_message(library: Library, orla: MemberActor) -> None:
    await leave(library, library.ann)
    [message] = told(orla)
    said = text_of(message)
    assert "The Lighthouse Post" in said and GOOD in said and "**ann**" in said
    assert list(buttons_of(message)) == ["Reviews", "Report", "Review DMs"]
    assert told(library.ben) == [] and told(library.ann) == []
    await library.restart()
    listed = shown(await orla.user.click(message, label="Reviews"))
    assert GOOD in text_of(listed) and "1 review of your story" in text_of(listed)


async def test_all_who_wrote_a_story_are_told(library: Library, orla: MemberActor) -> None:
    await linked(library.store, await library.id_of("Lighthouse"), library.ben.id)
    await leave(library, library.ann)
    assert len(told(orla)) == len(told(library.ben)) == 1


async def test_a_review_is_told_once_however_often_it_is_changed(library: Library, orla: MemberActor) -> None:
    await put(library, library.ann.id)
    await put(library, library.ann.id, "On second thoughts I say this.")
    await looked(library)
    [message] = told(orla)
    assert "second thoughts" in text_of(message) and GOOD not in text_of(message)
    await leave(library, library.ann, "On third thoughts I say that.")
    await looked(library)
    await library.restart()
    assert len(told(orla)) == 1


async def test_what_is_taken_back_or_hidden_before_it_is_told_is_not_told(library: Library, orla: MemberActor) -> None:
    await library.store.reviews.take_back(library.ann.id, await put(library, library.ann.id))
    hidden = await put(library, library.ben.id, "A cruel thing, said aloud.")
    await library.store.reviews.hide(hidden, library.guild_id, 1)
    await looked(library)
    assert told(orla) == []


async def test_what_is_held_back_is_told_when_it_is_shown(library: Library, orla: MemberActor) -> None:
    mira = manager(library)
    await leave(library, newcomer(library))
    await looked(library)
    assert told(orla) == []
    listed = await mine(mira, library.channel, "reviews")
    listed = shown(await mira.click(listed, label="1 to check"))
    await mira.click(listed, label="Approve 1")
    assert GOOD in said_to(orla)
    await mira.click(await look(library, mira), label="Hide 1")
    await mira.click(await look(library, mira), label="Unhide 1")
    await looked(library)
    assert len(told(orla)) == 1


async def test_a_review_that_is_left_in_a_direct_message_is_for_the_writer_alone(
    library: Library, orla: MemberActor
) -> None:
    modal = await library.ann.user.slash("review", story="Lighthouse", chapter=1)
    await library.restart()
    receipt = shown(await library.ann.user.submit_modal(modal, {"text": GOOD}))
    assert "Only the author can see it" in text_of(receipt)
    assert GOOD in said_to(orla)
    assert GOOD not in text_of(await look(library, library.ben))
    assert GOOD not in text_of(shown(await library.ben.user.slash("review", story="Lighthouse")))
    assert GOOD in text_of(shown(await orla.user.slash("review", story="Lighthouse")))
    assert GOOD in text_of(shown(await library.ann.user.slash("review", story="Lighthouse")))


async def test_a_direct_message_of_which_nobody_would_read_is_refused(library: Library) -> None:
    refused = library.refused(await library.ann.user.slash("review", story="Lighthouse", chapter=1))
    assert "nobody would see" in refused and "in a server" in refused


async def test_a_writer_who_reports_a_reader_is_sent_nothing_more_by_them(library: Library, orla: MemberActor) -> None:
    mira = manager(library)
    await leave(library, library.ann)
    modal = await orla.user.click(told(orla)[0], label="Report")
    await library.restart()
    said = text_of(shown(await orla.user.submit_modal(modal, {"reason": "It is cruel."})))
    assert "The mods of the server it was posted in" in said and "won't be notified of reviews from this person" in said
    assert "1 to check" in buttons_of(await mine(mira, library.channel, "reviews"))
    await library.store.reviews.take_back(library.ann.id, 1)
    await leave(library, library.ann, "And another thing, while I am here.")
    await looked(library)
    assert len(told(orla)) == 1
    await linked(library.store, await library.id_of("Ferry"), orla.id)
    await leave(library, library.ann, "The ferry is late again.", story="Ferry")
    assert "late again" in text_of(await look(library, library.ben, "Ferry"))  # the one before is held back anyway
    assert len(told(orla)) == 1
    await leave(library, library.ben)
    assert len(told(orla)) == 2


async def test_a_long_review_is_told_with_the_way_to_all_of_it(library: Library, orla: MemberActor) -> None:
    await leave(library, library.ann, ("*" * 100 + " ") * 39)
    [message] = told(orla)
    part = shown(await orla.user.click(message, label="Read all"))
    assert "Part 1 of" in text_of(part)


# -- all of a day ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "digest"), [(0, DIGEST_HOUR), (17.99, DIGEST_HOUR), (18, 24 + DIGEST_HOUR), (23, 24 + DIGEST_HOUR)]
)
def test_the_digest_comes_at_the_next_evening(hour: float, digest: int) -> None:
    midnight = 20_000 * DAY_SECONDS
    assert next_digest(midnight + hour * 3600) == midnight + digest * 3600


async def test_a_digest_is_one_message_a_day_with_the_first_of_them(
    library: Library, orla: MemberActor, tmp_path: Path
) -> None:
    await wants(library, orla, "digest")
    for n in range(1, 8):
        await put(library, 1000 + n, f"This is what reader {n} said of it.")
    await linked(library.store, await library.id_of("Ferry"), orla.id)
    await leave(library, library.ann, "The ferry is late again.", story="Ferry")
    await looked(library)
    assert told(orla) == []
    with connected(tmp_path / "oneshot.db") as db:
        assert db.execute("SELECT DISTINCT due_at FROM outbox").fetchall() == [(next_digest(library.clock()),)]
    await come_due(library, tmp_path)
    [message] = told(orla)
    said = text_of(message)
    assert "8 new reviews" in said and "reader 5 " in said and "reader 6 " not in said and "and 3 more" in said
    assert "Reviews: The Lighthouse Post" in buttons_of(message)
    await come_due(library, tmp_path)
    assert len(told(orla)) == 1


async def test_a_digest_names_each_story_once(library: Library, orla: MemberActor, tmp_path: Path) -> None:
    await wants(library, orla, "digest")
    await linked(library.store, await library.id_of("Ferry"), orla.id)
    for story in ("Lighthouse", "Ferry"):
        for reader in (library.ann.id, library.ben.id):
            await put(library, reader, f"What {reader} says of {story}.", story=story)
    await come_due(library, tmp_path)
    [message] = told(orla)
    assert list(buttons_of(message)) == [
        "Reviews: The Lighthouse Post", "Reviews: The Ferry of Words", "Review DMs"
    ]  # fmt: skip


# -- not at all -------------------------------------------------------------------------------------------


async def test_a_writer_who_wants_to_hear_nothing_hears_nothing(library: Library, orla: MemberActor) -> None:
    await put(library, library.ben.id, "This one came before they chose.")
    await wants(library, orla, "none")
    await leave(library, library.ann)
    await looked(library)
    assert told(orla) == []
    await wants(library, orla, "direct")
    await looked(library)
    assert told(orla) == []
    assert GOOD in text_of(shown(await orla.user.slash("review", story="Lighthouse")))


async def test_one_who_is_no_writer_any_more_is_not_told(library: Library, orla: MemberActor) -> None:
    await put(library, library.ann.id)
    await library.store.authors.unlink(await library.id_of("Lighthouse"), orla.id)
    await looked(library)
    assert told(orla) == []


async def test_of_a_withdrawn_story_nobody_is_told(library: Library, orla: MemberActor) -> None:
    await put(library, library.ann.id)
    await library.take_away("lighthouse.txt")
    await looked(library)
    assert told(orla) == []


# -- how they choose ----------------------------------------------------------------------------------------


def chosen_way(message: ResponseMessage) -> str:
    return text_of(message).split("Right now: **")[1].split("**")[0]


async def review_panel(library: Library, author: MemberActor) -> ResponseMessage:
    """What an author finds under /settings, More."""
    more = shown(await author.click(shown(await author.slash(library.channel, "settings")), label="More"))
    return shown(await author.click(more, label="Review DMs"))


async def test_a_writer_chooses_in_their_settings_and_nobody_else_is_asked(library: Library, orla: MemberActor) -> None:
    settings = shown(await library.ann.slash(library.channel, "settings"))
    assert "Review DMs" not in buttons_of(shown(await library.ann.click(settings, label="More")))
    panel = await review_panel(library, orla)
    assert panel.ephemeral and chosen_way(panel) == "One DM per review"
    await library.restart()
    drawn = shown(await orla.select(panel, ["digest"], custom_id=select_of(panel, "rvs1")))
    assert chosen_way(drawn) == "One DM a day"
    assert (await library.store.settings.of_reader(orla.id)).reviews == "digest"
    forged = await library.forge(orla, panel.message, "rvs1", values=["hourly"])
    assert "button no longer works" in shown(forged).content


async def test_each_message_has_the_way_to_choose_otherwise(library: Library, orla: MemberActor) -> None:
    await leave(library, library.ann)
    panel = shown(await orla.user.click(told(orla)[0], label="Review DMs"))
    drawn = shown(await orla.user.select(panel, ["none"], custom_id=select_of(panel, "rvs1")))
    assert chosen_way(drawn) == "Off"
    await leave(library, library.ben)
    assert len(told(orla)) == 1


# -- stories that a direct message may not show ------------------------------------------------------------------


async def velvet(library: Library, orla: MemberActor) -> None:
    """A review of a story for adults, which *orla* wrote."""
    restricted = library.ann.guild.create_text_channel("adults")
    await restrict(library, restricted)
    story = (await library.store.publishing.known("folder"))["velvet"].story
    await linked(library.store, story, orla.id)
    modal = await library.ann.slash(restricted, "review", story="Velvet", chapter=1)
    await library.ann.submit_modal(modal, {"text": "The velvet is worn, and so is she."})


async def test_of_a_story_for_adults_a_writer_is_told_nothing_but_that_there_is_a_review(
    library: Library, orla: MemberActor
) -> None:
    await velvet(library, orla)
    [message] = told(orla)
    assert (
        "allow 18+ stories" in text_of(message) and "worn" not in text_of(message) and "Velvet" not in text_of(message)
    )
    assert list(buttons_of(message)) == ["Review DMs"]


async def test_a_writer_who_is_of_age_is_told_all_of_it(library: Library, orla: MemberActor) -> None:
    await wants(library, orla, "direct", adult=True)
    await velvet(library, orla)
    assert "worn" in said_to(orla) and "Velvet" in said_to(orla)


async def test_a_writer_reads_the_reviews_of_an_upload_in_direct_messages(library: Library) -> None:
    mira, tale = manager(library), b"Title: The Uploaded Tale\n\nIt came by night and was read by morning.\n"
    answer = await mira.slash(library.channel, "manage story add", file=("tale.txt", tale))
    await mira.click(answer.followups[-1] if answer.followups else shown(answer), label="Publish")
    story = await library.store.uploads.off_shelf(library.guild_id, 9)
    assert story == []
    with_guild = library.store.for_audience(replace(_everyone(), guild=library.guild_id))
    number = (await with_guild.stories.find("Uploaded")).id
    await linked(library.store, number, library.ben.id)
    await leave(library, library.ann, story="Uploaded")
    [message] = told(library.ben)
    listed = shown(await library.ben.user.click(message, label="Reviews"))
    assert "The Uploaded Tale" in text_of(listed) and GOOD in text_of(listed)
    stranger = await mine(library.ann.user, None, "reviews")
    assert "Uploaded" not in text_of(stranger)


def _everyone():
    from bot.domain.rights import EVERYONE

    return EVERYONE


# -- writers who are not reached -------------------------------------------------------------------------------


async def test_closed_direct_messages_are_noted_and_not_tried_again_for_a_while(
    library: Library, orla: MemberActor, caplog: pytest.LogCaptureFixture
) -> None:
    close_messages(library, orla)  # once: a second try would get through
    with caplog.at_level(logging.WARNING):
        await leave(library, library.ann)
        await leave(library, library.ben, "So did I, by the way, and I cried.")
    assert told(orla) == [] and caplog.records == []
    panel = await review_panel(library, orla)
    assert "didn't reach you" in text_of(panel)
    await leave(library, library.join("cleo"), "Third time lucky, they say.")
    assert "lucky" in said_to(orla) and len(told(orla)) == 1
    close_messages(library, orla)
    await leave(library, library.join("dora"), "I closed the book and opened it again.")
    library.clock.forward(SHUT_SECONDS)
    await leave(library, library.join("emil"), "It rained here, too, all the while.")
    assert "It rained" in said_to(orla) and len(told(orla)) == 2, "it is tried again after a while"
    assert "didn't reach you" not in text_of(await review_panel(library, orla))


async def test_a_fault_on_the_way_is_tried_again_and_told_once(
    library: Library, orla: MemberActor, tmp_path: Path
) -> None:
    close_messages(library, orla, status=400, code=40003)
    await leave(library, library.ann)
    await looked(library)
    assert told(orla) == []
    await come_due(library, tmp_path)
    await come_due(library, tmp_path)
    assert len(told(orla)) == 1


async def test_a_fault_that_stays_is_given_up(
    library: Library, orla: MemberActor, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    close_messages(library, orla, status=400, code=40003, times=None)
    with caplog.at_level(logging.WARNING, "bot.services"):
        await leave(library, library.ann)
        for _ in range(6):
            await come_due(library, tmp_path)
    assert ["dropped" in record.message for record in caplog.records] == [True]
    assert await library.store.outbox.claim(2**40) is None


async def test_what_fails_after_a_message_was_sent_does_not_send_it_again(
    library: Library, orla: MemberActor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(library.store.settings, "unreached", broken)
    await put(library, library.ann.id)
    await looked(library)
    await come_due(library, tmp_path)
    assert len(told(orla)) == 1


async def test_a_crash_between_claim_and_message_loses_it_and_doubles_nothing(
    library: Library, orla: MemberActor, tmp_path: Path
) -> None:
    await put(library, library.ann.id)
    async with Store.open(database_at(tmp_path / "oneshot.db"), library.clock) as other:
        claimed = await other.outbox.claim(2**40)
    assert claimed is not None and claimed.user == orla.id
    await library.restart()
    assert told(orla) == []


async def test_what_was_left_before_a_restart_is_told_after_it(library: Library, orla: MemberActor) -> None:
    await put(library, library.ann.id)
    assert told(orla) == []
    await library.restart()
    [message] = told(orla)
    assert isinstance(message, discord.Message)


# -- what it costs ----------------------------------------------------------------------------------------------


@pytest.mark.sqlite("it reads SQLite's plans of queries")
async def test_no_query_of_the_outbox_reads_a_whole_table(library: Library, orla: MemberActor, tmp_path: Path) -> None:
    statements: list[str] = []
    for connection in connections(library.store):
        await connection.set_trace_callback(statements.append)
    await leave(library, library.ann)
    await looked(library)
    with sqlite3.connect(tmp_path / "oneshot.db") as file:
        ours = [
            sql
            for sql in statements
            if re.search(r"\b(reviews|outbox)\b", sql)
            and sql.split()[0] in ("SELECT", "DELETE", "UPDATE", "INSERT")
            and sql != KNOWN  # it is asked at a full start only
        ]
        steps = [(str(row[3]), sql) for sql in ours for row in file.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert any("DELETE FROM outbox" in sql for sql in ours)
    assert [step for step in steps if step[0].startswith("SCAN") and "INDEX" not in step[0]] == []
    for connection in connections(library.store):
        await connection.set_trace_callback(lambda _: None)
