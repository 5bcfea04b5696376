"""A reader chooses sentences of a page to be a quote."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.stories.model import QuoteInContext, Spot
from bot.texts import say
from bot.ui.components import Style, button, sent
from bot.ui.ids.quotes import PickSentences, SentencesAction
from bot.ui.limits import OPTION_LABEL, SELECT_OPTIONS, clip
from bot.ui.quotes import quote_embed
from bot.ui.screen import QUIET, Screen

FROM = "~"
"""Before a number, the value of an option that shows the sentences from there."""

SHOWN = SELECT_OPTIONS - 2
"""Sentences to choose from at once; the first and the last option may lead to others."""


def sentences_screen(spot: Spot, sentences: Sequence[str], first: int = 0) -> Screen:
    """The sentences of the page at *spot*, from number *first*, to choose one or the first and the last of several."""
    embed = discord.Embed(title=say("choose-title"), description=say("choose-how"), colour=QUIET)
    return Screen([embed], sent([_select(spot, sentences, first)]))


def _select(spot: Spot, sentences: Sequence[str], first: int) -> ui.Select[ui.View]:
    last = min(len(sentences), first + SHOWN)
    options = [
        discord.SelectOption(
            label=clip(f"{number + 1}. {' '.join(sentences[number].split())}", OPTION_LABEL), value=str(number)
        )
        for number in range(first, last)
    ]
    if first:
        options.insert(0, discord.SelectOption(label=say("choose-before"), value=f"{FROM}{max(0, first - SHOWN)}"))
    if last < len(sentences):
        options.append(discord.SelectOption(label=say("choose-after"), value=f"{FROM}{last}"))
    return ui.Select(
        custom_id=str(PickSentences(spot.chapter, spot.offset)),
        placeholder=say("choose-sentences"),
        options=options,
        max_values=min(2, len(options)),
        row=0,
    )


def chosen_sentences_screen(spot: Spot, sentences: Sequence[str], chosen: QuoteInContext, first: int) -> Screen:
    """The words that were chosen, and what may be done with them; the select stays, to choose again."""
    embed = quote_embed(chosen)
    embed.title = say("choose-chosen")
    words = (chosen.spot.chapter, chosen.spot.offset, chosen.spot.offset + len(chosen.text))
    items: list[ui.Item[ui.View]] = [
        _select(spot, sentences, first),
        button(SentencesAction("post", *words), say("choose-post"), 1, style=Style.primary),
        button(SentencesAction("save", *words), say("quote-save"), 1),
    ]
    return Screen([embed], sent(items))
