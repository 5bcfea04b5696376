"""Quotes: custom ids."""

from typing import Literal

from bot.cards import Design
from bot.ui.custom_id import AtSpot, CustomId, OfStory

QuoteLengthOption = Literal["any", "short", "medium", "long"]


class RandomQuote(OfStory, prefix="q1"):
    """A quote in a new message."""


class AnotherQuote(CustomId, prefix="a2"):
    """The next quote in the place of this one; story 0 is all stories."""

    story: int
    length: QuoteLengthOption
    spoilers: bool
    """Whether it may come from beyond the first part of a story."""
    query_id: int
    """What else was asked for, by its number in the database; 0 is nothing."""


class AuthorQuote(OfStory, prefix="qa1"):
    """A quote of who wrote a story, in a new message."""


class UnfoldQuote(CustomId, prefix="qm1"):
    """Unfold what is rarer under a quote, or fold it."""

    quote: int
    more: bool


class UnfoldQuoteCard(CustomId, prefix="qim1"):
    """Unfold what is rarer under a quote's picture, or fold it."""

    quote: int
    design: Design
    more: bool


class QuoteContext(CustomId, prefix="k1"):
    """The page that a quote is from, privately and without moving the reader's place."""

    quote: int


class SaveQuote(CustomId, prefix="qs1"):
    """Keep a quote."""

    quote: int


class QuoteCard(CustomId, prefix="qi1"):
    """A quote as a picture: in a new message, in the place of one in another design, or in one that all see."""

    shows: Literal["new", "again", "share"]
    quote: int
    design: Design


class ShareQuote(CustomId, prefix="qp1"):
    """Post a quote for all to see."""

    quote: int


class PickSavedQuote(CustomId, prefix="qk1"):
    """A select of the quotes that a reader keeps; its values are their ids."""

    page: int


class DeleteSavedQuote(CustomId, prefix="qd1"):
    """Keep a quote no more; *page* of the list leads back, where it was taken off there."""

    shown: Literal["list", "receipt"]
    quote: int
    page: int


class AskSentences(AtSpot, prefix="qc1"):
    """Ask which sentences of the page that is open make a quote."""


class PickSentences(AtSpot, prefix="qw1"):
    """A select of its sentences; its values are their numbers, or the number from which to show others."""


class SentencesAction(CustomId, prefix="qo1"):
    """What to do with the words that were chosen, which stand from *start* to *end* of a chapter."""

    action: Literal["post", "save"]
    chapter: int
    start: int
    end: int
