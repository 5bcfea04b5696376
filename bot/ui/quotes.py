"""A quote with its source: as text, as a picture, and the receipt for one that is saved."""

import io

import discord

from bot.cards import DESIGNS, CardText, Design, alt_text
from bot.stories.model import QuoteInContext
from bot.stories.quotes.weights import language_of
from bot.texts import say
from bot.ui.chapters import short_name
from bot.ui.components import Style, button
from bot.ui.ids.pages import ShowCard
from bot.ui.ids.quotes import AnotherQuote, DeleteSavedQuote, QuoteCard, QuoteContext, SaveQuote, ShowQuote
from bot.ui.ids.reactions import ShowReactions
from bot.ui.limits import EMBED_DESCRIPTION, EMBED_FOOTER, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, QUIET, Item, Screen


def quote_screen(
    drawn: QuoteInContext, another: AnotherQuote | None, *, veiled: bool = False, may_spoil: bool = False
) -> Screen:
    """The quote with its buttons; *another* is the id of the button for the next, None for a quote that was not random.

    A *veiled* quote shows only its source until its one reader presses Show. A public quote that *may spoil* is under
    Discord's own spoiler marks, so that each reader decides.
    """
    embed = quote_embed(drawn, veiled=veiled, may_spoil=may_spoil)
    shows = another and ShowQuote(drawn.id, another.story, another.length, another.spoilers, another.query_id)
    items: list[Item] = []
    if veiled and shows is not None:
        items.append(button(shows, say("quote-show"), 0))
    if another is not None:
        items.append(button(another, say("quote-another"), 0, style=Style.primary))
    items += [
        button(QuoteContext(drawn.id), say("quote-context"), 0),
        button(SaveQuote(drawn.id), say("quote-save"), 0),
        *([] if veiled else [button(QuoteCard("new", drawn.id, DESIGNS[0]), say("quote-card"), 1)]),
        button(ShowReactions(drawn.story.id), say("quote-react"), 1),
        button(ShowCard(drawn.story.id), say("page-about"), 1),
    ]
    return Screen([embed], items, drawn.story, quote=drawn.id)


def quote_embed(drawn: QuoteInContext, *, veiled: bool = False, may_spoil: bool = False) -> discord.Embed:
    """The words of a quote, with their source."""
    if veiled:
        text = say("quote-veiled")
    elif may_spoil:
        text = "\n".join([say("quote-may-spoil"), *_lines(drawn, "||")])
    else:
        text = "\n".join(_lines(drawn))
    embed = discord.Embed(description=clip(text, EMBED_DESCRIPTION), colour=ACCENT)
    where = f" · {say('page-footer-percent', percent=drawn.percent)}" if veiled or may_spoil else ""
    return embed.set_footer(text=clip(source(drawn), EMBED_FOOTER - 10) + where)


def _lines(drawn: QuoteInContext, veil: str = "") -> list[str]:
    """The lines in Discord's markdown for quotes, each between the marks of a *veil*."""
    return [f"> {veil}{escape(line)}{veil}" if line.strip() else "> " for line in drawn.text.split("\n")]


def source(drawn: QuoteInContext) -> str:
    """Return the source of a quote: title, author, and the chapter where there are several."""
    story = drawn.story
    named = say("title-by", title=story.title, author=story.author) if story.author else story.title
    return say("quote-chapter", story=named, chapter=short_name(drawn.chapter.name)) if story.chapters > 1 else named


def card_text(drawn: QuoteInContext) -> CardText:
    """Return the text of a quote's picture."""
    return CardText(drawn.text, drawn.story.title, drawn.story.author, language_of(drawn.text))


def card_file(drawn: QuoteInContext, png: bytes, *, may_spoil: bool = False) -> discord.File:
    """Return the picture of a quote as a file, with its words as alt text."""
    says = alt_text(card_text(drawn))
    return discord.File(io.BytesIO(png), "quote.png", description=says, spoiler=may_spoil)


def card_screen(drawn: QuoteInContext, png: bytes, design: Design, *, may_spoil: bool) -> Screen:
    """A quote as a picture, with buttons for the next design and for the story."""
    following = DESIGNS[(DESIGNS.index(design) + 1) % len(DESIGNS)]
    items = [
        button(QuoteCard("again", drawn.id, following), say("quote-design"), 0),
        button(QuoteContext(drawn.id), say("quote-context"), 0, style=Style.primary),
        button(SaveQuote(drawn.id), say("quote-save"), 0),
        button(ShowCard(drawn.story.id), say("page-about"), 0),
    ]
    picture = card_file(drawn, png, may_spoil=may_spoil)
    return Screen([], items, drawn.story, quote=drawn.id, files=[picture])


def saved_receipt(drawn: QuoteInContext, *, is_new: bool) -> Screen:
    """The receipt for a saved quote."""
    embed = quote_embed(drawn)
    embed.colour = QUIET
    embed.title = say("saved-kept" if is_new else "saved-already")
    return Screen([embed], [button(DeleteSavedQuote("receipt", drawn.id, 0), say("saved-drop"), 0)])
