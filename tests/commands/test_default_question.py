"""What is decided about a vote: its rules, when it closes, the answer, and who is told of it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult

from bot.domain.anonymity import DAY_SECONDS
from bot.domain.questions import REPLY_CHARS, Choice, Rules
from bot.domain.settings import ReaderSettings, ServerSettings
from bot.store import Store
from bot.store.questions import Questions
from bot.ui.custom_id import CustomId
from bot.ui.ids import AskReply, EndQuestion, ManageQuestion, ReplyModal, SetRule
from tests import samples
from tests.databases import database_at
from tests.direct_messages import told
from tests.library import Library
from tests.linking import joined_author
from tests.samples import FORD, INN
from tests.screens import card_for, read_at, surprise, to_last
from tests.seen import Message, buttons_of, components_of, is_refusal, select_of, shown, text_of
from tests.votes import answer_vote, cast_vote, close_vote, default_of, reopen_vote, set_rules, unvote, votes_of

GO_ON, LEAVE, DECIDE = "I want more", "Perfect as is", "Manage"
RECORD, CLOSE, REOPEN = "Reply…", "Close now", "Reopen"


@pytest.fixture
async def orla(library: Library) -> MemberActor:
    """Who wrote both stories that are voted on here."""
    return await joined_author(library, "Lighthouse", "Ferry")


async def vote(library: Library, reader: MemberActor, story: str = "Lighthouse") -> Message:
    """The vote as /vote shows it to *reader*."""
    return shown(await reader.slash(library.channel, "vote", story=story))


async def panel(library: Library, reader: MemberActor, story: str = "Lighthouse") -> Message:
    """What can be decided, as *reader* sees it."""
    return shown(await reader.click(await vote(library, reader, story), label=DECIDE))


async def answered(
    library: Library, reader: MemberActor, choice: Choice, line: str = "", story: str = "Lighthouse"
) -> InteractionResult:
    """*reader* has recorded an answer."""
    opened = await panel(library, reader, story)
    label = next(label for label in buttons_of(opened) if label.casefold().endswith("reply…"))
    return await reader.submit_modal(await reader.click(opened, label=label), {"choice": [choice], "line": line})


async def cast(library: Library, choices: Sequence[Choice], story: str = "Lighthouse") -> int:
    """So many readers have voted, in the server."""
    number = await library.id_of(story)
    for reader, choice in enumerate(choices, start=5000):
        await cast_vote(library.store, number, reader, choice, library.guild_id)
    return number


async def card_text(library: Library, story: str = "Lighthouse") -> str:
    return text_of(await card_for(library.ben, library.channel, story))


# -- three numbers ---------------------------------------------------------------------


@pytest.fixture
def mira(library: Library, mira: MemberActor) -> MemberActor:
    """Who runs the server, and the bot."""
    library.owned_by(mira)
    return mira


async def test_a_vote_says_who_of_those_who_finished_voted_and_who_did_not(library: Library) -> None:
    await cast(library, ["leave"])
    await finished_by(library, 13, voting=7)
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=6))
    assert "Finished" not in text_of(page)
    library.clock.forward(DAY_SECONDS)
    await library.ann.click(page, label=GO_ON)
    said = ["89% want more", "All servers: **8** of **9** want more"]
    said += ["Readers who finished: about **5** of **5** want more", "Finished but didn't vote: at least **5**"]
    assert [part for part in said if part not in await card_text(library)] == []
    assert [part for part in said if part not in text_of(await vote(library, library.ben))] == []


async def test_who_has_finished_is_said_where_nobody_has_voted_yet(library: Library) -> None:
    await finished_by(library, 5, voting=0)
    assert "Finished without" not in await card_text(library)
    library.clock.forward(DAY_SECONDS)
    assert "No votes yet. Be the first!\nFinished but didn't vote: at least **5**" in await card_text(library)


async def finished_by(library: Library, readers: int, voting: int) -> None:
    """So many readers finish the story, of whom some vote that it go on."""
    story = await library.id_of("Lighthouse")
    _, last = await library.store.pages.ends(story)
    for reader in range(6000, 6000 + readers):
        await library.store.places.move(reader, await library.store.pages.open(last), library.guild_id)
        if reader < 6000 + voting:
            await cast_vote(library.store, story, reader, "continue", library.guild_id)


# -- who decides -----------------------------------------------------------------------


async def test_a_reader_is_offered_no_decision_and_a_forged_one_is_refused(library: Library) -> None:
    opened = await vote(library, library.ann)
    assert list(buttons_of(opened)) == [GO_ON, LEAVE, "Notify me"]
    story = await library.id_of("Lighthouse")
    question = (await default_of(library.store, story)).id
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    for forged in (
        ManageQuestion(question),
        EndQuestion(question, "close"),
        EndQuestion(question, "reopen"),
        AskReply(question),
    ):
        assert "author" in library.refused(await library.forge(library.ann, page, str(forged)))
    forged = SetRule(question, "quorum")
    assert "author" in library.refused(await library.forge(library.ann, page, str(forged), values=["5"]))
    values = {"choice": "continue", "line": ""}
    assert "author" in library.refused(await library.send_modal(library.ann, page, str(ReplyModal(question)), values))
    other = await default_of(library.store, await library.id_of("Spoon"))
    assert await default_of(library.store, story) == replace(other, id=question, story=story)


async def test_managers_of_a_server_do_not_decide_about_the_folder(library: Library, mira: MemberActor) -> None:
    library.owned_by(library.ben)
    assert DECIDE not in buttons_of(await vote(library, mira))


async def test_who_owns_the_bot_decides_about_the_folder_anywhere(library: Library) -> None:
    library.env.create_guild("Elsewhere")
    library.owned_by(library.ann)
    assert DECIDE in buttons_of(await vote(library, library.ann))
    assert DECIDE in buttons_of(shown(await library.ann.user.slash("vote", story="Lighthouse")))
    assert DECIDE not in buttons_of(await vote(library, library.ben))


async def test_a_vote_opens_where_discord_does_not_say_who_owns_the_bot(library: Library) -> None:
    library.env.inject_error("GET", "/oauth2/applications/@me", status=500, times=None)
    assert GO_ON in buttons_of(await vote(library, library.ann))


async def test_an_uploaded_story_is_decided_by_the_managers_of_its_server(library: Library, mira: MemberActor) -> None:
    library.owned_by(library.ann)
    text = "Title: The Kettle\n\nIt would rain, said the kettle, and until four o'clock it did.\n"
    file = ("kettle.txt", text.encode())
    draft = await mira.slash(library.channel, "manage story add", file=file)
    await mira.click(draft.followups[-1] if draft.followups else shown(draft), label="Publish")
    guild = library.env.create_guild("Elsewhere")
    role = guild.create_role("Manager", permissions=discord.Permissions(manage_guild=True))
    other = guild.add_member(library.env.create_user("otto"), roles=[role])
    there = guild.create_text_channel("reading")
    assert DECIDE in buttons_of(await vote(library, mira, "Kettle"))
    library.refused(await other.slash(there, "vote", story="Kettle"))
    assert DECIDE not in buttons_of(await vote(library, library.ann, "Kettle"))


async def test_an_author_decides_anywhere_and_does_not_vote(library: Library, orla: MemberActor) -> None:
    opened = await vote(library, orla)
    assert list(buttons_of(opened)) == [DECIDE] and "you can't vote on it" in text_of(opened)
    assert "No votes yet.\n" in text_of(opened)  # and no invitation to vote
    assert DECIDE in buttons_of(shown(await orla.user.slash("vote", story="Lighthouse")))
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=6))
    assert "you can't react to it or vote on it" in library.refused(await orla.click(page, label=GO_ON))
    assert (await votes_of(library.store, await library.id_of("Lighthouse"))).all == 0


async def test_a_story_that_is_not_voted_on_has_nothing_to_decide(library: Library, mira: MemberActor) -> None:
    opened = await vote(library, mira)
    await library.load({"lighthouse.txt": samples.LIGHTHOUSE.replace("Author:", "Votes: no\n\nAuthor:")})
    assert "turned off voting" in library.refused(await mira.click(opened, label=DECIDE))


async def test_what_is_decided_about_a_story_for_adults_is_gated(library: Library, mira: MemberActor) -> None:
    velvet = (await library.store.publishing.known("folder"))["velvet"].story
    page = shown(await mira.slash(library.channel, "read", story="Lighthouse"))
    question = (await default_of(library.store, velvet)).id
    for forged in (ManageQuestion(question), EndQuestion(question, "close"), AskReply(question)):
        said = library.refused(await library.forge(mira, page, str(forged)))
        assert "age-restricted" in said and "Velvet" not in said


# -- rules -----------------------------------------------------------------------------


async def pick(library: Library, reader: MemberActor, message: Message, rule: CustomId, option: str) -> Message:
    return shown(await reader.select(message, [option], custom_id=str(rule)))


async def test_rules_are_set_before_the_first_vote_and_shown_with_it(library: Library, orla: MemberActor) -> None:
    story = await library.id_of("Lighthouse")
    question = (await default_of(library.store, story)).id
    opened = await panel(library, orla)
    await library.restart()
    for rule, option in ((SetRule(question, "quorum"), "25"), (SetRule(question, "threshold"), "two-thirds")):
        opened = await pick(library, orla, opened, rule, option)
    assert (await default_of(library.store, story, None)).rules == Rules(25, "two-thirds", False)
    chosen = [o["label"] for each in components_of(opened) for o in each.get("options", ()) if o.get("default")]
    assert chosen == [
        "Minimum votes: 25",
        "Needed: two thirds",
        "Results: always shown",
    ]
    assert "Needed to continue: at least two thirds, with 25 votes or more." in await card_text(library)


async def test_rules_stand_once_somebody_has_voted(library: Library, orla: MemberActor) -> None:
    story = await library.id_of("Lighthouse")
    question = (await default_of(library.store, story)).id
    opened = await panel(library, orla)
    await library.ann.click(await vote(library, library.ann), label=GO_ON)
    stale = await orla.select(opened, ["5"], custom_id=str(SetRule(question, "quorum")))
    assert "already answered" in library.refused(stale)
    fresh = await panel(library, orla)
    assert not any(each["type"] == 3 for each in components_of(fresh)) and "rules can't change" in text_of(fresh)
    await unvote(library.store, story, library.ann.id)
    assert select_of(await panel(library, orla), f"qul1:{question}:quorum")


@pytest.mark.parametrize(
    ("rule", "option"), [("quorum", "7"), ("quorum", "x"), ("threshold", "99"), ("hidden", "maybe")]
)
async def test_a_rule_that_is_not_on_offer_is_refused(
    library: Library, orla: MemberActor, rule: str, option: str
) -> None:
    story = await library.id_of("Lighthouse")
    question = (await default_of(library.store, story)).id
    forged = f"qul1:{question}:{rule}"
    refused = await library.forge(orla, await panel(library, orla), forged, values=[option])
    assert "button no longer works" in library.refused(refused)
    assert (await default_of(library.store, story, None)).rules == Rules()


# -- hidden counts ---------------------------------------------------------------------

ROADS: dict[str, Callable[[Library, MemberActor], Awaitable[str]]] = {}


def road(
    look: Callable[[Library, MemberActor], Awaitable[str]],
) -> Callable[[Library, MemberActor], Awaitable[str]]:
    ROADS[look.__name__] = look
    return look


for _command in ("vote", "stories", "react"):

    def _named(command: str) -> Callable[[Library, MemberActor], Awaitable[str]]:
        async def look(library: Library, orla: MemberActor) -> str:
            return text_of(shown(await library.ben.slash(library.channel, command, story="Lighthouse")))

        return look

    ROADS[_command] = _named(_command)


@road
async def last_page(library: Library, orla: MemberActor) -> str:
    return text_of(shown(await read_at(library, library.ben, story="Lighthouse", page=6)))


@road
async def copy_of_a_page(library: Library, orla: MemberActor) -> str:
    page = shown(await library.ben.slash(library.channel, "read", story="Lighthouse"))
    return text_of(await to_last(library.ann, page))


@road
async def page_and_receipt_of_a_vote(library: Library, orla: MemberActor) -> str:
    page = shown(await read_at(library, library.ben, story="Lighthouse", page=6))
    voted = await library.ben.click(page, label=GO_ON)
    said = text_of(shown(voted)) + text_of(voted.followups[0])
    panel = shown(await library.ben.click(voted.followups[0], label="Details"))
    gone = await library.ben.click(panel, label="Remove vote")
    return said.replace("32", "31") + text_of(shown(gone)) + text_of(page)


@road
async def card_by_chance(library: Library, orla: MemberActor) -> str:
    await library.take_away("spoon.txt", "ferry.txt")
    return text_of(shown(await surprise(library.ben, library.channel)))


@road
async def the_list(library: Library, orla: MemberActor) -> str:
    await library.take_away("spoon.txt", "ferry.txt")
    return text_of(shown(await library.ben.slash(library.channel, "stories", sort="continue")))


@road
async def the_most_wanted(library: Library, orla: MemberActor) -> str:
    listed = text_of(shown(await library.ben.slash(library.channel, "top", by="votes", everywhere=True)))
    assert "Lighthouse" not in listed
    return listed.replace("want more of", "")


@road
async def what_its_author_decides(library: Library, orla: MemberActor) -> str:
    opened = await panel(library, orla)
    chosen = chosen_in(await orla.click(opened, label=RECORD))
    return f"{text_of(opened)}\n{' '.join(chosen).replace('continue', 'want more')}"


def chosen_in(result: InteractionResult) -> list[str]:
    """The options that a modal offers as chosen."""
    assert result.modal is not None
    inputs = [label["component"] for label in result.modal["components"]]
    return [option["value"] for each in inputs for option in each.get("options", ()) if option.get("default")]


@pytest.mark.parametrize("name", ROADS)
async def test_no_road_gives_hidden_counts_away(library: Library, orla: MemberActor, name: str) -> None:
    story = await library.id_of("Lighthouse")
    await set_rules(library.store, story, Rules(hidden=True))
    choices: list[Choice] = ["continue"] * 31
    await cast(library, choices)
    said = (await ROADS[name](library, orla)).replace(GO_ON, "")
    assert not any(sign in said for sign in ("━", "─", "%", "want more", "All servers: ", "This server: ", "Finished"))
    if name not in ("react", "the_most_wanted", "the_list"):
        assert "**31** people have voted" in said or "31 votes" in said


async def test_a_story_whose_counts_are_hidden_is_sorted_as_one_without_votes(library: Library) -> None:
    ferry = await library.id_of("Ferry")
    await set_rules(library.store, ferry, Rules(hidden=True))
    await cast(library, ["continue", "continue", "continue"], "Ferry")
    await cast(library, ["continue"], "Lighthouse")

    async def titles() -> list[str]:
        said = text_of(shown(await library.ann.slash(library.channel, "stories", sort="continue")))
        return sorted(("Ferry of", "Lighthouse", "Spoon"), key=said.index)

    assert await titles() == ["Lighthouse", "Spoon", "Ferry of"]  # of those without votes by their titles
    await close_vote(library.store, ferry)
    assert (await titles())[0] == "Ferry of"


async def test_one_reader_and_none_are_said_as_such_where_counts_are_hidden(library: Library) -> None:
    story = await library.id_of("Lighthouse")
    await set_rules(library.store, story, Rules(hidden=True))
    assert "Should this story continue?" not in await card_text(library)
    await cast(library, ["leave"])
    assert "**1** person has voted. You'll see the results when the vote closes." in await card_text(library)


async def test_closing_shows_the_counts_and_opening_again_does_not_hide_them(
    library: Library, orla: MemberActor
) -> None:
    await set_rules(library.store, await library.id_of("Lighthouse"), Rules(hidden=True))
    await cast(library, ["continue", "leave", "leave"])
    opened = await panel(library, orla)
    closed = shown(await orla.click(opened, label=CLOSE))
    assert "**Closed.** Readers like it as is." in text_of(closed) and "33% want more" in text_of(closed)
    assert "33% want more" in await card_text(library)
    again = shown(await orla.click(closed, label=REOPEN))
    assert "33% want more" in text_of(again) and "Closed" not in await card_text(library)


# -- closed ----------------------------------------------------------------------------


async def test_a_closed_vote_takes_no_votes_and_gives_none_back(library: Library, mira: MemberActor) -> None:
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=6))
    receipt = (await library.ben.click(page, label=GO_ON)).followups[0]
    details = shown(await library.ben.click(receipt, label="Details"))
    await mira.click(await panel(library, mira), label=CLOSE)
    await library.restart()
    stale = await library.ann.click(page, label=LEAVE)
    assert LEAVE not in buttons_of(shown(stale)) and "This question is closed" in stale.followups[0].content
    assert "This question is closed" in library.refused(await library.ben.click(details, label="Remove vote"))
    drawn = shown(await library.ann.click(shown(await library.ann.click(page, label="More")), label="Info"))
    assert "**Closed.** Readers want more." in text_of(drawn)
    opened = await vote(library, library.ben)
    assert buttons_of(opened) == {"Notify me": True}
    assert "You voted: **I want more**." in text_of(opened)
    again = shown(await read_at(library, library.ann, story="Lighthouse", page=6))
    assert not {GO_ON, LEAVE} & buttons_of(again).keys()
    assert (await votes_of(library.store, await library.id_of("Lighthouse"))).all == 1


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ([], "Not enough votes."),
        (["continue", "leave"], "It's a tie, so the author decides."),
        (["continue"], "Readers want more."),
        (["leave"], "Readers like it as is."),
    ],
)
async def test_a_closed_vote_says_what_it_came_to(
    library: Library, mira: MemberActor, choices: list[Choice], said: str
) -> None:
    await cast(library, choices)
    assert f"**Closed.** {said}" in text_of(shown(await mira.click(await panel(library, mira), label=CLOSE)))
    assert f"**Closed.** {said}" in await card_text(library)


async def test_votes_that_come_while_it_closes_are_counted_or_refused(library: Library) -> None:
    story = await library.id_of("Lighthouse")
    voted = [cast_vote(library.store, story, reader, "continue", None) for reader in range(50)]
    closing = close_vote(library.store, story)
    done = await asyncio.gather(*voted[:30], closing, *voted[30:], return_exceptions=True)
    refused = [each for each in done if isinstance(each, Exception)]
    assert all(is_refusal(each, "question-closed") for each in refused)
    assert (await votes_of(library.store, story)).all == 50 - len(refused)


# -- the answer ------------------------------------------------------------------------


async def test_the_answer_shows_on_the_card_the_page_and_the_vote(library: Library, orla: MemberActor) -> None:
    await cast(library, ["continue", "leave"])
    redrawn = shown(await answered(library, orla, "continue", "Three more bottles are on their way."))
    said = "**The author: it continues!** “Three more bottles are on their way.”"
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=6))
    for text in (text_of(redrawn), await card_text(library), text_of(await vote(library, library.ann))):
        assert said in text and "50% want more" in text and "Closed" not in text
    assert said in text_of(page) and GO_ON not in buttons_of(page)


async def test_what_readers_want_is_offered_as_the_answer(library: Library, orla: MemberActor) -> None:
    await cast(library, ["leave"])
    assert chosen_in(await orla.click(await panel(library, orla), label=RECORD)) == ["leave"]


async def test_an_answer_typed_across_a_restart_is_not_lost(library: Library, orla: MemberActor) -> None:
    opened = await panel(library, orla)
    await library.restart()
    modal = await orla.click(opened, label=RECORD)
    await library.restart()
    await orla.submit_modal(modal, {"choice": ["leave"], "line": "It was meant to end there."})
    assert "**The author: it stays as is.** “It was meant to end there.”" in await card_text(library)


@pytest.mark.parametrize("choice", ["", "both", "continue; DROP TABLE votes", "x" * 4000])
async def test_an_answer_that_is_none_is_refused_and_changes_nothing(
    library: Library, orla: MemberActor, choice: str
) -> None:
    opened = await panel(library, orla)
    story = await library.id_of("Lighthouse")
    question = (await default_of(library.store, story)).id
    values = {"choice": choice, "line": "No."}
    sent = await library.send_modal(orla, opened, str(ReplyModal(question)), values)
    assert "no longer works" in library.refused(sent)
    vote = await default_of(library.store, story, None)
    assert vote.reply is None and vote.is_open


async def test_a_line_is_shown_as_it_was_typed_in_one_line_and_pings_nobody(
    library: Library, orla: MemberActor
) -> None:
    await answered(library, orla, "continue", "**@everyone**\n\n  <@1> [x](http://y) ")
    said = await card_text(library)
    assert "“\\*\\*\\@everyone\\*\\* " in said and "\n\n  <" not in said and "<@1>" not in said


async def test_a_line_that_is_longer_than_the_modal_takes_is_cut(library: Library, orla: MemberActor) -> None:
    opened = await panel(library, orla)
    story = await library.id_of("Lighthouse")
    question = (await default_of(library.store, story)).id
    values = {"choice": "continue", "line": "*" * 3000}
    await library.send_modal(orla, opened, str(ReplyModal(question)), values)
    answer = (await default_of(library.store, story, None)).reply
    assert answer is not None and len(answer.line) == REPLY_CHARS
    await card_text(library)
    await read_at(library, library.ann, story="Lighthouse", page=6)


async def test_an_answer_without_a_line_says_no_more_than_itself(library: Library, orla: MemberActor) -> None:
    await answered(library, orla, "leave")
    assert "**The author: it stays as is.**" in await card_text(library) and "“" not in await card_text(library)


async def test_the_author_has_the_last_word(library: Library, orla: MemberActor, mira: MemberActor) -> None:
    await answered(library, mira, "leave", "She has not been seen for years.")
    assert "**The library team: it stays as is.** “She has" in await card_text(library)
    opened = await panel(library, mira)
    modal = await mira.click(opened, label="Edit reply…")
    await answered(library, orla, "continue", "I was at sea.")
    assert "**The author: it continues!** “I was at sea.”" in await card_text(library)
    late = await mira.submit_modal(modal, {"choice": ["leave"], "line": "No."})
    assert "their reply is final" in library.refused(late)
    for label in ("Edit reply…", REOPEN):
        assert "their reply is final" in library.refused(await mira.click(opened, label=label))
    assert "**The author: it continues!** “I was at sea.”" in await card_text(library)


async def test_whoever_may_not_change_the_authors_reply_is_not_offered_to(
    library: Library, orla: MemberActor, mira: MemberActor
) -> None:
    assert "Closing the vote" in text_of(await panel(library, mira))
    await answered(library, orla, "continue", "I was at sea.")
    opened = await panel(library, mira)
    assert "their reply is final" in text_of(opened) and not buttons_of(opened)
    theirs = await panel(library, orla)
    assert list(buttons_of(theirs)) == ["Edit reply…", REOPEN] and "Closing the vote" not in text_of(theirs)


async def test_an_author_opens_the_vote_again_and_the_answer_is_gone(library: Library, orla: MemberActor) -> None:
    await answered(library, orla, "leave", "For now.")
    await orla.click(await panel(library, orla), label=REOPEN)
    assert "The author" not in await card_text(library) and "For now" not in await card_text(library)
    voted = shown(await library.ann.click(await vote(library, library.ann), label=GO_ON))
    assert "You voted: **I want more**" in text_of(voted)


async def test_an_answer_goes_with_the_data_of_who_gave_it(library: Library, orla: MemberActor) -> None:
    await answered(library, orla, "continue", "Soon.")
    exported = await library.store.privacy.export(orla.id)
    assert [row["line"] for row in exported["replies"]] == ["Soon."]
    await library.store.privacy.delete(orla.id)
    assert "Soon." not in await card_text(library) and "**Closed.**" in await card_text(library)


# -- told ------------------------------------------------------------------------------


async def follow(library: Library, reader: MemberActor, story: str = "Ferry") -> None:
    entry = await library.store.stories.find(story)
    await library.store.follows.follow(reader.id, "story", entry.id, library.guild_id)


async def news_channel(library: Library) -> ChannelHandle:
    channel = library.ann.guild.create_text_channel("news")
    await library.store.settings.change_server(library.guild_id, lambda _: ServerSettings(news_channel=channel.id))
    return channel


async def test_followers_are_told_of_the_answer_once_with_a_way_to_read(library: Library, orla: MemberActor) -> None:
    await follow(library, library.ann)
    await answered(library, orla, "continue", "The ford is next.", "Ferry")
    [message] = told(library.ann)
    assert "There's an answer" in text_of(message) and "**The author: it continues!** “The ford is next.”" in text_of(
        message
    )
    assert list(buttons_of(message)) == ["Read", "Unfollow story"]
    await library.restart()
    await answered(library, orla, "continue", "The ford is next, I promise.", "Ferry")
    await orla.click(await panel(library, orla, "Ferry"), label=REOPEN)
    await answered(library, orla, "continue", "", "Ferry")
    assert len(told(library.ann)) == 1 and told(library.ben) == []
    page = shown(await library.ann.user.click(message, label="Read"))
    assert "ferry" in text_of(page)


async def test_an_answer_that_becomes_another_is_told(library: Library, orla: MemberActor, mira: MemberActor) -> None:
    await follow(library, library.ann)
    await answered(library, mira, "leave", "", "Ferry")
    await answered(library, orla, "leave", "Yes, that is it.", "Ferry")
    await answered(library, orla, "continue", "No, it is not.", "Ferry")
    assert [("it continues" in text_of(message)) for message in told(library.ann)] == [False, True]


async def test_a_server_where_readers_voted_is_told_though_nobody_follows(library: Library, orla: MemberActor) -> None:
    channel = await news_channel(library)
    elsewhere = library.env.create_guild("Elsewhere")
    there = elsewhere.create_text_channel("news")
    await library.store.settings.change_server(elsewhere.id, lambda _: ServerSettings(news_channel=there.id))
    await cast(library, ["continue", "leave"], "Ferry")
    await answered(library, orla, "continue", "The ford is next.", "Ferry")
    [message] = channel.history()
    assert "“The ford is next.”" in text_of(message) and list(buttons_of(message)) == ["Read"]
    assert there.history() == []
    page = shown(await library.ann.click(message, label="Read"))
    assert page.ephemeral and "ferry" in text_of(page)


async def test_one_who_voted_and_did_not_ask_gets_no_direct_message(library: Library, orla: MemberActor) -> None:
    await library.ann.click(await vote(library, library.ann, "Ferry"), label=GO_ON)
    await answered(library, orla, "continue", "", "Ferry")
    assert told(library.ann) == []


@pytest.mark.parametrize("where", ["receipt", "panel"])
async def test_one_who_voted_can_ask_to_be_told(library: Library, orla: MemberActor, where: str) -> None:
    message = await vote(library, library.ann, "Ferry")
    if where == "receipt":
        page = shown(await read_at(library, library.ann, story="Ferry", chapter=3, page=2))
        message = (await library.ann.click(page, label=GO_ON)).followups[0]
    await library.restart()
    asked = shown(await library.ann.click(message, label="Notify me"))
    assert asked.id == message.id and "You're following this story." in text_of(asked)
    assert "Notify me" not in buttons_of(await vote(library, library.ann, "Ferry"))
    await answered(library, orla, "leave", "", "Ferry")
    assert len(told(library.ann)) == 1


async def test_one_who_wants_no_news_is_not_told(library: Library, orla: MemberActor) -> None:
    await library.store.settings.change_reader(library.ann.id, lambda _: ReaderSettings(notices="none"))
    await follow(library, library.ann)
    await answered(library, orla, "continue", "", "Ferry")
    assert told(library.ann) == []


async def test_an_answer_that_is_taken_back_before_it_is_told_is_not_told(library: Library, orla: MemberActor) -> None:
    await follow(library, library.ann)
    ferry = await library.id_of("Ferry")
    await answer_vote(library.store, ferry, orla.id, "author", "continue", "")
    await reopen_vote(library.store, ferry, "author")
    await library.restart()
    assert told(library.ann) == []


async def test_the_next_chapter_says_that_readers_voted_for_it_and_the_one_after_does_not(
    library: Library, orla: MemberActor
) -> None:
    channel = await news_channel(library)
    for reader in (library.ann, library.ben):
        await follow(library, reader)
    await cast(library, ["continue", "leave", "continue"], "Ferry")
    await library.ann.click(await vote(library, library.ann, "Ferry"), label=GO_ON)
    await answered(library, orla, "continue", "", "Ferry")
    await add_chapters(library, FORD)
    assert "The Ford\n\nYou're one of 3 readers who asked for more." in text_of(told(library.ann)[-1])
    assert "The Ford\n\n3 readers asked for more." in text_of(told(library.ben)[-1])
    assert "The Ford\n\n3 readers asked for more." in text_of(channel.history()[-1])
    assert "it continues!** Chapter 4 came out of it." in await card_text(library, "Ferry")
    await add_chapters(library, FORD, INN)
    assert "The Inn" in text_of(told(library.ann)[-1])
    assert "asked for more" not in text_of(told(library.ann)[-1]) + text_of(told(library.ben)[-1])
    assert len(channel.history()) == 2  # the second chapter is for those who follow it there


async def test_a_chapter_that_comes_though_it_was_to_stay_as_it_is_names_no_voters(
    library: Library, orla: MemberActor
) -> None:
    await follow(library, library.ann)
    await cast(library, ["continue"], "Ferry")
    await answered(library, orla, "leave", "", "Ferry")
    await add_chapters(library, FORD)
    assert "Chapter 4: The Ford" in text_of(told(library.ann)[-1])
    assert "asked for more" not in text_of(told(library.ann)[-1])


async def test_answer_and_chapter_that_come_together_are_one_message(library: Library, orla: MemberActor) -> None:
    await follow(library, library.ann)
    await cast(library, ["continue"], "Ferry")
    await answer_vote(library.store, await library.id_of("Ferry"), orla.id, "author", "continue", "Here it is.")
    await add_chapters(library, FORD)
    [message] = told(library.ann)
    assert "“Here it is.”" in text_of(message) and "The Ford\n\n1 reader asked for more." in text_of(message)


async def test_a_promise_kept_can_be_made_and_told_again(library: Library, orla: MemberActor) -> None:
    await follow(library, library.ann)
    await answered(library, orla, "continue", "", "Ferry")
    await add_chapters(library, FORD)
    await orla.click(await panel(library, orla, "Ferry"), label=REOPEN)
    await cast(library, ["continue"], "Ferry")
    await answered(library, orla, "continue", "And on.", "Ferry")
    assert "“And on.”" in text_of(told(library.ann)[-1])
    await add_chapters(library, FORD, INN)
    assert "The Inn\n\n1 reader asked for more." in text_of(told(library.ann)[-1])


async def add_chapters(library: Library, *chapters: str) -> None:
    await library.load({"ferry.txt": samples.FERRY + "".join(chapters)})
    library.env.bot.dispatch("due")
    await library.env.settle()


# -- many at once, two bots, faults ----------------------------------------------------


async def test_two_bots_that_answer_at_once_tell_it_once(library: Library, orla: MemberActor, tmp_path: Path) -> None:
    await follow(library, library.ann)
    ferry = await library.id_of("Ferry")
    async with Store.open(database_at(tmp_path / "oneshot.db"), library.clock) as other:
        both = (library.store, other)
        await asyncio.gather(
            *(answer_vote(both[n % 2], ferry, orla.id, "author", "continue", str(n)) for n in range(50))
        )
        told_of = [await store.outbox.claim(2**40) for store in both]
    assert [due is not None for due in told_of] == [True, True]  # the server's and the reader's
    assert await library.store.outbox.claim(2**40) is None


async def test_an_author_and_a_manager_who_answer_at_once_leave_the_authors_answer(
    library: Library, orla: MemberActor, mira: MemberActor
) -> None:
    story = await library.id_of("Lighthouse")
    answers = [("author", orla.id, "continue"), ("keeper", mira.id, "leave")] * 10
    done = await asyncio.gather(
        *(answer_vote(library.store, story, who, role, choice, "") for role, who, choice in answers),  # type: ignore[arg-type]
        return_exceptions=True,
    )
    assert all(each is None or is_refusal(each, "author-answered") for each in done)
    answer = (await default_of(library.store, story, None)).reply
    assert answer is not None and answer.by_author and answer.choice == "continue"


async def test_fifty_readers_who_press_at_once_are_counted_once_each(library: Library) -> None:
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=6))
    readers = [library.join(f"reader{n}") for n in range(50)]
    await library.click_at_once(page, *((reader, GO_ON if n % 5 else LEAVE) for n, reader in enumerate(readers)))
    drawn = text_of(shown(await read_at(library, library.ann, story="Lighthouse", page=6)))
    assert "40 of 50 want more" in drawn


@pytest.mark.parametrize("message", ["page", "card", "vote"])
async def test_a_failed_read_never_draws_a_zero(
    library: Library, monkeypatch: pytest.MonkeyPatch, message: str
) -> None:
    await cast(library, ["continue", "leave"])
    command = {"page": "read", "card": "stories", "vote": "vote"}[message]
    options = {"page": 6} if message == "page" else {}
    drawn = shown(await library.ann.slash(library.channel, command, story="Lighthouse", **options))
    if message == "card":
        drawn = shown(await library.ann.click(drawn, label="More"))
    before = text_of(drawn)
    emoji = next(each["custom_id"] for each in components_of(drawn) if each["custom_id"].startswith(("e1", "qu1")))

    async def broken(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as disk:
        disk.setattr(Questions, "asked", broken)
        answer = await library.ann.click(drawn, custom_id=emoji)
    library.env.errors.clear()
    assert not any("I/O" in text_of(each) for each in answer.followups)
    assert "50% want more" in before or "1 of 2 want more" in before
    if message == "vote":  # it shows what the vote's own transaction read
        assert "67% want more" in text_of(drawn)
    else:
        assert text_of(drawn) == before
