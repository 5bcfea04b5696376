"""Polls on what comes next: opened by managers and writers, voted on by all, told honestly."""

from __future__ import annotations

import asyncio
import csv
import io
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.enums import InteractionType
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.polls import Poll, Tally
from bot.store import Store
from bot.ui.ids.polls import PickChoice, PickChoices, PickPoll, PollsPage, ShowPolls, WithdrawBallot
from tests.clock import Clock
from tests.commands.test_pages import as_dict
from tests.databases import database_at
from tests.interactions.test_age_gate import TITLE as VELVET
from tests.interactions.test_age_gate import restrict
from tests.library import Library
from tests.linking import linked
from tests.screens import ask_poll, polls_of
from tests.seen import Message, buttons_of, options_of, select_of, shown, text_of

NOW = 1_790_000_000.0
LAMP, BOAT, BED = "1", "2", "3"
CHOICES = "Light the lamp|Row out|Go to bed"


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.at = NOW
    return clock


async def asked(library: Library, opener: MemberActor, **options: Any) -> InteractionResult:
    """/author poll, with a question and choices unless *options* say otherwise."""
    said = {"story": "Lighthouse", "question": "What next?", "choices": CHOICES} | options
    said = {name: value for name, value in said.items() if value is not None}
    return await ask_poll(opener, library.channel, **said)


async def opened(library: Library, opener: MemberActor, **options: Any) -> Message:
    """The message of a poll that was opened here."""
    answer = shown(await asked(library, opener, **options))
    assert not answer.ephemeral, text_of(answer)
    return answer


async def polls(library: Library) -> list[Poll]:
    return await library.store.polls.latest(library.guild_id, 10)


async def tally(library: Library) -> Tally:
    [poll, *_] = await polls(library)
    return await library.store.polls.tally(poll.id)


async def votes(library: Library) -> list[int]:
    return [choice.votes for choice in (await tally(library)).choices]


def receipt_of(result: InteractionResult) -> Message:
    [receipt] = result.followups
    assert receipt.ephemeral
    return receipt


async def files_of(message: ResponseMessage) -> dict[str, list[list[str]]]:
    """The rows of each file of CSV, by its name."""
    files = {each.filename: (await each.read()).decode("utf-8-sig") for each in message.attachments}
    return {name: list(csv.reader(io.StringIO(text, newline=""))) for name, text in files.items()}


# -- opening --------------------------------------------------------------------


async def test_a_manager_opens_a_poll_that_shows_its_choices_and_when_it_closes(
    library: Library, mira: MemberActor
) -> None:
    poll = await opened(library, mira, closes="12 h")
    said = text_of(poll)
    assert "The Lighthouse Post" in said and "What next?" in said
    assert all(part in said for part in ("**1. Light the lamp**", "**2. Row out**", "No votes yet"))
    assert f"<t:{int(NOW) + 12 * 3600}:R>" in said and f"<t:{int(NOW) + 12 * 3600}:f>" in said
    assert list(buttons_of(poll)) == [LAMP, BOAT, BED, "Read", "More"]
    [kept] = await polls(library)
    assert (kept.message, kept.channel, kept.opener) == (poll.id, library.channel.id, mira.id)


async def test_a_poll_closes_in_three_days_unless_it_is_said(library: Library, mira: MemberActor) -> None:
    await opened(library, mira)
    await opened(library, mira, closes="never")
    newest, older = await polls(library)
    assert (older.closes_at, newest.closes_at) == (int(NOW) + 3 * 86400, None)


async def test_a_writer_opens_polls_on_their_own_story_only(library: Library) -> None:
    await linked(library.store, await library.id_of("Lighthouse"), library.ben.id)
    await opened(library, library.ben)
    assert "the story's author" in library.refused(await asked(library, library.ben, story="Ferry"))
    assert len(await polls(library)) == 1


async def test_a_reader_opens_none(library: Library) -> None:
    assert "the story's author" in library.refused(await asked(library, library.ann))
    assert await polls(library) == []


