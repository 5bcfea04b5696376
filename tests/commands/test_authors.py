"""Who wrote a story: readers claim it, and whoever may answer links them."""

from dataclasses import replace
from pathlib import Path

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import ResponseMessage

from bot.domain.authors import ALONE_SECONDS, AUTHORS_AT_MOST, CLAIMS_A_SHELF, WAITS_SECONDS
from bot.domain.reviews import NewReview
from bot.domain.rights import Audience
from bot.domain.settings import Links, ReaderSettings, ServerSettings
from bot.interactions.owners import CACHE_SECONDS
from bot.services.due_work import LOOK_SECONDS
from bot.ui.ids import ClaimAction
from tests import samples
from tests.databases import connected
from tests.direct_messages import told
from tests.library import Library
from tests.linking import linked
from tests.owning import owned_on_discord
from tests.reviewing import GOOD
from tests.screens import card_for, let_see, mine
from tests.seen import buttons_of, ids_by_label, options_of, reaction_id, select_of, shown, text_of
from tests.votes import cast_vote, votes_of


@pytest.fixture
def mira(library: Library, mira: MemberActor) -> MemberActor:
    """Who runs the server, and the bot."""
    library.owned_by(mira)
    return mira


@pytest.fixture
def nora(library: Library, mira: MemberActor) -> MemberActor:
    """Who runs the server, too, and not the bot."""
    [role] = [role for name, role in mira.guild.roles.items() if name == "Manager"]
    return mira.guild.add_member(library.env.create_user("nora"), roles=[role])


async def upload(library: Library, member: MemberActor) -> None:
    """A story of the server's own: Spoon, under another title."""
    await library.store.settings.change_server(library.guild_id, lambda chosen: replace(chosen, adders="everyone"))
    text = samples.ONE_PAGE.replace("A Spoon for the King", "A Ladle for the Queen")
    answer = await member.slash(library.channel, "author submit", file=("ladle.txt", text.encode()))
    await member.click(answer.followups[-1] if answer.followups else shown(answer), label="Publish")


async def wrote(library: Library, reader: MemberActor, title: str = "Lighthouse") -> bool:
    story = await library.store.for_audience(Audience(guild=library.guild_id)).stories.find(title)
    return await library.store.authors.wrote(reader.id, story.id)


async def waited(library: Library, seconds: float) -> None:
    """Time goes by, and the next look at what is due has been taken."""
    library.clock.forward(seconds)
    await library.env.advance_time(LOOK_SECONDS)


async def claim(library: Library, reader: MemberActor, story: str = "Lighthouse") -> ResponseMessage:
    return shown(await reader.slash(library.channel, "author claim", story=story))


async def claimed(library: Library, reader: MemberActor, story: str = "Ladle") -> int:
    """Claim an upload of the server; return the claim's id."""
    await claim(library, reader, story)
    story_id = (await library.store.for_audience(Audience(guild=library.guild_id)).stories.find(story)).id
    made = await library.store.authors.claim_of(reader.id, story_id)
    assert made is not None
    return made.id


async def pending(library: Library, mira: MemberActor) -> ResponseMessage:
    return shown(await mira.slash(library.channel, "manage author claims"))


async def pressed(library: Library, member: MemberActor, claim: int, action: str = "approve") -> str:
    """Press the button of a claim wherever it stands; return why that is refused."""
    page = shown(await member.slash(library.channel, "read", story="Spoon"))
    return library.refused(await library.forge(member, page.message, str(ClaimAction(action, claim, False))))  # type: ignore[arg-type]


# -- who answers ----------------------------------------------------------------


async def test_a_linked_author_of_an_upload_answers_and_nobody_else(
    library: Library, mira: MemberActor, nora: MemberActor
) -> None:
    channel = await managers_channel(library)
    await upload(library, mira)
    ladle = await claimed(library, library.ann)
    await library.store.authors.approve(await library.store.authors.find_claim(ladle), mira.id)
    olga = library.join("olga")
    said = await claim(library, olga, "Ladle")
    assert "Its author has 30 days to answer" in text_of(said)
    for keeper in (mira, nora):  # who uploaded it, and another who runs the server
        assert "No pending claims" in text_of(await pending(library, keeper))
        assert "Only the author" in await pressed(library, keeper, await claimed(library, olga))
    assert channel.history() == [] and len(told(mira)) == 1
    question = told(library.ann)[-1]
    assert f"<@{olga.id}> says they wrote **A Ladle for the Queen**" in text_of(question)
    await library.restart()
    drawn = shown(await library.ann.user.click(question, label="Approve"))
    assert f"<@{olga.id}> is linked" in text_of(drawn) and not buttons_of(drawn)
    assert await wrote(library, olga, "Ladle") and await wrote(library, library.ann, "Ladle")


