"""A quote with its source, as text or picture, and the selects to make a quote from the sentences of a page."""

import io
from collections.abc import Collection, Sequence

import discord
from discord import ui

from bot.cards import DESIGNS, CardText, Design, alt_text
from bot.stories.model import QuoteInContext, Spot
from bot.stories.openings import closing_mark, spoken_in
from bot.stories.quotes.weights import language_of
from bot.texts import say
from bot.ui.chapters import short_name
from bot.ui.components import Button, Style, button, button_rows, option, select
from bot.ui.custom_id import CustomId
from bot.ui.ids import (
    AnotherQuote,
    AuthorQuote,
    DeleteSavedQuote,
    PickSentences,
    QuoteCard,
    QuoteContext,
    RandomQuote,
    SaveQuote,
    SentencesAction,
    ShareQuote,
    ShowCard,
    ShowReactions,
    TakeOutQuote,
    UnfoldQuote,
    UnfoldQuoteCard,
)
from bot.ui.limits import ELLIPSIS, EMBED_DESCRIPTION, EMBED_FOOTER, SELECT_OPTIONS, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, QUIET, Group, Screen, notice


def quotation(text: str, limit: int) -> str:
    """Return the first words of *text* as a quotation of about *limit* characters. Speech keeps its quotation marks."""
    words = clip(text, limit)
    if words != (whole := words.rstrip(",;:–—-")):  # the text ends within a sentence, like a line of verse
        words = whole + ELLIPSIS
    elif words != text:
        words += closing_mark(text, len(words) - 1)
    return f"*{escape(words) if spoken_in(words) else say('quotation', words=escape(words))}*"


def quote_screen(
    quote: QuoteInContext,
    another: AnotherQuote | None,
    *,
    may_spoil: bool = False,
    unfolded: bool = False,
    may_share: bool = False,
    may_take_out: bool = False,
) -> Screen:
    """Return a quote with its buttons; *another* is the custom id for the next random quote, None for a specific quote.

    With *may_spoil*, the quote is in Discord's spoiler marks. *unfolded* shows the buttons of *More*; *may_share* adds
    *Share here* to these buttons, and *may_take_out* *Don't post this again*.
    """
    if another is not None:
        first = button(another, say("quote-another"), style=Style.primary)
    else:
        first = button(QuoteContext(quote.id), say("quote-context"), style=Style.primary)
    row = [first, *_save_and_more(quote, UnfoldQuote(quote.id, not unfolded))]
    groups: list[Group] = [row]
    if unfolded:
        shown_ids = [str(each.custom_id) for each in row]
        share = ShareQuote(quote.id) if may_share else None
        groups += _more_buttons(quote, shown_ids, share=share, may_take_out=may_take_out)
    return Screen([quote_embed(quote, may_spoil=may_spoil)], groups, quote.story, quote=quote.id)


def _save_and_more(quote: QuoteInContext, unfold: CustomId) -> list[Button]:
    return [button(SaveQuote(quote.id), say("quote-save")), button(unfold, say("page-more"))]


def _more_buttons(
    quote: QuoteInContext,
    shown_ids: Collection[str] = (),
    *,
    is_card: bool = False,
    share: CustomId | None = None,
    may_take_out: bool = False,
) -> list[Group]:
    """Return the buttons of *More* in rows, except those whose custom ids are in *shown_ids*."""
    story = quote.story
    found = [
        button(QuoteContext(quote.id), say("quote-context")),
        *([] if is_card else [button(QuoteCard("new", quote.id, DESIGNS[0]), say("quote-card"))]),
        button(ShowReactions(story.id), say("page-react")),
        button(ShowCard(story.id), say("page-info")),
        button(RandomQuote(story.id), say("quote-same-story")),
        *([button(AuthorQuote(story.id), say("quote-same-author"))] if story.author else []),
        *([button(share, say("quote-share"))] if share is not None else []),
        *([button(TakeOutQuote(quote.id, True), say("quote-take-out"))] if may_take_out else []),
    ]
    return button_rows([each for each in found if each.custom_id not in shown_ids])


def more_screen(
    quote: QuoteInContext, shown_ids: Collection[str], *, is_card: bool = False, may_take_out: bool = False
) -> Screen:
    """Return *More* of a public quote or its picture as a separate message, without the buttons in *shown_ids*."""
    return notice(
        clip(source(quote), 300, escape),
        groups=_more_buttons(quote, shown_ids, is_card=is_card, may_take_out=may_take_out),
    )


def taken_out_screen(quote: int) -> Screen:
    """Return the receipt for a quote that is dealt no more."""
    return notice(say("quote-taken-out"), groups=[[button(TakeOutQuote(quote, False), say("quote-put-back"))]])


