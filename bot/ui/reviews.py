"""Reviews: lists, modals for writing and reporting, moderators' decisions, and messages to the authors of stories."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

import discord
from discord import ui

from bot.domain.reviews import FEWEST_CHARS, MOST_CHARS, REASON_CHARS, Review, ReviewDigest, ReviewScope, Viewer
from bot.domain.settings import ReaderSettings, Reviews
from bot.domain.stories import count_pages
from bot.stories.model import ChapterSummary, StorySummary
from bot.stories.pages import cut
from bot.texts import say
from bot.ui.chapters import list_name, short_name
from bot.ui.components import (
    Button,
    Style,
    button,
    button_rows,
    modal,
    option,
    page_buttons,
    part_buttons,
    select,
    text_field,
)
from bot.ui.custom_id import CustomId
from bot.ui.ids import (
    AskReport,
    AskReview,
    CheckReview,
    ReportModal,
    ReviewAction,
    ReviewActionName,
    ReviewModal,
    ReviewsPage,
    SetReviewNews,
    ShowReviewNews,
    ShowReviews,
    ShowWholeReview,
)
from bot.ui.limits import BUTTON_LABEL, BUTTON_ROWS, EMBED_DESCRIPTION, EMBED_TITLE, INPUT_LABEL, clip, size
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, QUIET, Item, Screen, notice

ROWS = 3
"""Number of reviews on a page."""

ROWS_EACH = (BUTTON_ROWS - 1) // 2
"""Actions on reviews and navigation may each have this many button rows.

It is half of the rows left beside the row with the tabs of `/me`.
"""

_SPOILER = "||{}||"

_DIRECTIONS: dict[Literal["p", "n"], Literal["previous", "next"]] = {"p": "previous", "n": "next"}

TEXT_CHARS = 1000
"""Maximum length of a review in a list, in escaped characters. A button opens a longer review in full."""

TEXT_LINES = 14
"""Maximum number of lines of a review in a list, so that short lines do not push other reviews off the screen."""

REASONS, REASON = 3, 100
"""Maximum number of report reasons below a review, and maximum length of each, in characters."""


@dataclass(frozen=True, slots=True)
class ReviewList:
    """A page of reviews, and the state of its screen."""

    scope: ReviewScope
    story: StorySummary | None
    """Story of all reviews in the list; None if the reviews are about several stories."""
    viewer: Viewer
    reviews: Sequence[Review]
    page: int
    """Number of the page, counted from 0."""
    total: int
    about: str
    """Text above the reviews."""
    may_write: bool = False
    may_change: bool = False
    """Whether this screen offers to edit the viewer's own review of the story."""
    tabs: Item | None = None
    """Select of the tabs of `/me`, if the list is a tab."""
    spoilers: Collection[int] = ()
    """Ids of the reviews whose text is put in spoiler marks, since it is about parts that the viewer has not read."""
    waiting: int = 0
    """Number of reviews that wait for the moderators of this server; 0 unless the viewer is a moderator."""
    reasons: Mapping[int, Sequence[str]] = field(default_factory=dict[int, Sequence[str]], hash=False)
    """Reasons of reports by review id; empty unless the viewer is a moderator."""


def review_list_screen(listing: ReviewList) -> Screen:
    """Return a page of reviews: an embed and actions for each, and navigation."""
    story, pages = listing.story, count_pages(listing.total, ROWS)
    title = clip(story.title, EMBED_TITLE, escape) if story else say(f"reviews-{listing.scope}-title")
    embeds = [discord.Embed(title=title, description=listing.about, colour=ACCENT)]
    action_buttons: list[Button] = []
    for number, review in enumerate(listing.reviews, start=listing.page * ROWS + 1):
        embeds.append(_review_embed(listing, review, number))
        action_buttons += [button(custom_id, label) for custom_id, label in _actions(listing, review, number)]
    if pages > 1:
        embeds[-1].set_footer(text=say("page-footer-page", number=listing.page + 1, pages=pages))
    ways = button_rows([*_page_buttons(listing, pages), *_story_buttons(listing)], rows=ROWS_EACH)
    tabs = [[listing.tabs]] if listing.tabs else []
    return Screen(embeds, [*tabs, *button_rows(action_buttons, rows=ROWS_EACH), *ways], story)


def _review_embed(listing: ReviewList, review: Review, number: int) -> discord.Embed:
    is_own = review.reader == listing.viewer.reader
    head = _review_heading(review, is_own=is_own, mention=listing.scope == "waiting")
    lines = [f"**{number}.** {head}"]
    if listing.scope != "story" and review.story:
        lines.append(f"**{clip(review.story.title, 100, escape)}**")
    lines += [f"*{mark}*" for mark in _remarks(listing, review, is_own=is_own)]
    text = text_of(review)
    if review.story is not None and (listing.scope == "waiting" or review.id in listing.spoilers):
        text = _SPOILER.format(text)
    return discord.Embed(description="\n".join([*lines, "", text]), colour=ACCENT if is_own else QUIET)


