"""Reviews: left by a modal, one each, changed, taken back; read page by page, a spoiler beyond where one has read."""

from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simcord.enums import InteractionType
from simcord.results import InteractionResult

from bot.domain.places import Horizon
from bot.domain.reviews import MOST_CHARS, Viewer, tidy
from bot.domain.settings import ReaderSettings
from bot.ui.ids import ReviewAction, ReviewModal, ShowWholeReview
from bot.ui.limits import size
from tests import samples
from tests.library import Library
from tests.linking import linked
from tests.reviewing import GOOD, finish, leave, look, modal_of, put
from tests.screens import card_for, read_at, unhidden
from tests.seen import buttons_of, components_of, footer_of, shown, text_of

NO_REVIEWS = "Title: The Quiet Door\nReviews: no\n\nIt closed, and nobody said a word about it.\n"
HOSTILE = "@everyone *look* __here__ ||now|| `at` <@123456789012345678> <#5> [this](https://example.org/a_b) # big"


async def viewed_by(library: Library, reader: int) -> list[str]:
    """The words that a reader of the server sees of the Lighthouse."""
    viewer = Viewer(reader, library.guild_id, moderates=False)
    found = await library.store.review_lists.list("story", await library.id_of("Lighthouse"), viewer, 50, 0)
    return [review.text for review in found]


# -- left, changed, taken back ----------------------------------------------------------------------


async def test_a_review_is_left_by_a_modal_and_read_by_the_others_of_the_server(library: Library) -> None:
    asked = modal_of(await library.ann.slash(library.channel, "review", story="Lighthouse", chapter=1))
    assert asked["title"] == "Review: The Lighthouse Post" and (asked["min_length"], asked["max_length"]) == (10, 4000)
    assert "your name" in asked["hint"]
    receipt = shown(await leave(library, library.ann))
    assert receipt.ephemeral and "Review posted!" in text_of(receipt) and GOOD in text_of(receipt)
    await finish(library, library.ben)
    said = text_of(await look(library, library.ben))
    assert (
        GOOD in said and "**ann**" in said and library.ann.mention not in said and "1 review. Only this server" in said
    )


