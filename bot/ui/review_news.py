"""The direct messages about reviews that a writer gets, and the panel that says how often."""

from typing import get_args

import discord

from bot.domain.reviews import Review, ReviewDigest
from bot.domain.settings import ReaderSettings, Reviews
from bot.texts import say
from bot.ui.components import button, option, select
from bot.ui.ids.reviews import AskReport, SetReviewNews, ShowReviewNews, ShowReviews, ShowWholeReview
from bot.ui.limits import BUTTON_LABEL, EMBED_TITLE, clip
from bot.ui.markdown import escape
from bot.ui.reviews import head_of, is_clipped, text_of
from bot.ui.screen import ACCENT, QUIET, Screen, notice

TOLD_AT_MOST = 5
"""Reviews in one message; it counts the others."""

ALONE, TOGETHER = 3500, 750
"""Characters, escaped, of a review that comes alone, and of each that comes with others."""


def digest_screen(digest: ReviewDigest) -> Screen:
    """A direct message about one new review, or about several."""
    visible = [review for review in digest.reviews if review.story is not None]
    if digest.total == 1 and visible:
        return _one(visible[0])
    embeds = [_review_embed(review, TOGETHER) for review in visible]
    if digest.total > 1:
        embeds.insert(0, discord.Embed(title=say("review-news-title", total=digest.total), colour=ACCENT))
    if len(visible) < len(digest.reviews):
        embeds.append(discord.Embed(description=say("review-news-gated"), colour=QUIET))
    if digest.total > len(digest.reviews):
        embeds[-1].set_footer(text=say("and-more", count=digest.total - len(digest.reviews)))
    stories = {review.story_id: review.story for review in visible if review.story}
    items = [
        button(ShowReviews(number), clip(say("reviews-of-story", title=story.title), BUTTON_LABEL // 2), 0)
        for number, story in stories.items()
    ]
    return Screen(embeds, [*items, button(ShowReviewNews(), say("review-news-how"), 1)])


def _one(review: Review) -> Screen:
    embed = _review_embed(review, ALONE)
    embed.set_footer(text=say("review-news"))
    items = [
        button(ShowReviews(review.story_id), say("reviews-button", count=0), 0),
        button(AskReport(review.id), say("review-report-it"), 0),
        button(ShowReviewNews(), say("review-news-how"), 0),
    ]
    if is_clipped(review, ALONE):
        items.insert(1, button(ShowWholeReview(review.id, 0, turn=False), say("review-whole-it"), 0))
    return Screen([embed], items)


def _review_embed(review: Review, limit: int) -> discord.Embed:
    title = clip(review.story.title, EMBED_TITLE // 2, escape) if review.story else None
    return discord.Embed(title=title, description=f"{head_of(review)}\n\n{text_of(review, limit)}", colour=ACCENT)


def review_news_panel(chosen: ReaderSettings) -> Screen:
    """How a writer hears of reviews, with a select to choose another way."""
    lines = [say("review-news-chosen", chosen=_words(chosen.reviews)), say("review-news-about")]
    if chosen.unreached_at is not None:
        lines.append(say("review-news-unreached", since=f"<t:{chosen.unreached_at}:R>"))
    ways: tuple[Reviews, ...] = get_args(Reviews)
    options = [option(_words(way), way, default=way == chosen.reviews) for way in ways]
    items = [select(SetReviewNews(), options, 0, say("review-news-choose"))]
    return notice("\n\n".join(lines), say("review-news-how-title"), items)


def _words(way: Reviews) -> str:
    return say(f"review-news-option-{way}")
