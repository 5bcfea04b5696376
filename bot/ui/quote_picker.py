"""How a reader makes a quote of sentences on a page: the select, and the quote that comes of it."""

from collections.abc import Sequence

from discord import ui

from bot.stories.model import QuoteInContext, Spot
from bot.texts import say
from bot.ui.components import Style, button, option, select
from bot.ui.ids.quotes import PickSentences, SentencesAction
from bot.ui.limits import SELECT_OPTIONS
from bot.ui.quotes import quote_embed
from bot.ui.screen import Item, Screen, notice

FROM = "~"
"""Before a number, the value of an option that shows the sentences from there."""

SHOWN = SELECT_OPTIONS - 2
"""Sentences to choose from at once; the first and the last option may lead to others."""


def sentences_screen(spot: Spot, sentences: Sequence[str], first: int = 0) -> Screen:
    """The sentences of the page at *spot*, from number *first*, to choose one or the first and the last of several."""
    return notice(say("choose-how"), say("choose-title"), [_select(spot, sentences, first)])


def _select(spot: Spot, sentences: Sequence[str], first: int) -> ui.Select[ui.View]:
    last = min(len(sentences), first + SHOWN)
    options = [option(f"{number + 1}. {' '.join(sentences[number].split())}", number) for number in range(first, last)]
    if first:
        options.insert(0, option(say("choose-before"), f"{FROM}{max(0, first - SHOWN)}"))
    if last < len(sentences):
        options.append(option(say("choose-after"), f"{FROM}{last}"))
    custom_id = PickSentences(spot.chapter, spot.offset)
    return select(custom_id, options, 0, say("choose-sentences"), most=min(2, len(options)))


def chosen_sentences_screen(spot: Spot, sentences: Sequence[str], chosen: QuoteInContext, first: int) -> Screen:
    """The quote that was chosen, with Post and Save; the select stays, to choose again."""
    embed = quote_embed(chosen)
    embed.title = say("choose-chosen")
    words = (chosen.spot.chapter, chosen.spot.offset, chosen.spot.offset + len(chosen.text))
    items: list[Item] = [
        _select(spot, sentences, first),
        button(SentencesAction("post", *words), say("quote-share"), 1, style=Style.primary),
        button(SentencesAction("save", *words), say("quote-save"), 1),
    ]
    return Screen([embed], items)
