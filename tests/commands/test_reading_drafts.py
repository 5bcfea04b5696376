"""Mods read what waits for them in the ordinary reader, whole, before they approve it; nothing of that is stored."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import RoleHandle
from simcord.enums import InteractionType
from simcord.results import ResponseMessage

from bot.domain.uploads import Draft
from bot.importing.worker import read_here
from bot.services.uploads import read_upload
from bot.ui.ids import ApproveSubmission, AskDecline, ReadDraft, ShowDraftNotes, ShowQueue, SubmissionAction
from tests.databases import dump
from tests.library import Library
from tests.restricting import restrict
from tests.screens import titles
from tests.seen import buttons_of, components_of, footer_of, ids_by_label, options_of, said, shown, text_of
from tests.submitting import ferry, opened, preview_result, previewed, send_in

Press = tuple[MemberActor, InteractionType, dict[str, Any]]


async def begun(library: Library, mod: MemberActor, count: int = 1) -> ResponseMessage:
    """The first page of the first submission that waits."""
    return shown(await mod.click(await opened(library, mod, count), label="Read"))


async def turned(library: Library, mod: MemberActor, page: ResponseMessage) -> list[list[dict[str, Any]]]:
    """The embeds of all pages from an open one on."""
    pages = [embeds_of(page)]
    while buttons_of(page)["Next"] and not ids_by_label(page)["Next"].startswith("wn"):
        page = shown(await mod.click(page, label="Next"))
        pages.append(embeds_of(page))
        assert len(pages) < 100
    return pages


def another_mod(library: Library) -> tuple[MemberActor, RoleHandle]:
    role = library.ann.guild.create_role("Another manager", permissions=discord.Permissions(manage_guild=True))
    return library.ann.guild.add_member(library.env.create_user("nils"), roles=[role]), role


def embeds_of(message: ResponseMessage) -> list[dict[str, Any]]:
    return [dict(embed.to_dict()) for embed in message.embeds]


def rows_of(message: ResponseMessage) -> list[list[str]]:
    """The labels of a message's buttons, row by row; of a select its id."""
    return [[each.get("label") or each["custom_id"] for each in row["components"]] for row in message.components]


def chapters_of(message: ResponseMessage) -> str:
    """The custom id of the select of chapters."""
    return next(each["custom_id"] for each in components_of(message) if each["type"] == 3)


def press(
    reader: MemberActor, message: ResponseMessage, label: str
) -> tuple[MemberActor, InteractionType, dict[str, Any]]:
    """A press as `Library.deliver` takes it."""
    sent = {"custom_id": ids_by_label(message)[label], "component_type": 2}
    return reader, InteractionType.MESSAGE_COMPONENT, sent


# -- the pages ---------------------------------------------------------------------------------------


async def test_a_mod_reads_every_page_that_readers_then_have_and_no_word_differs(
    library: Library, mira: MemberActor
) -> None:
    await send_in(library, ferry())
    screen = await opened(library, mira)
    page = shown(await mira.click(screen, label="Read"))
    assert page.ephemeral and "Chapter 1 of 3" in footer_of(page)
    page = shown(await mira.click(page, label="Next"))
    await library.restart()
    page = shown(await mira.click(page, label="Back"))
    read = await turned(library, mira, page)
    assert len(read) == 9
    page = shown(await mira.click(page, label="Decide"))
    assert "is published" in text_of(shown(await mira.click(page, label="Approve")))
    published = shown(await mira.slash(library.channel, "read", story="The Sheep Ferry"))
    readers = await turned(library, mira, published)
    assert read[:-1] == readers[:-1]
    assert read[-1][0] == readers[-1][0]  # below its last page readers have counts, too
    [below] = read[-1][1:]
    assert "Thank you for crossing with me" in below["description"] in readers[-1][1]["description"]


