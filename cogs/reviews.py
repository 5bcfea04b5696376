"""Reviews: readers write, read and report reviews; a server's managers and moderators check them."""

import io

import discord
from discord import app_commands

from bot.domain.reviews import FEWEST_CHARS, MOST_CHARS, REASON_CHARS, NewReview, Review, tidy
from bot.errors import ReaderError
from bot.interactions.answering import FORM
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, modal, typed
from bot.interactions.messages import redraw_or_send
from bot.interactions.options import StoryArgument
from bot.interactions.replies import ask, redraw, send, sentence
from bot.services.posts import post
from bot.services.reviews import decide, has_new_account, reviewable, reviews_screen, spoilers_of, viewer_of
from bot.services.rights import allow_here
from bot.services.stories import latest_story
from bot.texts import say
from bot.ui.ids import (
    AskReport,
    AskReview,
    CheckReview,
    ReportModal,
    ReviewAction,
    ReviewModal,
    ReviewsPage,
    ShowReviews,
    ShowWholeReview,
)
from bot.ui.limits import size
from bot.ui.reviews import (
    Hint,
    checked_screen,
    confirm_screen,
    fits_a_message,
    not_saved_screen,
    receipt_title,
    report_modal,
    reported_screen,
    review_modal,
    review_receipt,
    whole_review_screen,
)
from bot.ui.screen import Screen


@app_commands.command(extras=FORM)
@app_commands.describe(
    story="Title or author. Leave empty for the story you're reading",
    chapter="Chapter number, to review only that chapter",
)
async def review(
    interaction: Interaction,
    story: StoryArgument | None = None,
    chapter: app_commands.Range[int, 0, 100_000] | None = None,
) -> None:
    """Read a story's reviews, and write or change yours"""
    if story is None and chapter is None and await _only_moderates(interaction):
        await post(interaction, await reviews_screen(interaction, "waiting", 0), private=True)
        return
    story = story or await latest_story(interaction)
    if chapter is None:
        await post(interaction, await reviews_screen(interaction, "story", story.id), private=True)
        return
    contents = await store_for(interaction).stories.chapter(story, chapter)
    await _ask(interaction, ReviewModal("new", story.id, contents.id if story.chapters > 1 else 0))


async def _only_moderates(interaction: Interaction) -> bool:
    """Return whether the member moderates reviews here and has not begun any story."""
    store = store_for(interaction)
    if await store.places.latest(interaction.user.id) is not None:
        return False
    return (await viewer_of(interaction)).moderates


# -- reading -------------------------------------------------------------------------------


@component(ShowReviews, work="lookup")
async def show_reviews(interaction: Interaction, press: ShowReviews) -> None:
    """Show a story's reviews, from its card or from a notice."""
    await post(interaction, await reviews_screen(interaction, "story", press.story), private=True)


@component(ReviewsPage, work="lookup")
async def turn_reviews(interaction: Interaction, press: ReviewsPage) -> None:
    """Turn the list of reviews to another page, or show another list."""
    await redraw(interaction, await reviews_screen(interaction, press.scope, press.story, press.page))


@component(ShowWholeReview, work="lookup")
async def whole_review(interaction: Interaction, press: ShowWholeReview) -> None:
    """Show a review in full; lists shorten long reviews."""
    review = await _visible_review(interaction, press.review)
    is_own, is_spoiler = review.reader == interaction.user.id, bool(await spoilers_of(interaction, [review]))
    screen = whole_review_screen(review, press.part, is_own=is_own, is_spoiler=is_spoiler)
    await redraw_or_send(interaction, screen, again=press.turn)


async def _visible_review(interaction: Interaction, review: int) -> Review:
    """Return a review. Raises `ReaderError` if the reader may not see it or its story."""
    lists = store_for(interaction).review_lists
    found = await lists.find(review, await viewer_of(interaction))
    await lists.story(found.story_id)
    return found


# -- writing --------------------------------------------------------------------------------


@component(AskReview, work="form")
async def ask_review(interaction: Interaction, press: AskReview) -> None:
    """Open a modal for a new or changed review."""
    await _ask(interaction, ReviewModal(press.origin, press.story, press.chapter))


async def _ask(interaction: Interaction, form: ReviewModal) -> None:
    story, chapter, before = await reviewable(interaction, form.story, form.chapter)
    text = before.text if before else ""
    await ask(interaction, review_modal(form, story, chapter, _hint(interaction, before), text))


def _hint(interaction: Interaction, before: Review | None) -> Hint:
    if before is not None:
        return "change"
    if not interaction.guild_id:
        return "direct"
    return "new" if has_new_account(interaction) else "here"


