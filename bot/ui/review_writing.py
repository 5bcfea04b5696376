"""How a review is written, reported and deleted: the modals and the receipts."""

from typing import Literal

import discord
from discord import ui

from bot.domain.reviews import FEWEST_CHARS, MOST_CHARS, REASON_CHARS, Review
from bot.stories.model import ChapterSummary, StorySummary
from bot.texts import say
from bot.ui.chapters import short_name
from bot.ui.components import Style, button, modal, text_field
from bot.ui.ids.reviews import AskReview, ReportModal, ReviewAction, ReviewModal, ReviewsPage, ShowReviews
from bot.ui.limits import EMBED_DESCRIPTION, EMBED_TITLE, INPUT_LABEL, clip, size
from bot.ui.markdown import escape
from bot.ui.reviews import head_of, text_of
from bot.ui.screen import ACCENT, QUIET, Screen, notice

Hint = Literal["here", "direct", "new", "change"]
"""Who is going to see what is typed, as the modal says it."""

SHOWN = 3000
"""Characters as sent of a review in its receipt."""


def review_modal(
    custom_id: ReviewModal, story: StorySummary, chapter: ChapterSummary | None, hint: Hint, before: str
) -> ui.Modal:
    """The modal for the words of a review; *before* is what the reader wrote until now."""
    title = clip(say("review-ask-title", title=story.title), INPUT_LABEL)
    asks = say("review-ask-chapter", chapter=clip(short_name(chapter.name), 20)) if chapter else say("review-ask-story")
    box = text_field(
        "text",
        asks,
        MOST_CHARS,
        fewest=FEWEST_CHARS,
        hint=say(f"review-hint-{hint}"),
        default=before,
        is_long=True,
        required=True,
    )
    return modal(custom_id, title, [box])


def report_modal(custom_id: ReportModal, *, direct: bool) -> ui.Modal:
    """The modal for the reason of a report."""
    hint = say("review-report-hint-direct" if direct else "review-report-hint")
    why = text_field("reason", say("review-report-why"), REASON_CHARS, hint=hint, is_long=True, required=True)
    return modal(custom_id, say("review-report-title"), [why])


def review_receipt(review: Review, *, is_change: bool) -> Screen:
    """The receipt for a review, with the ways to change it and to take it back."""
    embed = discord.Embed(title=receipt_title(is_change=is_change), colour=ACCENT)
    embed.description = f"{head_of(review, is_own=True)}\n\n{text_of(review, SHOWN)}"
    embed.set_footer(text=_seen_by(review))
    items = [
        button(ShowReviews(review.story_id), say("reviews-button", count=0), 0),
        button(AskReview("new", review.story_id, review.chapter_id), say("review-edit-it"), 0),
        button(ReviewAction("ask", review.id, "story", review.story_id, 0), say("review-delete-it"), 0),
    ]
    return Screen([embed], items)


def receipt_title(*, is_change: bool) -> str:
    return say("review-was-changed" if is_change else "review-kept")


def _seen_by(review: Review) -> str:
    if review.state == "held":
        return say("review-mark-held-own")
    if review.state == "hidden":
        return say("review-mark-hidden-own")
    return say("review-seen-here" if review.guild else "review-mark-direct")


def not_kept_screen(why: str, text: str) -> Screen:
    """Why a review was not kept, with its words where they fit into a message."""
    embed = discord.Embed(title=say("review-not-kept"), description=escape(why), colour=QUIET)
    if not fits_a_message(text):
        embed.description = f"{embed.description}\n\n{say('review-handed-back-file')}"
        return Screen([embed])
    embed.description = f"{embed.description}\n\n{say('review-handed-back')}"
    return Screen([embed, discord.Embed(description=escape(text), colour=QUIET)])


def fits_a_message(text: str) -> bool:
    """Whether the words of a review can be shown whole in one message."""
    return size(escape(text)) <= EMBED_DESCRIPTION


def confirm_screen(review: Review, press: ReviewAction) -> Screen:
    """Asks once more before a review is deleted."""
    title = f"**{clip(review.story.title, EMBED_TITLE, escape)}**\n" if review.story else ""
    text = f"{title}{head_of(review, is_own=True)}\n\n{text_of(review, SHOWN)}"
    delete = ReviewAction("delete", review.id, press.scope, press.story, press.page)
    back = ReviewsPage("back", press.scope, press.story, press.page)
    items = [
        button(delete, say("review-delete-now"), 0, style=Style.danger),
        button(back, say("review-keep-it"), 0),
    ]
    return notice(text, say("review-ask-delete"), items)


def reported_screen(review: Review, *, by_writer: bool) -> Screen:
    """The receipt for the report of a review."""
    lines = [say("review-reported-here")] if review.guild else []
    lines += [say("review-reported-writer")] if by_writer else []
    return notice("\n".join(lines), say("review-reported-title"))