async def test_a_form_asks_what_to_ask_and_is_answered_after_a_restart(library: Library, mira: MemberActor) -> None:
    form = await mira.slash(library.channel, "author poll", story="Lighthouse", closes="1 day", several=True)
    await library.restart()
    answer = await mira.submit_modal(form, {"question": "What then?", "choices": "Light the lamp\nRow out; alone"})
    poll = shown(answer)
    assert not poll.ephemeral and "What then?" in text_of(poll)
    assert list(buttons_of(poll)) == [LAMP, BOAT, "Read", "More"]
    [kept] = await polls(library)
    assert kept.several and kept.anonymous and kept.closes_at == int(NOW) + 86400


async def test_outside_a_server_a_sentence_says_where_polls_are(library: Library) -> None:
    await linked(library.store, await library.id_of("Lighthouse"), library.ben.id)
    said = library.refused(await library.ben.user.slash("author poll", story="Lighthouse"))
    assert "in a server's channel" in said


async def test_a_poll_is_posted_in_another_channel_where_bot_and_opener_may_write(
    library: Library, mira: MemberActor
) -> None:
    other = library.ann.guild.create_text_channel("polls")
    answer = shown(await asked(library, mira, channel=other))
    assert answer.ephemeral and f"<#{other.id}>" in text_of(answer)
    poll = other.last_message
    assert poll is not None and "What next?" in text_of(poll)
    await library.ann.click(poll, label=LAMP)
    [drawn] = other.history()
    assert drawn.id == poll.id and "100% · 1 vote" in text_of(drawn)
    [kept] = await polls(library)
    assert (kept.channel, kept.message) == (other.id, poll.id)


@pytest.mark.parametrize("who", ["bot", "opener"])
async def test_a_poll_is_not_posted_where_bot_or_opener_may_not_write(library: Library, who: str) -> None:
    guild = library.ann.guild
    await linked(library.store, await library.id_of("Lighthouse"), library.ben.id)
    closed = discord.PermissionOverwrite(send_messages=False)
    bot = library.env.bot.get_guild(guild.id)
    assert bot is not None
    silent = guild.create_text_channel("silent", overwrites={bot.me if who == "bot" else library.ben: closed})
    refusal = "I can't post there" if who == "bot" else "You can't post"
    assert refusal in library.refused(await asked(library, library.ben, channel=silent))
    assert refusal in library.refused(await ask_poll(library.ben, silent, story="Lighthouse"))
    assert silent.last_message is None and await polls(library) == []


async def test_a_story_whose_writer_wants_no_votes_has_no_polls(library: Library, mira: MemberActor) -> None:
    await library.load({"quiet.txt": "Title: The Quiet One\nVotes: no\n\nIt did not rain, and nobody asked.\n"})
    assert "turned off voting" in library.refused(await asked(library, mira, story="Quiet One"))


async def test_a_story_that_is_not_shared_has_no_polls(library: Library, mira: MemberActor) -> None:
    await library.load({"own.txt": "Title: The Own One\nSharing: no\n\nIt did not rain, and nobody asked.\n"})
    assert "posted in channels" in library.refused(await asked(library, mira, story="Own One"))


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"choices": "only one"}, "2 to 10 choices"),
        ({"choices": " | | "}, "2 to 10 choices"),
        ({"choices": "|".join("abcdefghijk")}, "up to 10 choices"),
        ({"choices": f"a|{'b' * 81}"}, "too long. Keep"),
        ({"choices": "Yes|yes"}, "twice"),
        ({"question": "\u200b"}, "needs a question"),
    ],
)
async def test_what_is_no_poll_is_told_with_all_that_was_typed(
    library: Library, mira: MemberActor, options: dict[str, str], why: str
) -> None:
    answer = shown(await asked(library, mira, **options))
    assert answer.ephemeral and why in text_of(answer)
    assert options.get("choices", CHOICES).replace("|", "\n").strip() in text_of(answer)
    assert await polls(library) == []


