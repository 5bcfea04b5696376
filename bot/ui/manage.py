"""Screens for the managers of a server: uploads, the approval queue, and the log."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.domain.audit import KEPT_DAYS, LOG_FILTERS, WORDED, LogFilter, LoggedAct
from bot.domain.notices import Notice
from bot.domain.questions import Question
from bot.domain.stories import count_pages
from bot.domain.uploads import REASON_CHARS, Draft, ServerUpload, upload_warnings_of
from bot.errors import ReaderError
from bot.stories.facts import Facts
from bot.stories.model import ChapterSummary, OpenPage, Story
from bot.texts import say
from bot.ui.chapters import chapter_select
from bot.ui.components import (
    Button,
    Style,
    button,
    button_rows,
    modal,
    option,
    page_buttons,
    private_list,
    select,
    text_field,
)
from bot.ui.custom_id import Snowflake
from bot.ui.ids import (
    ApproveSubmission,
    AskDecline,
    DeclineModal,
    LogPage,
    OwnStoryAction,
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
    UploadScope,
    UploadsPage,
)
from bot.ui.limits import EMBED_TITLE, OPTION_LABEL, clip
from bot.ui.markdown import escape
from bot.ui.pages import PageEnd, page_screen
from bot.ui.questions import question_words
from bot.ui.screen import ACCENT, Group, Item, Screen, notice, story_embed
from bot.ui.uploads import preview_embeds

UPLOADS_A_PAGE = 8


def uploads_screen(
    uploads: Sequence[ServerUpload],
    sender: int | None,
    page: int,
    total: int,
    waiting: int,
    megabytes: tuple[str, int],
) -> Screen:
    """Return a page of uploads: of all senders (*sender* None), of one sender, or of former members (0).

    *waiting* is the length of the approval queue. *megabytes* has the used amount and the server's limit.
    """
    used, most = megabytes
    about = say("uploads-about", count=total, used=used, most=most)
    if sender is not None:
        about = say("uploads-of-sender", sender=sender_words(sender), count=total)
    first = page * UPLOADS_A_PAGE + 1
    lines = [_upload_line(number, upload) for number, upload in enumerate(uploads, first)]
    text = "\n\n".join([about, *lines]) if lines else say("uploads-none")
    embed = discord.Embed(title=say("uploads-title"), description=text, colour=ACCENT)
    pages = count_pages(total, UPLOADS_A_PAGE)
    if pages > 1:
        embed.set_footer(text=say("page-footer-page", number=page + 1, pages=pages))
    return Screen([embed], _groups(uploads, sender, page, pages, waiting))


def sender_words(sender: int | None) -> str:
    """Return the sender of an upload: a mention, which notifies nobody in an embed, or words for a former member."""
    return f"<@{sender}>" if sender else say("log-former")


def _upload_line(number: int, upload: ServerUpload) -> str:
    title = clip(upload.story.title, 100, escape)
    line = say("uploads-line", number=number, title=title, sender=sender_words(upload.sender))
    return f"{line}\n<t:{upload.uploaded_at}:d> · {say(f'uploads-state-{upload.state}')}"


def _groups(uploads: Sequence[ServerUpload], sender: int | None, page: int, pages: int, waiting: int) -> list[Group]:
    picking = list[Item]()
    if uploads:
        options = [
            option(f"{number}. {upload.story.title}", upload.story.id)
            for number, upload in enumerate(uploads, page * UPLOADS_A_PAGE + 1)
        ]
        picking.append(select(PickUpload(), options, say("uploads-pick")))
    whose: UploadScope = "all" if sender is None else "one"
    ways = page_buttons(lambda way, to: UploadsPage(way, whose, Snowflake(sender or 0), to), page, pages)
    rest = list[Item]()
    if sender is None and waiting:
        rest.append(button(ShowQueue(), say("queue-button", count=waiting), style=Style.primary))
    if sender is not None and any(upload.state != "removed" for upload in uploads):
        rest.append(button(RemoveAll("ask", Snowflake(sender)), say("uploads-remove-all"), style=Style.danger))
    if sender is not None:
        rest.append(to_uploads())
    return [picking, ways, rest]


def to_uploads() -> Button:
    """Return the button back to the uploads of all senders."""
    return button(UploadsPage("back", "all", Snowflake(0), 0), say("uploads-back"))


def upload_screen(upload: ServerUpload) -> Screen:
    """Return an upload, with buttons for the actions of managers."""
    length = say("own-length", chapters=upload.story.chapters, words=upload.story.words)
    lines = [
        say("uploads-sent", sender=sender_words(upload.sender), when=f"<t:{upload.uploaded_at}:f>"),
        f"{length} · {say(f'uploads-state-{upload.state}')}",
    ]
    story, sender = upload.story.id, Snowflake(upload.sender or 0)
    act = (
        button(UploadAction("restore", story), say("uploads-restore"))
        if upload.state == "removed"
        else button(UploadAction("remove", story), say("uploads-remove"), style=Style.danger)
    )
    items = [
        act,
        button(OwnStoryAction("open", story), say("uploads-manage")),
        button(UploadsPage("sender", "one", sender, 0), say("uploads-sender")),
        to_uploads(),
    ]
    return Screen([story_embed(upload.story, "\n".join(lines), byline=True)], button_rows(items))


def ask_remove_all_screen(sender: int, count: int) -> Screen:
    """Return the confirmation dialog for removing all uploads of a sender."""
    items = [
        button(RemoveAll("remove", Snowflake(sender)), say("uploads-remove-now"), style=Style.danger),
        button(UploadsPage("sender", "one", Snowflake(sender), 0), say("uploads-keep")),
    ]
    return notice(say("uploads-ask-all", sender=sender_words(sender), count=count), say("uploads-title"), [items])


def removed_all_screen(sender: int, count: int) -> Screen:
    """Return the receipt for removing all uploads of a sender."""
    text = say("uploads-removed-all", sender=sender_words(sender), count=count)
    return notice(text, say("uploads-title"), [[to_uploads()]])


SUBMISSIONS_SHOWN = 10


def queue_screen(waiting: Sequence[Draft], total: int, questions: Sequence[Question], said: str = "") -> Screen:
    """Return the oldest waiting submissions and questions, below the text *said*; *total* counts the whole queue."""
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
        say(
            "queue-line-question",
            question=question_words(each),
            sender=f"<@{each.asker}>",
            when=f"<t:{each.asked_at}:R>",
        )
        for each in questions
    ]
    parts = [*([f"**{said}**"] if said else []), say("queue-about", count=total), *lines]
    embed = discord.Embed(title=say("queue-title"), description="\n\n".join(parts), colour=ACCENT)
    groups: list[Group] = []
    if waiting:
        options = [option(f"{number}. {each.title}", each.id) for number, each in enumerate(waiting, 1)]
        groups.append([select(PickSubmission(), options, say("queue-pick"))])
    if questions:
        asked = [option(clip(each.text or "", OPTION_LABEL), each.id) for each in questions]
        groups.append([select(PickQuestion(), asked, say("queue-pick-question"))])
    return Screen([embed], [*groups, [to_uploads()]])


def submission_screen(draft: Draft, story: Story | None, said: str = "") -> Screen:
    """Return the preview of a submission, below the text *said*, with buttons to read, approve and decline it.

    *story* is None if some members here may not see it; the submission can then only be declined.
    """
    sent = say("uploads-sent", sender=f"<@{draft.user}>", when=f"<t:{draft.since}:f>")
    if draft.wrote:
        sent += "\n" + say("queue-wrote")
    embeds, items = list[discord.Embed](), list[Item]()
    if story is None:
        said = say("queue-gated", title=clip(draft.title, EMBED_TITLE, escape))
    else:
        embeds, edition = preview_embeds(story, list(upload_warnings_of(story)), say("queue-footer")), draft.edition
        items.append(button(ReadDraft(0, 0, draft.id, edition, "open"), say("queue-read"), style=Style.primary))
        items.append(button(ApproveSubmission(draft.id, edition), say("queue-approve"), style=Style.success))
    items.append(button(AskDecline(draft.id), say("queue-decline")))
    back = [button(ShowQueue(), say("queue-back"))]
    text = f"{said}\n\n{sent}" if said else sent
    return Screen([discord.Embed(description=text, colour=ACCENT), *embeds], [items, back])


def draft_page_screen(draft: Draft, page: OpenPage, facts: Facts, contents: Sequence[ChapterSummary]) -> Screen:
    """Return a page of a submission, with a select of its chapters, *contents*, if there are several.

    Only *Decide* leads back to the preview, which has the buttons to approve and decline. The buttons that turn pages
    are always in the last row.
    """
    here, named = page.spot, (draft.id, draft.edition)
    picks, notes = ReadDraft(here.chapter, here.offset, *named, "pick"), list[Item]()
    if page.notes_before:
        opens = ShowDraftNotes(here.chapter, *named, "before", 0, turn=False)
        notes.append(button(opens, say("page-notes")))
    if page.notes_after:
        opens = ShowDraftNotes(here.chapter, *named, "after", 0, turn=False)
        notes.append(button(opens, say("page-notes-after")))
    previous, following = page.previous or here, page.following or here
    back = ReadDraft(previous.chapter, previous.offset, *named, "p")
    on = ReadDraft(following.chapter, following.offset, *named, "n")
    turning = [
        button(back, say("page-back"), disabled=page.previous is None),
        button(on, say("page-next"), style=Style.primary, disabled=page.following is None),
        button(SubmissionAction("open", draft.id), say("queue-decide")),
    ]
    end = PageEnd((), None, may_review=False) if page.is_last else None
    picking = [chapter_select(page, picks, contents)] if contents else []
    return Screen(page_screen(page, peek=False, facts=facts, end=end).embeds, [picking, notes, turning])


def decline_modal(draft: Draft) -> ui.Modal:
    """Return the modal for the reason for declining a submission."""
    label, hint = say("decline-field"), say("decline-hint")
    field = text_field("reason", label, REASON_CHARS, hint=hint, fewest=2, is_long=True, required=True)
    return modal(DeclineModal(draft.id), say("decline-title"), [field])


def new_submission_screen(draft: Draft, *, veiled: bool) -> Screen:
    """Return the message to the managers' channel about a submission; *veiled* hides a title for adults."""
    title = say("log-mature-story") if veiled else f"**{clip(draft.title, EMBED_TITLE, escape)}**"
    text = say("queue-new", title=title, sender=f"<@{draft.user}>")
    return notice(text, say("queue-new-title"), [[button(SubmissionAction("open", draft.id), say("queue-look"))]])