async def test_all_linked_authors_are_asked_and_the_first_answer_holds(library: Library, mira: MemberActor) -> None:
    await upload(library, mira)
    story = (await library.store.uploads.own_stories(mira.id, 1))[0].story.id
    for author in (library.ann, library.ben):
        await linked(library.store, story, author.id)
    olga = library.join("olga")
    await claim(library, olga, "Ladle")
    await library.ben.user.click(told(library.ben)[-1], label="Decline")
    refused = await library.ann.user.click(told(library.ann)[-1], label="Approve")
    assert refused.response is not None and "claim is closed" in refused.response.content
    assert not await wrote(library, olga, "Ladle") and "was declined" in text_of(told(olga)[-1])


async def test_who_uploaded_a_story_answers_where_somebody_else_claims_it(library: Library, mira: MemberActor) -> None:
    channel = await managers_channel(library)
    await upload(library, library.ben)
    said = await claim(library, library.ann, "Ladle")
    assert "Whoever uploaded it has 30 days to answer" in text_of(said)
    assert "No pending claims" in text_of(await pending(library, mira)) and channel.history() == []
    assert "Only whoever uploaded" in await pressed(library, mira, await claimed(library, library.ann))
    await library.ben.user.click(told(library.ben)[-1], label="Approve")
    assert await wrote(library, library.ann, "Ladle") and "was approved" in text_of(told(library.ann)[-1])


async def test_after_a_week_the_mods_may_answer_for_who_is_silent(library: Library, mira: MemberActor) -> None:
    """Who uploaded it may have left the server, or read no messages."""
    channel = await managers_channel(library)
    await upload(library, library.ben)
    assert "the mods can after 7" in text_of(await claim(library, library.ann, "Ladle"))
    await waited(library, ALONE_SECONDS - LOOK_SECONDS)
    assert "No pending claims" in text_of(await pending(library, mira)) and channel.history() == []
    await waited(library, LOOK_SECONDS)
    [post] = channel.history()
    assert "says they wrote" in text_of(await pending(library, mira))
    await mira.click(post, label="Approve")
    assert await wrote(library, library.ann, "Ladle")


async def test_who_is_asked_first_still_answers_after_a_week(library: Library, mira: MemberActor) -> None:
    await upload(library, library.ben)
    await claim(library, library.ann, "Ladle")
    await waited(library, ALONE_SECONDS)
    await library.ben.user.click(told(library.ben)[-1], label="Decline")
    assert "was declined" in text_of(told(library.ann)[-1])
    assert "No pending claims" in text_of(await pending(library, mira))


async def test_what_was_answered_in_the_week_is_not_told_to_the_mods(library: Library, mira: MemberActor) -> None:
    channel = await managers_channel(library)
    await upload(library, library.ben)
    await claim(library, library.ann, "Ladle")
    await library.ben.user.click(told(library.ben)[-1], label="Approve")
    await waited(library, ALONE_SECONDS)
    assert channel.history() == []


async def test_a_claim_that_the_mods_answer_late_names_no_story_for_adults_in_their_channel(
    library: Library, mira: MemberActor
) -> None:
    channel = await managers_channel(library)
    await library.store.settings.change_server(library.guild_id, lambda chosen: replace(chosen, adders="everyone"))
    text = "Title: The Samovar\nRating: Explicit\n\nThe tea was hot, and so were they.\n"
    answer = await library.ben.slash(library.channel, "author submit", file=("samovar.txt", text.encode()))
    await library.ben.click(answer.followups[-1] if answer.followups else shown(answer), label="Publish")
    [story] = await library.store.uploads.own_stories(library.ben.id, 9)
    await library.store.authors.claim(story.story.id, library.ann.id)
    await waited(library, ALONE_SECONDS)
    [post] = channel.history()
    drawn = shown(await mira.click(post, label="Approve"))
    assert "is linked" in text_of(drawn) and "Samovar" not in text_of(post) + text_of(drawn)


async def test_of_an_upload_of_a_former_member_the_mods_answer(library: Library, mira: MemberActor) -> None:
    await upload(library, library.ben)
    ladle = await claimed(library, library.ann)
    await library.store.privacy.delete(library.ben.id)
    assert "Only the mods" in await pressed(library, library.ben, ladle)
    await mira.click(await pending(library, mira), label="Approve 1")
    assert await wrote(library, library.ann, "Ladle")


async def test_nobody_answers_their_own_claim(library: Library, mira: MemberActor, nora: MemberActor) -> None:
    """Who runs the server and uploaded the story waits for another who runs it."""
    channel = await managers_channel(library)
    await upload(library, nora)
    said = await claim(library, nora, "Ladle")
    assert "The mods have 30 days to answer" in text_of(said) and told(nora) == []
    [post] = channel.history()
    assert "your own claim" in library.refused(await nora.click(post, label="Approve"))
    assert "No pending claims" in text_of(await pending(library, nora)) and not await wrote(library, nora, "Ladle")
    await mira.click(post, label="Approve")
    assert await wrote(library, nora, "Ladle")


async def test_who_runs_the_bot_does_not_answer_their_own_claim(library: Library, mira: MemberActor) -> None:
    await claim(library, mira)
    [waiting] = await library.store.authors.claims(0, [0], 9)
    assert "your own claim" in await pressed(library, mira, waiting.id)
    assert "No pending claims" in text_of(await pending(library, mira)) and not await wrote(library, mira)