def _review_heading(review: Review, *, is_own: bool = False, mention: bool = False) -> str:
    """Return a review's writer, subject and time; *mention* adds a mention of the writer, for moderators."""
    reader = f"**{clip(review.name, 60, escape)}**"
    if mention:
        reader = say("review-by", name=reader, reader=f"<@{review.reader}>")
    parts = [say("review-own") if is_own else reader, _subject(review), f"<t:{review.left_at}:R>"]
    if review.edited_at is not None:
        parts.append(say("review-changed", when=f"<t:{review.edited_at}:R>"))
    return " · ".join(filter(None, parts))


def _subject(review: Review) -> str:
    if review.story is None:
        return say("review-hidden-story")
    if review.chapter is not None:
        name = review.chapter.name
        if name.number is None or name.label is not None:
            return clip(list_name(name), 80, escape)
        if name.title is None:
            return say("review-of-chapter", number=str(name.number))
        return say("review-of-chapter-named", number=str(name.number), title=clip(name.title, 60, escape))
    if review.chapter_id:
        return say("review-of-gone")
    return say("review-of-whole") if review.story.chapters > 1 else ""


def _remarks(listing: ReviewList, review: Review, *, is_own: bool) -> list[str]:
    """Return the remarks on a review: its state, its server and its reports."""
    guild, marks = listing.viewer.guild, list[str]()
    if review.state == "held":
        marks.append(say("review-mark-held-own" if is_own else "review-mark-held"))
    elif review.state == "hidden":
        marks.append(say("review-mark-hidden-own" if is_own else "review-mark-hidden"))
    if is_own and review.guild != guild:
        marks.append(say("review-mark-elsewhere" if review.guild else "review-mark-direct"))
    if review.waits and review.reports and _moderates(listing, review):
        marks.append(say("review-reported", count=review.reports))
        marks += [f"“{clip(reason, REASON, escape)}”" for reason in listing.reasons.get(review.id, ())[:REASONS]]
    return marks


def text_of(review: Review, limit: int = TEXT_CHARS) -> str:
    """Return the escaped text of a review, truncated to `TEXT_LINES` lines and *limit* characters."""
    if review.story is None:
        return say("review-not-here")
    lines = review.text.split("\n")
    text = review.text if len(lines) <= TEXT_LINES else "\n".join(lines[:TEXT_LINES]).rstrip() + "…"
    return clip(text, limit, escape)


def is_clipped(review: Review, limit: int = TEXT_CHARS) -> bool:
    """Return whether `text_of` truncates the review."""
    is_long = review.text.count("\n") >= TEXT_LINES or size(escape(review.text)) > limit
    return review.story is not None and is_long


def _moderates(listing: ReviewList, review: Review) -> bool:
    return listing.viewer.moderates and review.guild == listing.viewer.guild


def _actions(listing: ReviewList, review: Review, number: int) -> Iterator[tuple[CustomId, str]]:
    """Yield the custom ids and labels of at most three buttons for actions on a review."""

    def on(action: ReviewActionName) -> ReviewAction:
        story = listing.story.id if listing.story else 0
        return ReviewAction(action, review.id, listing.scope, story, listing.page)

    if review.reader == listing.viewer.reader and listing.scope != "waiting":
        if review.story is not None:
            origin = "mine" if listing.scope == "mine" else "story"
            yield AskReview(origin, review.story_id, review.chapter_id), say("review-edit", number=number)
        yield on("ask"), say("review-delete", number=number)
    elif _moderates(listing, review):
        if review.state != "shown" or review.waits:
            done = "keep" if review.state == "shown" else "approve" if review.state == "held" else "again"
            yield on("show"), say(f"review-show-{done}", number=number)
        if review.state != "hidden":
            yield on("hide"), say("review-hide", number=number)
    else:
        yield AskReport(review.id), say("review-report", number=number)
    if is_clipped(review):
        yield ShowWholeReview(review.id, 0, turn=False), say("review-whole", number=number)


def _page_buttons(listing: ReviewList, pages: int) -> list[Button]:
    story = listing.story.id if listing.story else 0
    return page_buttons(
        lambda way, to: ReviewsPage(_DIRECTIONS[way], listing.scope, story, to),
        listing.page,
        pages,
        style=Style.primary,
    )


def _story_buttons(listing: ReviewList) -> list[Button]:
    items: list[Button] = []
    if listing.story and (listing.may_write or listing.may_change):
        label = say("reviews-write" if listing.may_write else "reviews-change")
        items.append(button(AskReview("story", listing.story.id, 0), label, style=Style.primary))
    if listing.waiting and listing.scope != "waiting":
        look = ReviewsPage("waiting", "waiting", 0, 0)
        items.append(button(look, say("reviews-look", count=listing.waiting)))
    return items


