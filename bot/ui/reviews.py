"""What readers say of a story: lists of reviews, and one that is longer than its place there."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import discord

from bot.domain.paging import count_pages
from bot.domain.reviews import Review, ReviewScope, Viewer
from bot.stories.model import StorySummary
from bot.stories.pages import cut
from bot.texts import say
from bot.ui.chapters import list_name
from bot.ui.components import Button, Style, button, packed, page_buttons, part_buttons
from bot.ui.custom_id import CustomId
from bot.ui.ids.reviews import AskReport, AskReview, ReviewAction, ReviewActionName, ReviewsPage, ShowWholeReview
from bot.ui.limits import EMBED_DESCRIPTION, EMBED_TITLE, clip, size
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, QUIET, Item, Screen

ROWS = 3
"""Reviews on a page."""

FIRST, WAYS = 1, 3
"""The first of two rows of buttons on the reviews, and of two with the ways from here; above are the tabs of `/me`."""

_SPOILER = "||{}||"

_WAYS: dict[Literal["p", "n"], Literal["previous", "next"]] = {"p": "previous", "n": "next"}

TEXT = 1000
"""Characters as sent of a review in a list; of a longer one a button opens the whole."""

LINES = 14
"""Lines of it: one of many short lines must not push the others off a phone's screen."""

REASONS, REASON = 3, 100
"""How many reasons of reports stand below a review, and how many characters of each."""


@dataclass(frozen=True, slots=True)
class ReviewList:
    """A page of reviews, and what its screen needs to know."""

    scope: ReviewScope
    story: StorySummary | None
    """The story that they are about; None for reviews of several."""
    viewer: Viewer
    reviews: Sequence[Review]
    page: int
    """Counted from 0."""
    total: int
    about: str
    """The text above them."""
    may_write: bool = False
    may_change: bool = False
    """Whether the viewer's own review of the story can be changed from here."""
    tabs: Item | None = None
    """The tabs of `/me`, where the list is one of them."""
    spoilers: Collection[int] = ()
    """The ids of the reviews whose words are under Discord's spoiler marks, which the reader presses one by one."""
    waiting: int = 0
    """How many reviews wait for the moderators of this server; 0 unless the viewer is one."""
    reasons: Mapping[int, Sequence[str]] = field(default_factory=dict[int, Sequence[str]], hash=False)
    """Why readers reported a review, by its id; empty unless the viewer is a moderator."""


def review_list_screen(listing: ReviewList) -> Screen:
    """A page of reviews: an embed for each, what can be done with it, and the ways from here."""
    story, pages = listing.story, count_pages(listing.total, ROWS)
    title = clip(story.title, EMBED_TITLE, escape) if story else say(f"reviews-{listing.scope}-title")
    embeds = [discord.Embed(title=title, description=listing.about, colour=ACCENT)]
    acts: list[Button] = []
    for number, review in enumerate(listing.reviews, start=listing.page * ROWS + 1):
        embeds.append(_review_embed(listing, review, number))
        acts += [button(custom_id, label, FIRST) for custom_id, label in _on_review(listing, review, number)]
    if pages > 1:
        embeds[-1].set_footer(text=say("page-footer-page", number=listing.page + 1, pages=pages))
    ways = packed([*_navigation(listing, pages), *_ways(listing)], WAYS, rows=2)
    return Screen(embeds, [*([listing.tabs] if listing.tabs else []), *packed(acts, FIRST, rows=2), *ways], story)


def _review_embed(listing: ReviewList, review: Review, number: int) -> discord.Embed:
    is_own = review.reader == listing.viewer.reader
    head = head_of(review, is_own=is_own, mention=listing.scope == "waiting")
    lines = [f"**{number}.** {head}"]
    if listing.scope != "story" and review.story:
        lines.append(f"**{clip(review.story.title, 100, escape)}**")
    lines += [f"*{mark}*" for mark in _marks(listing, review, is_own=is_own)]
    text = text_of(review)
    if review.story is not None and (listing.scope == "waiting" or review.id in listing.spoilers):
        text = _SPOILER.format(text)
    return discord.Embed(description="\n".join([*lines, "", text]), colour=ACCENT if is_own else QUIET)


def head_of(review: Review, *, is_own: bool = False, mention: bool = False) -> str:
    """Who wrote a review, of what, and when; with a *mention* for those who may have to act on it."""
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


def _marks(listing: ReviewList, review: Review, *, is_own: bool) -> list[str]:
    """What else there is to say of a review."""
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


def text_of(review: Review, limit: int = TEXT) -> str:
    """The words of a review, escaped, as far as there is room."""
    if review.story is None:
        return say("review-not-here")
    lines = review.text.split("\n")
    text = review.text if len(lines) <= LINES else "\n".join(lines[:LINES]).rstrip() + "…"
    return clip(text, limit, escape)


def is_clipped(review: Review, limit: int = TEXT) -> bool:
    """Whether `text_of` leaves words out."""
    is_long = review.text.count("\n") >= LINES or size(escape(review.text)) > limit
    return review.story is not None and is_long


def _moderates(listing: ReviewList, review: Review) -> bool:
    return listing.viewer.moderates and review.guild == listing.viewer.guild


def _on_review(listing: ReviewList, review: Review, number: int) -> Iterator[tuple[CustomId, str]]:
    """What can be done with a review: at most three things, each with what its button says."""

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


def _navigation(listing: ReviewList, pages: int) -> list[Button]:
    story = listing.story.id if listing.story else 0
    return page_buttons(
        lambda way, to: ReviewsPage(_WAYS[way], listing.scope, story, to),
        listing.page,
        pages,
        WAYS,
        style=Style.primary,
    )


def _ways(listing: ReviewList) -> list[Button]:
    items: list[Button] = []
    if listing.story and (listing.may_write or listing.may_change):
        label = say("reviews-write" if listing.may_write else "reviews-change")
        items.append(button(AskReview("story", listing.story.id, 0), label, WAYS, style=Style.primary))
    if listing.waiting and listing.scope != "waiting":
        look = ReviewsPage("waiting", "waiting", 0, 0)
        items.append(button(look, say("reviews-look", count=listing.waiting), WAYS))
    return items


def whole_review_screen(review: Review, part: int, *, is_own: bool, is_spoiler: bool) -> Screen:
    """A review in full: in one part where it fits, else in parts that are cut as pages are.

    A *spoiler* is under Discord's own marks here, too.
    """
    whole = escape(review.text)
    fits = size(whole) <= EMBED_DESCRIPTION - len(_SPOILER.format(""))
    parts = [whole] if fits else [escape(page.text.strip()) for page in cut(review.text)]
    part = min(part, len(parts) - 1)
    head = discord.Embed(description=head_of(review, is_own=is_own), colour=ACCENT)
    if review.story is not None:
        head.title = clip(review.story.title, EMBED_TITLE, escape)
    text = _SPOILER.format(parts[part]) if is_spoiler else parts[part]
    embeds = [head, discord.Embed(description=text, colour=QUIET)]
    if len(parts) == 1:
        return Screen(embeds)
    embeds[-1].set_footer(text=say("note-part", part=part + 1, parts=len(parts)))
    return Screen(embeds, part_buttons(lambda to: ShowWholeReview(review.id, to, turn=True), part, len(parts)))
