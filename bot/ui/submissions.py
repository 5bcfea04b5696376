"""Submissions that wait: the queue, a preview with the answers, their pages, and what their senders are told."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.domain.notices import Notice
from bot.domain.questions import Question
from bot.domain.uploads import REASON_CHARS, Draft, upload_warnings_of
from bot.errors import ReaderError
from bot.stories.facts import Facts
from bot.stories.model import ChapterSummary, OpenPage, Story
from bot.texts import say
from bot.ui.components import Style, button, modal, option, select, text_field
from bot.ui.ids.manage import ApproveSubmission, AskDecline, DeclineModal, PickSubmission, ShowQueue, SubmissionAction
from bot.ui.ids.questions import PickQuestion
from bot.ui.ids.uploads import ReadDraft, ShowDraftNotes
from bot.ui.limits import EMBED_TITLE, OPTION_LABEL, clip
from bot.ui.manage_uploads import to_uploads
from bot.ui.markdown import escape
from bot.ui.page_panels import chapter_select
from bot.ui.pages import PageEnd, page_screen
from bot.ui.questions import asks
from bot.ui.screen import ACCENT, Item, Screen, notice
from bot.ui.uploads import preview_embeds

SUBMISSIONS_SHOWN = 10


def queue_screen(waiting: Sequence[Draft], total: int, questions: Sequence[Question], said: str = "") -> Screen:
    """The submissions and questions that wait, the oldest first; *said* stands above them."""
    lines = [
        say(
            "queue-line",
            number=number,
            title=clip(each.title, 100, escape),
            sender=f"<@{each.user}>",
            when=f"<t:{each.since}:R>",
        )
        for number, each in enumerate(waiting, 1)
    ]
    lines += [
        say("queue-line-question", question=asks(each), sender=f"<@{each.asker}>", when=f"<t:{each.asked_at}:R>")
        for each in questions
    ]
    parts = [*([f"**{said}**"] if said else []), say("queue-about", count=total), *lines]
    embed = discord.Embed(title=say("queue-title"), description="\n\n".join(parts), colour=ACCENT)
    items: list[Item] = []
    if waiting:
        options = [option(f"{number}. {each.title}", each.id) for number, each in enumerate(waiting, 1)]
        items.append(select(PickSubmission(), options, 0, say("queue-pick")))
    if questions:
        asked = [option(clip(each.text or "", OPTION_LABEL), each.id) for each in questions]
        items.append(select(PickQuestion(), asked, 1, say("queue-pick-question")))
    return Screen([embed], [*items, to_uploads(2)])


def submission_screen(draft: Draft, story: Story | None, said: str = "") -> Screen:
    """How a submission reads, with Read, Approve and Decline; *said* stands above it.

    Without its *story*, which not all who are here may see, it can be declined only.
    """
    sent = say("uploads-sent", sender=f"<@{draft.user}>", when=f"<t:{draft.since}:f>")
    if draft.wrote:
        sent += "\n" + say("queue-wrote")
    embeds, items = list[discord.Embed](), list[Item]()
    if story is None:
        said = say("queue-gated", title=clip(draft.title, EMBED_TITLE, escape))
    else:
        embeds, edition = preview_embeds(story, list(upload_warnings_of(story)), say("queue-footer")), draft.edition
        items.append(button(ReadDraft(0, 0, draft.id, edition, "open"), say("queue-read"), 0, style=Style.primary))
        items.append(button(ApproveSubmission(draft.id, edition), say("queue-approve"), 0, style=Style.success))
    items += [button(AskDecline(draft.id), say("queue-decline"), 0), button(ShowQueue(), say("queue-back"), 1)]
    text = f"{said}\n\n{sent}" if said else sent
    return Screen([discord.Embed(description=text, colour=ACCENT), *embeds], items)


def draft_page_screen(draft: Draft, page: OpenPage, facts: Facts, contents: Sequence[ChapterSummary]) -> Screen:
    """A page as readers will have it, under a select of the *contents* if there are several chapters.

    Nothing here acts: *Decide* leads back to the answers. The row that turns the pages is the last one on each page.
    """
    here, named = page.spot, (draft.id, draft.edition)
    items: list[Item] = []
    if contents:
        items.append(chapter_select(page, ReadDraft(here.chapter, here.offset, *named, "pick"), contents, peek=True))
    if page.notes_before:
        opens = ShowDraftNotes(here.chapter, *named, "before", 0, turn=False)
        items.append(button(opens, say("page-notes"), 2))
    if page.notes_after:
        opens = ShowDraftNotes(here.chapter, *named, "after", 0, turn=False)
        items.append(button(opens, say("page-notes-after"), 2))
    previous, following = page.previous or here, page.following or here
    back = ReadDraft(previous.chapter, previous.offset, *named, "p")
    on = ReadDraft(following.chapter, following.offset, *named, "n")
    items += [
        button(back, say("page-back"), 3, disabled=page.previous is None),
        button(on, say("page-next"), 3, style=Style.primary, disabled=page.following is None),
        button(SubmissionAction("open", draft.id), say("queue-decide"), 3),
    ]
    end = PageEnd((), None, may_review=False) if page.is_last else None
    return Screen(page_screen(page, peek=False, facts=facts, end=end).embeds, items)


def decline_modal(draft: Draft) -> ui.Modal:
    """The modal for the reason for which a submission is declined."""
    label, hint = say("decline-field"), say("decline-hint")
    field = text_field("reason", label, REASON_CHARS, hint=hint, fewest=2, is_long=True, required=True)
    return modal(DeclineModal(draft.id), say("decline-title"), [field])


def new_submission_screen(draft: Draft, *, veiled: bool) -> Screen:
    """What a managers' channel gets of a new submission; a title for adults is *veiled* where all ages see it."""
    title = say("log-mature-story") if veiled else f"**{clip(draft.title, EMBED_TITLE, escape)}**"
    text = say("queue-new", title=title, sender=f"<@{draft.user}>")
    return notice(text, say("queue-new-title"), [button(SubmissionAction("open", draft.id), say("queue-look"), 0)])


def answered_screen(told: Notice, server: str) -> Screen:
    """What a sender is told by direct message: that it is published, or why not, or that nobody answered in time."""
    named, where = f"**{clip(told.title, EMBED_TITLE, escape)}**", escape(server)
    if told.kind == "refused":
        why = clip(told.reason, 2 * REASON_CHARS, escape)
        return notice(say("submission-declined", title=named, server=where, reason=why))
    if told.kind == "question-approved":
        return notice(say("question-approved", title=named, server=where))
    if told.kind == "question-declined":
        return notice(say("question-declined", title=named, server=where))
    if told.kind == "question-lapsed":
        return notice(say("question-lapsed", title=named, server=where))
    if told.kind == "lapsed":
        return notice(say("submission-lapsed", title=named, server=where))
    if told.kind == "approved":
        return notice(say("submission-approved", title=named, server=where))
    raise ValueError(f"{told.kind} is no answer")


def not_posted_screen(title: str, channel: int, why: ReaderError) -> Screen:
    """What who asked a question is told where it could not be posted once it was approved."""
    named, whose = f"**{clip(title, EMBED_TITLE, escape)}**", why.values.get("whose", "story")
    return notice(say("question-not-posted", title=named, channel=f"<#{channel}>", whose=whose))
