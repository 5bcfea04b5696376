"""`/manage`: a server's stories, uploads, approval queue and audit log."""

import discord
from discord import app_commands

from bot.domain.audit import LOG_FILTERS, LogFilter
from bot.domain.reviews import tidy
from bot.domain.rights import may
from bot.domain.stories import page_within
from bot.domain.uploads import REASON_CHARS, Draft, Upload
from bot.errors import ChapterGone, ReaderError, StoryGone
from bot.interactions.answering import LOOKUP
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, known, modal, number_in, picked, picked_id, typed
from bot.interactions.groups import manage, manage_story
from bot.interactions.messages import redraw_or_send
from bot.interactions.options import RatingChoice, ShelfStory, StatusChoice
from bot.interactions.permissions import standing_of
from bot.interactions.replies import acknowledge, ask, redraw, send, think
from bot.services.authors import panel_of, restore_story
from bot.services.questions import CHAPTER_END, find_question
from bot.services.rights import allow, allow_here, allow_submitting, may_here
from bot.services.uploads import approve, download, find_submission, preview_upload, read_draft
from bot.store import Store
from bot.store.limits import MEGABYTE
from bot.store.stories import named
from bot.store.uploads import EVERYBODY
from bot.stories.facts import facts_of
from bot.stories.formats.front_matter import SUMMARY_CHARS, TITLE_CHARS
from bot.stories.model import OpenPage, Spot
from bot.texts import say
from bot.ui.chapters import AROUND, CHAPTERS_IN_SELECT
from bot.ui.ids import (
    ApproveSubmission,
    AskDecline,
    DeclineModal,
    JudgeQuestion,
    LogPage,
    PickLog,
    PickQuestion,
    PickSubmission,
    PickUpload,
    ReadDraft,
    RemoveAll,
    ShowDraftNotes,
    ShowQueue,
    SubmissionAction,
    UploadAction,
    UploadsPage,
)
from bot.ui.limits import CHOICES, EMBED_TITLE, clip
from bot.ui.manage import (
    ACTS_A_PAGE,
    SUBMISSIONS_SHOWN,
    UPLOADS_A_PAGE,
    ask_remove_all_screen,
    decline_modal,
    draft_page_screen,
    log_screen,
    queue_screen,
    removed_all_screen,
    submission_screen,
    upload_screen,
    uploads_screen,
)
from bot.ui.markdown import escape
from bot.ui.notes import whole_note
from bot.ui.questions import waiting_screen
from bot.ui.screen import Screen
from bot.ui.stories import choice_name
from bot.ui.uploads import format_names, result_screen


@manage_story.command()
@app_commands.describe(
    file=f"{format_names()} file",
    title="Replaces the title in the file",
    author="Replaces the author in the file",
    summary="What the story is about",
    rating="Mature and explicit stories only show in age-restricted channels",
    status="Complete, in progress and more",
    language="Language of the story",
    downloads="Let readers download it",
)
async def add(
    interaction: Interaction,
    file: discord.Attachment,
    title: app_commands.Range[str, 1, TITLE_CHARS] | None = None,
    author: app_commands.Range[str, 1, TITLE_CHARS] | None = None,
    summary: app_commands.Range[str, 1, SUMMARY_CHARS] | None = None,
    rating: RatingChoice | None = None,
    status: StatusChoice | None = None,
    language: app_commands.Range[str, 1, 50] | None = None,
    downloads: bool | None = None,
) -> None:
    """Add a story to this server, with a preview first"""
    await allow_submitting(interaction)
    await think(interaction)
    given = {"title": title, "author": author, "summary": summary, "rating": rating, "status": status}
    given |= {"language": language, "downloads": None if downloads is None else "yes" if downloads else "no"}
    details = {name: value for name, value in given.items() if value}
    await preview_upload(interaction, Upload(file.filename, await download(file), details))


@manage_story.command()
@app_commands.describe(story="A story uploaded here", file="The new version")
async def replace(interaction: Interaction, story: ShelfStory, file: discord.Attachment) -> None:
    """Upload a new version and keep places, votes and reactions"""
    await allow(interaction, story.id, "replace")
    await think(interaction)
    await preview_upload(interaction, Upload(file.filename, await download(file)), "replace", story.id)