@pytest.mark.parametrize(
    ("closes", "why"),
    [
        ("soon", "don't understand the time"),
        ("2027-01-01 12:00", "time zone"),
        ("3 years", "don't understand the time"),
        ("600 days", "1 year from now"),
    ],
)
async def test_a_time_that_is_none_is_refused_before_the_form(
    library: Library, mira: MemberActor, closes: str, why: str
) -> None:
    assert why in library.refused(await asked(library, mira, closes=closes))
    assert await polls(library) == []


async def test_what_was_typed_is_asked_for_again_and_mended(library: Library, mira: MemberActor) -> None:
    typed = {"question": "Say ```what```?", "choices": "`one`"}
    answer = await asked(library, mira, **typed)
    told = shown(answer)
    assert told.ephemeral and "2 to 10 choices" in text_of(told)
    await library.restart()
    form = await mira.click(told, label="Try again")
    assert form.modal is not None
    assert {
        each["component"]["custom_id"]: each["component"].get("value") for each in form.modal["components"]
    } == typed
    await mira.submit_modal(form, typed | {"choices": "`one`\n*two*"})
    [poll] = await polls(library)
    assert poll.question == typed["question"]


async def test_a_form_that_is_sent_after_its_time_to_close_loses_nothing(library: Library, mira: MemberActor) -> None:
    form = await mira.slash(library.channel, "author poll", story="Lighthouse", closes="1 min")
    library.clock.forward(120)
    await library.restart()
    told = shown(await mira.submit_modal(form, {"question": "What?", "choices": "a\nb"}))
    assert told.ephemeral and "between 1 minute" in text_of(told) and "a\nb" in text_of(told)
    assert await polls(library) == []


async def test_what_is_typed_pings_nobody_and_is_shown_as_it_is(library: Library, mira: MemberActor) -> None:
    poll = await opened(library, mira, question="@everyone *look* <@1>", choices="@here|**bold**|[a](https://b.c)")
    said = text_of(poll)
    assert "\\@everyone \\*look\\* \\<\\@1\\>" in said
    assert "\\@here" in said and "\\*\\*bold\\*\\*" in said and "\\[a\\]" in said
    receipt = receipt_of(await library.ann.click(poll, label="1"))
    assert "@here" not in text_of(receipt).replace("\\@here", "")


async def test_times_to_close_are_offered_as_they_are_understood(library: Library, mira: MemberActor) -> None:
    async def offered(typed: str) -> dict[str, str]:
        found = await mira.autocomplete(library.channel, "author poll", "closes", typed)
        return {choice["name"]: choice["value"] for choice in found}

    assert list((await offered("")).values()) == ["1 hour", "6 hours", "1 day", "3 days", "1 week", "never"]
    assert await offered("90m") == {"Open for: 1 hour, 30 minutes": "90m"}
    assert await offered("14 days") == {"Open for: 2 weeks": "14 days"}
    assert await offered("1") == {
        "Open for: 1 hour": "1 hour",
        "Open for: 1 day": "1 day",
        "Open for: 1 week": "1 week",
    }
    assert await offered("soon") == {}


async def test_a_poll_that_cannot_be_posted_leaves_nothing_behind(library: Library, mira: MemberActor) -> None:
    library.env.inject_error("POST", "/interactions/*/callback", status=400)
    await asked(library, mira)
    assert library.env.errors  # looked at
    assert await polls(library) == [] and await library.store.polls.next_due() is None


# -- voting ---------------------------------------------------------------------


async def test_a_vote_moves_the_bars_for_all_and_gives_a_private_receipt(library: Library, mira: MemberActor) -> None:
    poll = await opened(library, mira)
    voted = await library.ann.click(poll, label=LAMP)
    assert "100% · 1 vote" in text_of(poll) and "1 person has voted." in text_of(poll)
    receipt = receipt_of(voted)
    assert "Your vote is in!" in text_of(receipt) and "Your vote: **Light the lamp**" in text_of(receipt)
    await library.ben.click(poll, label=BOAT)
    assert text_of(poll).count("50% · 1 vote") == 2 and "2 people have voted." in text_of(poll)