def whole_review_screen(review: Review, part: int, *, is_own: bool, is_spoiler: bool) -> Screen:
    """Return a review in full, divided like pages if it is too long for an embed.

    With *is_spoiler*, the text is in Discord's spoiler marks.
    """
    whole = escape(review.text)
    fits = size(whole) <= EMBED_DESCRIPTION - len(_SPOILER.format(""))
    parts = [whole] if fits else [escape(page.text.strip()) for page in cut(review.text)]
    part = min(part, len(parts) - 1)
    head = discord.Embed(description=_review_heading(review, is_own=is_own), colour=ACCENT)
    if review.story is not None:
        head.title = clip(review.story.title, EMBED_TITLE, escape)
    text = _SPOILER.format(parts[part]) if is_spoiler else parts[part]
    embeds = [head, discord.Embed(description=text, colour=QUIET)]
    if len(parts) == 1:
        return Screen(embeds)
    embeds[-1].set_footer(text=say("note-part", part=part + 1, parts=len(parts)))
    return Screen(embeds, [part_buttons(lambda to: ShowWholeReview(review.id, to, turn=True), part, len(parts))])


Hint = Literal["here", "direct", "new", "change"]
"""Hint in the modal of a review: who will see the review, or that it changes an earlier review."""

RECEIPT_CHARS = 3000
"""Maximum length of a review in its receipt, in escaped characters."""


def review_modal(
    custom_id: ReviewModal, story: StorySummary, chapter: ChapterSummary | None, hint: Hint, before: str
) -> ui.Modal:
    """Return the modal for a review; *before* is the current text, empty for a new review."""
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
    """Return the modal for the reason for a report; *direct* means that the member is in a direct message."""
    hint = say("review-report-hint-direct" if direct else "review-report-hint")
    why = text_field("reason", say("review-report-why"), REASON_CHARS, hint=hint, is_long=True, required=True)
    return modal(custom_id, say("review-report-title"), [why])


def review_receipt(review: Review, *, is_change: bool) -> Screen:
    """Return the receipt for a review, with buttons to change and delete it, and one to all reviews of the story."""
    embed = discord.Embed(title=receipt_title(is_change=is_change), colour=ACCENT)
    embed.description = f"{_review_heading(review, is_own=True)}\n\n{text_of(review, RECEIPT_CHARS)}"
    embed.set_footer(text=_seen_by(review))
    items = [
        button(ShowReviews(review.story_id), say("reviews-button", count=0)),
        button(AskReview("new", review.story_id, review.chapter_id), say("review-edit-it")),
        button(ReviewAction("ask", review.id, "story", review.story_id, 0), say("review-delete-it")),
    ]
    return Screen([embed], [items])


def receipt_title(*, is_change: bool) -> str:
    return say("review-was-changed" if is_change else "review-kept")


def _seen_by(review: Review) -> str:
    if review.state == "held":
        return say("review-mark-held-own")
    if review.state == "hidden":
        return say("review-mark-hidden-own")
    return say("review-seen-here" if review.guild else "review-mark-direct")


def not_saved_screen(why: str, text: str) -> Screen:
    """Return the reason why a review was not saved, with its text if that fits into a message."""
    embed = discord.Embed(title=say("review-not-kept"), description=escape(why), colour=QUIET)
    if not fits_a_message(text):
        embed.description = f"{embed.description}\n\n{say('review-handed-back-file')}"
        return Screen([embed])
    embed.description = f"{embed.description}\n\n{say('review-handed-back')}"
    return Screen([embed, discord.Embed(description=escape(text), colour=QUIET)])


def fits_a_message(text: str) -> bool:
    """Return whether the text of a review, escaped, fits into one message."""
    return size(escape(text)) <= EMBED_DESCRIPTION


def confirm_screen(review: Review, press: ReviewAction) -> Screen:
    """Return the confirmation dialog for deleting a review."""
    title = f"**{clip(review.story.title, EMBED_TITLE, escape)}**\n" if review.story else ""
    text = f"{title}{_review_heading(review, is_own=True)}\n\n{text_of(review, RECEIPT_CHARS)}"
    delete = ReviewAction("delete", review.id, press.scope, press.story, press.page)
    back = ReviewsPage("back", press.scope, press.story, press.page)
    items = [
        button(delete, say("review-delete-now"), style=Style.danger),
        button(back, say("review-keep-it")),
    ]
    return notice(text, say("review-ask-delete"), [items])


