"""Reviews as those who manage a server look at them: reported, hidden, held back; and what is taken from no one."""

from __future__ import annotations

import pytest
from simcord.actors import MemberActor
from simcord.results import ResponseMessage

from bot.domain.reviews import HOUR_SECONDS, REVIEWS_AN_HOUR
from bot.domain.settings import ReaderSettings
from bot.errors import ReaderError
from bot.ui.ids import AskReport, ReportModal, ReviewAction
from tests.library import Library
from tests.linking import linked
from tests.restricting import restrict
from tests.reviewing import GOOD, LONG_AGO, leave, look, manager, newcomer, put
from tests.screens import card_for, mine
from tests.seen import buttons_of, shown, text_of


@pytest.fixture
async def mira(library: Library) -> MemberActor:
    mira = manager(library)
    for reader in (mira, library.ann, library.ben):  # what is a spoiler is another matter: see test_reviews.py
        await library.store.settings.change_reader(reader.id, lambda _: ReaderSettings(veil=False))
    return mira


async def report(
    library: Library, reader: MemberActor, number: int = 1, reason: str = "It is cruel."
) -> ResponseMessage:
    modal = await reader.click(await look(library, reader), label=f"Report {number}")
    await library.restart()
    return shown(await reader.submit_modal(modal, {"reason": reason}))


async def waiting(library: Library, mira: MemberActor, count: int) -> ResponseMessage:
    """The list of what waits for a manager, by the way that leads there."""
    listed = await look(library, mira, None)
    return shown(await mira.click(listed, label=f"{count} to check"))


# -- reported and hidden ----------------------------------------------------------------------------


async def test_a_reported_review_is_for_those_who_manage_the_server_to_look_at(
    library: Library, mira: MemberActor
) -> None:
    await put(library, library.ann.id)
    receipt = await report(library, library.ben, reason="@everyone It tells *lies* about me.")
    assert receipt.ephemeral and "The mods of the server" in text_of(receipt)
    assert "to check" not in str(buttons_of(await look(library, library.ben)))
    listed = await waiting(library, mira, 1)
    said = text_of(listed)
    assert GOOD in said and "Reported by 1 reader" in said and "lies" in said and "\\@everyone" in said
    assert str(library.ben.id) not in said
    kept = shown(await mira.click(listed, label="Keep 1"))
    assert "Nothing to check" in text_of(kept)
    assert GOOD in text_of(await look(library, library.ben))


async def test_each_reader_reports_a_review_once(library: Library, mira: MemberActor) -> None:
    await put(library, library.ann.id)
    for reason in ("It is cruel.", "It is very cruel."):
        await report(library, library.ben, reason=reason)
    await report(library, library.join("cleo"))
    said = text_of(await waiting(library, mira, 1))
    assert "Reported by 2 readers" in said and "very" not in said
    await mira.click(await waiting(library, mira, 1), label="Keep 1")
    await report(library, library.ben)
    assert not any("to check" in label for label in buttons_of(await look(library, mira)))
    await report(library, library.join("dora"))
    assert "Reported by 3 readers" in text_of(await waiting(library, mira, 1))


async def test_a_hidden_review_is_seen_by_its_reader_alone_and_shown_again(library: Library, mira: MemberActor) -> None:
    await put(library, library.ann.id)
    await library.restart()
    hidden = shown(await mira.click(await look(library, mira), label="Hide 1"))
    assert "Hidden. Only the person who wrote it can see it" in text_of(hidden)
    assert GOOD not in text_of(await look(library, library.ben))
    own = await look(library, library.ann)
    assert GOOD in text_of(own) and "The mods hid this review. Only you can see it" in text_of(own)
    assert "No reviews yet" not in text_of(own)
    card = await card_for(library.ben, library.channel, "Lighthouse")
    assert "Reviews" in buttons_of(card) and "1 review" not in buttons_of(card)
    await mira.click(hidden, label="Unhide 1")
    assert GOOD in text_of(await look(library, library.ben))


async def test_what_is_changed_while_it_is_hidden_stays_hidden(library: Library, mira: MemberActor) -> None:
    await put(library, library.ann.id)
    await mira.click(await look(library, mira), label="Hide 1")
    receipt = shown(await leave(library, library.ann, "Now I say it in other words."))
    assert "The mods hid this review" in text_of(receipt)
    assert "other words" not in text_of(await look(library, library.ben))