async def test_pages_are_as_long_as_the_mod_likes_them(library: Library, mira: MemberActor) -> None:
    await send_in(library, ferry())
    first = await turned(library, mira, await begun(library, mira))
    await library.store.settings.change_reader(mira.id, lambda before: replace(before, page_length="desktop"))
    assert len(await turned(library, mira, await begun(library, mira))) < len(first)


async def test_next_stays_in_its_place_in_the_last_row_and_acts_nowhere(library: Library, mira: MemberActor) -> None:
    await send_in(library, ferry())
    screen = await opened(library, mira)
    assert rows_of(screen) == [["Read", "Approve", "Decline…"], ["All submissions"]]
    page = shown(await mira.click(screen, label="Read"))
    assert buttons_of(page) | {"Back": False, "Next": True} == buttons_of(page)
    while True:
        assert rows_of(page)[-1] == ["Back", "Next", "Decide"]
        assert not {"Approve", "Decline…"} & set(buttons_of(page))
        if not buttons_of(page)["Next"]:
            break
        page = shown(await mira.click(page, label="Next"))
    assert "The end" in footer_of(page)
    again = await library.forge(mira, page, ids_by_label(page)["Next"])  # a second tap that was on its way
    assert "The end" in footer_of(shown(again)) and await library.store.drafts.total_waiting(library.guild_id) == 1


async def test_a_chapter_is_picked_among_more_than_a_menu_holds(library: Library, mira: MemberActor) -> None:
    await send_in(library, ferry(40))
    page = await begun(library, mira)
    assert len(options_of(page, "rd1")) == 24
    page = shown(await mira.select(page, ["~35"], custom_id=chapters_of(page)))
    assert "Chapter 1 of 40" in footer_of(page) and "40. Crossing 40" in options_of(page, "rd1:")
    await library.restart()
    page = shown(await mira.select(page, [options_of(page, "rd1:")["38. Crossing 38"]], custom_id=chapters_of(page)))
    [here] = [each for each in components_of(page)[0]["options"] if each.get("default")]
    assert here["label"] == "38. Crossing 38"
    assert "Chapter 38 of 40 · Page 1" in footer_of(page) and "crossing 38" in text_of(page)
    page = shown(await mira.click(page, label="Back"))
    assert "Chapter 37 of 40" in footer_of(page)


async def test_a_long_note_is_read_whole(library: Library, mira: MemberActor) -> None:
    await send_in(library, ferry())
    page = await begun(library, mira)
    note = shown(await mira.click(page, label="Notes"))
    assert note.ephemeral and note.id != page.id
    words = text_of(note)
    await library.restart()
    while "Next" in buttons_of(note):
        note = shown(await mira.click(note, label="Next"))
        words += text_of(note)
    assert words.count("This took all winter.") == 130
    while "End notes" not in buttons_of(page):
        page = shown(await mira.click(page, label="Next"))
    note = shown(await mira.click(page, label="End notes"))
    assert "The end" in footer_of(page) and "Thank you for crossing with me." in text_of(note)


async def test_no_page_reads_the_file_again_not_after_a_restart_either(library: Library, mira: MemberActor) -> None:
    reads: list[str] = []

    async def counting(path: Path, name: str, *more: Any, **whose: Any) -> Any:
        reads.append(name)
        return await read_here(path, name, *more, **whose)

    await send_in(library, ferry())
    page = await begun(library, mira)
    await library.restart(read=counting)
    await mira.click(page, label="Notes")
    await turned(library, mira, page)
    assert reads == []


async def test_reading_a_draft_stores_nothing(library: Library, mira: MemberActor, tmp_path: Path) -> None:
    await send_in(library, ferry())
    page = await begun(library, mira)
    before = [line for line in dump(tmp_path / "oneshot.db") if 'INTO "bot_state"' not in line]
    await mira.click(page, label="Notes")
    await turned(library, mira, page)
    await mira.click(page, label="Decide")
    after = [line for line in dump(tmp_path / "oneshot.db") if 'INTO "bot_state"' not in line]
    kept = [line for line in after if line not in before]
    assert [line for line in kept if 'INTO "done_interactions"' not in line] == []