def reported_screen(review: Review, *, by_writer: bool) -> Screen:
    """Return the receipt for the report of a review."""
    lines = [say("review-reported-here")] if review.guild else []
    lines += [say("review-reported-writer")] if by_writer else []
    return notice("\n".join(lines), say("review-reported-title"))


CHECK_CHARS = 3000
"""Maximum length of a review that moderators check, in escaped characters."""


def check_screen(review: Review, reasons: Sequence[str]) -> Screen:
    """Return a held or reported review, its text as a spoiler, with buttons to show and hide it."""
    embed = _embed(review, say("check-title"))
    lines = [say("check-held") if review.state == "held" else say("review-reported", count=review.reports)]
    lines += [f"“{clip(reason, REASON, escape)}”" for reason in reasons[:REASONS]]
    embed.add_field(name=say("check-why"), value="\n".join(lines), inline=False)
    keep = say("check-approve" if review.state == "held" else "check-keep")
    items = [
        button(CheckReview("show", review.id), keep),
        button(CheckReview("hide", review.id), say("check-hide"), style=Style.danger),
    ]
    return Screen([embed], [items])


def checked_screen(review: Review, by: int) -> Screen:
    """Return a review after a moderator's decision, without buttons."""
    embed = _embed(review, say("check-done-title"))
    embed.colour = QUIET
    embed.add_field(
        name=say("check-answer"),
        value=say("check-hidden" if review.state == "hidden" else "check-shown", user=f"<@{by}>"),
        inline=False,
    )
    return Screen([embed], [])


def _embed(review: Review, title: str) -> discord.Embed:
    head = _review_heading(review, mention=True)
    story = f"**{clip(review.story.title, EMBED_TITLE, escape)}**\n" if review.story else ""
    text = text_of(review, CHECK_CHARS)
    words = f"||{text}||" if review.story else text
    return discord.Embed(title=title, description=f"{story}{head}\n\n{words}", colour=ACCENT)


REVIEWS_IN_DIGEST = 5
"""Maximum number of reviews in a digest. A footer counts the other reviews."""

ALONE_CHARS, TOGETHER_CHARS = 3500, 750
"""Maximum length of a review alone in a message, and of one among others, in escaped characters."""


def digest_screen(digest: ReviewDigest) -> Screen:
    """Return the direct message to an author about new reviews of their stories."""
    visible = [review for review in digest.reviews if review.story is not None]
    if digest.total == 1 and visible:
        return _single_review(visible[0])
    embeds = [_embed_for_writer(review, TOGETHER_CHARS) for review in visible]
    if digest.total > 1:
        embeds.insert(0, discord.Embed(title=say("review-news-title", total=digest.total), colour=ACCENT))
    if len(visible) < len(digest.reviews):
        embeds.append(discord.Embed(description=say("review-news-gated"), colour=QUIET))
    if digest.total > len(digest.reviews):
        embeds[-1].set_footer(text=say("and-more", count=digest.total - len(digest.reviews)))
    stories = {review.story_id: review.story for review in visible if review.story}
    items = [
        button(ShowReviews(number), clip(say("reviews-of-story", title=story.title), BUTTON_LABEL // 2))
        for number, story in stories.items()
    ]
    return Screen(embeds, [items, [button(ShowReviewNews(), say("review-news-how"))]])


def _single_review(review: Review) -> Screen:
    embed = _embed_for_writer(review, ALONE_CHARS)
    embed.set_footer(text=say("review-news"))
    items = [
        button(ShowReviews(review.story_id), say("reviews-button", count=0)),
        button(AskReport(review.id), say("review-report-it")),
        button(ShowReviewNews(), say("review-news-how")),
    ]
    if is_clipped(review, ALONE_CHARS):
        items.insert(1, button(ShowWholeReview(review.id, 0, turn=False), say("review-whole-it")))
    return Screen([embed], [items])


def _embed_for_writer(review: Review, limit: int) -> discord.Embed:
    title = clip(review.story.title, EMBED_TITLE // 2, escape) if review.story else None
    return discord.Embed(
        title=title, description=f"{_review_heading(review)}\n\n{text_of(review, limit)}", colour=ACCENT
    )


def review_news_panel(chosen: ReaderSettings) -> Screen:
    """Return the panel for an author's setting of messages about new reviews."""
    lines = [say("review-news-chosen", chosen=_option_text(chosen.reviews)), say("review-news-about")]
    if chosen.unreached_at is not None:
        lines.append(say("review-news-unreached", since=f"<t:{chosen.unreached_at}:R>"))
    ways: tuple[Reviews, ...] = get_args(Reviews)
    options = [option(_option_text(way), way, default=way == chosen.reviews) for way in ways]
    items = [select(SetReviewNews(), options, say("review-news-choose"))]
    return notice("\n\n".join(lines), say("review-news-how-title"), [items])


def _option_text(way: Reviews) -> str:
    return say(f"review-news-option-{way}")