@manage_story.command()
@app_commands.describe(story="A story uploaded here")
async def edit(interaction: Interaction, story: ShelfStory) -> None:
    """Change a story: its text, chapters, details, permissions and versions"""
    await allow(interaction, story.id, "edit")
    await send(interaction, await panel_of(interaction, story.id), private=True)


@manage_story.command()
@app_commands.describe(story="Title or author. If it wasn't uploaded here, it's only hidden here")
async def remove(interaction: Interaction, story: ShelfStory) -> None:
    """Remove a story and keep everything readers did"""
    store, guild, user = store_for(interaction), interaction.guild_id or 0, interaction.user.id
    await allow_here(interaction, "remove")
    if (await store.uploads.ownership(story.id)).guild == guild:
        await store.uploads.take_off(story.id, guild, user, "manager")
    else:
        await store.publishing.hide(story.id, guild, user)
    await send(interaction, result_screen(story.title, say("shelf-removed")), private=True)


@manage_story.command()
@app_commands.describe(story="A removed story")
async def restore(interaction: Interaction, story: str) -> None:
    """Bring back a removed story"""
    await allow_here(interaction, "restore-removed")
    store, guild, user = store_for(interaction), interaction.guild_id or 0, interaction.user.id
    removed = await store.uploads.off_shelf(guild, limit=1000)
    found = next((entry for entry in removed if story in (named(entry), entry.title)), None)
    if found is None:
        raise ReaderError("story-not-found", title=story[:100])
    if (await store.uploads.ownership(found.id)).guild == guild:
        text = await restore_story(interaction, found.id)
    else:
        await store.publishing.restore(found.id, guild, user)
        text = say("shelf-restored")
    await send(interaction, result_screen(found.title, text), private=True)