async def test_two_mods_read_and_decide_at_once(library: Library, mira: MemberActor) -> None:
    await send_in(library, ferry())
    nils, _ = another_mod(library)
    hers, his = await begun(library, mira), await begun(library, nils)
    his = shown(await nils.click(his, label="Next"))
    sent = library.deliver(hers, [press(mira, hers, "Next")]) + library.deliver(his, [press(nils, his, "Next")])
    await library.env.settle()
    hers, his = sent
    assert "Chapter 1 of 3 · Page 2" in footer_of(shown(hers)) and "Page 3" in footer_of(shown(his))
    screen = shown(await mira.click(shown(hers), label="Decide"))
    assert "is published" in text_of(shown(await mira.click(screen, label="Approve")))
    left = shown(his)
    for custom_id in ids_by_label(left).values():
        assert "answered already" in library.refused(await library.forge(nils, left, custom_id))


# -- who may -----------------------------------------------------------------------------------------


def all_ids(draft: Draft) -> list[str]:
    at = (1, 0, draft.id, draft.edition)
    pages = [ReadDraft(*at, button) for button in ("open", "p", "n", "pick")]
    notes = [
        ShowDraftNotes(1, draft.id, draft.edition, side, 0, turn)
        for side in ("before", "after")
        for turn in (False, True)
    ]
    return [str(each) for each in (*pages, *notes, ApproveSubmission(draft.id, draft.edition))]


async def test_nobody_else_reads_or_approves_a_draft(library: Library, mira: MemberActor) -> None:
    mods = library.ann.guild.create_role("Mods")
    mo = library.ann.guild.add_member(library.env.create_user("mo"), roles=[mods])
    await library.change_settings(moderators_role=mods.id)
    draft = await send_in(library, ferry())
    page = shown(await library.ben.slash(library.channel, "read", story="Lighthouse"))
    for reader in (library.ann, library.ben, mo):
        for custom_id in all_ids(draft):
            assert "Manage Server" in library.refused(await library.forge(reader, page, custom_id))
    elsewhere = library.env.create_guild("Elsewhere")
    channel, boss = elsewhere.create_text_channel("reading"), elsewhere.add_member(elsewhere.owner)
    for custom_id in all_ids(draft):
        listed = shown(await boss.slash(channel, "manage uploads"))
        row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "?", "custom_id": custom_id}]}
        library.env.backend.edit_message(channel.id, listed.id, {"components": [row]})
        answer = said(await boss.click(listed, label="?"))
        assert "answered already" in answer and "Wenna" not in answer
    assert await library.store.drafts.total_waiting(library.guild_id) == 1


async def test_who_lost_the_right_between_two_presses_turns_no_page(library: Library) -> None:
    await send_in(library, ferry())
    nils, role = another_mod(library)
    screen = await opened(library, nils)
    page = await begun(library, nils)
    library.env.backend.remove_member_role(library.guild_id, nils.id, role.id)
    for custom_id in [*ids_by_label(page).values(), *ids_by_label(screen).values()]:
        assert "Manage Server" in library.refused(await library.forge(nils, page, custom_id))
    assert await library.store.drafts.total_waiting(library.guild_id) == 1


# -- 18+ ---------------------------------------------------------------------------------------------


def has_words(message: Any) -> bool:
    return any(word in said(message) for word in ("Wenna", "Crossing 1", "all winter"))