async def test_the_receipt_comes_after_the_row_is_on_disk(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> int:
        raise OSError("the disk is full")

    monkeypatch.setattr(library.store.reviews, "leave", broken)
    answer = shown(await leave(library, library.ann))
    assert "posted" not in text_of(answer) and "Something went wrong" in answer.content
    library.env.errors.clear()


async def test_a_story_and_each_of_its_chapters_have_a_review_each(library: Library) -> None:
    await leave(library, library.ann, "The ferryman is the best of them.", story="Ferry")
    await leave(library, library.ann, "The second chapter is the darkest.", story="Ferry", chapter=2)
    await leave(library, library.ann, "The third one, on the other hand.", story="Ferry", chapter=3)
    await leave(library, library.ann, "The second chapter is the brightest.", story="Ferry", chapter=2)
    said = text_of(await look(library, library.ann, "Ferry"))
    assert (
        "the whole story" in said
        and "chapter 2, The Crossing" in said
        and "brightest" in said
        and "darkest" not in said
    )
    assert await library.store.review_lists.count(await library.id_of("Ferry"), library.guild_id) == 3


async def test_the_form_for_a_chapter_has_the_words_of_that_chapter(library: Library) -> None:
    await leave(library, library.ann, "The ferryman is the best of them.", story="Ferry")
    form = modal_of(await library.ann.slash(library.channel, "review", story="Ferry", chapter=2))
    assert not form.get("value") and "stays where you posted it" not in form["hint"]


async def test_a_chapter_that_the_story_does_not_have_is_not_reviewed(library: Library) -> None:
    refused = library.refused(await library.ann.slash(library.channel, "review", story="Ferry", chapter=9))
    assert "from 1 to 3" in refused


async def test_the_one_chapter_of_a_story_is_the_story(library: Library) -> None:
    await leave(library, library.ann, chapter=1)
    again = modal_of(await library.ann.slash(library.channel, "review", story="Lighthouse", chapter=1))
    assert again["value"] == GOOD and "stays where you posted it" in again["hint"]


async def test_a_review_is_edited_where_it_stands(library: Library) -> None:
    await leave(library, library.ann)
    listed = await look(library, library.ann)
    modal = await library.ann.click(listed, label="Edit 1")
    assert modal_of(modal)["value"] == GOOD
    await library.restart()
    drawn = shown(await library.ann.submit_modal(modal, {"text": "On the third reading I knew less."}))
    assert drawn.id == listed.id
    assert "Review updated" in text_of(drawn) and "third reading" in text_of(drawn)
    assert GOOD not in text_of(drawn) and "edited <t:" in text_of(drawn)


async def test_a_review_is_deleted_after_asking_once_more(library: Library) -> None:
    await leave(library, library.ann)
    number = await library.store.review_lists.of(library.ann.id, await library.id_of("Lighthouse"), 0)
    assert number is not None
    listed = await look(library, library.ann)
    asked = shown(await library.ann.click(listed, label="Delete 1"))
    assert GOOD in text_of(asked)
    assert GOOD in text_of(shown(await library.ann.click(asked, label="Keep")))
    asked = shown(await library.ann.click(listed, label="Delete 1"))
    await library.restart()
    said = text_of(shown(await library.ann.click(asked, label="Delete")))
    assert "Review deleted" in said and GOOD not in said and "Be the first!" in said
    again = str(ReviewAction("delete", number.id, "story", number.story_id, 0))
    assert "review was deleted or hidden" in library.refused(await library.forge(library.ann, listed.message, again))


async def test_a_review_of_a_story_that_is_gone_is_still_deleted(library: Library) -> None:
    receipt = shown(await leave(library, library.ann))
    asked = shown(await library.ann.click(receipt, label="Delete"))
    await library.take_away("lighthouse.txt")
    assert "Review deleted" in text_of(shown(await library.ann.click(asked, label="Delete")))
    assert (await library.store.privacy.export(library.ann.id))["reviews"] == []


async def test_nobody_deletes_or_edits_the_review_of_another(library: Library) -> None:
    number = await put(library, library.ann.id)
    listed = await look(library, library.ben)
    assert not any(label.startswith(("Edit", "Delete")) for label in buttons_of(listed))
    story = await library.id_of("Lighthouse")
    for action in ("ask", "delete", "hide", "show"):
        forged = str(ReviewAction(action, number, "story", story, 0))
        assert {"hide": "the mods", "show": "the mods"}.get(action, "no longer works") in library.refused(
            await library.forge(library.ben, listed.message, forged)
        )
    assert await viewed_by(library, library.ben.id) == [GOOD]


async def test_two_readers_at_once_have_one_each_and_one_reader_twice_has_one(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    story = await library.id_of("Lighthouse")

    def said(text: str) -> dict[str, object]:
        box = {"type": 4, "id": 2, "custom_id": "text", "value": text}
        return {"custom_id": str(ReviewModal("new", story, 0)), "components": [{"type": 18, "id": 1, "component": box}]}

    submit = InteractionType.MODAL_SUBMIT
    await library.emit(
        page,
        [
            (library.ann, submit, said("Ann read it at sea, by a lamp.")),
            (library.ben, submit, said("Ben read it by the sea at noon.")),
            (library.ann, submit, said("Ann read it at sea, by the moon.")),
        ],
    )
    found = await viewed_by(library, 0)
    assert len(found) == 2 and sum(text.startswith("Ann read it at sea") for text in found) == 1


async def test_many_reviews_at_once_are_as_many(library: Library) -> None:
    await asyncio.gather(*(put(library, reader, f"Review number {reader:04} of it.") for reader in range(1000, 1050)))
    assert await library.store.review_lists.count(await library.id_of("Lighthouse"), library.guild_id) == 50


async def test_a_writer_does_not_review_their_own_story(library: Library) -> None:
    await put(library, library.ann.id)
    await linked(library.store, await library.id_of("Lighthouse"), library.ann.id)
    assert "can't review your own" in library.refused(
        await library.ann.slash(library.channel, "review", story="Lighthouse", chapter=1)
    )
    assert await viewed_by(library, library.ben.id) == []
    assert "Write review" not in buttons_of(await look(library, library.ann))


async def test_a_story_whose_writer_wishes_for_none_is_not_reviewed(library: Library) -> None:
    await library.load({"door.txt": NO_REVIEWS.replace("Reviews: no\n", "")})
    await put(library, library.ann.id, story="Quiet Door")
    listed = await look(library, library.ann, "Quiet Door")
    await library.load({"door.txt": NO_REVIEWS})
    refused = library.refused(await library.ann.slash(library.channel, "review", story="Quiet Door"))
    assert "turned off reviews" in refused
    library.refused(await library.ann.click(listed, label="Edit 1"))
    card = await card_for(library.ann, library.channel, "Quiet Door")
    page = shown(await library.ann.slash(library.channel, "read", story="Quiet Door"))
    assert not any("eview" in label for message in (card, page) for label in buttons_of(message))
    mine = await look(library, library.ann, None)
    asked = shown(await library.ann.click(mine, label="Delete 1"))
    assert "No reviews yet" in text_of(shown(await library.ann.click(asked, label="Delete")))


# -- what is typed ------------------------------------------------------------------------------------


async def submit(library: Library, text: str) -> InteractionResult:
    """A modal as no client sends it."""
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    asked = str(ReviewModal("new", await library.id_of("Lighthouse"), 0))
    return await library.send_modal(library.ann, page.message, asked, {"text": text})


@pytest.mark.parametrize("text", ["", "too short", " \n\n        spaced \n", "x" * 4001, "🦊" * 2001])
async def test_what_is_too_short_or_too_long_is_handed_back(library: Library, text: str) -> None:
    answer = shown(await submit(library, text))
    assert answer.ephemeral and "needs 10 to 4,000 characters" in text_of(answer)
    assert tidy(text) in text_of(answer) or (await answer.attachments[0].read()).decode() == tidy(text)
    assert await viewed_by(library, library.ann.id) == []


async def test_the_longest_review_is_shown_whole_within_the_limits(library: Library) -> None:
    text = "*" * 2000 + "🦊" * 1000
    assert size(text) == MOST_CHARS
    await submit(library, text)
    await put(library, library.ben.id, text[::-1])
    await put(library, 77, "." + text[1:])
    await finish(library, library.ben)
    part = shown(await library.ben.click(await look(library, library.ben), label="Expand 3"))
    seen = part.embeds[-1].description or ""
    while buttons_of(part).get("Next"):
        part = shown(await library.ben.click(part, label="Next"))
        seen += part.embeds[-1].description or ""
        if "Next" not in buttons_of(part):
            break
    for kind in "*🦊":
        assert seen.count(kind) >= text.count(kind)


async def test_hostile_words_are_shown_as_they_are_and_ping_nobody(library: Library) -> None:
    await leave(library, library.ann, HOSTILE)
    await finish(library, library.ben)
    said = text_of(await look(library, library.ben))
    assert HOSTILE not in said and HOSTILE in said.replace("\\", "")
    assert "\\@everyone" in said and "https\\://" in said


async def test_a_review_of_a_story_that_goes_while_it_is_typed_is_handed_back(library: Library) -> None:
    modal = await library.ann.slash(library.channel, "review", story="Lighthouse", chapter=1)
    await library.take_away("lighthouse.txt")
    answer = shown(await library.ann.submit_modal(modal, {"text": GOOD}))
    assert answer.ephemeral and "no longer in the library" in text_of(answer) and GOOD in text_of(answer)


async def test_a_review_of_a_chapter_that_goes_while_it_is_typed_is_handed_back(library: Library) -> None:
    modal = await library.ann.slash(library.channel, "review", story="Ferry", chapter=3)
    await library.load({"ferry.txt": samples.FERRY.split("Chapter 3")[0]})
    answer = shown(await library.ann.submit_modal(modal, {"text": GOOD}))
    assert "no longer part" in text_of(answer) and GOOD in text_of(answer)


@given(st.text(max_size=300))
def test_tidying_keeps_every_visible_word(text: str) -> None:
    kept = tidy(text)
    assert tidy(kept) == kept and "\n\n\n" not in kept and kept == kept.strip()
    kept.encode()
    assert "".join(c for c in text if c.isalnum()) == "".join(c for c in kept if c.isalnum())


# -- read -----------------------------------------------------------------------------------------------


async def test_reviews_are_turned_page_by_page_the_readers_own_first_then_the_latest(library: Library) -> None:
    await put(library, library.ann.id, "Mine is the oldest of them all.")
    for n in range(1, 8):
        await put(library, 1000 + n, f"This is what reader {n} said of it.")
    await finish(library, library.ann)
    first = await look(library, library.ann)
    assert "Mine is the oldest" in text_of(first) and "reader 7" in text_of(first) and "reader 5" not in text_of(first)
    assert "8 reviews" in text_of(first) and "Page 1 of 3" in footer_of(first)
    await library.restart()
    second = shown(await library.ann.click(first, label="Next"))
    assert [f"reader {n} " in text_of(second) for n in range(7, 0, -1)] == [
        False,
        False,
        True,
        True,
        True,
        False,
        False,
    ]
    third = shown(await library.ann.click(second, label="Next"))
    assert "reader 1 " in text_of(third) and "Next" not in buttons_of(third)
    assert "reader 4 " in text_of(shown(await library.ann.click(third, label="Previous")))


async def test_a_page_past_the_end_is_the_last(library: Library) -> None:
    for n in range(4):
        await put(library, 1000 + n, f"This is what reader {n} said of it.")
    listed = await look(library, library.ann)
    custom_id = f"rvp2:next:story:{await library.id_of('Lighthouse')}:{10**16}"
    assert "Page 2 of 2" in footer_of(shown(await library.forge(library.ann, listed.message, custom_id)))


async def test_a_review_is_seen_in_the_server_where_it_was_left_and_nowhere_else(library: Library) -> None:
    await put(library, library.ann.id)
    guild = library.env.create_guild("Elsewhere")
    channel, cleo = guild.create_text_channel("reading"), guild.add_member(library.env.create_user("cleo"))
    there = shown(await cleo.slash(channel, "review", story="Lighthouse"))
    assert GOOD not in text_of(there) and "No reviews yet" in text_of(there)
    direct = shown(await library.ben.user.slash("review", story="Lighthouse"))
    assert GOOD not in text_of(direct) and "Reviews stay in the server" in text_of(direct)
    ann = guild.add_member(library.ann.user)
    own = shown(await ann.slash(channel, "review", story="Lighthouse"))
    assert GOOD in text_of(own) and "You posted this in another server" in text_of(own)
    modal = await ann.click(own, label="Edit 1")
    await ann.submit_modal(modal, {"text": GOOD + " And why it was locked."})
    assert await viewed_by(library, library.ben.id) == [GOOD + " And why it was locked."]


async def test_ones_own_reviews_are_listed_without_a_story(library: Library) -> None:
    assert "No reviews yet" in text_of(await look(library, library.ann, None))
    await leave(library, library.ann)
    await leave(library, library.ann, "The ferryman is the best of them.", story="Ferry")
    mine = await look(library, library.ann, None)
    assert all(part in text_of(mine) for part in ("Lighthouse", "Ferry", GOOD, "ferryman"))
    drawn = await library.ann.submit_modal(
        await library.ann.click(mine, label="Edit 2"), {"text": "The door, above all."}
    )
    assert "Reviews" in text_of(shown(drawn)) and "The door, above all" in text_of(shown(drawn))


async def test_the_card_and_the_last_page_lead_to_reviews(library: Library) -> None:
    card = await card_for(library.ann, library.channel, "Lighthouse")
    assert "Reviews" in buttons_of(card)
    last = shown(await read_at(library, library.ben, story="Lighthouse", page=6))
    modal = await library.ann.click(last, label="Review")
    assert "Review posted!" in text_of(shown(await library.ann.submit_modal(modal, {"text": GOOD})))
    await put(library, library.ben.id, "So did I, by the way, and I cried.")
    card = await card_for(library.ann, library.channel, "Lighthouse")
    assert "2 reviews" in buttons_of(card)
    listed = shown(await library.ben.click(card, label="2 reviews"))
    assert listed.ephemeral and GOOD in text_of(listed) and "I cried" in text_of(listed)
    assert "Review" not in buttons_of(shown(await read_at(library, library.ann, story="Lighthouse", page=2)))


async def test_a_chapter_that_is_gone_keeps_its_reviews(library: Library) -> None:
    await put(library, library.ann.id, story="Ferry", chapter=3)
    await library.load({"ferry.txt": samples.FERRY.split("Chapter 3")[0]})
    listed = await look(library, library.ann, "Ferry")
    assert "a deleted chapter" in text_of(listed) and GOOD in text_of(listed)
    assert "no longer part" in library.refused(await library.ann.click(listed, label="Edit 1"))


# -- the spoiler horizon ----------------------------------------------------------------------------------


async def test_a_review_is_a_spoiler_until_what_it_is_of_is_read_to_its_end(library: Library) -> None:
    said = ("Of all of it, he drowns.", "Of the first, he rows.", "Of the second, he sings.")
    for chapter, text in enumerate(said):
        await put(library, 1000 + chapter, text, story="Ferry", chapter=chapter)
    listed = await look(library, library.ann, "Ferry")
    assert "chapter 2, The Crossing" in unhidden(listed)
    assert all(f"||{hidden}||" in text_of(listed) for hidden in said)
    chapter = await library.store.stories.chapter(await library.store.stories.find("Ferry"), 2)
    for page, seen in ((1, False), (chapter.pages, True)):
        await read_at(library, library.ann, story="Ferry", chapter=2, page=page)
        plain = unhidden(await look(library, library.ann, "Ferry"))
        assert "rows" in plain and ("sings" in plain) is seen and "drowns" not in plain
    await finish(library, library.ann, "Ferry")
    assert "||" not in text_of(await look(library, library.ann, "Ferry"))


async def test_one_who_turned_spoiler_care_off_sees_all_reviews(library: Library) -> None:
    await put(library, library.ben.id)
    assert GOOD not in unhidden(await look(library, library.ann))
    await library.store.settings.change_reader(library.ann.id, lambda _: ReaderSettings(veil=False))
    assert GOOD in unhidden(await look(library, library.ann))


async def test_ones_own_review_and_those_of_ones_own_story_are_no_spoilers(library: Library) -> None:
    await put(library, library.ben.id)
    assert GOOD in unhidden(await look(library, library.ben))
    await linked(library.store, await library.id_of("Lighthouse"), library.ann.id)
    assert GOOD in unhidden(await look(library, library.ann))


async def test_a_long_review_is_a_spoiler_in_the_list_and_in_each_part_of_the_whole(library: Library) -> None:
    await put(library, library.ben.id, "Everybody | dies. " * 220)
    listed = await look(library, library.ann)
    assert "dies" in text_of(listed) and "dies" not in unhidden(listed) + json.dumps(components_of(listed))
    whole = shown(await library.ann.click(listed, label="Expand 1"))
    for _ in range(2):
        assert "dies" in text_of(whole) and "dies" not in unhidden(whole)
        whole = shown(await library.ann.click(whole, label="Next"))


def test_the_first_part_of_a_story_is_no_exception_for_what_others_say_of_it() -> None:
    horizon = Horizon({7: (1, 500)})
    assert horizon.is_beyond(7, (1, 500)) and not horizon.is_beyond(7, (1, 499))
    assert horizon.is_beyond(8, (1, 0)) and not Horizon({}, is_veiling=False).is_beyond(8, (9, 9))


# -- who may see it -----------------------------------------------------------------------------------------


async def test_a_long_review_opens_only_for_those_who_see_it(library: Library) -> None:
    number = await put(library, library.ben.id, "A secret. " * 300)
    guild = library.env.create_guild("Elsewhere")
    channel, cleo = guild.create_text_channel("reading"), guild.add_member(library.env.create_user("cleo"))
    listed = shown(await cleo.slash(channel, "review", story="Lighthouse"))
    row = {
        "type": 1,
        "components": [{"type": 2, "style": 2, "label": "?", "custom_id": str(ShowWholeReview(number, 0, False))}],
    }
    library.env.backend.edit_message(channel.id, listed.id, {"components": [row]})
    answer = shown(await cleo.click(listed, label="?"))
    assert "review was deleted or hidden" in answer.content and "secret" not in answer.content


async def test_what_is_stored_is_handed_out_and_deleted_with_the_counts(library: Library) -> None:
    await leave(library, library.ann)
    await put(library, library.ben.id, "So did I, by the way, and I cried.")
    number = await library.store.review_lists.of(library.ben.id, await library.id_of("Lighthouse"), 0)
    assert number is not None
    await library.store.reviews.report(library.ann.id, number.id, "It is about another story.", 1)
    data = await library.store.privacy.export(library.ann.id)
    assert [row["text"] for row in data["reviews"]] == [GOOD]
    assert [row["reason"] for row in data["review_reports"]] == ["It is about another story."]
    assert len(data["review_times"]) == 1
    await library.store.privacy.delete(library.ann.id)
    assert await library.store.review_lists.count(await library.id_of("Lighthouse"), library.guild_id) == 1
    left = await library.store.privacy.export(library.ann.id)
    assert not any(left[table] for table in ("reviews", "review_times", "review_reports", "outbox"))
