"""How reactions look: buttons with counts, and a line of all emoji that readers gave."""

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
"""The bot's own reactions, with the names of the messages that say what they mean.

The words stand beside every count: an emoji alone says too little, and nothing to some screen readers.
"""

NAME_CHARS = 20

PAGE_WORDS = 120
"""Characters of a page's first words, by which a reader knows which page it is."""

OFFERED: tuple[Emoji, ...] = tuple(map(Emoji, _OWN))
"""The reactions on buttons where a server has not chosen others."""

OFFERED_AT_MOST = len(OFFERED)
"""How many reactions a server may offer: as many as the bot does by itself."""

EMOJI_CHARS = len(f"<a:{'n' * 32}:{2**64 - 1}>")
"""Characters of a custom emoji with the longest name and id that Discord gives."""


def says(emoji: Emoji) -> str:
    """Return what a reaction means, in words; nothing for a sequence such as a flag: its Unicode names do not help."""
    if own := _OWN.get(emoji.key):
        return say(f"reaction-says-{own}")
    named = emoji.name or (unicodedata.name(emoji.key, "").lower() if len(emoji.key) == 1 else "")
    return named.replace("_", " ").capitalize()


def _in_short(emoji: Emoji) -> str:
    return clip(says(emoji), NAME_CHARS)


def _counted(words: str, count: int) -> str | None:
    return " · ".join(filter(None, [words, f"{count:,}" if count else ""])) or None


def _on_button(emoji: Emoji) -> str | discord.PartialEmoji:
    if not emoji.key.isdigit():
        return styled(emoji.key)
    return discord.PartialEmoji(name=emoji.name or "emoji", id=int(emoji.key), animated=emoji.animated)


def emoji_text(emoji: Emoji) -> str:
    """Return an emoji as text; a custom one that the bot may not use shows by its name."""
    if not emoji.key.isdigit():
        return styled(emoji.key)
    name = emoji.name or "emoji"
    return f"<{'a' if emoji.animated else ''}:{name}:{emoji.key}>" if emoji.usable else escape(f":{name}:")


def styled(emoji: str) -> str:
    """Return an emoji with the selector that makes clients colour it, where it would show as a letter without."""
    return emoji + "\ufe0f" if len(emoji) == 1 and emoji < "\U0001f000" else emoji


def tally_line(tally: Sequence[Reaction], limit: int = EMBED_FIELD_VALUE) -> str:
    """All emoji with their counts, the most given first, as many as fit."""
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
    """Return buttons of the reactions on offer with their counts; *screen* is what the message shows."""
    counts = {reaction.emoji.key: reaction.readers for reaction in tally}
    chapter, offset = (spot.chapter, spot.offset) if spot else (0, 0)
    return [
        button(
            React(story, screen, chapter, offset, EmojiText(emoji.key)),
            _counted(_in_short(emoji), counts.get(emoji.key, 0)),
            emoji=_on_button(emoji),
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
    """Return the reactions on offer as emoji alone; the reader's *own* in another colour."""
    chapter, offset = (spot.chapter, spot.offset) if spot else (0, 0)
    return [
        button(
            React(story, screen, chapter, offset, EmojiText(emoji.key)),
            None,
            style=Style.primary if emoji.key in own else Style.secondary,
            emoji=_on_button(emoji),
        )
        for emoji in offered
    ]


def unoffered(tally: Sequence[Reaction], offered: Sequence[Emoji] = OFFERED) -> list[Reaction]:
    """Return the reactions without a button: other emoji that readers put on the bot's messages."""
    keys = {emoji.key for emoji in offered}
    return [reaction for reaction in tally if reaction.emoji.key not in keys]


def react_panel(
    story: StorySummary,
    tally: Sequence[Reaction],
    own: Collection[str],
    offered: Sequence[Emoji] = OFFERED,
    page: OpenPage | None = None,
) -> Screen:
    """The reactions of a story, or of a *page* of it, with those that this reader gave (*own*) in another colour."""
    given = tally_line(tally, 1500)
    asks = _asks(own, offered) if page is None else _about(page, own, offered)
    embed = story_embed(story, "\n\n".join([*([given] if given and page is None else []), asks]))
    items = emoji_buttons(story.id, "react", page.spot if page else None, offered, own)
    return Screen([embed], [items], story)


def _about(page: OpenPage, own: Collection[str], offered: Sequence[Emoji]) -> str:
    chapter, chapters = page.chapter, page.story.chapters
    name = clip(short_name(chapter.name), PAGE_WORDS, escape)
    where = say("react-page", chapters=chapters, chapter=name, page=page.number, pages=chapter.pages)
    words = clip(" ".join(page.text.split()), PAGE_WORDS, escape)
    return "\n\n".join([f"**{where}**\n> {words}", say("react-ask-page"), *_given(own, offered, is_page=True)])


def _asks(own: Collection[str], offered: Sequence[Emoji]) -> str:
    return "\n\n".join([say("react-ask"), *_given(own, offered, is_page=False)])


def _given(own: Collection[str], offered: Sequence[Emoji], *, is_page: bool) -> list[str]:
    """What this reader gave, in words: an emoji alone says too little, and nothing to some screen readers."""
    given = [f"{emoji_text(emoji)} {says(emoji)}" for emoji in offered if emoji.key in own]
    return [say("react-given" if is_page else "react-given-story", reactions=" · ".join(given))] if given else []
