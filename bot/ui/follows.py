"""Follows: the panel to follow a story and its author, the list of followed stories and authors, and news messages."""

import re
from collections.abc import Sequence
from typing import cast

from discord import ui

from bot.domain.follows import FollowedItem, FollowKind, FollowScope, FollowStatus, News
from bot.domain.settings import Notices
from bot.domain.stories import count_pages
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.chapters import list_name
from bot.ui.components import Button, Style, button, option, select
from bot.ui.ids import Follow, PickUnfollowed, ReadPicked, ReadStory, Unfollow
from bot.ui.limits import BUTTON_LABEL, clip
from bot.ui.markdown import escape
from bot.ui.me import tab_list
from bot.ui.questions import question_words, reply_text, result_line
from bot.ui.screen import QUIET, Group, Screen, notice, story_embed

ROWS = 8
"""Number of stories and authors on a page of the list."""

_FOLLOWED = re.compile(r"(story|author):([0-9]{1,18})")


def news_destination_text(notices: Notices, is_gated: bool, guild: int, news_channel: int | None) -> str:
    """Return where a reader gets the news of a story; *guild* is the current server, 0 in a direct message."""
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
    """Return the follow buttons of a story and its author. *by_server*: the reader gets news in servers."""
    lines = [say("follow-story" if following.story != "none" else "follow-story-not")]
    groups = [_panel_buttons(story, "story", following.story, by_server=by_server)]
    if following.author is not None:
        lines.append(_author_line(story.author, is_followed=following.author != "none"))
        groups.append(_panel_buttons(story, "author", following.author, by_server=by_server))
    text = "\n".join([*lines, "", say("follow-brings"), news_destination])
    return Screen([story_embed(story, text, colour=QUIET).set_footer(text=say("follow-all"))], groups)


def _author_line(author: str | None, *, is_followed: bool) -> str:
    if author is None:
        return say("follow-unnamed" if is_followed else "follow-unnamed-not")
    return say("follow-author" if is_followed else "follow-author-not", author=clip(author, 100, escape))


def _panel_buttons(story: StorySummary, subject: FollowKind, where: FollowScope, *, by_server: bool) -> list[Button]:
    if where == "none":
        return [button(Follow(subject, story.id, True), say(f"follow-start-{subject}"), style=Style.primary)]
    off = button(Follow(subject, story.id, False), say(f"follow-stop-{subject}"))
    if where == "other_server" and by_server:
        return [button(Follow(subject, story.id, True), say(f"follow-here-{subject}")), off]
    return [off]


def following_screen(followed: Sequence[FollowedItem], page: int, total: int, unreached_since: int | None) -> Screen:
    """Return one page of the stories and authors that a reader follows; *page* counts from 0.

    *unreached_since* is the time of the last direct message to the reader, in seconds since 1970, if it failed.
    """
    lines = [_line(each) for each in followed] or [say("following-nothing")]
    if unreached_since is not None:
        lines.insert(0, say("following-unreached", since=f"<t:{unreached_since}:R>"))
    groups: list[Group] = []
    if stories := [each.story for each in followed if each.story is not None]:
        options = [option(story.title, story.id) for story in stories]
        groups.append([select(ReadPicked(), options, say("following-open"))])
    if followed:
        named = [option(_name(each), f"{each.subject}:{each.id}") for each in followed]
        groups.append([select(PickUnfollowed(page), named, say("following-drop"))])
    return tab_list("following", lines, [*groups, []], page, count_pages(total, ROWS))


def _line(each: FollowedItem) -> str:
    by = f"\n-# {say('by', author=clip(each.story.author, 60, escape))}" if each.story and each.story.author else ""
    return f"**{clip(_name(each), 100, escape)}**{by}"


def _name(each: FollowedItem) -> str:
    if each.subject == "story":
        return each.story.title if each.story else say("following-hidden")
    return say("following-author", author=each.author) if each.author else say("following-hidden-author")


def read_followed(value: str) -> tuple[FollowKind, int] | None:
    """Return the kind and id in a value of `following_screen`'s select; None if it is invalid."""
    match = _FOLLOWED.fullmatch(value)
    return (cast("FollowKind", match[1]), int(match[2])) if match else None


def unfollowed_screen(subject: FollowKind, name: str | None) -> Screen:
    """Return the receipt for an unfollow; *name* is that of the story or author, None if hidden."""
    text = say("unfollowed", name=clip(name, 100, escape)) if name else say(f"unfollowed-{subject}")
    return notice(text, say("no-longer-followed"))


CHAPTERS_NAMED = 5


def news_screen(news: News, *, public: bool = False, server: str | None = None, link: str | None = None) -> Screen:
    """Return a message about news of a story, for one reader, or for a channel if *public*.

    If the story shows only in servers, *server* and *link* are the name and URL of one that the reader is in.
    """
    story = news.story
    embed = story_embed(story, _news_text(news), byline=True)
    embed.set_footer(text=say("news-why-public" if public else "news-why"))
    items: list[Button] = []
    if link is not None:
        name = server or ""
        embed.description = f"{embed.description}\n\n{say('news-elsewhere', server=clip(name, 100, escape))}"
        items.append(ui.Button(url=link, label=clip(say("news-open", server=name), BUTTON_LABEL)))
    else:
        items.append(button(ReadStory(story.id), say("card-read"), style=Style.primary))
    if news.follows_story:
        items.append(button(Unfollow("story", story.id), say("follow-stop-story")))
    if news.author is not None:
        items.append(button(Unfollow("author", news.author), say("follow-stop-author")))
    return Screen([embed], [items], story)


def _news_text(news: News) -> str:
    parts = [say("news-answer") + "\n" + reply_text(news.reply)] if news.reply is not None else []
    if news.is_new:
        author = news.story.author
        parts.append(say("news-story", author=clip(author, 100, escape)) if author else say("news-story-unnamed"))
    elif news.chapters:
        parts.append(_chapters(news))
    if news.result is not None and (said := result_line(news.result)):
        parts.append(f"{question_words(news.result)}\n{said}")
    if news.asked_for is not None:
        voters = news.asked_for.voters
        parts.append(say("news-you-asked" if news.asked_for.by_reader else "news-asked", count=voters))
    return "\n\n".join(parts)


def _chapters(news: News) -> str:
    names = [list_name(chapter.name) for chapter in news.chapters]
    if len(names) == 1:
        name = news.chapters[0].name
        is_numbered = name.title is not None and name.number is not None and name.label is None
        said = say("news-chapter-named", number=str(name.number), title=name.title or "") if is_numbered else names[0]
        return say("news-chapter", chapter=clip(said, 200, escape))
    more = len(names) - CHAPTERS_NAMED
    lines = [say("news-chapters", count=len(names)), *(clip(name, 100, escape) for name in names[:CHAPTERS_NAMED])]
    return "\n".join([*lines, *([say("and-more", count=more)] if more > 0 else [])])