def quote_embed(quote: QuoteInContext, *, may_spoil: bool = False) -> discord.Embed:
    """Return a quote with its source; with *may_spoil*, also with its position in the story, and as a spoiler."""
    text = "\n".join([say("quote-may-spoil"), *_lines(quote, "||")] if may_spoil else _lines(quote))
    embed = discord.Embed(description=clip(text, EMBED_DESCRIPTION), colour=ACCENT)
    where = f" · {say('page-footer-percent', percent=quote.percent)}" if may_spoil else ""
    return embed.set_footer(text=clip(source(quote), EMBED_FOOTER - 10) + where)


def _lines(quote: QuoteInContext, mark: str = "") -> list[str]:
    """Return the lines of a block quote in Markdown, each enclosed in *mark*."""
    return [f"> {mark}{escape(line)}{mark}" if line.strip() else "> " for line in quote.text.split("\n")]


def source(quote: QuoteInContext) -> str:
    """Return the source of a quote: title, author, and chapter if the story has several."""
    story = quote.story
    named = say("title-by", title=story.title, author=story.author) if story.author else story.title
    return say("quote-chapter", story=named, chapter=short_name(quote.chapter.name)) if story.chapters > 1 else named


def card_text(quote: QuoteInContext) -> CardText:
    """Return the text of a quote's picture."""
    return CardText(quote.text, quote.story.title, quote.story.author, language_of(quote.text))


def card_file(quote: QuoteInContext, png: bytes, *, may_spoil: bool = False) -> discord.File:
    """Return the picture of a quote as a file, with the words of the quote as alt text."""
    alt = alt_text(card_text(quote))
    return discord.File(io.BytesIO(png), "quote.png", description=alt, spoiler=may_spoil)


def card_screen(
    quote: QuoteInContext,
    png: bytes | None,
    design: Design,
    *,
    may_spoil: bool = False,
    unfolded: bool = False,
    may_share: bool = False,
) -> Screen:
    """Return a quote as a picture with its buttons. Without *png*, the edited message keeps its picture."""
    following = DESIGNS[(DESIGNS.index(design) + 1) % len(DESIGNS)]
    groups: list[Group] = [
        [
            button(QuoteCard("again", quote.id, following), say("quote-design"), style=Style.primary),
            *_save_and_more(quote, UnfoldQuoteCard(quote.id, design, not unfolded)),
        ]
    ]
    if unfolded:
        groups += _more_buttons(quote, is_card=True, share=QuoteCard("share", quote.id, design) if may_share else None)
    files = [] if png is None else [card_file(quote, png, may_spoil=may_spoil)]
    return Screen([], groups, quote.story, quote=quote.id, files=files)


def saved_receipt(quote: QuoteInContext, *, is_new: bool) -> Screen:
    """Return the receipt for a saved quote."""
    embed = quote_embed(quote)
    embed.colour = QUIET
    embed.title = say("saved-kept" if is_new else "saved-already")
    return Screen([embed], [[button(DeleteSavedQuote("receipt", quote.id, 0), say("saved-delete"))]])


SENTENCES_FROM = "~"
"""Prefix of option values such as ``~23``, which lists the sentences from number 23 on, counted from 0."""

SENTENCES_SHOWN = SELECT_OPTIONS - 2
"""Maximum number of sentences in a select, besides an option for earlier and one for later sentences."""


def sentences_screen(spot: Spot, sentences: Sequence[str], first: int = 0) -> Screen:
    """Return a select of the page's sentences from index *first* on; readers pick one, or the first and the last."""
    return notice(say("choose-how"), say("choose-title"), [[_sentence_select(spot, sentences, first)]])


def _sentence_select(spot: Spot, sentences: Sequence[str], first: int) -> ui.Select[ui.View]:
    end = min(len(sentences), first + SENTENCES_SHOWN)
    options = [option(f"{number + 1}. {' '.join(sentences[number].split())}", number) for number in range(first, end)]
    if first:
        options.insert(0, option(say("choose-before"), f"{SENTENCES_FROM}{max(0, first - SENTENCES_SHOWN)}"))
    if end < len(sentences):
        options.append(option(say("choose-after"), f"{SENTENCES_FROM}{end}"))
    custom_id = PickSentences(spot.chapter, spot.offset)
    return select(custom_id, options, say("choose-sentences"), most=min(2, len(options)))


def chosen_sentences_screen(spot: Spot, sentences: Sequence[str], chosen: QuoteInContext, first: int) -> Screen:
    """Return the chosen quote with buttons to post and save it, below the select for another choice."""
    embed = quote_embed(chosen)
    embed.title = say("choose-chosen")
    words = (chosen.spot.chapter, chosen.spot.offset, chosen.spot.offset + len(chosen.text))
    items = [
        button(SentencesAction("post", *words), say("quote-share"), style=Style.primary),
        button(SentencesAction("save", *words), say("quote-save")),
    ]
    return Screen([embed], [[_sentence_select(spot, sentences, first)], items])
