"""What a reader follows, and the news that they are told of it."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.news import Followed, Following, News, Subject, Where
from bot.preferences import Notices
from bot.stories.model import Entry
from bot.ui.components import Style, button, sent
from bot.ui.ids.follows import DropFollowed, Follow, FollowedPage, Unfollow
from bot.ui.ids.reading import Read
from bot.ui.limits import BUTTON_LABEL, EMBED_AUTHOR, EMBED_TITLE, clip
from bot.ui.markdown import escape
from bot.ui.pages import chapter_name
from bot.ui.screen import ACCENT, QUIET, Screen

ROWS = 4
"""Lines on a page of what is followed: each has a row of buttons, and the last row turns the pages."""

CHAPTERS_NAMED = 5

UNREACHED = " My last one did not reach you: /following says what to do."

_NOTHING = "You follow nothing yet. **Follow** on a story's card tells you of its new chapters."


def told_where(notices: Notices, is_gated: bool, guild: int, news_channel: int | None) -> str:
    """Where a reader hears of what they follow, seen from one server (0: a direct message)."""
    if notices == "none":
        return "Your settings say that you want no news, so you hear nothing; /settings changes that."
    if notices == "direct":
        if is_gated:
            return (
                "This story is for adults: say in /settings that you are of age, and direct messages tell of it; or"
                " choose a server's news channel there, which tells of it if that channel is age-restricted."
            )
        return "You hear of what you follow by direct message; /settings changes that."
    if not guild:
        return "You hear of what you follow in the server where you press Follow; /settings changes that."
    if news_channel is None:
        return "This server has no news channel yet, so you hear nothing here; /settings brings you direct messages."
    gate = " Of this one, only if that channel is age-restricted." if is_gated else ""
    return f"You hear of what you follow in <#{news_channel}>; /settings changes that.{gate}"


def follow_panel(story: Entry, following: Following, told: str, *, by_server: bool) -> Screen:
    """Whether a reader follows a story and its author; *by_server*: they are told where they pressed Follow."""
    says = ["You follow this story." if following.story != "nowhere" else "You do not follow this story."]
    items = _panel_buttons(story, "story", following.story, "this story", 0, by_server=by_server)
    if story.author:
        name = clip(story.author, 100, escape)
        says.append(f"You follow {name}." if following.author != "nowhere" else f"You do not follow {name}.")
        items += _panel_buttons(story, "author", following.author, "the author", 1, by_server=by_server)
    embed = discord.Embed(title=clip(story.title, EMBED_TITLE, escape), colour=QUIET)
    embed.description = "\n".join(
        [*says, "", "A story brings news when it has a new chapter, an author also with a new story.", told]
    )
    embed.set_footer(text="/following has all that you follow. Only you see it.")
    return Screen([embed], sent(items))


def _panel_buttons(
    story: Entry, subject: Subject, where: Where, what: str, row: int, *, by_server: bool
) -> list[ui.Item[ui.View]]:
    if where == "nowhere":
        return [button(Follow(subject, story.id, True), f"Follow {what}", row, style=Style.primary)]
    off = button(Follow(subject, story.id, False), f"Unfollow {what}", row)
    if where == "elsewhere" and by_server:
        return [button(Follow(subject, story.id, True), f"Hear of {what} in this server, too", row), off]
    return [off]


def following_screen(followed: Sequence[Followed], page: int, total: int, unreached_since: int | None) -> Screen:
    """One page, counted from 0, of what a reader follows."""
    pages = max(1, -(-total // ROWS))
    embed = discord.Embed(title="What you follow", colour=ACCENT)
    lines = [_line(number, each) for number, each in enumerate(followed, start=1)]
    if unreached_since is not None:
        lines.insert(
            0,
            f"My direct messages did not reach you (<t:{unreached_since}:R>), so you missed news. Allow"
            " direct messages from members of a server that we share, or choose its news channel with"
            " /settings. I try again from now on.",
        )
    embed.description = "\n\n".join(lines) if followed else "\n\n".join([*lines, _NOTHING])
    embed.set_footer(text="Only you see this." + (f" Page {page + 1:,} of {pages:,}" if pages > 1 else ""))
    items = [item for row, each in enumerate(followed) for item in _line_buttons(each, page, row)]
    if pages > 1:
        items += [
            button(FollowedPage("p", max(0, page - 1)), "Previous", ROWS, disabled=page == 0),
            button(FollowedPage("n", page + 1), "Next", ROWS, disabled=page >= pages - 1),
        ]
    return Screen([embed], sent(items))


def _line(number: int, each: Followed) -> str:
    if each.subject == "author":
        return f"**{number}. All by {clip(each.author or '', 100, escape)}**"
    if each.story is None:
        return f"**{number}. A story that is not shown here**"
    by = f"\nby {clip(each.story.author, 60, escape)}" if each.story.author else ""
    return f"**{number}. {clip(each.story.title, 100, escape)}**{by}"


def _line_buttons(each: Followed, page: int, row: int) -> list[ui.Item[ui.View]]:
    off = button(DropFollowed(each.subject, each.id, page), f"Unfollow {row + 1}", row)
    if each.story is None:
        return [off]
    return [button(Read(each.id), clip(f"Read: {each.story.title}", BUTTON_LABEL // 2), row, style=Style.primary), off]


def notice_screen(news: News, *, public: bool = False, server: str | None = None, link: str | None = None) -> Screen:
    """What is new, for one reader or, *public*, for a channel.

    *server* is the one where alone the story is read, for a reader who is told elsewhere; *link* leads there.
    """
    story = news.story
    embed = discord.Embed(title=clip(story.title, EMBED_TITLE, escape), description=_what(news), colour=ACCENT)
    if story.author:
        embed.set_author(name=clip(f"by {story.author}", EMBED_AUTHOR))
    embed.set_footer(
        text="Readers here follow it. Follow, on a story's card, tells you of it, too."
        if public
        else "You are told because you follow it. /settings says where, /following has all."
    )
    items: list[ui.Item[ui.View]] = []
    if link is not None:
        name = clip(server or "", 100, escape)
        embed.description = f"{embed.description}\n\nIt is read in **{name}**: `/read` there opens it."
        items.append(ui.Button(url=link, label=clip(f"Open {server}", BUTTON_LABEL), row=0))
    else:
        items.append(button(Read(story.id), "Read", 0, style=Style.primary))
    if news.follows_story:
        items.append(button(Unfollow("story", story.id), "Unfollow this story", 0))
    if news.author is not None:
        items.append(button(Unfollow("author", news.author), "Unfollow the author", 0))
    return Screen([embed], sent(items), story)


def _what(news: News) -> str:
    if news.is_new:
        return f"A new story by {clip(news.story.author or '', 100, escape)}."
    names = [chapter_name(chapter) for chapter in news.chapters]
    if len(names) == 1:
        name = names[0] if news.chapters[0].title is None else f"Chapter {names[0]}"
        return f"{clip(name, 200, escape)} is here."
    more = len(names) - CHAPTERS_NAMED
    return "\n".join(
        [
            f"{len(names):,} new chapters:",
            *(clip(name, 100, escape) for name in names[:CHAPTERS_NAMED]),
            *([f"and {more:,} more"] if more > 0 else []),
        ]
    )


def unfollowed_screen(subject: Subject, name: str | None) -> Screen:
    """What a reader does not follow any more."""
    what = f"{clip(name, 100, escape)}" if name else "this story" if subject == "story" else "this author"
    text = f"You do not follow {what} any more. /following has what you still follow."
    return Screen([discord.Embed(title="Unfollowed", description=text, colour=QUIET)])