async def test_who_answers_is_asked_by_their_rights_of_that_moment(library: Library, nora: MemberActor) -> None:
    channel = await managers_channel(library)
    await upload(library, library.ben)
    ladle = await claimed(library, library.ben)
    [role] = [role for name, role in nora.guild.roles.items() if name == "Manager"]
    [post] = channel.history()
    library.env.backend.remove_member_role(library.guild_id, nora.id, role.id)
    assert "Only the mods" in library.refused(await nora.click(post, label="Approve"))
    assert "Only the mods" in await pressed(library, nora, ladle) and not await wrote(library, library.ben, "Ladle")


async def test_claims_that_wait_for_somebody_are_in_the_list_of_their_stories(
    library: Library, mira: MemberActor
) -> None:
    """Also of those who want no updates by direct message: they get none about claims either."""
    await upload(library, library.ben)
    await library.store.settings.change_reader(library.ben.id, lambda _: ReaderSettings(notices="none"))
    assert "Answer claims" not in buttons_of(shown(await library.ben.slash(library.channel, "author stories")))
    await claim(library, library.ann, "Ladle")
    await waited(library, 1)
    assert told(library.ben) == []
    assert "Answer claims" not in buttons_of(shown(await mira.slash(library.channel, "author stories")))
    listed = shown(await library.ben.slash(library.channel, "author stories"))
    await library.restart()
    claims = shown(await library.ben.click(listed, label="Answer claims"))
    assert claims.ephemeral and "says they wrote **A Ladle for the Queen**" in text_of(claims)
    assert "No pending claims" in text_of(shown(await library.ben.click(claims, label="Approve 1")))
    assert await wrote(library, library.ann, "Ladle")


async def test_who_wants_updates_in_their_servers_is_asked_about_a_claim_all_the_same(
    library: Library, mira: MemberActor
) -> None:
    await upload(library, library.ben)
    await library.store.settings.change_reader(library.ben.id, lambda _: ReaderSettings(notices="server"))
    await claim(library, library.ann, "Ladle")
    await waited(library, 1)
    [question] = told(library.ben)
    assert "says they wrote **A Ladle for the Queen**" in text_of(question)


async def test_who_answers_for_a_story_for_adults_of_theirs_sees_its_title(library: Library, mira: MemberActor) -> None:
    text = "Title: The Samovar\nRating: Explicit\n\nThe tea was hot, and so were they.\n"
    answer = await mira.slash(library.channel, "manage story add", file=("samovar.txt", text.encode()))
    await mira.click(answer.followups[-1] if answer.followups else shown(answer), label="Publish")
    [story] = await library.store.uploads.own_stories(mira.id, 9)
    await library.store.authors.claim(story.story.id, library.ann.id)
    await waited(library, 1)
    [question] = told(mira)
    assert "Samovar" in text_of(question)
    assert "Samovar" in text_of(shown(await mira.user.click(question, label="Approve")))


async def test_what_claimants_are_told_names_a_story_for_adults_to_adults_alone(
    library: Library, mira: MemberActor
) -> None:
    velvet = (await library.store.publishing.known("folder"))["velvet"].story
    for reader, adult in ((library.ann, False), (library.ben, True)):
        await library.store.settings.change_reader(reader.id, lambda _, adult=adult: ReaderSettings(adult=adult))
        await library.store.authors.approve(await library.store.authors.claim(velvet, reader.id), mira.id)
    await waited(library, 1)
    [veiled], [named] = told(library.ann), told(library.ben)
    assert "an 18+ story was approved" in text_of(veiled) and "Velvet" not in text_of(veiled)
    assert "Velvet" in text_of(named)


async def test_a_story_has_only_so_many_authors(library: Library, mira: MemberActor) -> None:
    story = await library.id_of("Lighthouse")
    for number in range(AUTHORS_AT_MOST):
        await linked(library.store, story, 1000 + number)
    await claim(library, library.ann)
    refused = await mira.click(await pending(library, mira), label="Approve 1")
    assert "limit of 10 authors" in library.refused(refused) and not await wrote(library, library.ann)


async def test_two_presses_at_once_are_one_answer(library: Library, mira: MemberActor) -> None:
    story = await library.id_of("Lighthouse")
    for reader in (library.ann, library.ben):
        await cast_vote(library.store, story, reader.id, "continue", library.guild_id)
    await claim(library, library.ann)
    listed = await pending(library, mira)
    both = await library.click_at_once(listed, (mira, "Approve 1"), (mira, "Approve 1"))
    closed, answered = sorted(both, key=lambda each: "claim is closed" not in text_of(shown(each)))  # in either order
    assert len(told(library.ann)) == 1 and "claim is closed" in library.refused(closed) and shown(answered)
    assert (await votes_of(library.store, story)).overall == (1, 0)
    assert await library.store.authors.of(story) == [library.ann.id]


# -- unlinked --------------------------------------------------------------------


