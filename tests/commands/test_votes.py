"""The standing question: should this story go on?"""

from __future__ import annotations

import asyncio

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import UserHandle
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.questions import Choice, Counts
from tests import samples
from tests.library import Library
from tests.screens import behind_info, go_to, read_at
from tests.seen import Message, buttons_of, components_of, footer_of, ids_by_label, shown, text_of, votes_in
from tests.votes import cast_vote, cast_votes, vote_of, votes_of

GO_ON, LEAVE = "I want more", "Perfect as is"


async def last_page(library: Library) -> Message:
    """Ann's public last page of a story of six."""
    return shown(await read_at(library, library.ann, story="Lighthouse", page=6))


async def tally(library: Library, guild: int | None = None) -> Counts:
    return await votes_of(library.store, await library.id_of("Lighthouse"), guild)


async def choice_of(library: Library, reader: int) -> Choice | None:
    return await vote_of(library.store, await library.id_of("Lighthouse"), reader)


def receipt_of(result: InteractionResult) -> Message:
    [receipt] = result.followups
    assert receipt.ephemeral
    return receipt


# -- casting --------------------------------------------------------------------


async def test_a_vote_redraws_the_page_for_all_and_gives_a_private_receipt(library: Library) -> None:
    page = await last_page(library)
    assert "Should this story continue?" in text_of(page)
    voted = await library.ben.click(page, label=GO_ON)
    drawn = shown(voted)
    assert drawn.id == page.id and "Page 6 of 6" in footer_of(drawn)
    assert votes_in(drawn) == (1, 1)
    receipt = receipt_of(voted)
    assert "Your vote is in!" in text_of(receipt) and "The Lighthouse Post" in text_of(receipt)
    assert list(buttons_of(receipt)) == ["Details", "Notify me"]
    assert await choice_of(library, library.ben.id) == "continue"


@pytest.mark.parametrize("command", ["read", "vote"])
async def test_both_choices_are_of_one_quiet_colour_also_once_one_is_made(library: Library, command: str) -> None:
    secondary = discord.ButtonStyle.secondary.value
    for go_on in (GO_ON, GO_ON if command == "read" else f"{GO_ON} ✓"):
        last = {"page": 6} if command == "read" else {}
        shows = shown(await library.ben.slash(library.channel, command, story="Lighthouse", **last))
        styles = {each["label"]: each["style"] for each in components_of(shows) if each.get("label") in (go_on, LEAVE)}
        assert styles == {go_on: secondary, LEAVE: secondary}
        await cast_vote(library.store, await library.id_of("Lighthouse"), library.ben.id, "continue", None)


async def test_a_vote_moves_no_place_and_turns_no_page(library: Library) -> None:
    page = await last_page(library)
    await library.ben.click(page, label=GO_ON)
    assert await library.store.places.latest(library.ben.id) is None
    assert [message.id for message in library.channel.history() if not message.flags.ephemeral] == [page.id]


async def test_a_second_vote_replaces_the_first(library: Library) -> None:
    page = await last_page(library)
    await library.ben.click(page, label=GO_ON)
    changed = await library.ben.click(page, label=LEAVE)
    assert votes_in(shown(changed)) == (0, 1)
    assert "Perfect as is" in text_of(receipt_of(changed)).split("\n")[2]
    assert await tally(library) == Counts((0, 1), None)


async def test_the_same_vote_twice_is_one(library: Library) -> None:
    page = await last_page(library)
    for _ in range(3):
        await library.ben.click(page, label=GO_ON)
        assert await tally(library) == Counts((1, 0), None)


async def test_two_readers_see_each_others_votes(library: Library) -> None:
    page = await last_page(library)
    await library.ann.click(page, label=GO_ON)
    drawn = shown(await library.ben.click(page, label=LEAVE))
    assert votes_in(drawn) == (1, 2)
    details = text_of(shown(await library.ben.slash(library.channel, "vote", story="Lighthouse")))
    assert "50% want more" in details and "All servers: **1** of **2** want more" in details
    assert "This server" not in details  # it would say the same


async def test_votes_on_a_page_from_before_a_restart_count(library: Library) -> None:
    page = await last_page(library)
    await library.ann.click(page, label=GO_ON)
    await library.restart()
    drawn = shown(await library.ben.click(page, label=GO_ON))
    assert drawn.id == page.id and votes_in(drawn) == (2, 2)


