"""Members submit stories: who may, how much, and with a manager's word first where managers want that."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.enums import InteractionType
from simcord.results import ResponseMessage

from bot.domain.uploads import DRAFT_SECONDS
from bot.services.due_work import LOOK_SECONDS
from bot.store.limits import DAY_SECONDS, MEGABYTE, stored_bytes
from bot.stories import read_story
from bot.ui.ids import AskDecline, DeclineModal, OwnStoryAction, ShowQueue, SubmissionAction, UploadAction, UploadsPage
from tests.library import Library
from tests.linking import linked
from tests.reviewing import manager
from tests.screens import ask_question, server_settings, titles
from tests.seen import buttons_of, components_of, ids_by_label, is_refusal, options_of, said, select_of, shown, text_of
from tests.stories.formats.documents import dull_epub
from tests.submitting import opened, queue

TALE = "Title: {title}\n\nIt came by night and was read by morning, twice over. {title}.\n"


@pytest.fixture
async def mira(library: Library) -> MemberActor:
    return manager(library)


async def preview(library: Library, reader: MemberActor, title: str = "The Sent Tale", **more: Any) -> ResponseMessage:
    head = f"Rating: {more['rating']}\n" if "rating" in more else ""
    file = ("tale.txt", (head + TALE.format(title=title) + more.get("text", "")).encode())
    result = await reader.slash(library.channel, "author submit", file=file)
    return result.followups[-1] if result.followups else shown(result)


async def submit(library: Library, reader: MemberActor, title: str = "The Sent Tale", **more: Any) -> ResponseMessage:
    """Submit a story; what its sender is answered."""
    draft = await preview(library, reader, title, **more)
    label = "Submit" if "Submit" in buttons_of(draft) else "Publish"
    return shown(await reader.click(draft, label=label))


def told(reader: MemberActor) -> str:
    return "\n".join(map(text_of, reader.user.dm_channel.history()))


# -- with a manager's word ---------------------------------------------------------------------------


async def test_a_submission_waits_until_a_manager_has_read_and_approved_it(library: Library, mira: MemberActor) -> None:
    await library.change_settings(adders="everyone", approval=True)
    assert "Sent to the mods" in text_of(await submit(library, library.ann))
    assert "Sent Tale" not in await titles(library)
    screen = await opened(library, mira)
    assert "read by morning" in text_of(screen) and f"<@{library.ann.id}>" in text_of(screen)
    left = text_of(shown(await mira.click(screen, label="Approve")))
    assert f"The Sent Tale is published. I'll tell <@{library.ann.id}>" in left and "No submissions to check" in left
    assert "Sent Tale" in await titles(library)
    [upload] = await library.store.server_uploads.page(library.guild_id, 5, 0)
    assert upload.sender == library.ann.id
    await library.env.advance_time(LOOK_SECONDS)
    assert "**The Sent Tale** is now in the library of The Reading Room" in told(library.ann)
    acts = [(act.act, act.user) for act in await library.store.audit.page(library.guild_id, "all", 5, 0)]
    assert acts == [("approve", mira.id), ("submit", library.ann.id)]


async def test_a_reason_reaches_the_writer_and_the_file_goes(library: Library, mira: MemberActor) -> None:
    await library.change_settings(adders="everyone", approval=True)
    await submit(library, library.ann)
    modal = await mira.click(await opened(library, mira), label="Decline…")
    await library.restart()
    left = shown(await mira.submit_modal(modal, {"reason": "It has no *ending* yet."}))
    assert "No submissions to check" in text_of(left)
    await library.env.advance_time(LOOK_SECONDS)
    assert "no \\*ending\\* yet" in told(library.ann) and "mira" not in told(library.ann)
    assert await library.store._db.number("SELECT count(*) FROM upload_bytes") == 0


async def test_what_nobody_answers_lapses_after_a_month_with_a_word_to_its_sender(
    library: Library, mira: MemberActor
) -> None:
    await library.change_settings(adders="everyone", approval=True)
    assert "in 30 days" in text_of(await submit(library, library.ann))
    library.clock.forward(DRAFT_SECONDS["waiting"] - 1)
    await library.store.pruning.prune()
    await queue(library, mira)
    library.clock.forward(1)
    await library.store.pruning.prune()
    assert await library.store.drafts.total_waiting(library.guild_id) == 0
    assert await library.store._db.number("SELECT count(*) FROM upload_bytes") == 0
    await library.env.advance_time(LOOK_SECONDS)
    assert "**The Sent Tale** wasn't published in The Reading Room: no mod answered" in told(library.ann)


async def test_the_details_of_a_submission_are_those_that_are_set_and_it_is_sent_from_there_too(
    library: Library,
) -> None:
    await library.change_settings(adders="everyone", approval=True)
    panel = shown(await library.ann.click(await preview(library, library.ann, rating="Teen"), label="Edit"))
    assert "Publish" not in buttons_of(panel) and "Rating: Teen" in text_of(panel)
    assert "Summary:" not in text_of(panel) and "Lines that are headings" not in text_of(panel)
    modal = await library.ann.click(panel, label="Story…")
    panel = shown(await library.ann.submit_modal(modal, {"summary": "It is sent."}))
    assert "Summary: It is sent" in text_of(panel)
    assert "Sent to the mods" in text_of(shown(await library.ann.click(panel, label="Submit")))


async def test_a_manager_needs_nobodys_word(library: Library, mira: MemberActor) -> None:
    await library.change_settings(adders="everyone", approval=True)
    await submit(library, mira)
    assert "Sent Tale" in await titles(library)


async def test_a_submission_is_sent_once_and_approved_once_however_often_it_is_pressed(
    library: Library, mira: MemberActor
) -> None:
    await library.change_settings(adders="everyone", approval=True)
    draft = await preview(library, library.ann)
    press = {"custom_id": draft_id(draft, "publish"), "component_type": 2}
    await library.emit(draft, [(library.ann, InteractionType.MESSAGE_COMPONENT, press)] * 2)
    assert await library.store.drafts.total_waiting(library.guild_id) == 1
    screen = await opened(library, mira)
    approve = ids_by_label(screen)["Approve"]
    press = {"custom_id": approve, "component_type": 2}
    other = manager(library)
    results = await library.emit(
        screen, [(mira, InteractionType.MESSAGE_COMPONENT, press), (other, InteractionType.MESSAGE_COMPONENT, press)]
    )
    assert await library.store.server_uploads.total(library.guild_id) == 1
    assert sum("waiting" in str(each.followups) + str(each.response) for each in results) <= 1
    again = await library.forge(mira, screen, approve)
    assert "answered already" in library.refused(again)


def draft_id(message: ResponseMessage, action: str) -> str:
    return next(each["custom_id"] for each in components_of(message) if f":{action}:" in each["custom_id"])


async def test_what_was_sent_cannot_be_changed_under_the_managers_eyes(library: Library, mira: MemberActor) -> None:
    await library.change_settings(adders="everyone", approval=True)
    draft = await preview(library, library.ann)
    ids = [draft_id(draft, "edit"), draft_id(draft, "cancel"), draft_id(draft, "publish")]
    await library.ann.click(draft, label="Submit")
    for custom_id in ids:
        assert "over a day old" in library.refused(await library.forge(library.ann, draft, custom_id))
    assert await library.store.drafts.total_waiting(library.guild_id) == 1


async def test_nothing_is_approved_whose_sender_left_or_may_not_submit_any_more(
    library: Library, mira: MemberActor
) -> None:
    guild = library.ann.guild
    writers = guild.create_role("Writers")
    poet = guild.add_member(library.env.create_user("poet"), roles=[writers])
    await library.change_settings(adders="role", adders_role=writers.id, approval=True)
    await submit(library, poet)
    screen = await opened(library, mira)
    library.env.backend.remove_member_role(guild.id, poet.id, writers.id)
    assert "can't submit stories here anymore" in said(await mira.click(screen, label="Approve"))
    await guild.remove_member(poet.user) if asyncio.iscoroutinefunction(guild.remove_member) else guild.remove_member(
        poet.user
    )
    assert "left this server" in said(await mira.click(screen, label="Approve"))
    assert await library.store.server_uploads.total(guild.id) == 0
    modal = await mira.click(screen, label="Decline…")
    assert "No submissions to check" in text_of(shown(await mira.submit_modal(modal, {"reason": "You left."})))


async def test_members_moderators_and_managers_of_other_servers_approve_and_see_nothing(
    library: Library, mira: MemberActor
) -> None:
    mods = library.ann.guild.create_role("Mods")
    mo = library.ann.guild.add_member(library.env.create_user("mo"), roles=[mods])
    await library.change_settings(adders="everyone", approval=True, moderators_role=mods.id)
    await submit(library, library.ann)
    [submission] = await library.store.drafts.waiting(library.guild_id, 5)
    page = shown(await library.ben.slash(library.channel, "read", story="Lighthouse")).message
    assert page is not None
    ids = [
        ShowQueue(), SubmissionAction("open", submission.id), SubmissionAction("approve", submission.id),
        AskDecline(submission.id), UploadAction("remove", 1), UploadsPage("back", "all", 0, 0),  # type: ignore[arg-type]
    ]  # fmt: skip
    for reader in (library.ann, library.ben, mo):
        for custom_id in ids:
            refused = await library.forge(reader, page, str(custom_id))
            assert "Manage Server" in library.refused(refused)
        sent = await library.send_modal(reader, page, str(DeclineModal(submission.id)), {"reason": "No."})
        assert "Manage Server" in library.refused(sent)
    elsewhere = library.env.create_guild("Elsewhere")
    channel, boss = elsewhere.create_text_channel("reading"), elsewhere.add_member(elsewhere.owner)
    listed = shown(await boss.slash(channel, "manage uploads"))
    assert "Waiting" not in str(buttons_of(listed)) and "Sent Tale" not in text_of(listed)
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "?", "custom_id": str(ids[2])}]}
    library.env.backend.edit_message(channel.id, listed.id, {"components": [row]})
    assert "answered already" in shown(await boss.click(listed, label="?")).content
    assert await library.store.drafts.total_waiting(library.guild_id) == 1


async def test_a_managers_channel_hears_of_a_submission_and_leads_to_its_preview(
    library: Library, mira: MemberActor
) -> None:
    channel = library.ann.guild.create_text_channel("mods")
    await library.change_settings(adders="everyone", approval=True, managers_channel=channel.id)
    await submit(library, library.ann)
    await submit(library, library.ben, "The Red Room", rating="explicit")
    await library.env.advance_time(LOOK_SECONDS)
    first, second = channel.history()
    assert "**The Sent Tale**" in text_of(first)
    assert "Red Room" not in text_of(second), "all ages see the channel"
    screen = await mira.click(first, label="Preview")
    assert "read by morning" in text_of(screen.followups[-1] if screen.followups else shown(screen))


async def test_a_submission_is_told_of_by_the_rating_that_its_sender_set_last(library: Library) -> None:
    channel = library.ann.guild.create_text_channel("mods")
    await library.change_settings(adders="everyone", approval=True, managers_channel=channel.id)
    panel = shown(await library.ann.click(await preview(library, library.ann, "The Red Room"), label="Edit"))
    modal = await library.ann.click(panel, label="Rating…")
    panel = shown(await library.ann.submit_modal(modal, {"rating": ["explicit"]}))
    await library.ann.click(panel, label="Submit")
    await library.env.advance_time(LOOK_SECONDS)
    [told] = channel.history()
    assert "an 18+ story" in text_of(told) and "Red Room" not in text_of(told)


# -- limits -----------------------------------------------------------------------------------------


async def test_a_member_submits_as_many_stories_a_day_as_managers_let_them(library: Library, mira: MemberActor) -> None:
    await library.change_settings(adders="everyone", stories_a_day=2)
    library.clock.at = library.clock()
    for title in ("One Bridge", "Two Bridges"):
        assert "limit" not in text_of(await submit(library, library.ann, title))
    [_, first] = await library.store.server_uploads.page(library.guild_id, 5, 0)
    await library.store.uploads.delete(first.story.id, library.guild_id, library.ann.id)
    third = await preview(library, library.ann, "Three Bridges")
    assert "limit of 2 stories" in said(await library.ann.click(third, label="Publish"))
    library.clock.forward(DAY_SECONDS - 1)
    third = await preview(library, library.ann, "Three Bridges")
    assert "limit of 2 stories" in said(await library.ann.click(third, label="Publish"))
    library.clock.forward(1)
    assert "Three Bridges" in text_of(shown(await library.ann.click(third, label="Publish")))
    for number in range(3):
        await submit(library, mira, f"Manager's {number}")
    assert await library.store.server_uploads.total(library.guild_id) == 5


async def test_megabytes_hold_to_the_byte(library: Library, mira: MemberActor) -> None:
    await library.change_settings(adders="everyone", member_megabytes=1, server_megabytes=2)

    def full(title: str) -> str:
        tale = TALE.format(title=title).encode()
        taken = len(tale) + stored_bytes(read_story(tale, "tale.txt"))
        return "\n" * (MEGABYTE - taken)  # blank lines, which take no time to read

    draft = await preview(library, library.ann, "A", text=full("A"))
    assert "limit" not in said(await library.ann.click(draft, label="Publish"))
    assert await library.store.server_uploads.bytes_used(library.guild_id) == MEGABYTE
    draft = await preview(library, library.ann, "B")
    refused = said(await library.ann.click(draft, label="Publish"))
    assert "take 1.0 MB here and this adds 0.1 MB. The limit for a member is 1 MB" in refused
    draft = await preview(library, library.ben, "B", text=full("B"))
    assert "limit" not in said(await library.ben.click(draft, label="Publish"))
    draft = await preview(library, mira, "C")
    refused = said(await mira.click(draft, label="Publish"))
    assert "takes 2.0 MB and this adds 0.1 MB. Its limit is 2 MB" in refused
    assert await library.store.server_uploads.bytes_used(library.guild_id) == 2 * MEGABYTE


async def test_a_book_that_is_small_as_a_file_is_refused_for_what_it_would_store(
    library: Library, mira: MemberActor
) -> None:
    await library.change_settings(server_megabytes=2)
    book = dull_epub(MEGABYTE)
    assert len(book) < MEGABYTE / 10
    result = await mira.slash(library.channel, "manage story add", file=("dull.epub", book))
    draft = result.followups[-1] if result.followups else shown(result)
    refused = said(await mira.click(draft, label="Publish"))
    assert "takes 0.0 MB and this adds 4." in refused and "Its limit is 2 MB" in refused
    assert await library.store.server_uploads.bytes_used(library.guild_id) == 0
    assert await library.store._db.number("SELECT count(*) FROM stories WHERE home > 0") == 0


async def test_at_the_limit_an_author_may_still_say_no(library: Library) -> None:
    await library.change_settings(adders="everyone")
    await submit(library, library.ann)
    await library.change_settings(member_megabytes=0, server_megabytes=0)
    [own] = await library.store.uploads.own_stories(library.ann.id, 9)
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse")).message
    assert page is not None
    form = await library.forge(library.ann, page, str(OwnStoryAction("permissions", own.story.id)))
    assert "Saved" in said(await library.ann.submit_modal(form, {"quotes": ["no"]}))
    assert (await library.store.uploads.permissions(own.story.id))["quotes"] == "no"


async def test_no_server_takes_more_than_the_host_gives_to_all(library: Library, mira: MemberActor) -> None:
    library.store.uploads_megabytes = 30
    panel = await server_settings(mira, library.channel)
    panel = shown(await mira.select(panel, ["submissions"], custom_id=select_of(panel, "sv1")))
    assert "**Limit for the server**: 30 MB" in text_of(panel)
    form = await mira.click(panel, label="Limits…")
    assert form.modal is not None and "1 to 30" in str(form.modal)
    typed = {"stories_a_day": "5", "member_megabytes": "25", "server_megabytes": "31"}
    assert "from 1 to 30" in library.refused(await mira.submit_modal(form, typed))
    listed = shown(await mira.slash(library.channel, "manage uploads"))
    assert "No uploads yet" in text_of(listed)
    await submit(library, mira)
    assert "of 30 MB used" in text_of(shown(await mira.slash(library.channel, "manage uploads")))


@pytest.mark.sqlite("the disk of a server is its own")
async def test_while_the_disk_is_nearly_full_nobody_uploads_and_everybody_reads(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    await library.change_settings(adders="everyone")
    draft = await preview(library, library.ann)
    with monkeypatch.context() as full:
        full.setattr("bot.store.disk_space.FLOOR", 10**18)
        assert "my disk is almost full" in said(await library.ann.click(draft, label="Publish"))
        assert "my disk is almost full" in text_of(await preview(library, library.ben, "Another"))
        page = shown(await library.ben.slash(library.channel, "read", story="Lighthouse"))
        assert "Next" in buttons_of(shown(await library.ben.click(page, label="Next")))
    assert "Published!" in said(await library.ann.click(draft, label="Publish"))
    assert all(is_refusal(error.__cause__ or error, "uploads-wait") for error in library.env.errors)


@pytest.mark.parametrize(
    ("typed", "kept"), [("1", 1), ("50", 50), ("0", 5), ("51", 5), ("-1", 5), ("many", 5), ("", 5)]
)
async def test_a_limit_is_a_number_that_can_be(library: Library, mira: MemberActor, typed: str, kept: int) -> None:
    panel = await server_settings(mira, library.channel)
    panel = shown(await mira.select(panel, ["submissions"], custom_id=select_of(panel, "sv1")))
    values = {"stories_a_day": typed, "member_megabytes": "25", "server_megabytes": "500"}
    await library.send_modal(mira, panel, "slm1", values)
    assert (await library.store.settings.of_server(library.guild_id)).stories_a_day == kept


# -- /manage uploads --------------------------------------------------------------------------------


async def test_managers_see_who_sent_what_and_remove_all_of_one_sender(library: Library, mira: MemberActor) -> None:
    await library.change_settings(adders="everyone")
    for reader, title in ((library.ann, "One Bridge"), (library.ann, "Two Bridges"), (library.ben, "The Ford")):
        await submit(library, reader, title)
    listed = shown(await mira.slash(library.channel, "manage uploads"))
    assert f"**3. One Bridge** by <@{library.ann.id}>" in text_of(listed) and "in the library" in text_of(listed)
    number = options_of(listed)["2. Two Bridges"]
    upload = shown(await mira.select(listed, [number], custom_id=select_of(listed, "mup1")))
    upload = shown(await mira.click(upload, label="Remove"))
    assert "removed by mods" in text_of(upload)
    assert not await library.ben.autocomplete(library.channel, "read", "story", "two bridges")
    upload = shown(await mira.click(upload, label="Restore"))
    assert await library.ben.autocomplete(library.channel, "read", "story", "two bridges")
    by_ann = shown(await mira.click(upload, label="More by this sender"))
    assert "Ford" not in text_of(by_ann)
    asked = shown(await mira.click(by_ann, label="Remove all"))
    assert "all 2 stories" in text_of(asked)
    await library.restart()
    assert "Removed 2 stories" in text_of(shown(await mira.click(asked, label="Remove them")))
    there = await titles(library)
    assert "Bridge" not in there and "The Ford" in there
    log = text_of(shown(await mira.slash(library.channel, "manage log")))
    assert "Removed **One Bridge**" in log and "Restored **Two Bridges**" in log and "Published **The Ford**" in log


async def test_an_upload_for_adults_is_found_and_removed_from_any_channel(library: Library, mira: MemberActor) -> None:
    await library.change_settings(adders="everyone")
    await submit(library, library.ann, "The Red Room", rating="explicit")
    listed = shown(await mira.slash(library.channel, "manage uploads"))
    [(label, number)] = options_of(listed).items()
    assert "Red Room" in label
    upload = shown(await mira.select(listed, [number], custom_id=select_of(listed, "mup1")))
    assert "removed by mods" in text_of(shown(await mira.click(upload, label="Remove")))
    log = shown(await mira.slash(library.channel, "manage log"))
    assert log.ephemeral and "Removed **The Red Room**" in text_of(log)


# -- questions ----------------------------------------------------------------------------------------


async def sent(library: Library) -> int:
    [upload] = await library.store.server_uploads.page(library.guild_id, 5, 0)
    return upload.story.id


async def waiting_question(library: Library, mod: MemberActor) -> ResponseMessage:
    """A question that its author asked where approval is on, as *mod* opens it from the queue."""
    await library.change_settings(adders="everyone")
    await submit(library, library.ann)
    await linked(library.store, await sent(library), library.ann.id)
    await library.change_settings(approval=True)
    asked = shown(await ask_question(library.ann, library.channel, "Who sent it?", "Night|Morning", story="Sent"))
    assert "waiting for the mods" in text_of(asked)
    listed = await queue(library, mod)
    assert "**Who sent it?**" in text_of(listed) and library.ann.mention in text_of(listed)
    return shown(await mod.select(listed, list(options_of(listed).values()), custom_id=select_of(listed, "quw1")))


async def test_a_question_waits_in_the_same_queue_and_is_asked_once_approved(
    library: Library, mira: MemberActor
) -> None:
    found = await waiting_question(library, mira)
    assert "**1** Night\n**2** Morning" in text_of(found)
    story = await sent(library)
    assert (await library.store.questions.asked(story, None)).is_default
    approved = shown(await mira.click(found, label="Approve"))
    assert "Readers see the question now" in text_of(approved) and "No submissions" in text_of(approved)
    assert (await library.store.questions.asked(story, None)).text == "Who sent it?"
    await library.env.settle()
    assert "is open" in told(library.ann)


async def test_a_declined_question_is_forgotten_and_its_author_is_told(library: Library, mira: MemberActor) -> None:
    await mira.click(await waiting_question(library, mira), label="Decline")
    assert (await library.store.questions.asked(await sent(library), None)).is_default
    assert not await library.store.questions.waiting(library.guild_id, 5)
    await library.env.settle()
    assert "declined" in told(library.ann)