@modal(ReviewModal)
async def take_review(interaction: Interaction, submitted: ReviewModal) -> None:
    """Save the typed review and show it; on an error, send the typed text back."""
    text = tidy(typed(interaction, "text"))
    try:
        review, is_change = await _save(interaction, submitted, text)
    except ReaderError as error:
        await _return_text(interaction, error, text)
        return
    if submitted.origin == "new":
        await send(interaction, review_receipt(review, is_change=is_change), private=True)
    else:
        said = receipt_title(is_change=is_change)
        await redraw(interaction, await reviews_screen(interaction, submitted.origin, submitted.story, said=said))


async def _save(interaction: Interaction, submitted: ReviewModal, text: str) -> tuple[Review, bool]:
    """Save a review; return it, and whether it replaced an earlier one.

    Raises `ReaderError` if the text is too short or too long, or if the reader may not review the story.
    """
    if not FEWEST_CHARS <= size(text) <= MOST_CHARS:
        raise ReaderError("review-length", least=FEWEST_CHARS, most=MOST_CHARS)
    store, viewer = store_for(interaction), await viewer_of(interaction)
    _, _, before = await reviewable(interaction, submitted.story, submitted.chapter)
    name = " ".join(tidy(interaction.user.display_name).split())
    review = NewReview(
        viewer.reader, name, submitted.story, submitted.chapter, viewer.guild, text, has_new_account(interaction)
    )
    number = await store.reviews.leave(review, interaction.client.clock())
    interaction.client.dispatch("due")
    return await store.review_lists.find(number, viewer), before is not None


async def _return_text(interaction: Interaction, why: ReaderError, text: str) -> None:
    screen = not_saved_screen(sentence(why), text)
    files = [] if fits_a_message(text) else [discord.File(io.BytesIO(text.encode()), "review.txt")]
    await send(interaction, Screen(screen.embeds, files=files), private=True)


@component(ReviewAction)
async def on_review(interaction: Interaction, press: ReviewAction) -> None:
    """Delete the member's own review after a confirmation, or show or hide a review as a moderator."""
    store, viewer, said = store_for(interaction), await viewer_of(interaction), ""
    review = await store.review_lists.find(press.review, viewer)
    if press.action in ("ask", "delete"):
        if review.reader != viewer.reader:
            raise ReaderError("button-unknown")
        if press.action == "ask":
            await redraw(interaction, confirm_screen(review, press))
            return
        await store.reviews.take_back(viewer.reader, review.id)
        said = say("review-deleted")
    else:
        await decide(interaction, review.id, press.action)
    await redraw(interaction, await _same_list(interaction, press, said))


async def _same_list(interaction: Interaction, press: ReviewAction, said: str) -> Screen:
    """Return the pressed list again; if it can no longer be shown, the list of the reader's own reviews."""
    try:
        return await reviews_screen(interaction, press.scope, press.story, press.page, said=said)
    except ReaderError:
        return await reviews_screen(interaction, "mine", 0, said=said)


# -- moderating -----------------------------------------------------------------------------


@component(CheckReview)
async def check_review(interaction: Interaction, press: CheckReview) -> None:
    """Show or hide a review from the reports channel. Raises `ReaderError` if it no longer waits for a check."""
    await allow_here(interaction, "answer-report")
    lists, viewer = store_for(interaction).review_lists, await viewer_of(interaction)
    review = await lists.find(press.review, viewer)
    if not review.waits:
        raise ReaderError("review-answered")
    await decide(interaction, review.id, press.action)
    await redraw(interaction, checked_screen(await lists.find(press.review, viewer), interaction.user.id))


# -- reporting ------------------------------------------------------------------------------


@component(AskReport, work="form")
async def ask_report(interaction: Interaction, press: AskReport) -> None:
    """Open a modal for the reason of a report."""
    if (await _visible_review(interaction, press.review)).reader == interaction.user.id:
        raise ReaderError("button-unknown")
    await ask(interaction, report_modal(ReportModal(press.review), direct=not interaction.guild_id))


@modal(ReportModal)
async def take_report(interaction: Interaction, submitted: ReportModal) -> None:
    """Save a report of a review; a second report by the same reader has no effect."""
    store, reader = store_for(interaction), interaction.user.id
    review = await _visible_review(interaction, submitted.review)
    reason = " ".join(tidy(typed(interaction, "reason")).split())[:REASON_CHARS]
    await store.reviews.report(reader, review.id, reason, interaction.client.clock())
    interaction.client.dispatch("due")
    by_writer = await store.authors.wrote(reader, review.story_id)
    await send(interaction, reported_screen(review, by_writer=by_writer), private=True)