async def test_a_story_for_adults_is_neither_shown_nor_approved_where_all_ages_are(
    library: Library, mira: MemberActor
) -> None:
    draft = await send_in(library, ferry(rating="Explicit"))
    result = await preview_result(library, mira)
    assert not has_words(result) and "age-restricted channel" in said(result)
    assert rows_of(shown(result)) == [["Decline…"], ["All submissions"]]
    for custom_id in all_ids(draft):
        assert not has_words(await library.forge(mira, shown(result), custom_id)), custom_id
    assert await library.store.drafts.total_waiting(library.guild_id) == 1

    await restrict(library, library.channel)
    page = shown(await mira.click(await previewed(library, mira), label="Read"))
    assert "Wenna" in text_of(page)
    await restrict(library, library.channel, False)
    result = await mira.click(page, label="Next")
    assert not has_words(result) and not has_words(await mira.click(await note_of(library, mira, draft), label="?"))

    await restrict(library, library.channel)
    assert "is published" in text_of(shown(await mira.click(await previewed(library, mira), label="Approve")))


async def note_of(library: Library, mira: MemberActor, draft: Draft) -> ResponseMessage:
    """A message with a button that shows a note of the draft."""
    page = shown(await mira.slash(library.channel, "manage uploads"))
    custom_id = str(ShowDraftNotes(1, draft.id, draft.edition, "before", 0, turn=False))
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "?", "custom_id": custom_id}]}
    library.env.backend.edit_message(library.channel.id, page.id, {"components": [row]})
    return page


async def test_a_story_without_a_rating_is_gated_where_the_host_says_so(library: Library, mira: MemberActor) -> None:
    await send_in(library, ferry().replace("Rating: Teen\n", ""))
    page = await begun(library, mira)
    await library.restart(unrated_is_mature=True)
    await library.store.publishing.gate_unrated(True)  # as each start does
    result = await mira.click(page, label="Next")
    assert not has_words(result) and "age-restricted channel" in said(result)


# -- what changed meanwhile --------------------------------------------------------------------------


async def edit(library: Library, draft: Draft, title: str) -> None:
    """Change a draft that waits, as its sender will be able to."""
    upload = replace(draft.upload, details=draft.upload.details | {"title": title})
    read, _ = await read_upload(read_here, upload, draft.user)
    async with library.store.preparing.written(str(draft.guild), read) as text:
        await library.store._db.execute(
            "UPDATE drafts SET details = :details, story_id = :text WHERE id = :draft",
            {"details": json.dumps(upload.details), "text": text, "draft": draft.id},
        )


async def test_a_text_that_changed_is_not_approved_unseen_but_shown_anew(library: Library, mira: MemberActor) -> None:
    draft = await send_in(library, ferry())
    screen = await opened(library, mira)
    await edit(library, draft, "The Goat Ferry")
    screen = shown(await mira.click(screen, label="Approve"))
    assert "changed" in text_of(screen) and "The Goat Ferry" in text_of(screen)
    assert await library.store.drafts.total_waiting(library.guild_id) == 1
    page = shown(await mira.click(screen, label="Read"))
    assert "The Goat Ferry" in text_of(page)
    await edit(library, draft, "The Cow Ferry")
    screen = shown(await mira.click(page, label="Next"))
    assert "changed" in text_of(screen) and "The Cow Ferry" in text_of(screen) and "Read" in buttons_of(screen)
    assert "is published" in text_of(shown(await mira.click(screen, label="Approve")))
    assert "The Cow Ferry" in await titles(library)


async def test_the_note_of_a_text_that_changed_is_not_shown(library: Library, mira: MemberActor) -> None:
    draft = await send_in(library, ferry())
    page = await begun(library, mira)
    await edit(library, draft, "The Goat Ferry")
    answer = said(await mira.click(page, label="Notes"))
    assert "changed" in answer and "The Goat Ferry" in answer