def answered_screen(told: Notice, server: str) -> Screen:
    """Return the direct message that tells a sender the decision on a submission, or that nobody decided."""
    named, where = f"**{clip(told.title, EMBED_TITLE, escape)}**", escape(server)
    if told.kind == "refused":
        why = clip(told.reason, 2 * REASON_CHARS, escape)
        return notice(say("submission-declined", title=named, server=where, reason=why))
    return notice(say(f"answered-{told.kind}", title=named, server=where))


def not_posted_screen(title: str, channel: int, why: ReaderError) -> Screen:
    """Return the message that tells the asker of an approved question why the question could not be posted."""
    named, whose = f"**{clip(title, EMBED_TITLE, escape)}**", why.values.get("whose", "story")
    return notice(say("question-not-posted", title=named, channel=f"<#{channel}>", whose=whose))


ACTS_A_PAGE = 10


def log_screen(acts: Sequence[LoggedAct], which: LogFilter, page: int, total: int) -> Screen:
    """Return a page of the log. Only managers see it, so it includes the titles of stories for adults."""
    lines = [_log_line(act) for act in acts] or [say("log-empty", days=KEPT_DAYS)]
    options = [option(say(f"log-filter-{each}"), each, default=each == which) for each in LOG_FILTERS]
    pages = count_pages(total, ACTS_A_PAGE)
    title = say("log-title")
    return private_list(
        title, lines, [[select(PickLog(), options)], []], lambda way, to: LogPage(way, which, to), page, pages
    )


def _log_line(act: LoggedAct) -> str:
    who = f"<@{act.user}>" if act.user else say("log-former")
    return f"<t:{act.at}:f> · {who}\n{_act_text(act)}"


def _act_text(act: LoggedAct) -> str:
    if act.act == "set":
        return say("log-changed", setting=say(f"log-setting-{act.detail.replace('_', '-')}"))
    title = say("log-no-story") if act.title is None else f"**{clip(act.title, 80, escape)}**"
    if act.act == "withdraw" and act.detail == "manager":
        return say("log-act-remove", title=title)
    return say(f"log-act-{act.act}", title=title) if act.act in WORDED else say("log-other", act=act.act, title=title)