async def test_another_choice_replaces_the_first(library: Library, mira: MemberActor) -> None:
    poll = await opened(library, mira)
    await library.ann.click(poll, label=LAMP)
    changed = await library.ann.click(poll, label=BOAT)
    assert "Your vote: **Row out**" in text_of(receipt_of(changed))
    assert await votes(library) == [0, 1, 0]


async def test_a_vote_is_taken_back_from_its_receipt_after_a_restart(library: Library, mira: MemberActor) -> None:
    poll = await opened(library, mira)
    await library.ben.click(poll, label=BOAT)
    receipt = receipt_of(await library.ann.click(poll, label=LAMP))
    await library.restart()
    back = shown(await library.ann.click(receipt, label="Remove vote"))
    assert back.id == receipt.id and "Vote removed" in text_of(back)
    assert await votes(library) == [0, 1, 0] and "100% · 1 vote" in text_of(poll)


async def test_the_same_press_again_and_again_is_one_vote(library: Library, mira: MemberActor) -> None:
    for several in (False, True):
        poll = await opened(library, mira, several=several)
        await library.click_at_once(poll, *[(library.ann, LAMP)] * 3)
        await library.ann.click(poll, label=LAMP)
        assert await votes(library) == [1, 0, 0]


async def test_different_presses_at_once_are_one_vote_where_one_may_be_chosen(
    library: Library, mira: MemberActor
) -> None:
    poll = await opened(library, mira)
    await library.click_at_once(poll, (library.ann, LAMP), (library.ann, BOAT), (library.ann, BED))
    assert sum(await votes(library)) == 1 and (await tally(library)).voters == 1


async def test_fifty_readers_at_once_are_fifty_votes(library: Library, mira: MemberActor) -> None:
    poll = await opened(library, mira)
    readers = [library.join(f"reader{n}") for n in range(50)]
    labels = (LAMP, BOAT, BOAT, BED, BOAT)
    for result in await library.click_at_once(poll, *((each, labels[n % 5]) for n, each in enumerate(readers))):
        assert "Your vote is in!" in text_of(receipt_of(result))
    assert await votes(library) == [10, 30, 10]
    assert "60% · 30 votes" in text_of(poll) and "50 people have voted." in text_of(poll)