@pytest.mark.parametrize("mark", ["hidden", "reported"])
async def test_what_is_left_after_a_hidden_or_reported_review_was_taken_back_is_looked_at_first(
    library: Library, mira: MemberActor, mark: str
) -> None:
    number = await put(library, library.ann.id)
    if mark == "hidden":
        await mira.click(await look(library, mira), label="Hide 1")
    else:
        await report(library, library.ben)
    asked = shown(await library.ann.click(await look(library, library.ann), label="Delete 1"))
    await library.ann.click(asked, label="Delete")
    for reader in (library.ann, library.ben, mira):
        assert GOOD not in text_of(await look(library, reader))
    assert "No reviews yet" in text_of(await look(library, library.ann, None))
    assert [row["text"] for row in (await library.store.privacy.export(library.ann.id))["reviews"]] == [""]
    receipt = shown(await leave(library, library.ann, "The very same, once more."))
    assert "until a mod approves it" in text_of(receipt)
    assert "once more" not in text_of(await look(library, library.ben))
    assert "once more" in text_of(await waiting(library, mira, 1))
    await library.store.privacy.delete(library.ann.id)
    with pytest.raises(ReaderError, match="review-gone"):
        await library.store.reviews.show(number, library.guild_id, 1, library.clock())


async def test_a_review_is_hidden_by_those_of_its_own_server_only(library: Library, mira: MemberActor) -> None:
    number = await put(library, library.ann.id)
    guild = library.env.create_guild("Elsewhere")
    channel, boss = guild.create_text_channel("reading"), guild.add_member(guild.owner)
    listed = shown(await boss.slash(channel, "review", story="Lighthouse"))
    custom_id = str(ReviewAction("hide", number, "story", await library.id_of("Lighthouse"), 0))
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "?", "custom_id": custom_id}]}
    library.env.backend.edit_message(channel.id, listed.id, {"components": [row]})
    assert "review was deleted or hidden" in shown(await boss.click(listed, label="?")).content
    assert GOOD in text_of(await look(library, library.ben))


async def test_one_who_does_not_manage_the_server_decides_nothing(library: Library, mira: MemberActor) -> None:
    number = await put(library, library.ann.id)
    listed = await look(library, library.ben)
    story = await library.id_of("Lighthouse")
    for action in ("hide", "show", "delete", "ask"):
        forged = str(ReviewAction(action, number, "waiting", story, 0))
        assert {"hide": "the mods", "show": "the mods"}.get(action, "no longer works") in library.refused(
            await library.forge(library.ben, listed.message, forged)
        )
    drawn = shown(await library.forge(library.ben, listed.message, "rvp2:waiting:waiting:0:0"))
    assert GOOD not in text_of(drawn)
    assert GOOD in text_of(await look(library, library.ben))


async def test_nobody_reports_what_they_do_not_see_or_what_is_their_own(library: Library, mira: MemberActor) -> None:
    own, hidden = await put(library, library.ben.id), await put(library, library.ann.id, "Something else, and cruel.")
    await library.store.reviews.hide(hidden, library.guild_id, 1)
    listed = await look(library, library.ben)
    for number, said in ((own, "no longer works"), (hidden, "deleted or hidden"), (10**16, "deleted or hidden")):
        assert said in library.refused(await library.forge(library.ben, listed.message, str(AskReport(number))))
    sent = await library.send_modal(library.ben, listed.message, str(ReportModal(hidden)), {"reason": "It is cruel."})
    assert "deleted or hidden" in library.refused(sent)
    assert await library.store.review_lists.waiting(library.guild_id) == 0


async def test_a_review_of_a_story_for_adults_is_looked_at_in_an_age_restricted_channel(
    library: Library, mira: MemberActor
) -> None:
    restricted = library.ann.guild.create_text_channel("adults")
    await restrict(library, restricted)
    modal = await library.ann.slash(restricted, "review", story="Velvet", chapter=1)
    await library.ann.submit_modal(modal, {"text": "The velvet is worn, and so is she."})
    listed = shown(await library.ben.slash(restricted, "review", story="Velvet"))
    modal = await library.ben.click(listed, label="Report 1")
    await library.ben.submit_modal(modal, {"reason": "It is cruel."})
    for open_list in (await waiting(library, mira, 1), await look(library, library.ann, None)):
        said = text_of(open_list)
        assert "worn" not in said and "Velvet" not in said and "in an age-restricted channel" in said
    there = shown(await mira.click(await mine(mira, restricted, "reviews"), label="1 to check"))
    assert "worn" in text_of(there)
    asked = shown(await library.ann.click(await look(library, library.ann, None), label="Delete 1"))
    assert "worn" not in text_of(asked)
    await library.ann.click(asked, label="Delete")
    assert "No reviews yet" in text_of(await look(library, library.ann, None))


