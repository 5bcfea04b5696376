"""Reviews as the writers of a story are told of them, and how they choose to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

import discord
from discord import ui

from bot.domain.reviews import Review, ReviewDigest
from bot.domain.settings import ReaderSettings, Reviews
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.components import button, sent
from bot.ui.ids.reviews import AskReport, SetReviewNews, ShowReviewNews, ShowReviews, ShowWholeReview
from bot.ui.limits import BUTTON_LABEL, EMBED_TITLE, clip
from bot.ui.markdown import escape
from bot.ui.reviews import head_of, is_clipped, text_of
from bot.ui.screen import ACCENT, QUIET, Screen

TOLD_AT_MOST = 5
"""Reviews in one message; of more it says how many there are."""

ALONE, TOGETHER = 3500, 750
"""Characters as sent of a review that comes alone, and of each that comes with others."""


def digest_screen(told: ReviewDigest) -> Screen:
    """A direct message about reviews."""
    seen = [review for review in told.reviews if review.story is not None]
    if told.total == 1 and seen:
        return _one(seen[0])
    embeds = [discord.Embed(title=say("review-news-title", total=told.total), colour=ACCENT)] if told.total > 1 else []
    embeds += [_told(review, TOGETHER) for review in seen]
    if len(seen) < len(told.reviews):
        embeds.append(discord.Embed(description=say("review-news-gated"), colour=QUIET))
    if told.total > len(told.reviews):
        embeds[-1].set_footer(text=say("review-news-more", count=told.total - len(told.reviews)))
    stories = {review.story_id: review.story for review in seen if review.story}
    return Screen(embeds, sent([*_to_stories(stories), button(ShowReviewNews(), say("review-news-how"), 1)]))


def _one(review: Review) -> Screen:
    embed = _told(review, ALONE)
    embed.set_footer(text=say("review-news"))
    items = [
        button(ShowReviews(review.story_id), say("reviews-button", count=0), 0),
        *(
            [button(ShowWholeReview(review.id, 0, turn=False), say("review-whole-it"), 0)]
            if is_clipped(review, ALONE)
            else []
        ),
        button(AskReport(review.id), say("review-report-it"), 0),
        button(ShowReviewNews(), say("review-news-how"), 0),
    ]
    return Screen([embed], sent(items))


def _told(review: Review, limit: int) -> discord.Embed:
    title = clip(review.story.title, EMBED_TITLE // 2, escape) if review.story else None
    return discord.Embed(title=title, description=f"{head_of(review)}\n\n{text_of(review, limit)}", colour=ACCENT)


def _to_stories(stories: Mapping[int, StorySummary]) -> Sequence[ui.Item[ui.View]]:
    return [
        button(ShowReviews(number), clip(say("reviews-of-story", title=story.title), BUTTON_LABEL // 2), 0)
        for number, story in stories.items()
    ]


def review_news_panel(chosen: ReaderSettings, unreached_since: int | None) -> Screen:
    """How a writer hears of reviews, with a select to choose another way."""
    embed = discord.Embed(title=say("review-news-how-title"), colour=QUIET)
    says = [say("review-news-chosen", chosen=_words(chosen.reviews)), say("review-news-about")]
    if unreached_since is not None:
        says.append(say("review-news-unreached", since=f"<t:{unreached_since}:R>"))
    embed.description = "\n\n".join(says)
    ways: tuple[Reviews, ...] = get_args(Reviews)
    options = [discord.SelectOption(label=_words(way), value=way, default=way == chosen.reviews) for way in ways]
    select = ui.Select[ui.View](
        custom_id=str(SetReviewNews()), placeholder=say("review-news-choose"), options=options, row=0
    )
    return Screen([embed], sent([select]))


def _words(way: Reviews) -> str:
    return say(f"review-news-option-{way}")