async def test_who_keeps_the_shelf_unlinks_an_author(library: Library, mira: MemberActor) -> None:
    await linked(library.store, await library.id_of("Lighthouse"), library.ann.id)
    said = shown(await mira.slash(library.channel, "manage author unlink", story="Lighthouse", user=library.ann))
    assert "no longer linked" in text_of(said) and not await wrote(library, library.ann)
    again = await mira.slash(library.channel, "manage author unlink", story="Lighthouse", user=library.ann)
    assert "not linked to “The Lighthouse Post”" in library.refused(again)


async def test_nobody_else_unlinks_an_author(library: Library) -> None:
    elsewhere = library.env.create_guild("Elsewhere")
    there, boss = elsewhere.create_text_channel("here"), elsewhere.add_member(elsewhere.owner)
    ann = elsewhere.add_member(library.ann.user)
    await linked(library.store, await library.id_of("Lighthouse"), library.ann.id)
    refused = await boss.slash(there, "manage author unlink", story="Lighthouse", user=ann)
    assert "the bot owner" in library.refused(refused) and await wrote(library, library.ann)


async def test_an_upload_is_its_servers_alone(library: Library, mira: MemberActor) -> None:
    await upload(library, mira)
    ladle = await claimed(library, mira)
    library.owned_by(library.ben)
    let_see(library, library.ben)
    assert "Only the mods" in await pressed(library, library.ben, ladle)
    assert "No pending claims" in text_of(await pending(library, library.ben))
    refused = await library.ben.slash(library.channel, "manage author unlink", story="Ladle", user=mira)
    assert "the mods of the server" in library.refused(refused)


async def unlink_oneself(library: Library, reader: MemberActor, story: int) -> ResponseMessage:
    """Press *Unlink me* on the panel of a story of one's own."""
    listed = shown(await reader.slash(library.channel, "author stories"))
    panel = shown(await reader.select(listed, [str(story)], custom_id=select_of(listed, "op1")))
    return shown(await reader.click(panel, label="Unlink me"))


async def test_a_writer_undoes_their_own_link_and_nobody_elses(library: Library) -> None:
    story = await library.id_of("Lighthouse")
    for reader in (library.ann, library.ben):
        await linked(library.store, story, reader.id)
    await unlink_oneself(library, library.ann, story)
    assert not await wrote(library, library.ann) and await wrote(library, library.ben)


# -- the stories folder ---------------------------------------------------------------


async def test_a_servers_managers_do_not_answer_for_the_folder(library: Library, nora: MemberActor) -> None:
    await claim(library, library.ann)
    [waiting] = await library.store.authors.claims(0, [0], 9)
    assert "Only the bot owner" in await pressed(library, nora, waiting.id)
    assert "No pending claims" in text_of(await pending(library, nora))
    refused = await nora.slash(library.channel, "manage author unlink", story="Lighthouse", user=library.ann)
    assert "the bot owner" in library.refused(refused)


async def test_a_linked_author_does_not_answer_for_the_folder(library: Library, mira: MemberActor) -> None:
    await linked(library.store, await library.id_of("Lighthouse"), library.ben.id)
    assert "The bot owner has 30 days" in text_of(await claim(library, library.ann))
    [waiting] = await library.store.authors.claims(0, [0], 9)
    assert "Only the bot owner" in await pressed(library, library.ben, waiting.id) and told(library.ben) == []
    await mira.click(await pending(library, mira), label="Approve 1")
    assert await wrote(library, library.ann)


async def test_administrators_of_the_owners_server_answer_for_the_folder_there(
    library: Library, mira: MemberActor
) -> None:
    library.owned_by(library.ben)
    role = library.ann.guild.create_role("Hosts", permissions=discord.Permissions(administrator=True))
    olga = library.ann.guild.add_member(library.env.create_user("olga"), roles=[role])
    await claim(library, library.ann)
    assert "No pending claims" in text_of(await pending(library, olga))
    await library.restart(owner_server=library.guild_id)
    assert "No pending claims" in text_of(await pending(library, mira))
    await olga.click(await pending(library, olga), label="Approve 1")
    assert await wrote(library, library.ann)


async def test_a_claim_of_the_folder_is_told_in_the_owners_server(library: Library, mira: MemberActor) -> None:
    staff = library.ann.guild.create_text_channel("staff")
    await library.restart(owner_server=library.guild_id)
    chosen = ServerSettings(managers_channel=staff.id)
    await library.store.settings.change_server(library.guild_id, lambda _: chosen, mira.id)
    await library.ann.user.slash("author claim", story="Lighthouse")
    [post] = staff.history()
    assert "says they wrote **The Lighthouse Post**" in text_of(post)


# -- what an author said as a reader -------------------------------------------------