@restore.autocomplete("story")
async def _removed_stories(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    if not await may_here(interaction, "restore-removed"):
        return []
    guild, manager = interaction.guild_id or 0, interaction.user.id
    removed = await store_for(interaction).uploads.off_shelf(guild, 200, manager)
    fitting = [entry for entry in removed if typed.casefold() in entry.title.casefold()][:CHOICES]
    return [app_commands.Choice(name=choice_name(entry), value=named(entry)) for entry in fitting]


@manage.command(name="log", extras=LOOKUP)
async def manage_log(interaction: Interaction) -> None:
    """See who did what in this server in the last 90 days"""
    await send(interaction, await _log(interaction, "all", 0), private=True)


@component(LogPage, work="lookup")
async def turn_log(interaction: Interaction, press: LogPage) -> None:
    """Turn the audit log to another page."""
    await redraw(interaction, await _log(interaction, press.which, press.page))


@component(PickLog, work="lookup")
async def pick_log(interaction: Interaction, _: PickLog) -> None:
    """Filter the audit log by the picked kind of action."""
    await redraw(interaction, await _log(interaction, known(LOG_FILTERS, picked(interaction)), 0))


async def _log(interaction: Interaction, which: LogFilter, page: int) -> Screen:
    await allow_here(interaction, "see-log")
    audit, guild = store_for(interaction).audit, interaction.guild_id or 0
    total = await audit.total(guild, which)
    page = page_within(page, total, ACTS_A_PAGE)
    acts = await audit.page(guild, which, ACTS_A_PAGE, page * ACTS_A_PAGE)
    return log_screen(acts, which, page, total)


@manage.command(name="uploads")
async def manage_uploads(interaction: Interaction) -> None:
    """See what was uploaded here and what waits for you. Remove or restore it"""
    await send(interaction, await _uploads(interaction, None, 0), private=True)


@component(UploadsPage)
async def turn_uploads(interaction: Interaction, press: UploadsPage) -> None:
    """Show another page of uploads, of one member or of everyone."""
    sender = press.sender if press.whose == "one" else None
    await redraw(interaction, await _uploads(interaction, sender, press.page))


async def _uploads(interaction: Interaction, sender: int | None, page: int) -> Screen:
    await allow_here(interaction, "see-uploads")
    store, guild = store_for(interaction), interaction.guild_id or 0
    whose = EVERYBODY if sender is None else sender
    total = await store.server_uploads.total(guild, whose)
    page = page_within(page, total, UPLOADS_A_PAGE)
    uploads = await store.server_uploads.page(guild, UPLOADS_A_PAGE, page * UPLOADS_A_PAGE, whose)
    used = await store.server_uploads.bytes_used(guild) / MEGABYTE
    most = (await store.settings.of_server(guild)).within(store.uploads_megabytes).server_megabytes
    waiting = await store.drafts.total_waiting(guild) + await store.questions.total_waiting(guild)
    return uploads_screen(uploads, sender, page, total, waiting, (f"{used:.1f}", most))


@component(PickUpload, work="lookup")
async def open_upload(interaction: Interaction, _: PickUpload) -> None:
    """Open the picked upload."""
    await redraw(interaction, await _upload(interaction, picked_id(interaction)))


async def _upload(interaction: Interaction, story: int) -> Screen:
    await allow_here(interaction, "see-uploads")
    return upload_screen(await store_for(interaction).server_uploads.find(interaction.guild_id or 0, story))


@component(UploadAction)
async def on_upload(interaction: Interaction, press: UploadAction) -> None:
    """Remove an upload, or restore one that managers removed."""
    await allow_here(interaction, "remove-all")
    store, guild, user = store_for(interaction), interaction.guild_id or 0, interaction.user.id
    await store.server_uploads.find(guild, press.story)
    if press.action == "remove":
        await store.uploads.take_off(press.story, guild, user, "manager")
    else:
        await restore_story(interaction, press.story)
    await redraw(interaction, await _upload(interaction, press.story))


@component(RemoveAll)
async def remove_all(interaction: Interaction, press: RemoveAll) -> None:
    """Remove all uploads of one member, after a confirmation."""
    await allow_here(interaction, "remove-all")
    uploads, guild = store_for(interaction).server_uploads, interaction.guild_id or 0
    if press.action == "ask":
        screen = ask_remove_all_screen(press.sender, await uploads.total(guild, press.sender))
    else:
        removed = await uploads.remove_all(guild, press.sender, interaction.user.id)
        screen = removed_all_screen(press.sender, removed)
    await redraw(interaction, screen)


# -- the approval queue ---------------------------------------------------------------------


@component(ShowQueue, work="lookup")
async def show_queue(interaction: Interaction, _: ShowQueue) -> None:
    """Show the submissions and questions that await approval."""
    await redraw(interaction, await _queue(interaction))


async def _queue(interaction: Interaction, note: str = "") -> Screen:
    await allow_here(interaction, "approve")
    store, guild = store_for(interaction), interaction.guild_id or 0
    waiting = await store.drafts.waiting(guild, SUBMISSIONS_SHOWN)
    questions = await store.questions.waiting(guild, SUBMISSIONS_SHOWN)
    total = await store.drafts.total_waiting(guild) + await store.questions.total_waiting(guild)
    return queue_screen(waiting, total, questions, note)


@component(PickSubmission, work="lookup")
async def open_submission(interaction: Interaction, _: PickSubmission) -> None:
    """Show the preview of the picked submission."""
    await _preview(interaction, picked_id(interaction))


@component(PickQuestion, work="lookup")
async def open_question(interaction: Interaction, _: PickQuestion) -> None:
    """Show the picked question."""
    await allow_here(interaction, "approve")
    await redraw(interaction, waiting_screen(*await find_question(interaction, picked_id(interaction))))


@component(JudgeQuestion)
async def judge_question(interaction: Interaction, press: JudgeQuestion) -> None:
    """Approve or decline a pending question."""
    await allow_here(interaction, "approve")
    _, question = await find_question(interaction, press.question)
    if not may("approve", await standing_of(interaction, question.story)):
        raise ReaderError("may-not-manage-question")
    questions = store_for(interaction).questions
    await (questions.approve(question.id) if press.approves else questions.decline(question.id))
    interaction.client.dispatch("due")
    note = say("queue-question-approved" if press.approves else "queue-question-declined")
    await redraw_or_send(interaction, await _queue(interaction, note))


@component(SubmissionAction, work="lookup")
async def on_submission(interaction: Interaction, press: SubmissionAction) -> None:
    """Show the preview of a submission, even for the buttons of older releases that approved without a preview."""
    await _preview(interaction, press.submission, say("queue-old") if press.action == "approve" else "")


async def _preview(interaction: Interaction, submission: int, note: str = "") -> None:
    await _show_preview(interaction, *await find_submission(interaction, submission), note)


async def _show_preview(interaction: Interaction, draft: Draft, text: Store | None, note: str) -> None:
    """Show the preview of a submission; if *text* is None (hidden by the age gate), only the submission's title."""
    story = None
    if text is not None:
        story, _ = await read_draft(interaction.client.read, draft.upload, interaction.user.id)
    await redraw_or_send(interaction, submission_screen(draft, story, note))


async def _current_edition(interaction: Interaction, submission: int, edition: int) -> tuple[Draft, Store] | None:
    """Return a submission and the store with its text, if *edition* is current and the age gate allows the text here.

    Otherwise show the preview and return None, so that nobody approves a text that changed after they read it.
    """
    draft, text = await find_submission(interaction, submission)
    if text is not None and draft.edition == edition:
        return draft, text
    await _show_preview(interaction, draft, text, say("queue-changed"))
    return None


@component(ReadDraft, work="lookup")
async def read_draft_page(interaction: Interaction, press: ReadDraft) -> None:
    """Show a page of a submission, or the picked chapter, without saving the reader's place."""
    if (seen := await _current_edition(interaction, press.draft, press.edition)) is None:
        return
    draft, text = seen
    spot, around, value = press.spot, None, picked(interaction)
    if (number := number_in(value.removeprefix(AROUND))) is not None:
        spot, around = (spot, number) if value.startswith(AROUND) else (Spot(number, 0), None)
    page = await _page(text, draft, spot, interaction.user.id)
    around = around or page.chapter.position
    contents = await text.stories.contents(page.story.id, around, CHAPTERS_IN_SELECT) if page.story.chapters > 1 else []
    card = await text.stories.card(page.story.id)
    screen = draft_page_screen(draft, page, facts_of(card.metadata, card.rating), contents)
    await redraw_or_send(interaction, screen)


async def _page(text: Store, draft: Draft, spot: Spot, reader: int) -> OpenPage:
    """Return the page of a submission at *spot*; the first page if the submission has no such chapter."""
    try:
        return await text.pages.open(spot, reader)
    except (ChapterGone, StoryGone):
        first, _ = await text.pages.ends(draft.story or 0, reader)
        return await text.pages.open(first, reader)


@component(ShowDraftNotes, work="lookup")
async def show_draft_notes(interaction: Interaction, press: ShowDraftNotes) -> None:
    """Show a note of a submission in full; a long note has buttons to turn its parts."""
    if (seen := await _current_edition(interaction, press.draft, press.edition)) is None:
        return
    draft, text = seen
    beside = Spot(press.chapter, 0 if press.side == "before" else CHAPTER_END)  # the chapter's first page, or its last
    page = await _page(text, draft, beside, interaction.user.id)
    notes = page.notes_before if press.side == "before" else page.notes_after
    if not notes:
        raise ReaderError("passage-gone")
    await redraw_or_send(interaction, whole_note(notes, press), again=press.turn)


@component(ApproveSubmission)
async def approve_submission(interaction: Interaction, press: ApproveSubmission) -> None:
    """Approve a submission, if its text has not changed since the member saw it."""
    if (seen := await _current_edition(interaction, press.submission, press.edition)) is None:
        return
    await acknowledge(interaction)  # a book takes a while to read
    story = await approve(interaction, seen[0])
    title, sender = clip(story.story.title, EMBED_TITLE, escape), f"<@{seen[0].user}>"
    await redraw(interaction, await _queue(interaction, say("queue-approved", title=title, sender=sender)))


@component(AskDecline, work="form")
async def ask_decline(interaction: Interaction, press: AskDecline) -> None:
    """Open a modal for the reason for declining a submission."""
    await allow_here(interaction, "approve")
    found = await store_for(interaction).drafts.find_waiting(press.submission, interaction.guild_id or 0)
    await ask(interaction, decline_modal(found))


@modal(DeclineModal)
async def decline(interaction: Interaction, submitted: DeclineModal) -> None:
    """Decline a submission for the typed reason, and notify its sender."""
    await allow_here(interaction, "approve")
    reason = tidy(typed(interaction, "reason"))[:REASON_CHARS]
    if not reason:
        raise ReaderError("reason-missing")
    drafts = store_for(interaction).drafts
    found = await drafts.find_waiting(submitted.submission, interaction.guild_id or 0)
    await drafts.decline(found, interaction.user.id, reason)
    interaction.client.dispatch("due")
    await redraw(interaction, await _queue(interaction, say("queue-declined")))
