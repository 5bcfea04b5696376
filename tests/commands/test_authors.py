"""Who wrote a story: linked by those who answer for its shelf, or claimed and approved."""

from __future__ import annotations

import time

import pytest
from simcord.actors import MemberActor

from bot.domain.audience import Audience
from bot.interactions.client import Oneshot
from bot.store import claims
from bot.ui.ids.authors import ClaimAction
from tests import samples
from tests.conftest import Library, buttons_of, ids_by_label, shown, text_of


def owns_the_bot(library: Library, reader: MemberActor) -> None:
    assert isinstance(library.env.bot, Oneshot)
    library.env.bot.owner_id = reader.id


async def upload(library: Library, mira: MemberActor) -> None:
    """A story of the server's own: Spoon, under another title."""
    text = samples.ONE_PAGE.replace("A Spoon for the King", "A Ladle for the Queen")
    answer = await mira.slash(library.channel, "library add", file=("ladle.txt", text.encode()))
    await mira.click(answer.followups[-1] if answer.followups else shown(answer), label="Publish")


async def wrote(library: Library, reader: MemberActor, title: str = "Lighthouse") -> bool:
    story = await library.store.for_audience(Audience(guild=library.guild_id)).stories.find(title)
    return await library.store.authors.wrote(reader.id, story.id)


# -- linked ---------------------------------------------------------------------


async def test_a_manager_links_and_unlinks_a_writer(library: Library, mira: MemberActor) -> None:
    said = shown(await mira.slash(library.channel, "author link", story="Lighthouse", user=library.ann))
    assert said.ephemeral and f"<@{library.ann.id}> is linked" in text_of(said)
    assert await wrote(library, library.ann)
    said = shown(await mira.slash(library.channel, "author unlink", story="Lighthouse", user=library.ann))
    assert "no longer linked" in text_of(said) and not await wrote(library, library.ann)
    again = await mira.slash(library.channel, "author unlink", story="Lighthouse", user=library.ann)
    assert "not linked to “The Lighthouse Post”" in library.refused(again)


async def test_nobody_else_links_a_writer(library: Library) -> None:
    for user in (library.ann, library.ben):
        said = library.refused(await library.ann.slash(library.channel, "author link", story="Lighthouse", user=user))
        assert "whoever runs this bot" in said
        assert not await wrote(library, user)


async def test_a_writer_undoes_their_own_link_and_nobody_elses(library: Library) -> None:
    for reader in (library.ann, library.ben):
        await library.store.authors.link(await library.id_of("Lighthouse"), reader.id)
    refused = await library.ann.slash(library.channel, "author unlink", story="Lighthouse", user=library.ben)
    assert "whoever runs this bot" in library.refused(refused) and await wrote(library, library.ben)
    await library.ann.slash(library.channel, "author unlink", story="Lighthouse", user=library.ann)
    assert not await wrote(library, library.ann)


async def test_the_folder_is_no_single_servers_when_the_bot_is_in_several(library: Library, mira: MemberActor) -> None:
    await upload(library, mira)
    library.env.create_guild("Elsewhere")
    await library.env.settle()
    refused = await mira.slash(library.channel, "author link", story="Lighthouse", user=library.ann)
    assert "whoever runs this bot" in library.refused(refused)
    await mira.slash(library.channel, "author link", story="Ladle", user=library.ann)
    assert await wrote(library, library.ann, "Ladle")
    owns_the_bot(library, library.ben)
    await library.ben.slash(library.channel, "author link", story="Lighthouse", user=library.ann)
    assert await wrote(library, library.ann)


async def test_an_upload_is_its_servers_alone(library: Library, mira: MemberActor) -> None:
    await upload(library, mira)
    owns_the_bot(library, library.ben)
    refused = await library.ben.slash(library.channel, "author link", story="Ladle", user=library.ann)
    assert "manage the server that it was uploaded in" in library.refused(refused)
    assert not await wrote(library, library.ann, "Ladle")


async def test_a_bot_wrote_nothing(library: Library, mira: MemberActor) -> None:
    robot = library.join("robot", bot=True)
    refused = await mira.slash(library.channel, "author link", story="Lighthouse", user=robot)
    assert "That is a bot" in library.refused(refused) and not await wrote(library, robot)


# -- claimed --------------------------------------------------------------------


async def test_a_claim_is_approved_by_those_alone_who_may(library: Library, mira: MemberActor) -> None:
    claim = shown(await library.ann.slash(library.channel, "author claim", story="Lighthouse"))
    assert not claim.ephemeral and f"<@{library.ann.id}> says that they wrote" in text_of(claim)
    assert "Those who manage this server answer, or whoever runs this bot." in text_of(claim)
    await library.restart()
    for reader in (library.ann, library.ben):
        assert "whoever runs this bot" in library.refused(await reader.click(claim, label="Approve"))
        assert not await wrote(library, library.ann)
    drawn = shown(await mira.click(claim, label="Approve"))
    assert drawn.id == claim.id and "it is approved" in text_of(drawn) and not buttons_of(drawn)
    assert await wrote(library, library.ann)
    assert "linked to" in library.refused(await library.ann.slash(library.channel, "author claim", story="Lighthouse"))