@pytest.mark.sqlite("its table of sequences is set back, as an older backup does")
async def test_another_draft_with_the_same_number_is_not_approved_for_the_first(
    library: Library, mira: MemberActor
) -> None:
    draft = await send_in(library, ferry())
    screen = await opened(library, mira)
    await library.store.drafts.decline(draft, mira.id, "")
    assert "answered already" in library.refused(await library.forge(mira, screen, ids_by_label(screen)["Approve"]))
    await library.store._db.execute("UPDATE sqlite_sequence SET seq = :seq WHERE name = 'drafts'", {"seq": 0})
    for number in range(20):
        other = await send_in(library, ferry(title=f"The Other Ferry {number}"), writer=library.join(f"w{number}"))
        if other.id >= draft.id:
            break
    assert other.id == draft.id
    approve = str(ApproveSubmission(draft.id, draft.edition))
    answer = shown(await library.forge(mira, screen, approve))
    assert "changed" in text_of(answer) and "The Other Ferry" in text_of(answer)
    assert await library.store.server_uploads.total(library.guild_id) == 0


async def test_an_approve_button_of_an_older_release_shows_the_story_first(library: Library, mira: MemberActor) -> None:
    draft = await send_in(library, ferry())
    screen = await opened(library, mira)
    screen = shown(await library.forge(mira, screen, f"mqa1:approve:{draft.id}"))
    assert "Nothing is published yet" in text_of(screen) and "Wenna" in text_of(screen)
    assert await library.store.drafts.total_waiting(library.guild_id) == 1
    assert "is published" in text_of(shown(await mira.click(screen, label="Approve")))


async def test_a_decision_of_both_at_once_is_one(library: Library, mira: MemberActor) -> None:
    await send_in(library, ferry())
    screen = await opened(library, mira)
    await library.emit(screen, [press(mira, screen, "Approve")] * 2)
    assert await library.store.server_uploads.total(library.guild_id) == 1


# -- forged ------------------------------------------------------------------------------------------

WILD = (0, 1, 2**31, 2**53, 10**17 - 1)


async def test_wild_numbers_are_answered_kindly(library: Library, mira: MemberActor) -> None:
    draft = await send_in(library, ferry())
    page = await begun(library, mira)
    for number in WILD:
        for other in WILD:
            for button in ("open", "p", "n", "pick"):
                answer = shown(
                    await library.forge(mira, page, str(ReadDraft(number, other, draft.id, draft.edition, button)))
                )
                assert "Page " in footer_of(answer) and "Something went wrong" not in text_of(answer)
        others = [
            ReadDraft(1, 0, number, draft.edition, "n"), ReadDraft(1, 0, draft.id, number, "n"),
            ShowDraftNotes(number, draft.id, draft.edition, "before", 0, turn=False),
            ShowDraftNotes(1, draft.id, draft.edition, "before", number, turn=True),
            ApproveSubmission(draft.id, number), ApproveSubmission(10**17 - 1, number),
        ]  # fmt: skip
        for each in others:
            answer = said(await library.forge(mira, page, str(each)))
            assert answer and "Something went wrong" not in answer, each
    for text in ("rd1:1:2:3:4", f"rd1:{'9' * 20}:1:1:0:n", f"mqa2:1:{'9' * 20}", "rd1:-1:1:1:0:n"):
        assert "no longer works" in library.refused(await library.forge(mira, page, text))
    for value in ("~0", "~" + "9" * 30, "9" * 18, "0", "x", "~"):
        here = str(ReadDraft(2, 0, draft.id, draft.edition, "pick"))
        answer = said(await library.forge(mira, page, here, values=[value]))
        assert "Page " in answer and "Something went wrong" not in answer, value
    assert await library.store.drafts.total_waiting(library.guild_id) == 1


async def test_a_draft_that_was_answered_says_so_at_each_press(library: Library, mira: MemberActor) -> None:
    draft = await send_in(library, ferry())
    page = await begun(library, mira)
    modal = await mira.click(await opened(library, mira), label="Decline…")
    await mira.submit_modal(modal, {"reason": "It has no end."})
    ids = [*all_ids(draft), str(SubmissionAction("open", draft.id)), str(AskDecline(draft.id))]
    for custom_id in ids:
        assert "answered already" in library.refused(await library.forge(mira, page, custom_id))
    assert "No submissions" in text_of(shown(await library.forge(mira, page, str(ShowQueue()))))
    assert components_of(page)
