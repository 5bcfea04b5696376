"""News of what readers follow: a direct message to a reader, or a message in a server's news channel."""

from discord import ui

from bot.domain.news import News
from bot.texts import say
from bot.ui.chapters import list_name
from bot.ui.components import Style, button
from bot.ui.ids.follows import Unfollow
from bot.ui.ids.pages import ReadStory
from bot.ui.limits import BUTTON_LABEL, clip
from bot.ui.markdown import escape
from bot.ui.questions import asks, reply_text, result_line
from bot.ui.screen import Item, Screen, story_embed

CHAPTERS_NAMED = 5


def news_screen(news: News, *, public: bool = False, server: str | None = None, link: str | None = None) -> Screen:
    """What is new, for one reader or, where it is *public*, for a channel.

    *server* and *link* name the only server where the reader can open the story, for a message that is not there.
    """
    story = news.story
    embed = story_embed(story, _text(news), byline=True)
    embed.set_footer(text=say("news-why-public" if public else "news-why"))
    items: list[Item] = []
    if link is not None:
        name = server or ""
        embed.description = f"{embed.description}\n\n{say('news-elsewhere', server=clip(name, 100, escape))}"
        items.append(ui.Button(url=link, label=clip(say("news-open", server=name), BUTTON_LABEL), row=0))
    else:
        items.append(button(ReadStory(story.id), say("card-read"), 0, style=Style.primary))
    if news.follows_story:
        items.append(button(Unfollow("story", story.id), say("follow-stop-story"), 0))
    if news.author is not None:
        items.append(button(Unfollow("author", news.author), say("follow-stop-author"), 0))
    return Screen([embed], items, story)


def _text(news: News) -> str:
    parts = [say("news-answer") + "\n" + reply_text(news.reply)] if news.reply is not None else []
    if news.is_new:
        author = news.story.author
        parts.append(say("news-story", author=clip(author, 100, escape)) if author else say("news-story-unnamed"))
    elif news.chapters:
        parts.append(_chapters(news))
    if news.result is not None and (said := result_line(news.result)):
        parts.append(f"{asks(news.result)}\n{said}")
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
