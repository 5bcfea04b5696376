"""A quote with its source: as text, as a picture, and the receipt for one that is saved."""

import io
from collections.abc import Collection

import discord

from bot.cards import DESIGNS, CardText, Design, alt_text
from bot.stories.model import QuoteInContext
from bot.stories.openings import closing_mark, spoken_in
from bot.stories.quotes.weights import language_of
from bot.texts import say
from bot.ui.chapters import short_name
from bot.ui.components import Button, Style, button, packed
from bot.ui.custom_id import CustomId
from bot.ui.ids.pages import ShowCard
from bot.ui.ids.quotes import (
    AnotherQuote,
    AuthorQuote,
    DeleteSavedQuote,
    QuoteCard,
    QuoteContext,
    RandomQuote,
    SaveQuote,
    ShareQuote,
    UnfoldQuote,
    UnfoldQuoteCard,
)
from bot.ui.ids.reactions import ShowReactions
from bot.ui.limits import ELLIPSIS, EMBED_DESCRIPTION, EMBED_FOOTER, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, QUIET, Screen, notice


def quotation(text: str, limit: int) -> str:
    """The first words of *text* as a quotation, in some *limit* characters; speech has its own marks, also if cut."""
    words = clip(text, limit)
    if words != (whole := words.rstrip(",;:–—-")):  # the first line of a verse
        words = whole + ELLIPSIS
    elif words != text:
        words += closing_mark(text, len(words) - 1)
    return f"*{escape(words) if spoken_in(text) else say('quotation', words=escape(words))}*"


def quote_screen(
    drawn: QuoteInContext,
    another: AnotherQuote | None,
    *,
    may_spoil: bool = False,
    unfolded: bool = False,
    may_share: bool = False,
) -> Screen:
    """The quote with its row; *another* is the id of the button for the next, None for a quote that was not random.

    One that *may spoil* is under Discord's own spoiler marks. What is rarer may stand *unfolded*, with *Share here* for
    one who alone sees it and *may share* it.
    """
    if another is not None:
        first = button(another, say("quote-another"), 0, style=Style.primary)
    else:
        first = button(QuoteContext(drawn.id), say("quote-context"), 0, style=Style.primary)
    row = [first, *_save_and_more(drawn, UnfoldQuote(drawn.id, not unfolded))]
    if unfolded:
        there = [str(each.custom_id) for each in row]
        row += _rarer(drawn, 1, there, share=ShareQuote(drawn.id) if may_share else None)
    return Screen([quote_embed(drawn, may_spoil=may_spoil)], row, drawn.story, quote=drawn.id)


def _save_and_more(drawn: QuoteInContext, unfold: CustomId) -> list[Button]:
    return [button(SaveQuote(drawn.id), say("quote-save"), 0), button(unfold, say("page-more"), 0)]


def _rarer(
    drawn: QuoteInContext,
    row: int,
    there: Collection[str] = (),
    *,
    is_card: bool = False,
    share: CustomId | None = None,
) -> list[Button]:
    """The buttons behind *More*, from *row* on, but for those that are *there* already."""
    story = drawn.story
    found = [
        button(QuoteContext(drawn.id), say("quote-context"), row),
        *([] if is_card else [button(QuoteCard("new", drawn.id, DESIGNS[0]), say("quote-card"), row)]),
        button(ShowReactions(story.id), say("page-react"), row),
        button(ShowCard(story.id), say("page-info"), row),
        button(RandomQuote(story.id), say("quote-same-story"), row),
        *([button(AuthorQuote(story.id), say("quote-same-author"), row)] if story.author else []),
        *([button(share, say("quote-share"), row)] if share is not None else []),
    ]
    return packed([each for each in found if each.custom_id not in there], row)


def more_screen(drawn: QuoteInContext, there: Collection[str], *, is_card: bool = False) -> Screen:
    """*More* of a quote that all see, or of its picture, as a message of its own, without what is *there* already."""
    return notice(clip(source(drawn), 300, escape), items=_rarer(drawn, 0, there, is_card=is_card))


def quote_embed(drawn: QuoteInContext, *, may_spoil: bool = False) -> discord.Embed:
    """The words of a quote, with their source; how far into the story that is where they *may spoil*."""
    text = "\n".join([say("quote-may-spoil"), *_lines(drawn, "||")] if may_spoil else _lines(drawn))
    embed = discord.Embed(description=clip(text, EMBED_DESCRIPTION), colour=ACCENT)
    where = f" · {say('page-footer-percent', percent=drawn.percent)}" if may_spoil else ""
    return embed.set_footer(text=clip(source(drawn), EMBED_FOOTER - 10) + where)


def _lines(drawn: QuoteInContext, mark: str = "") -> list[str]:
    """The lines in Discord's markdown for quotes, each between two of a *mark*."""
    return [f"> {mark}{escape(line)}{mark}" if line.strip() else "> " for line in drawn.text.split("\n")]


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


def card_screen(
    drawn: QuoteInContext,
    png: bytes | None,
    design: Design,
    *,
    may_spoil: bool = False,
    unfolded: bool = False,
    may_share: bool = False,
) -> Screen:
    """A quote as a picture with its row; without *png* it is drawn again with the picture that it has."""
    following = DESIGNS[(DESIGNS.index(design) + 1) % len(DESIGNS)]
    row = [
        button(QuoteCard("again", drawn.id, following), say("quote-design"), 0, style=Style.primary),
        *_save_and_more(drawn, UnfoldQuoteCard(drawn.id, design, not unfolded)),
    ]
    if unfolded:
        row += _rarer(drawn, 1, is_card=True, share=QuoteCard("share", drawn.id, design) if may_share else None)
    files = [] if png is None else [card_file(drawn, png, may_spoil=may_spoil)]
    return Screen([], row, drawn.story, quote=drawn.id, files=files)


def saved_receipt(drawn: QuoteInContext, *, is_new: bool) -> Screen:
    """The receipt for a saved quote."""
    embed = quote_embed(drawn)
    embed.colour = QUIET
    embed.title = say("saved-kept" if is_new else "saved-already")
    return Screen([embed], [button(DeleteSavedQuote("receipt", drawn.id, 0), say("saved-delete"), 0)])