async def test_votes_of_two_processes_at_once_are_all_counted(
    library: Library, mira: MemberActor, tmp_path: Any
) -> None:
    await opened(library, mira)
    [poll] = await polls(library)
    async with Store.open(database_at(tmp_path / "oneshot.db"), library.clock) as other:
        stores = (library.store, other)
        await asyncio.gather(*(stores[n % 2].polls.cast(poll.id, 1000 + n // 2, 1 + n % 3, NOW) for n in range(60)))
    assert (await tally(library)).voters == sum(await votes(library)) == 30


async def test_several_choices_are_made_by_button_and_changed_on_the_receipt(
    library: Library, mira: MemberActor
) -> None:
    poll = await opened(library, mira, several=True)
    await library.ann.click(poll, label=LAMP)
    receipt = receipt_of(await library.ann.click(poll, label=BED))
    assert "**Light the lamp** and **Go to bed**" in text_of(receipt)
    await library.ben.click(poll, label=BED)
    assert "100% · 2 votes" in text_of(poll) and "50% · 1 vote" in text_of(poll)
    assert "2 people have voted." in text_of(poll)
    found = options_of(receipt)
    await library.restart()
    await library.ann.select(
        receipt, [found["2. Row out"], found["3. Go to bed"]], custom_id=select_of(receipt, "pos1")
    )
    assert await votes(library) == [0, 1, 2]
    await library.ann.select(receipt, [], custom_id=select_of(receipt, "pos1"))
    assert "Vote removed" in text_of(receipt) and await votes(library) == [0, 0, 1]
    assert "1 person has voted." in text_of(poll)


async def test_forged_choices_count_nothing(library: Library, mira: MemberActor) -> None:
    poll = await opened(library, mira)
    [kept] = await polls(library)
    for custom_id in (f"po1:{kept.id}:9", f"po1:{kept.id}:0", "po1:999:1", f"po1:{kept.id}:{10**18 - 1}"):
        assert library.refused(await library.forge(library.ann, poll, custom_id))
    select = {"type": 3, "custom_id": f"pos1:{kept.id}", "options": [{"label": "?", "value": "?"}], "max_values": 9}
    library.env.backend.edit_message(library.channel.id, poll.id, {"components": [{"type": 1, "components": [select]}]})
    data = {"custom_id": f"pos1:{kept.id}", "component_type": 3, "values": ["1", "2", "x", "99", 3, None]}
    await library.emit(poll, [(library.ann, InteractionType.MESSAGE_COMPONENT, data)])
    assert sum(await votes(library)) == 1


async def test_a_poll_of_another_server_is_not_voted_on(library: Library, mira: MemberActor) -> None:
    await opened(library, mira)
    [kept] = await polls(library)
    guild = library.env.create_guild("Another Room")
    there = guild.create_text_channel("reading")
    elsewhere = guild.add_member(library.ben.user)
    page = shown(await elsewhere.slash(there, "read", story="Lighthouse"))
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "?", "custom_id": f"po1:{kept.id}:1"}]}
    library.env.backend.edit_message(there.id, page.id, {"components": [row]})
    assert "poll is gone" in library.refused(await elsewhere.click(page, custom_id=f"po1:{kept.id}:1"))
    assert await votes(library) == [0, 0, 0]


async def test_a_vote_is_refused_when_the_writer_wants_none_any_more(library: Library, mira: MemberActor) -> None:
    story = "Title: The Kettle\n{wish}\nIt boiled, and that was that for the afternoon.\n"
    await library.load({"kettle.txt": story.format(wish="")})
    poll = await opened(library, mira, story="Kettle")
    await library.load({"kettle.txt": story.format(wish="Votes: no\n")})
    assert "turned off voting" in library.refused(await library.ann.click(poll, label=LAMP))