async def test_a_vote_on_a_private_copy_stays_there(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    copy = await go_to(library.ben, page, "6")
    voted = await library.ben.click(copy, label=GO_ON)
    assert shown(voted).id == copy.id and "Visiting page" in text_of(shown(voted)) and not voted.followups
    assert "Your vote is in!" in text_of(shown(voted))
    assert "Page 1 of 6" in footer_of(page)
    details = shown(await behind_info(library.ben, copy, "Vote"))
    await library.ben.click(details, label="Remove vote")
    assert await tally(library) == Counts((0, 0), None)


# -- withdrawing ----------------------------------------------------------------


async def details(reader: MemberActor | UserHandle, receipt: Message) -> ResponseMessage:
    """What *Details* on a receipt opens."""
    return shown(await reader.click(receipt, label="Details"))


async def test_a_vote_is_taken_back_in_its_details_after_a_restart(library: Library) -> None:
    page, spoon = await last_page(library), await library.id_of("Spoon")
    await cast_vote(library.store, spoon, library.ben.id, "continue", None)
    await library.ann.click(page, label=LEAVE)
    receipt = receipt_of(await library.ben.click(page, label=GO_ON))
    await library.restart()
    panel = await details(library.ben, receipt)
    assert panel.ephemeral and "You voted: **I want more**" in text_of(panel)
    withdrawn = shown(await library.ben.click(panel, label="Remove vote"))
    assert withdrawn.id == panel.id and "You haven't voted yet" in text_of(withdrawn)
    assert "Remove vote" not in buttons_of(withdrawn)
    assert await choice_of(library, library.ben.id) is None
    assert await vote_of(library.store, spoon, library.ben.id) == "continue"
    assert votes_in(shown(await library.ben.click(page, label=LEAVE))) == (0, 2)


async def test_older_details_take_the_vote_back_as_it_is_now(library: Library) -> None:
    page = await last_page(library)
    first = await details(library.ben, receipt_of(await library.ben.click(page, label=GO_ON)))
    second = await details(library.ben, receipt_of(await library.ben.click(page, label=LEAVE)))
    await library.ben.click(first, label="Remove vote")
    assert await choice_of(library, library.ben.id) is None
    again = shown(await library.ben.click(second, label="Remove vote"))
    assert "You haven't voted yet" in text_of(again)
    assert await tally(library) == Counts((0, 0), None)


async def test_a_button_pressed_again_only_says_what_one_chose(library: Library) -> None:
    page = await last_page(library)
    await library.ben.click(page, label=GO_ON)
    again = await library.ben.click(page, label=GO_ON)
    assert votes_in(shown(again)) == (1, 1)
    assert "That's your answer already" in text_of(receipt_of(again))
    assert await choice_of(library, library.ben.id) == "continue"


# -- /vote and the card ---------------------------------------------------------


async def test_vote_by_command_is_private_and_says_what_one_voted(library: Library) -> None:
    panel = shown(await library.ann.slash(library.channel, "vote", story="Lighthouse"))
    assert panel.ephemeral and "You haven't voted yet" in text_of(panel)
    assert "Remove vote" not in buttons_of(panel)
    voted = await library.ann.click(panel, label=LEAVE)
    drawn = shown(voted)
    assert drawn.id == panel.id and not voted.followups
    assert "You voted: **Perfect as is**" in text_of(drawn)
    other = shown(await library.ben.slash(library.channel, "vote", story="Lighthouse"))
    assert "You haven't voted yet" in text_of(other) and votes_in(other) == (0, 1)


async def test_a_vote_by_command_is_changed_and_withdrawn_in_place(library: Library) -> None:
    panel = shown(await library.ann.slash(library.channel, "vote", story="Lighthouse"))
    await library.ann.click(panel, label=LEAVE)
    await library.restart()
    assert "You voted: **I want more**" in text_of(shown(await library.ann.click(panel, label=GO_ON)))
    drawn = shown(await library.ann.click(panel, label="Remove vote"))
    assert drawn.id == panel.id and "You haven't voted yet" in text_of(drawn)
    assert await tally(library) == Counts((0, 0), None)


async def test_vote_needs_a_story_that_is_there(library: Library) -> None:
    assert "/stories" in library.refused(await library.ann.slash(library.channel, "vote", story="Nothing"))


# -- where a vote counts --------------------------------------------------------


async def test_a_vote_counts_for_the_server_where_it_was_last_cast_and_overall(library: Library) -> None:
    guild = library.env.create_guild("Another Room")
    there = guild.create_text_channel("reading")
    elsewhere = guild.add_member(library.ben.user)
    page = await last_page(library)
    await library.ben.click(page, label=GO_ON)
    other = shown(await elsewhere.slash(there, "read", story="Lighthouse", page=6))
    assert votes_in(other) == (1, 1)

    drawn = shown(await elsewhere.click(other, label=LEAVE))
    assert votes_in(drawn) == (0, 1)
    await library.ann.click(page, label=GO_ON)
    details = text_of(shown(await elsewhere.slash(there, "vote", story="Lighthouse")))
    assert "All servers: **1** of **2** want more\nThis server: **0** of **1** want more" in details
    assert await tally(library, library.guild_id) == Counts((1, 1), (1, 0))
    assert await tally(library, guild.id) == Counts((1, 1), (0, 1))


async def test_a_vote_in_a_direct_message_counts_overall_only(library: Library) -> None:
    page = shown(await library.ann.user.slash("read", story="Lighthouse", page=6))
    voted = await library.ann.user.click(page, label=GO_ON)
    assert votes_in(shown(voted)) == (1, 1)
    assert "This server" not in text_of(shown(voted)) and not voted.followups
    assert await tally(library, library.guild_id) == Counts((1, 0), (0, 0))
    panel = shown(await behind_info(library.ann.user, page, "Vote"))
    assert "You haven't voted yet" in text_of(shown(await library.ann.user.click(panel, label="Remove vote")))
    assert await tally(library) == Counts((0, 0), None)


async def test_a_server_vote_confirmed_in_a_direct_message_leaves_the_server(library: Library) -> None:
    await library.ben.click(await last_page(library), label=GO_ON)
    page = shown(await library.ben.user.slash("read", story="Lighthouse", page=6))
    await library.ben.user.click(page, label=f"{GO_ON} ✓")
    assert await tally(library, library.guild_id) == Counts((1, 0), (0, 0))


# -- many at once ---------------------------------------------------------------


async def test_fifty_votes_at_once_are_fifty_votes(library: Library) -> None:
    story = await library.id_of("Lighthouse")
    await asyncio.gather(
        *(
            cast_vote(library.store, story, 1000 + n, "continue" if n % 5 else "leave", library.guild_id)
            for n in range(50)
        )
    )
    assert await tally(library, library.guild_id) == Counts((40, 10), (40, 10))


async def test_one_readers_fifty_votes_at_once_are_one(library: Library) -> None:
    story = await library.id_of("Lighthouse")
    await cast_votes(library.store, story, [(7, "continue") for _ in range(50)], None)
    assert await tally(library) == Counts((1, 0), None)


async def test_votes_pressed_in_the_same_moment_are_all_counted_and_receipted(library: Library) -> None:
    page = await last_page(library)
    readers = [library.join(f"reader{n}") for n in range(20)]
    presses = [(reader, GO_ON if n % 2 else LEAVE) for n, reader in enumerate(readers)]
    voted = await library.click_at_once(page, *presses)
    assert all("Your vote is in!" in text_of(receipt_of(result)) for result in voted)
    assert await tally(library, library.guild_id) == Counts((10, 10), (10, 10))
    drawn = shown(await library.ann.click(page, label=GO_ON))
    assert votes_in(drawn) == (11, 21)


async def test_one_reader_who_presses_both_at_once_has_one_vote(library: Library) -> None:
    page = await last_page(library)
    await library.click_at_once(page, (library.ben, GO_ON), (library.ben, LEAVE), (library.ben, GO_ON))
    assert (await tally(library)).all == 1


# -- when something is wrong ----------------------------------------------------


async def test_a_vote_on_a_story_that_was_taken_away_is_not_cast(library: Library) -> None:
    page = await last_page(library)
    story = await library.id_of("Lighthouse")
    panel = await details(library.ann, receipt_of(await library.ann.click(page, label=GO_ON)))
    await library.take_away("lighthouse.txt")
    assert "no longer in the library" in library.refused(await library.ben.click(page, label=GO_ON))
    assert "no longer in the library" in library.refused(await library.ann.click(panel, label="Remove vote"))
    assert await votes_of(library.store, story) == Counts((1, 0), None)
    await library.load({"lighthouse.txt": samples.LIGHTHOUSE})
    assert votes_in(shown(await library.ben.click(page, label=GO_ON))) == (2, 2)


async def test_a_vote_under_a_page_that_an_edit_moved_still_counts(library: Library) -> None:
    page = shown(await read_at(library, library.ann, story="Ferry", chapter=3, page=2))
    await library.load({"ferry.txt": samples.FERRY.split("Chapter 3:")[0]})
    voted = await library.ben.click(page, label=GO_ON)
    assert votes_in(shown(voted)) == (1, 1)
    assert await vote_of(library.store, await library.id_of("Ferry"), library.ben.id) == "continue"


@pytest.mark.parametrize("status", [400, 403, 404])
async def test_a_vote_is_not_lost_where_the_page_cannot_be_drawn_again(library: Library, status: int) -> None:
    page = await last_page(library)
    library.env.inject_error("POST", "/interactions/*/callback", status=status, code=10062 if status == 404 else 0)
    await library.ben.click(page, label=GO_ON)
    assert await choice_of(library, library.ben.id) == "continue"
    assert votes_in(shown(await library.ann.click(page, label=GO_ON))) == (2, 2)


async def test_a_vote_is_not_lost_where_its_receipt_cannot_be_sent(library: Library) -> None:
    page = await last_page(library)
    library.env.inject_error("POST", "/webhooks/*", status=400)
    voted = await library.ben.click(page, label=GO_ON)
    assert votes_in(shown(voted)) == (1, 1)
    assert await choice_of(library, library.ben.id) == "continue"


async def test_a_vote_that_could_not_be_saved_is_not_shown(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    page = await last_page(library)

    async def full(*_: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(library.store.ballots, "cast", full)
        answer = shown(await library.ben.click(page, label=GO_ON))
    assert answer.ephemeral and "Something went wrong" in answer.content and "space" not in answer.content
    assert "Should this story continue?" in text_of(page)
    assert ids_by_label(page)[GO_ON]
