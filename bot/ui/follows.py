"""What a reader follows: the panel of a story and its author, and the list of all."""

import re
from collections.abc import Sequence
from typing import cast

from bot.domain.follows import FollowedItem, FollowKind, FollowScope, FollowStatus
from bot.domain.paging import count_pages
from bot.domain.settings import Notices
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.components import Style, button, option, select
from bot.ui.ids.follows import Follow, PickUnfollowed
from bot.ui.ids.pages import ReadPicked
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.me import tab_list
from bot.ui.screen import QUIET, Item, Screen, notice, story_embed

ROWS = 8
"""Lines on a page of what is followed."""

_FOLLOWED = re.compile(r"(story|author):([0-9]{1,18})")


def news_destination_text(notices: Notices, is_gated: bool, guild: int, news_channel: int | None) -> str:
    """Where a reader gets the news of a story, seen from a server (0: from a direct message)."""
    if notices == "none":
        return say("follow-told-none")
    if notices == "direct":
        return say("follow-told-direct-gated" if is_gated else "follow-told-direct")
    if not guild:
        return say("follow-told-nowhere")
    if news_channel is None:
        return say("follow-told-no-channel")
    text = say("follow-told-channel", channel=f"<#{news_channel}>")
    return f"{text}\n{say('follow-told-channel-gated')}" if is_gated else text


def follow_panel(story: StorySummary, following: FollowStatus, news_destination: str, *, by_server: bool) -> Screen:
    """Whether a reader follows a story and its author; *by_server*: their news goes to servers, not to themselves."""
    lines = [say("follow-story" if following.story != "none" else "follow-story-not")]
    items = _panel_buttons(story, "story", following.story, 0, by_server=by_server)
    if following.author is not None:
        lines.append(_author_line(story.author, is_followed=following.author != "none"))
        items += _panel_buttons(story, "author", following.author, 1, by_server=by_server)
    text = "\n".join([*lines, "", say("follow-brings"), news_destination])
    return Screen([story_embed(story, text, colour=QUIET).set_footer(text=say("follow-all"))], items)


def _author_line(author: str | None, *, is_followed: bool) -> str:
    if author is None:
        return say("follow-unnamed" if is_followed else "follow-unnamed-not")
    return say("follow-author" if is_followed else "follow-author-not", author=clip(author, 100, escape))


def _panel_buttons(
    story: StorySummary, subject: FollowKind, where: FollowScope, row: int, *, by_server: bool
) -> list[Item]:
    if where == "none":
        return [button(Follow(subject, story.id, True), say(f"follow-start-{subject}"), row, style=Style.primary)]
    off = button(Follow(subject, story.id, False), say(f"follow-stop-{subject}"), row)
    if where == "other_server" and by_server:
        return [button(Follow(subject, story.id, True), say(f"follow-here-{subject}"), row), off]
    return [off]


def following_screen(followed: Sequence[FollowedItem], page: int, total: int, unreached_since: int | None) -> Screen:
    """One page, counted from 0, of what a reader follows."""
    lines = [_line(each) for each in followed] or [say("following-nothing")]
    if unreached_since is not None:
        lines.insert(0, say("following-unreached", since=f"<t:{unreached_since}:R>"))
    items: list[Item] = []
    if stories := [each.story for each in followed if each.story is not None]:
        options = [option(story.title, story.id) for story in stories]
        items.append(select(ReadPicked(), options, 1, say("following-open")))
    if followed:
        named = [option(_name(each), f"{each.subject}:{each.id}") for each in followed]
        items.append(select(PickUnfollowed(page), named, 2, say("following-drop")))
    return tab_list("following", lines, items, page, count_pages(total, ROWS), row=3)


def _line(each: FollowedItem) -> str:
    by = f"\n-# {say('by', author=clip(each.story.author, 60, escape))}" if each.story and each.story.author else ""
    return f"**{clip(_name(each), 100, escape)}**{by}"


def _name(each: FollowedItem) -> str:
    if each.subject == "story":
        return each.story.title if each.story else say("following-hidden")
    return say("following-author", author=each.author) if each.author else say("following-hidden-author")


def read_followed(value: str) -> tuple[FollowKind, int] | None:
    """Return what a picked value names, as `following_screen` writes it; None for any other value."""
    match = _FOLLOWED.fullmatch(value)
    return (cast("FollowKind", match[1]), int(match[2])) if match else None


def unfollowed_screen(subject: FollowKind, name: str | None) -> Screen:
    """The receipt for an unfollow; *name* is that of the story or the author, where it may be shown."""
    text = say("unfollowed", name=clip(name, 100, escape)) if name else say(f"unfollowed-{subject}")
    return notice(text, say("no-longer-followed"))
