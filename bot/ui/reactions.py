"""Reactions: buttons with counts, and lines of emoji with counts."""

import unicodedata
from collections.abc import Collection, Sequence

import discord

from bot.domain.reactions import Emoji, Reaction
from bot.stories.model import OpenPage, Spot, StorySummary
from bot.texts import say
from bot.ui.chapters import short_name
from bot.ui.components import Button, Style, button
from bot.ui.custom_id import EmojiText, MessageKind
from bot.ui.ids import React
from bot.ui.limits import EMBED_FIELD_VALUE, clip, size
from bot.ui.markdown import escape
from bot.ui.screen import Screen, story_embed

_OWN: dict[str, str] = {"❤": "loved", "😭": "cried", "😂": "laughed", "🔥": "wow", "🤔": "thinking"}
"""The bot's own reactions; each value is the last part of the id of the message with the emoji's meaning.

Buttons with counts contain the meaning: an emoji alone is ambiguous, and some screen readers skip it.
"""

NAME_CHARS = 20

FIRST_WORDS_CHARS = 120
"""Maximum length, in characters, of a page's first words, by which the reader recognises the page."""

OFFERED: tuple[Emoji, ...] = tuple(map(Emoji, _OWN))
"""Reactions with buttons, unless a server has chosen others."""

OFFERED_AT_MOST = len(OFFERED)
"""Maximum number of reactions that a server may offer: as many as the bot offers by default."""

EMOJI_CHARS = len(f"<a:{'n' * 32}:{2**64 - 1}>")
"""Length of a custom emoji in Markdown with the longest name and id that Discord gives, in characters."""


def reaction_meaning(emoji: Emoji) -> str:
    """Return the meaning of a reaction; empty for a sequence such as a flag, whose Unicode names do not help."""
    if suffix := _OWN.get(emoji.key):
        return say(f"reaction-says-{suffix}")
    named = emoji.name or (unicodedata.name(emoji.key, "").lower() if len(emoji.key) == 1 else "")
    return named.replace("_", " ").capitalize()


def _short_meaning(emoji: Emoji) -> str:
    return clip(reaction_meaning(emoji), NAME_CHARS)


def _button_label(words: str, count: int) -> str | None:
    return " · ".join(filter(None, [words, f"{count:,}" if count else ""])) or None


def _button_emoji(emoji: Emoji) -> str | discord.PartialEmoji:
    if not emoji.key.isdigit():
        return styled(emoji.key)
    return discord.PartialEmoji(name=emoji.name or "emoji", id=int(emoji.key), animated=emoji.animated)


def emoji_text(emoji: Emoji) -> str:
    """Return an emoji as text: for a custom emoji that the bot cannot use, ``:name:``."""
    if not emoji.key.isdigit():
        return styled(emoji.key)
    name = emoji.name or "emoji"
    return f"<{'a' if emoji.animated else ''}:{name}:{emoji.key}>" if emoji.usable else escape(f":{name}:")


def styled(emoji: str) -> str:
    """Return an emoji with the variation selector for colour, if it could appear as a text symbol."""
    return emoji + "\ufe0f" if len(emoji) == 1 and emoji < "\U0001f000" else emoji


def tally_line(tally: Sequence[Reaction], limit: int = EMBED_FIELD_VALUE) -> str:
    """Return the emoji of *tally* with their counts, as many as fit in *limit* characters, and the number of others."""
    shown: list[str] = []
    for i, reaction in enumerate(tally):
        part = f"{emoji_text(reaction.emoji)} {reaction.readers:,}"
        if size(" · ".join([*shown, part])) > limit - 20:
            shown.append(say("reaction-more", count=len(tally) - i))
            break
        shown.append(part)
    return " · ".join(shown)


def reaction_buttons(
    story: int,
    tally: Sequence[Reaction],
    screen: MessageKind,
    spot: Spot | None,
    offered: Sequence[Emoji] = OFFERED,
) -> list[Button]:
    """Return buttons of the offered reactions with their counts; *screen* is the kind of the message."""
    counts = {reaction.emoji.key: reaction.readers for reaction in tally}
    chapter, offset = (spot.chapter, spot.offset) if spot else (0, 0)
    return [
        button(
            React(story, screen, chapter, offset, EmojiText(emoji.key)),
            _button_label(_short_meaning(emoji), counts.get(emoji.key, 0)),
            emoji=_button_emoji(emoji),
        )
        for emoji in offered
    ]


def emoji_buttons(
    story: int,
    screen: MessageKind,
    spot: Spot | None,
    offered: Sequence[Emoji] = OFFERED,
    own: Collection[str] = (),
) -> list[Button]:
    """Return buttons of the offered reactions without text; the reader's *own* reactions have another colour."""
    chapter, offset = (spot.chapter, spot.offset) if spot else (0, 0)
    return [
        button(
            React(story, screen, chapter, offset, EmojiText(emoji.key)),
            None,
            style=Style.primary if emoji.key in own else Style.secondary,
            emoji=_button_emoji(emoji),
        )
        for emoji in offered
    ]


def other_reactions(tally: Sequence[Reaction], offered: Sequence[Emoji] = OFFERED) -> list[Reaction]:
    """Return the reactions in *tally* that are not *offered* as buttons."""
    keys = {emoji.key for emoji in offered}
    return [reaction for reaction in tally if reaction.emoji.key not in keys]


def react_panel(
    story: StorySummary,
    tally: Sequence[Reaction],
    own: Collection[str],
    offered: Sequence[Emoji] = OFFERED,
    page: OpenPage | None = None,
) -> Screen:
    """Return the panel to react to a story or a *page*; the reader's *own* reactions have another colour."""
    given = tally_line(tally, 1500)
    asks = _story_prompt(own, offered) if page is None else _page_prompt(page, own, offered)
    embed = story_embed(story, "\n\n".join([*([given] if given and page is None else []), asks]))
    items = emoji_buttons(story.id, "react", page.spot if page else None, offered, own)
    return Screen([embed], [items], story)


def _page_prompt(page: OpenPage, own: Collection[str], offered: Sequence[Emoji]) -> str:
    chapter, chapters = page.chapter, page.story.chapters
    name = clip(short_name(chapter.name), FIRST_WORDS_CHARS, escape)
    where = say("react-page", chapters=chapters, chapter=name, page=page.number, pages=chapter.pages)
    words = clip(" ".join(page.text.split()), FIRST_WORDS_CHARS, escape)
    return "\n\n".join([f"**{where}**\n> {words}", say("react-ask-page"), *_own_reactions(own, offered, is_page=True)])


def _story_prompt(own: Collection[str], offered: Sequence[Emoji]) -> str:
    return "\n\n".join([say("react-ask"), *_own_reactions(own, offered, is_page=False)])


def _own_reactions(own: Collection[str], offered: Sequence[Emoji], *, is_page: bool) -> list[str]:
    """Return the reader's own reactions in words: an emoji alone is ambiguous, and some screen readers skip it."""
    given = [f"{emoji_text(emoji)} {reaction_meaning(emoji)}" for emoji in offered if emoji.key in own]
    return [say("react-given" if is_page else "react-given-story", reactions=" · ".join(given))] if given else []