async def test_nothing_of_theirs_changes_until_they_are_linked_and_all_comes_back(
    library: Library, mira: MemberActor, tmp_path: Path
) -> None:
    story = await library.id_of("Lighthouse")
    for reader in (library.ann, library.ben):
        card = await card_for(reader, library.channel, "Lighthouse")
        await reader.click(card, custom_id=reaction_id(card, "🔥"))
        await cast_vote(library.store, story, reader.id, "continue", library.guild_id)
        await library.store.places.move(
            reader.id, await library.store.pages.open((await library.store.pages.ends(story))[1]), library.guild_id
        )
        await library.store.reviews.leave(
            NewReview(reader.id, reader.user.name, story, 0, library.guild_id, f"{reader.id} {GOOD}", False),
            library.clock(),
        )
    before, rows = counts(tmp_path), said_by(tmp_path, library.ann.id)
    assert before["answer_counts"] and before["finish_counts"] and before["reaction_counts"] and before["leaderboard"]
    await claim(library, library.ann)
    assert counts(tmp_path) == before
    await mira.click(await pending(library, mira), label="Approve 1")
    after = counts(tmp_path)
    assert {table for table in before if after[table] != before[table]} == set(before)
    assert (await votes_of(library.store, story, library.guild_id)).here == (1, 0)
    assert [each.readers for each in await library.store.reactions.tally(story)] == [1]
    assert await library.store.review_lists.count(story, library.guild_id) == 1
    assert said_by(tmp_path, library.ann.id) == rows  # all that they said is kept
    listed = text_of(shown(await library.ben.slash(library.channel, "review", story="Lighthouse")))
    assert str(library.ben.id) in listed and str(library.ann.id) not in listed
    await unlink_oneself(library, library.ann, story)
    assert counts(tmp_path) == before and said_by(tmp_path, library.ann.id) == rows
    assert await library.store.review_lists.count(story, library.guild_id) == 2


async def test_an_author_who_deletes_their_data_takes_away_only_what_was_counted(
    library: Library, tmp_path: Path
) -> None:
    story = await library.id_of("Lighthouse")
    empty = counts(tmp_path)
    await cast_vote(library.store, story, library.ann.id, "leave", library.guild_id)
    await library.store.reactions.toggle(story, library.ann.id, "🔥", library.guild_id)
    await linked(library.store, story, library.ann.id)
    await library.store.privacy.delete(library.ann.id)
    assert counts(tmp_path) == empty and said_by(tmp_path, library.ann.id) == dict.fromkeys(SAID, 0)


COUNTS = {
    "answer_counts": "SELECT question_id, guild_id, number, count FROM answer_counts WHERE count <> 0",
    "finish_counts": "SELECT story_id, go_on, leave FROM finish_counts WHERE go_on + leave <> 0",
    "reaction_counts": "SELECT story_id, emoji, readers FROM reaction_counts",
    "leaderboard": "SELECT kind, counted, guild_id, period, id, count FROM leaderboard"
    " WHERE counted <> 'reads' AND count <> 0",
    "stories": "SELECT id, loved, go_on FROM stories WHERE loved + go_on <> 0",
}
"""All that is counted of votes and reactions."""

SAID = ("ballots", "reactions", "reviews")


def counts(path: Path) -> dict[str, set[tuple[object, ...]]]:
    with connected(path / "oneshot.db") as db:
        return {table: set(db.execute(sql)) for table, sql in COUNTS.items()}


def said_by(path: Path, reader: int) -> dict[str, int]:
    """How many rows of what a reader said there are."""
    with connected(path / "oneshot.db") as db:
        return {
            table: db.execute(f"SELECT count(*) FROM {table} WHERE user_id = ?", (reader,)).fetchone()[0]
            for table in SAID
        }


# -- claimed --------------------------------------------------------------------


async def test_a_claim_is_private_and_waits_for_those_alone_who_may_answer(library: Library, mira: MemberActor) -> None:
    said = await claim(library, library.ann)
    assert said.ephemeral and not buttons_of(said)
    assert "The bot owner has 30 days to answer" in text_of(said)
    for reader in (library.ann, library.ben):
        let_see(library, reader)
        assert "No pending claims" in text_of(await pending(library, reader))
    listed = await pending(library, mira)
    assert listed.ephemeral and f"<@{library.ann.id}> says they wrote" in text_of(listed)
    await library.restart()
    press = ids_by_label(listed)["Approve 1"]
    page = shown(await library.ann.slash(library.channel, "read", story="Spoon"))
    for reader, why in ((library.ann, "your own claim"), (library.ben, "Only the bot owner")):
        assert why in library.refused(await library.forge(reader, page.message, press))
    assert told(library.ann) == [] and not await wrote(library, library.ann)
    assert "No pending claims" in text_of(shown(await mira.click(listed, label="Approve 1")))
    assert await wrote(library, library.ann)
    [message] = told(library.ann)
    assert "Your claim to **The Lighthouse Post** was approved" in text_of(message) and not buttons_of(message)
    assert "linked to" in library.refused(await library.ann.slash(library.channel, "author claim", story="Lighthouse"))