async def test_a_vote_that_could_not_be_saved_is_not_shown(
    library: Library, mira: MemberActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = await opened(library, mira)

    async def full(*_: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("bot.store.polls.Polls.cast", full)
        assert "Something went wrong" in shown(await library.ann.click(poll, label=LAMP)).content
    assert "No votes yet" in text_of(poll)


async def test_votes_that_cannot_be_read_leave_the_bars_as_they_were(
    library: Library, mira: MemberActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = await opened(library, mira)
    await library.ann.click(poll, label=LAMP)

    async def away(*_: object) -> None:
        raise OSError("the disk is away")

    with monkeypatch.context() as disk:
        disk.setattr("bot.store.polls.Polls.tally", away)
        await library.ben.click(poll, label=LAMP)
        assert "100% · 1 vote" in text_of(poll)
    await library.ben.click(poll, label=LAMP)
    assert "100% · 2 votes" in text_of(poll)


# -- looking after --------------------------------------------------------------


async def test_polls_are_listed_and_looked_at_privately(library: Library, mira: MemberActor) -> None:
    poll = await opened(library, mira)
    await library.ann.click(poll, label=BOAT)
    listed = await polls_of(library.ann, library.channel)
    assert listed.ephemeral and "What next?" in text_of(listed) and "The Lighthouse Post" in text_of(listed)
    panel = shown(
        await library.ann.select(listed, [options_of(listed)["What next?"]], custom_id=select_of(listed, "pop1"))
    )
    assert panel.id == listed.id and "Your vote: **Row out**" in text_of(panel)
    assert list(buttons_of(panel)) == ["All polls"]
    assert "Polls in this server" in text_of(shown(await library.ann.click(panel, label="All polls")))


async def test_a_poll_is_named_by_any_part_of_its_question(library: Library, mira: MemberActor) -> None:
    await opened(library, mira, question="Who rows?")
    await opened(library, mira, question="Who sleeps?")
    offered = await mira.autocomplete(library.channel, "manage poll show", "poll", "ROWS")
    assert [choice["name"] for choice in offered] == ["Who rows? · The Lighthouse Post"]
    for named in ("rows", offered[0]["value"]):
        assert "Who rows?" in text_of(shown(await mira.slash(library.channel, "manage poll show", poll=named)))
    assert "can't find a poll called" in library.refused(
        await mira.slash(library.channel, "manage poll show", poll="swims")
    )
    assert "can't find a poll called" in library.refused(
        await mira.slash(library.channel, "manage poll show", poll="999")
    )
    await opened(library, mira, question="42")
    assert "**1. Light" in text_of(shown(await mira.slash(library.channel, "manage poll show", poll="42")))


async def test_many_polls_are_listed_page_by_page(library: Library, mira: MemberActor) -> None:
    for number in range(10):
        await opened(library, mira, question=f"Question {number}?")
    listed = shown(await mira.slash(library.channel, "manage poll show"))
    assert "Question 9?" in text_of(listed) and "Question 0?" not in text_of(listed)
    assert "Question 0?" in text_of(shown(await mira.click(listed, label="Next")))


async def test_a_poll_in_a_channel_that_a_reader_does_not_see_is_not_told_of(
    library: Library, mira: MemberActor
) -> None:
    hidden = library.ann.guild.create_text_channel(
        "managers", overwrites={library.ben: discord.PermissionOverwrite(view_channel=False)}
    )
    await asked(library, mira, channel=hidden)
    [poll] = await polls(library)
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    for forged, values in ((str(ShowPolls()), None), (str(PollsPage("b", 0)), None)):
        told = shown(await library.forge(library.ben, page.message, forged, values=values))
        assert "What next?" not in text_of(told)
    picked = await library.forge(library.ben, page.message, str(PickPoll(0)), values=[str(poll.id)])
    assert "poll is gone" in library.refused(picked)
    assert "What next?" in text_of(shown(await library.forge(library.ann, page.message, str(ShowPolls()))))


async def test_nobody_votes_in_a_poll_of_a_channel_that_they_do_not_see(library: Library, mira: MemberActor) -> None:
    denied = discord.PermissionOverwrite(view_channel=False)
    hidden = library.ann.guild.create_text_channel("managers", overwrites={library.ben: denied})
    await asked(library, mira, channel=hidden)
    [poll] = await polls(library)
    seen = shown(await library.ann.slash(library.channel, "stories", share=True))
    for forged, values in (
        (PickChoice(poll.id, 1), None),
        (WithdrawBallot(poll.id), None),
        (PickChoices(poll.id), ["1"]),
    ):
        result = await library.forge(library.ben, seen, str(forged), values=values)
        assert "What next?" not in library.refused(result) and not result.followups
    assert (await tally(library)).voters == 0
    await library.forge(library.ann, seen, str(PickChoice(poll.id, 1)))
    assert (await tally(library)).voters == 1


async def test_only_those_who_look_after_a_poll_close_or_export_it(library: Library, mira: MemberActor) -> None:
    poll = await opened(library, mira)
    [kept] = await polls(library)
    for action in ("close", "export"):
        assert "open and manage polls" in library.refused(
            await library.forge(library.ben, poll, f"poa1:{action}:{kept.id}")
        )
    assert (await polls(library))[0].closed_at is None


async def test_an_author_closes_their_poll_and_has_its_votes_by_its_own_buttons(library: Library) -> None:
    await linked(library.store, await library.id_of("Lighthouse"), library.ben.id)
    poll = await opened(library, library.ben)
    await library.ann.click(poll, label=LAMP)
    await library.restart()
    panel = shown(await library.ben.click(poll, label="More"))
    assert panel.ephemeral and {"Close now", "Download CSV"} <= set(buttons_of(panel))
    closed = shown(await library.ben.click(panel, label="Close now"))
    assert (await polls(library))[0].closed_at is not None and "Close now" not in buttons_of(closed)
    await library.env.settle()
    again = shown(await library.ben.click(poll, label="More"))
    exported = await library.ben.click(again, label="Download CSV")
    assert len(await files_of(shown(exported))) == 1


async def test_who_is_no_author_any_more_closes_nothing(library: Library) -> None:
    story = await library.id_of("Lighthouse")
    await linked(library.store, story, library.ben.id)
    poll = await opened(library, library.ben)
    await linked(library.store, story, library.ann.id)
    panel = shown(await library.ann.click(poll, label="More"))
    await library.store.authors.unlink(story, library.ann.id)
    for label in ("Close now", "Download CSV"):
        assert "open and manage polls" in library.refused(await library.ann.click(panel, label=label))
    assert (await polls(library))[0].closed_at is None


async def test_a_reader_sees_their_own_vote_behind_a_poll_and_nothing_to_manage(
    library: Library, mira: MemberActor
) -> None:
    poll = await opened(library, mira)
    await library.ann.click(poll, label=LAMP)
    panel = shown(await library.ann.click(poll, label="More"))
    assert panel.ephemeral and "Your vote: **Light the lamp**" in text_of(panel)
    assert not {"Close now", "Download CSV", "See voters"} & set(buttons_of(panel))


@pytest.mark.parametrize(
    ("choices", "rows"), [(2, [4]), (3, [5]), (4, [4, 2]), (5, [5, 2]), (8, [5, 5]), (10, [5, 5, 2])]
)
async def test_the_ways_on_stand_together(library: Library, mira: MemberActor, choices: int, rows: list[int]) -> None:
    poll = await opened(library, mira, choices="|".join(f"Door {number}" for number in range(choices)))
    assert [len(as_dict(row)["components"]) for row in poll.components] == rows
    assert list(buttons_of(poll))[-2:] == ["Read", "More"]


async def test_who_chose_what_is_shown_to_the_opener_alone_and_only_where_the_poll_says_so(
    library: Library, mira: MemberActor
) -> None:
    other = library.ann.guild.add_member(library.env.create_user("otto"), roles=[mira.guild.roles["Manager"]])
    secret = await opened(library, mira)
    assert "Votes are anonymous." in text_of(secret)
    await library.ann.click(secret, label=LAMP)
    assert "See voters" not in buttons_of(shown(await mira.slash(library.channel, "manage poll show", poll="What")))
    [kept] = await polls(library)
    assert library.refused(await library.forge(mira, secret, f"pov1:o:{kept.id}:0"))
    assert await library.store.polls.ballots(kept.id, 10) == []

    named = await opened(library, mira, question="And who?", anonymous=False)
    assert "Not anonymous: the person who opened this poll can see who voted for what." in text_of(named)
    await library.ann.click(named, label=LAMP)
    await library.ben.click(named, label=BED)
    panel = shown(await mira.slash(library.channel, "manage poll show", poll="And who"))
    voters = shown(await mira.click(panel, label="See voters"))
    assert voters.ephemeral and f"**1. Light the lamp**\n<@{library.ann.id}>" in text_of(voters)
    assert f"**3. Go to bed**\n<@{library.ben.id}>" in text_of(voters)
    assert "See voters" not in buttons_of(shown(await other.slash(library.channel, "manage poll show", poll="And who")))
    newest, _ = await polls(library)
    assert library.refused(await library.forge(other, named, f"pov1:o:{newest.id}:0"))


async def test_many_voters_are_listed_page_by_page(library: Library, mira: MemberActor) -> None:
    await opened(library, mira, anonymous=False)
    [poll] = await polls(library)
    for reader in range(60):
        await library.store.polls.cast(poll.id, 10**17 + reader, 1 + reader % 2, NOW)
    panel = shown(await mira.slash(library.channel, "manage poll show", poll="What"))
    page = shown(await mira.click(panel, label="See voters"))
    seen = text_of(page)
    for _ in range(2):
        page = shown(await mira.click(page, label="Next"))
        seen += text_of(page)
    assert all(f"<@{10**17 + reader}>" in seen for reader in range(60)) and "Page 3 of 3" in seen


async def test_the_votes_are_exported_as_a_table_that_is_never_a_formula(library: Library, mira: MemberActor) -> None:
    poll = await opened(library, mira, question="=1+1", choices='=cmd()|+1|@SUM(A1)|Plain, with "quotes"')
    await library.ann.click(poll, label="1")
    await library.ben.click(poll, label="1")
    answer = shown(await mira.slash(library.channel, "manage poll export", poll="=1+1"))
    assert answer.ephemeral
    [[head, *rows]] = (await files_of(answer)).values()
    assert head[:5] == ["story", "question", "choice", "votes", "percent of voters"]
    assert [row[1:6] for row in rows] == [
        ["'=1+1", "'=cmd()", "2", "100", "2"],
        ["'=1+1", "'+1", "0", "0", "2"],
        ["'=1+1", "'@SUM(A1)", "0", "0", "2"],
        ["'=1+1", 'Plain, with "quotes"', "0", "0", "2"],
    ]
    assert rows[0][6:] == ["2026-09-21 14:13:20", ""]


async def test_the_export_tells_who_chose_what_to_the_opener_alone_and_only_where_the_poll_says_so(
    library: Library, mira: MemberActor
) -> None:
    other = library.ann.guild.add_member(library.env.create_user("otto"), roles=[mira.guild.roles["Manager"]])
    for anonymous in (True, False):
        poll = await opened(library, mira, question=f"{anonymous}?", anonymous=anonymous)
        await library.ann.click(poll, label=BED)
        for manager in (mira, other):
            files = await files_of(
                shown(await manager.slash(library.channel, "manage poll export", poll=f"{anonymous}?"))
            )
            told = str(library.ann.id) in str(files)
            assert told is (manager is mira and not anonymous)
            assert len(files) == 1 + told
            if told:
                assert files[next(name for name in files if "voters" in name)][1:] == [
                    [f"<@{library.ann.id}>", "Go to bed", "2026-09-21 14:13:20"]
                ]


# -- stories for adults ---------------------------------------------------------


async def test_a_poll_on_a_story_for_adults_is_for_age_restricted_channels_alone(
    library: Library, mira: MemberActor
) -> None:
    assert "can't find a story called" in library.refused(await asked(library, mira, story=VELVET))
    adults = library.ann.guild.create_text_channel("adults")
    await restrict(library, adults)
    answer = shown(await ask_poll(mira, adults, story=VELVET, question="Open it?", choices="Yes|No"))
    assert not answer.ephemeral
    elsewhere = await ask_poll(
        mira, adults, story=VELVET, question="Open it?", choices="Yes|No", channel=library.channel
    )
    assert "age-restricted" in text_of(shown(elsewhere)) and library.channel.last_message is None
    listed = shown(await mira.slash(library.channel, "manage poll show"))
    assert "Velvet" not in text_of(listed) and "Open it" not in text_of(listed)
    [poll] = await polls_of_all(library)
    assert "age-restricted" in library.refused(await mira.slash(library.channel, "manage poll show", poll=str(poll)))
    await restrict(library, adults, False)
    assert "age-restricted" in library.refused(await library.ann.click(answer, label="1"))


async def polls_of_all(library: Library) -> list[int]:
    rows = await library.store._db.rows("SELECT id FROM polls")  # pyright: ignore[reportPrivateUsage]
    return [int(row[0]) for row in rows]