async def test_a_claim_is_refused_and_may_be_made_again(library: Library, mira: MemberActor) -> None:
    claim = shown(await library.ann.slash(library.channel, "author claim", story="Lighthouse"))
    assert "the claim was refused" in text_of(shown(await mira.click(claim, label="Refuse")))
    assert not await wrote(library, library.ann)
    again = shown(await library.ann.slash(library.channel, "author claim", story="Lighthouse"))
    await mira.click(again, label="Approve")
    assert await wrote(library, library.ann)


async def test_a_claim_lapses_after_thirty_days(
    library: Library, mira: MemberActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = shown(await library.ann.slash(library.channel, "author claim", story="Lighthouse"))
    later = time.time() + claims.OPEN_SECONDS + 1
    monkeypatch.setattr(library.store._db, "clock", lambda: later)
    assert "no longer open" in library.refused(await mira.click(claim, label="Approve"))
    assert "No claim waits" in text_of(shown(await mira.slash(library.channel, "author claims")))
    assert not await wrote(library, library.ann)


async def test_an_answered_claim_cannot_be_answered_again(library: Library, mira: MemberActor) -> None:
    claim = shown(await library.ann.slash(library.channel, "author claim", story="Lighthouse"))
    approve = ids_by_label(claim)["Approve"]
    await mira.click(claim, label="Refuse")
    assert "no longer open" in library.refused(await library.forge(mira, claim, approve))
    assert "no longer open" in library.refused(
        await library.forge(mira, claim, str(ClaimAction("approve", 999, False)))
    )
    assert not await wrote(library, library.ann)


async def test_a_reader_has_three_claims_at_most_that_wait(library: Library) -> None:
    await library.load({f"{n}.txt": f"Title: Number {n}\n\nIt was the {n}th day.\n" for n in range(4)})
    for number in range(3):
        shown(await library.ann.slash(library.channel, "author claim", story=f"Number {number}"))
    refused = await library.ann.slash(library.channel, "author claim", story="Number 3")
    assert "3 claims that wait" in library.refused(refused)
    shown(await library.ann.slash(library.channel, "author claim", story="Number 0"))  # said once more, not one more
    shown(await library.ben.slash(library.channel, "author claim", story="Number 3"))


async def test_claims_are_listed_to_those_alone_who_may_answer(library: Library, mira: MemberActor) -> None:
    for reader, title in ((library.ann, "Lighthouse"), (library.ben, "Ferry"), (library.ben, "Lighthouse")):
        await reader.slash(library.channel, "author claim", story=title)
    assert "No claim waits" in text_of(shown(await library.ann.slash(library.channel, "author claims")))
    listed = shown(await mira.slash(library.channel, "author claims"))
    assert listed.ephemeral and text_of(listed).count("says that they wrote") == 3
    await library.restart()
    drawn = shown(await mira.click(listed, label="Refuse 2"))
    assert text_of(drawn).count("says that they wrote") == 2 and "Ferry" not in text_of(drawn)
    drawn = shown(await mira.click(drawn, label="Approve 2"))
    assert await wrote(library, library.ben) and not await wrote(library, library.ann)


async def test_more_claims_than_the_list_takes_come_up_as_they_are_answered(
    library: Library, mira: MemberActor
) -> None:
    for number in range(7):
        await library.store.claims.make(await library.id_of("Lighthouse"), 1000 + number)
    listed = shown(await mira.slash(library.channel, "author claims"))
    assert text_of(listed).count("says that they wrote") == 5 and "There are more" in text_of(listed)
    drawn = shown(await mira.click(listed, label="Refuse 1"))
    assert "<@1005>" in text_of(drawn) and "<@1000>" not in text_of(drawn)


async def test_a_claim_in_a_direct_message_waits_in_the_list(library: Library) -> None:
    claim = shown(await library.ann.user.slash("author claim", story="Lighthouse"))
    assert "Whoever runs this bot answers" in text_of(claim) and not buttons_of(claim)
    owns_the_bot(library, library.ben)
    listed = shown(await library.ben.user.slash("author claims"))
    await library.ben.user.click(listed, label="Approve 1")
    assert await wrote(library, library.ann)


async def test_a_claim_to_what_may_not_be_shared_is_not_shown_to_all(library: Library, mira: MemberActor) -> None:
    await library.load({"tea.txt": "Title: Tea\nSharing: no\n\nThe tea was cold, and nobody said so.\n"})
    claim = shown(await library.ann.slash(library.channel, "author claim", story="Tea"))
    assert claim.ephemeral and not buttons_of(claim)
    await mira.click(shown(await mira.slash(library.channel, "author claims")), label="Approve 1")
    assert await wrote(library, library.ann, "Tea")


async def test_an_emoji_on_a_claim_is_no_reaction_to_the_story(library: Library) -> None:
    claim = shown(await library.ann.slash(library.channel, "author claim", story="Lighthouse"))
    await library.ben.react(claim, "🔥")
    assert await library.store.reactions.tally(await library.id_of("Lighthouse")) == []


async def test_claims_and_links_are_deleted_with_all_else_of_a_reader(library: Library) -> None:
    await library.store.claims.make(await library.id_of("Ferry"), library.ann.id)
    await library.store.authors.link(await library.id_of("Lighthouse"), library.ann.id)
    panel = shown(await library.ann.slash(library.channel, "privacy"))
    await library.ann.click(shown(await library.ann.click(panel, label="Delete my data…")), label="Delete everything")
    assert not await wrote(library, library.ann)
    assert await library.store.claims.open([0], 9) == []