async def test_who_left_the_bots_team_answers_no_claim_a_minute_later(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana = library.join("dana")
    let_see(library, dana)
    owned_on_discord(monkeypatch, library.ann, {dana.id: "developer"})
    await claim(library, library.ann)
    await claim(library, library.ben)
    left = shown(await dana.click(await pending(library, dana), label="Decline 1"))
    owned_on_discord(monkeypatch, library.ann, {})
    library.clock.forward(CACHE_SECONDS)
    assert "Only the bot owner" in library.refused(await dana.click(left, label="Approve 1"))
    assert "No pending claims" in text_of(await pending(library, dana)) and told(library.ben) == []
    assert not await wrote(library, library.ben)


async def test_where_discord_does_not_say_who_owns_the_bot_a_claim_waits(library: Library, mira: MemberActor) -> None:
    await claim(library, library.ann)
    listed = await pending(library, mira)
    library.clock.forward(CACHE_SECONDS)
    library.env.inject_error("GET", "/oauth2/applications/@me", status=403)
    refused = library.refused(await mira.click(listed, label="Approve 1"))
    assert "Discord isn't telling me who owns the bot" in refused and told(library.ann) == []
    library.clock.forward(CACHE_SECONDS)
    await mira.click(listed, label="Approve 1")
    assert "was approved" in text_of(told(library.ann)[-1])


async def test_a_claim_that_was_declined_is_told_and_not_made_again_for_thirty_days(
    library: Library, mira: MemberActor
) -> None:
    await claim(library, library.ann)
    await mira.click(await pending(library, mira), label="Decline 1")
    [message] = told(library.ann)
    assert "Your claim to **The Lighthouse Post** was declined" in text_of(message) and not buttons_of(message)
    again = await library.ann.slash(library.channel, "author claim", story="Lighthouse")
    assert "was declined" in library.refused(again) and "No pending" in text_of(await pending(library, mira))
    await waited(library, WAITS_SECONDS - 1)
    again = await library.ann.slash(library.channel, "author claim", story="Lighthouse")
    assert "was declined" in library.refused(again)
    await waited(library, 1)
    await claim(library, library.ann)
    assert "says they wrote" in text_of(await pending(library, mira))


async def test_a_claim_goes_to_the_channel_that_managers_chose(library: Library, mira: MemberActor) -> None:
    channel = await managers_channel(library)
    velvet = (await library.store.publishing.known("folder"))["velvet"].story
    library.bot.owner_server = library.guild_id
    await claim(library, library.ann)
    await library.store.authors.claim(velvet, library.ann.id, library.guild_id)
    await waited(library, 1)
    first, second = channel.history()
    assert f"<@{library.ann.id}> says they wrote **The Lighthouse Post**" in text_of(first)
    assert "an 18+ story" in text_of(second) and "Velvet" not in text_of(second)
    await library.restart()
    assert "the bot owner" in library.refused(await library.ben.click(first, label="Approve"))
    drawn = shown(await mira.click(first, label="Approve"))
    assert drawn.id == first.id and f"<@{library.ann.id}> is linked" in text_of(drawn) and not buttons_of(drawn)
    assert len(told(library.ann)) == 1


async def test_a_claim_that_was_answered_before_it_was_told_is_not_told(library: Library, mira: MemberActor) -> None:
    channel = await managers_channel(library)
    made = await library.store.authors.claim(await library.id_of("Lighthouse"), library.ann.id, library.guild_id)
    await library.store.authors.refuse(made, mira.id)
    await waited(library, 1)
    assert channel.history() == [] and len(told(library.ann)) == 1


async def managers_channel(library: Library) -> ChannelHandle:
    channel = library.ann.guild.create_text_channel("mods")
    await library.store.settings.change_server(library.guild_id, lambda _: ServerSettings(managers_channel=channel.id))
    return channel


async def test_a_claim_lapses_after_thirty_days(library: Library, mira: MemberActor) -> None:
    await claim(library, library.ann)
    await waited(library, WAITS_SECONDS - 1)
    listed = await pending(library, mira)
    assert "says they wrote" in text_of(listed)
    await waited(library, 1)
    assert "over 30 days old" in library.refused(await mira.click(listed, label="Approve 1"))
    assert "No pending claims" in text_of(await pending(library, mira))
    assert not await wrote(library, library.ann) and told(library.ann) == []


async def test_an_answered_claim_cannot_be_answered_again(library: Library, mira: MemberActor) -> None:
    await claim(library, library.ann)
    listed = await pending(library, mira)
    approve = ids_by_label(listed)["Approve 1"]
    await mira.click(listed, label="Decline 1")
    page = shown(await mira.slash(library.channel, "read", story="Spoon"))
    for press in (approve, str(ClaimAction("approve", 999, False))):
        assert "claim is closed" in library.refused(await library.forge(mira, page.message, press))
    assert len(told(library.ann)) == 1 and not await wrote(library, library.ann)


async def test_a_manager_of_another_server_answers_no_claim(library: Library, mira: MemberActor) -> None:
    await upload(library, library.ann)
    number = await claimed(library, library.ann)
    elsewhere = library.env.create_guild("Elsewhere")
    role = elsewhere.create_role("Manager", permissions=discord.Permissions(manage_guild=True))
    zoe = elsewhere.add_member(library.env.create_user("zoe"), roles=[role])
    channel = elsewhere.create_text_channel("reading")
    assert "No pending" in text_of(shown(await zoe.slash(channel, "manage author claims")))
    page = shown(await zoe.slash(channel, "read", story="Spoon"))
    library.channel, home = channel, library.channel
    refused = await library.forge(zoe, page.message, str(ClaimAction("approve", number, False)))
    library.channel = home
    assert "the mods of the server" in library.refused(refused) and told(library.ann) == []


async def test_a_reader_has_three_claims_at_most_that_wait(library: Library) -> None:
    await library.load({f"{n}.txt": f"Title: Number {n}\n\nIt was the {n}th day.\n" for n in range(4)})
    for number in range(3):
        await claim(library, library.ann, f"Number {number}")
    assert len(await library.store.authors.claims(0, [0], 9)) == 3
    refused = await library.ann.slash(library.channel, "author claim", story="Number 3")
    assert "limit of 3 pending claims" in library.refused(refused)
    await claim(library, library.ann, "Number 0")  # said once more, not one more
    await claim(library, library.ben, "Number 3")


async def test_a_shelf_has_only_so_many_claims_that_wait(library: Library) -> None:
    for number in range(CLAIMS_A_SHELF):
        await library.store.authors.claim(await library.id_of("Lighthouse"), 1000 + number)
    refused = await library.ann.slash(library.channel, "author claim", story="Lighthouse")
    assert "Too many claims are pending" in library.refused(refused)


async def test_claims_are_answered_from_a_list(library: Library, mira: MemberActor) -> None:
    for reader, title in ((library.ann, "Lighthouse"), (library.ben, "Ferry"), (library.ben, "Lighthouse")):
        await claim(library, reader, title)
    listed = await pending(library, mira)
    assert text_of(listed).count("says they wrote") == 3
    await library.restart()
    drawn = shown(await mira.click(listed, label="Decline 2"))
    assert text_of(drawn).count("says they wrote") == 2 and "Ferry" not in text_of(drawn)
    await mira.click(drawn, label="Approve 2")
    assert await wrote(library, library.ben) and not await wrote(library, library.ann)


async def test_more_claims_than_the_list_takes_come_up_as_they_are_answered(
    library: Library, mira: MemberActor
) -> None:
    for number in range(7):
        await library.store.authors.claim(await library.id_of("Lighthouse"), 1000 + number)
    listed = await pending(library, mira)
    assert text_of(listed).count("says they wrote") == 5 and "Answer these to see more" in text_of(listed)
    drawn = shown(await mira.click(listed, label="Decline 1"))
    assert "<@1005>" in text_of(drawn) and "<@1000>" not in text_of(drawn)


async def test_managers_are_told_of_claims_to_stories_for_adults_in_any_channel(
    library: Library, mira: MemberActor
) -> None:
    velvet = (await library.store.publishing.known("folder"))["velvet"].story
    await library.store.authors.claim(velvet, library.ann.id)
    listed = await pending(library, mira)
    assert listed.ephemeral and "Velvet" in text_of(listed)


async def test_a_claim_in_a_direct_message_waits_in_the_list(library: Library, mira: MemberActor) -> None:
    said = shown(await library.ann.user.slash("author claim", story="Lighthouse"))
    assert "The bot owner has 30 days" in text_of(said) and not buttons_of(said)
    listed = await pending(library, mira)
    await mira.click(listed, label="Approve 1")
    assert await wrote(library, library.ann)


async def test_claims_and_links_are_deleted_with_all_else_of_a_reader(library: Library, mira: MemberActor) -> None:
    await library.store.authors.claim(await library.id_of("Ferry"), library.ann.id, library.guild_id)
    await linked(library.store, await library.id_of("Lighthouse"), library.ann.id)
    panel = await mine(library.ann, library.channel, "data")
    await library.ann.click(shown(await library.ann.click(panel, label="Delete data…")), label="Delete everything")
    assert not await wrote(library, library.ann)
    assert await library.store.authors.claims(mira.id, [0], 9) == []
    await waited(library, 1)
    assert told(library.ann) == []


# -- said when a story is submitted ---------------------------------------------------

KETTLE = "Title: The Kettle\nAuthor: Ann Other\n\nIt will rain, said the kettle, and at noon it was right.\n"


async def submitted(library: Library, reader: MemberActor, *answers: str, links: Links = "at-once") -> ResponseMessage:
    """Submit a story and answer whether one wrote it; return the preview."""
    await library.store.settings.change_server(
        library.guild_id, lambda chosen: replace(chosen, adders="everyone", links=links)
    )
    answer = await reader.slash(library.channel, "author submit", file=("kettle.txt", KETTLE.encode()))
    preview = answer.followups[-1] if answer.followups else shown(answer)
    assert "Did you write it?" in text_of(preview)
    for label in answers:
        preview = shown(await reader.click(preview, label=label))
    return preview


@pytest.mark.parametrize("answers", [(), ("I didn't",), ("I wrote it", "I didn't")])
async def test_who_does_not_say_that_they_wrote_a_story_is_not_linked_to_it(
    library: Library, answers: tuple[str, ...]
) -> None:
    receipt = shown(await library.ann.click(await submitted(library, library.ann, *answers), label="Publish"))
    assert "author" not in text_of(receipt) and not await wrote(library, library.ann, "Kettle")


async def test_who_says_that_they_wrote_a_story_is_linked_to_it_at_once(library: Library) -> None:
    preview = await submitted(library, library.ann, "I wrote it")
    assert "You'll be linked as its author" in text_of(preview)
    await library.restart()
    receipt = shown(await library.ann.click(preview, label="Publish"))
    assert "You're linked as its author." in text_of(receipt) and await wrote(library, library.ann, "Kettle")
    assert told(library.ann) == []


async def test_who_says_so_is_linked_after_a_managers_word_where_the_server_wishes_it(
    library: Library, mira: MemberActor
) -> None:
    channel = await managers_channel(library)
    preview = await submitted(library, library.ann, "I wrote it", links="asked")
    receipt = shown(await library.ann.click(preview, label="Publish"))
    assert "I asked the mods" in text_of(receipt) and not await wrote(library, library.ann, "Kettle")
    [post] = channel.history()
    await mira.click(post, label="Approve")
    assert "claim to **The Kettle** was approved" in text_of(told(library.ann)[-1])
    assert await wrote(library, library.ann, "Kettle")


async def test_a_manager_need_not_ask_themself(library: Library, mira: MemberActor) -> None:
    preview = await submitted(library, mira, "I wrote it", links="asked")
    await mira.click(preview, label="Publish")
    assert await wrote(library, mira, "Kettle") and await library.store.authors.claims(0, [library.guild_id], 9) == []


async def test_a_draft_that_is_published_twice_links_and_tells_once(library: Library) -> None:
    story = await library.id_of("Lighthouse")
    await linked(library.store, story, library.ann.id)
    await library.store.follows.follow(library.ben.id, "author", story, library.guild_id)
    preview = await submitted(library, library.ann, "I wrote it")
    await library.click_at_once(preview, (library.ann, "Publish"), (library.ann, "Publish"))
    await waited(library, 1)
    [message] = told(library.ben)
    assert "Ann Other posted a new story!" in text_of(message)
    assert len(await library.store.uploads.own_stories(library.ann.id, 9)) == 2


async def test_an_upload_under_a_followed_authors_name_is_told_to_nobody(library: Library, mira: MemberActor) -> None:
    """Not when its sender says that they wrote it, either: they are not who is followed."""
    story = await library.id_of("Ferry")
    await linked(library.store, story, mira.id)
    await library.store.follows.follow(library.ben.id, "author", story, library.guild_id)
    await library.ann.click(await submitted(library, library.ann, "I wrote it"), label="Publish")
    await waited(library, 1)
    assert told(library.ben) == []


async def test_who_did_what_is_in_the_log(library: Library, mira: MemberActor, tmp_path: Path) -> None:
    await claim(library, library.ann)
    await mira.click(await pending(library, mira), label="Approve 1")
    await mira.slash(library.channel, "manage author unlink", story="Lighthouse", user=library.ann)
    with connected(tmp_path / "oneshot.db") as db:
        acts = db.execute("SELECT user_id, act, title FROM audit_log ORDER BY id").fetchall()
    assert [(user, act) for user, act, _ in acts] == [
        (library.ann.id, "claim"),
        (mira.id, "approve-claim"),
        (mira.id, "unlink"),
    ]
    assert {title for _, _, title in acts} == {"The Lighthouse Post"}


async def test_an_author_unlinks_themself_on_the_panel_of_a_story_whatever_its_rating(
    library: Library, mira: MemberActor
) -> None:
    velvet = (await library.store.publishing.known("folder"))["velvet"].story
    await linked(library.store, velvet, library.ann.id)
    await linked(library.store, velvet, library.ben.id)
    listed = shown(await library.ann.slash(library.channel, "author stories"))
    panel = shown(await library.ann.select(listed, [str(velvet)], custom_id=select_of(listed, "op1")))
    leave = ids_by_label(panel)["Unlink me"]
    page = shown(await mira.slash(library.channel, "read", story="Spoon"))
    assert "You're not linked" in library.refused(await library.forge(mira, page.message, leave))
    assert "no longer linked" in text_of(shown(await library.ann.click(panel, label="Unlink me")))
    assert await library.store.authors.of(velvet) == [library.ben.id]


async def test_a_submission_that_a_manager_approves_links_who_says_that_they_wrote_it(
    library: Library, mira: MemberActor
) -> None:
    await library.store.settings.change_server(library.guild_id, lambda chosen: replace(chosen, approval=True))
    preview = await submitted(library, library.ann, "I wrote it", links="asked")
    await library.ann.click(preview, label="Submit")
    queue = shown(await mira.slash(library.channel, "manage uploads"))
    queue = shown(await mira.click(queue, label=next(label for label in buttons_of(queue) if "1" in label)))
    [value] = options_of(queue).values()
    opened = await mira.select(queue, [value])
    preview = opened.followups[-1] if opened.followups else shown(opened)
    assert "They say they wrote it" in text_of(preview)
    await mira.click(preview, label="Approve")
    assert await wrote(library, library.ann, "Kettle")