# -- held back --------------------------------------------------------------------------------------


async def test_what_a_new_account_says_waits_until_a_manager_shows_it(library: Library, mira: MemberActor) -> None:
    newt = newcomer(library)
    receipt = shown(await leave(library, newt))
    assert "until a mod approves it" in text_of(receipt)
    assert GOOD in text_of(await look(library, newt)) and GOOD not in text_of(await look(library, library.ben))
    listed = await waiting(library, mira, 1)
    assert GOOD in text_of(listed) and "less than a week old" in text_of(listed)
    await library.restart()
    done = shown(await mira.click(listed, label="Approve 1"))
    assert "Nothing to check" in text_of(done)
    assert GOOD in text_of(await look(library, library.ben))
    await leave(library, newt, "Now that it shows, I say something else.")
    assert "something else" not in text_of(await look(library, library.ben))
    hidden = shown(await mira.click(await waiting(library, mira, 1), label="Hide 1"))
    assert "Nothing to check" in text_of(hidden)
    assert "something else" in text_of(await look(library, newt))


async def test_in_a_direct_message_a_new_account_leaves_none(library: Library) -> None:
    newt = newcomer(library)
    await linked(library.store, await library.id_of("Lighthouse"), library.ben.id)
    refused = library.refused(await newt.user.slash("review", story="Lighthouse", chapter=1))
    assert "less than a week old" in refused


async def test_a_flood_is_refused_before_anything_is_typed_and_after(library: Library) -> None:
    for n in range(REVIEWS_AN_HOUR - 1):
        await library.load({f"tale{n}.txt": f"Title: Tale {n}\n\nIt was told {n} times and then no more.\n"})
        await put(library, library.ann.id, f"What I say of tale {n}.", story=f"Tale {n}")
    modal = await library.ann.slash(library.channel, "review", story="Lighthouse", chapter=1)
    await put(library, library.ann.id, story="Ferry")
    answer = shown(await library.ann.submit_modal(modal, {"text": "And now the lighthouse, at last."}))
    assert answer.ephemeral and "reached the limit" in text_of(answer) and "at last" in text_of(answer)
    assert "reached the limit" in library.refused(
        await library.ann.slash(library.channel, "review", story="Lighthouse", chapter=1)
    )
    assert "Write review" not in buttons_of(await look(library, library.ann))
    form = await library.ann.click(await look(library, library.ann, "Ferry"), label="Edit 1")
    assert "Review updated" in text_of(shown(await library.ann.submit_modal(form, {"text": "The ferry, once more."})))
    assert "Review posted!" in text_of(shown(await leave(library, library.ben)))


async def test_deleting_makes_no_room_in_a_flood_and_an_hour_does(library: Library) -> None:
    store, story = library.store, await library.id_of("Lighthouse")
    for n in range(REVIEWS_AN_HOUR):
        number = await put(library, library.ann.id, f"Attempt number {n} at this.", at=LONG_AGO + n)
        await store.reviews.take_back(library.ann.id, number)
    with pytest.raises(Exception, match="reviews-too-many"):
        await put(library, library.ann.id, at=LONG_AGO + HOUR_SECONDS - 1)
    await put(library, library.ann.id, at=LONG_AGO + HOUR_SECONDS)
    with pytest.raises(Exception, match="reviews-too-many"):
        await put(library, library.ann.id, story="Ferry", at=LONG_AGO + HOUR_SECONDS)
    assert await store.review_lists.count(story, library.guild_id) == 1


async def test_the_same_words_twice_are_handed_back(library: Library) -> None:
    await leave(library, library.ann)
    answer = shown(await leave(library, library.ann, story="Ferry"))
    assert "exact words" in text_of(answer) and GOOD in text_of(answer)
    assert "Review posted!" in text_of(shown(await leave(library, library.ben, story="Ferry")))
    assert "Review updated" in text_of(shown(await leave(library, library.ann)))


async def test_words_that_do_not_fit_into_a_message_are_handed_back_as_a_file(library: Library) -> None:
    long = "*_~|" * 1000
    await put(library, library.ann.id, long)
    answer = shown(await leave(library, library.ann, long, story="Ferry"))
    assert "in the file" in text_of(answer)
    [file] = answer.attachments
    assert file.filename == "review.txt" and (await file.read()).decode() == long
