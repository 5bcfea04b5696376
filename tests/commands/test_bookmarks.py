"""Bookmarks: kept from a page with a note, listed, opened without moving the place, edited, deleted."""

from __future__ import annotations

import pytest
from simcord.results import ResponseMessage

from bot.store import me
from bot.ui.ids import BookmarkAction
from tests import samples
from tests.library import Library
from tests.screens import behind_more, mine, read_at
from tests.seen import buttons_of, footer_of, options_of, select_of, shown, text_of


async def keep(library: Library, page: ResponseMessage, note: str = "") -> ResponseMessage:
    modal = await behind_more(library.ann, page, "Bookmark")
    await library.restart()
    return shown(await library.ann.submit_modal(modal, {"note": note}))


async def kept(library: Library) -> ResponseMessage:
    return await mine(library.ann, library.channel, "bookmarks")


async def test_a_page_is_kept_with_a_note_and_opens_without_moving_the_place(library: Library) -> None:
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=3))
    start = " ".join((page.embeds[0].description or "").split())[:30]
    receipt = await keep(library, page, "the storm")
    assert receipt.ephemeral and "Bookmarked" in text_of(receipt)
    await read_at(library, library.ann, story="Lighthouse", page=5)
    listed = await kept(library)
    assert "the storm" in text_of(listed) and start[:20] in text_of(listed)
    await library.restart()
    one = shown(
        await library.ann.select(
            listed, [next(iter(options_of(listed, "bp1").values()))], custom_id=select_of(listed, "bp1")
        )
    )
    assert "the storm" in text_of(one)
    opened = shown(await library.ann.click(one, label="Open"))
    assert opened.ephemeral and footer_of(opened) == "Visiting page 3 of 6"
    assert "Page 5 of 6" in footer_of(shown(await library.ann.slash(library.channel, "read")))


async def test_a_bookmark_at_the_beginning_of_a_chapter_says_how_far_in_the_story_it_is(library: Library) -> None:
    await keep(library, shown(await library.ann.slash(library.channel, "read", story="Ferry", chapter=3)), "the end")
    [line] = [line for line in text_of(await kept(library)).split("\n") if "%" in line]
    assert line.endswith("3\\. Ashore · 66%")


async def test_a_bookmark_is_edited_and_deleted(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    await keep(library, page)
    listed = await kept(library)
    one = shown(
        await library.ann.select(
            listed, [next(iter(options_of(listed, "bp1").values()))], custom_id=select_of(listed, "bp1")
        )
    )
    modal = await library.ann.click(one, label="Note…")
    await library.restart()
    one = shown(await library.ann.submit_modal(modal, {"note": "@everyone *look*"}))
    assert "@everyone" in text_of(one).replace("\\", "")
    back = shown(await library.ann.click(one, label="Back"))
    assert "look" in text_of(back)
    one = shown(
        await library.ann.select(back, [next(iter(options_of(back, "bp1").values()))], custom_id=select_of(back, "bp1"))
    )
    assert "No bookmarks yet" in text_of(shown(await library.ann.click(one, label="Delete")))
    pressed = await library.forge(library.ann, page.message, str(BookmarkAction("open", 1, 0)))
    assert "deleted this bookmark" in library.refused(pressed)


async def test_two_readers_have_each_their_own(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    await keep(library, page, "mine alone")
    modal = await behind_more(library.ben, page, "Bookmark")
    await library.ben.submit_modal(modal, {"note": "bens"})
    assert "mine alone" in text_of(await kept(library)) and "bens" not in text_of(await kept(library))
    [bookmark] = await library.store.bookmarks.list(library.ann.id, 5)
    with pytest.raises(Exception, match="bookmark-gone"):
        await library.store.bookmarks.find(library.ben.id, bookmark.id)


async def test_the_same_page_is_one_bookmark_with_the_last_note(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    await keep(library, page, "first")
    await keep(library, page, "second")
    assert [each.note for each in await library.store.bookmarks.list(library.ann.id, 5)] == ["second"]


async def test_many_bookmarks_are_turned_page_by_page(library: Library) -> None:
    spots = [await library.store.pages.open((await library.store.pages.ends(await library.id_of("Lighthouse")))[0])]
    while (following := spots[-1].following) is not None:
        spots.append(await library.store.pages.open(following))
    for page in spots:
        await library.store.bookmarks.keep(library.ann.id, page, f"note {page.number}")
    listed = await kept(library)
    assert "note 6" in text_of(listed) and "note 1" not in text_of(listed)
    await library.restart()
    listed = shown(await library.ann.click(listed, label="Next"))
    assert "note 1" in text_of(listed) and "Next" not in buttons_of(listed)


async def test_a_bookmark_is_found_again_in_an_edited_text(library: Library) -> None:
    text = "Title: Hours\n\n" + "\n\n".join(
        f"At {n} the clock struck, and nobody in the hall moved." for n in range(200)
    )
    await library.load({"hours.txt": text})
    story = await library.id_of("Hours")
    pages = [await library.store.pages.open((await library.store.pages.ends(story))[0])]
    for _ in range(4):
        following = pages[-1].following
        assert following is not None
        pages.append(await library.store.pages.open(following))
    for page in pages:
        await library.store.bookmarks.keep(library.ann.id, page, "")
    before = [each.passage for each in await library.store.bookmarks.list(library.ann.id, 9)]
    head, tail = text.split("\n\n", 1)
    await library.load({"hours.txt": f"{head}\n\nA new beginning, of one sentence.\n\n{tail}"})
    moved = await library.store.bookmarks.list(library.ann.id, 9)
    assert [each.passage for each in moved] == before
    whole = (await library.store.stories.whole(story)).chapters[0].prose
    assert all(whole[each.spot.offset :].startswith(each.passage[:20]) for each in moved if each.spot.offset)


async def test_there_is_an_end_to_bookmarks(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(me, "MOST_BOOKMARKS", 1)
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    await keep(library, page)
    assert len(await library.store.bookmarks.list(library.ann.id, 5)) == 1
    await keep(library, page, "another note")
    assert [each.note for each in await library.store.bookmarks.list(library.ann.id, 5)] == ["another note"]
    page = shown(await library.ann.click(page, label="Next"))
    modal = await behind_more(library.ann, page, "Bookmark")
    assert "reached the limit" in library.refused(await library.ann.submit_modal(modal, {"note": ""}))
    assert len(await library.store.bookmarks.list(library.ann.id, 5)) == 1


async def test_the_bookmarks_of_a_hidden_story_are_not_shown(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    await keep(library, page, "storm")
    await library.take_away("lighthouse.txt")
    assert "No bookmarks yet" in text_of(await kept(library))


async def test_two_readers_who_marked_one_page_both_keep_it_when_the_text_is_edited(library: Library) -> None:
    page = await library.store.pages.open((await library.store.pages.ends(await library.id_of("Lighthouse")))[1])
    for reader in (library.ann.id, library.ben.id):
        await library.store.bookmarks.keep(reader, page, "")
    await library.load({"lighthouse.txt": samples.LIGHTHOUSE.replace("----\n\n", "----\n\nIt rained all night.\n\n")})
    for reader in (library.ann.id, library.ben.id):
        assert len(await library.store.bookmarks.list(reader, 9)) == 1
