"""Quotes: custom ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.cards import Design
from bot.ui.custom_id import CustomId

QuoteLengthOption = Literal["any", "short", "medium", "long"]


@dataclass(frozen=True, slots=True)
class RandomQuote(CustomId):
    """A quote in a new message."""

    PREFIX = "q1"
    story: int


@dataclass(frozen=True, slots=True)
class AnotherQuote(CustomId):
    """The next quote in the place of this one; story 0 is all stories."""

    PREFIX = "a2"
    story: int
    length: QuoteLengthOption
    spoilers: bool
    """Whether it may come from beyond the first part of a story."""
    query_id: int
    """What else was asked for, by its number in the database; 0 is nothing."""


@dataclass(frozen=True, slots=True)
class ShowQuote(CustomId):
    """Lift the veil from a quote; the rest is what Another under it says."""

    PREFIX = "as2"
    quote: int
    story: int
    length: QuoteLengthOption
    spoilers: bool
    query_id: int


@dataclass(frozen=True, slots=True)
class QuoteContext(CustomId):
    """The page that a quote is from, privately and without moving the reader's place."""

    PREFIX = "k1"
    quote: int


@dataclass(frozen=True, slots=True)
class SaveQuote(CustomId):
    """Keep a quote."""

    PREFIX = "qs1"
    quote: int


@dataclass(frozen=True, slots=True)
class QuoteCard(CustomId):
    """A quote as a picture: in a new message, or in the place of the one that shows it in another design."""

    PREFIX = "qi1"
    shows: Literal["new", "again"]
    quote: int
    design: Design


@dataclass(frozen=True, slots=True)
class ShareQuote(CustomId):
    """Post a quote for all to see."""

    PREFIX = "qp1"
    quote: int


@dataclass(frozen=True, slots=True)
class SavedQuotesPage(CustomId):
    """A page of the quotes that a reader keeps."""

    PREFIX = "ql1"
    button: Literal["p", "n", "back"]
    page: int


@dataclass(frozen=True, slots=True)
class PickSavedQuote(CustomId):
    """A select of them; its values are the quotes' ids."""

    PREFIX = "qk1"
    page: int


@dataclass(frozen=True, slots=True)
class DeleteSavedQuote(CustomId):
    """Keep a quote no more; *page* of the list leads back, where it was taken off there."""

    PREFIX = "qd1"
    shown: Literal["list", "receipt"]
    quote: int
    page: int


@dataclass(frozen=True, slots=True)
class AskSentences(CustomId):
    """Ask which sentences of the page that is open make a quote."""

    PREFIX = "qc1"
    chapter: int
    offset: int


@dataclass(frozen=True, slots=True)
class PickSentences(CustomId):
    """A select of its sentences; its values are their numbers, or the number from which to show others."""

    PREFIX = "qw1"
    chapter: int
    offset: int


@dataclass(frozen=True, slots=True)
class SentencesAction(CustomId):
    """What to do with the words that were chosen, which stand from *start* to *end* of a chapter."""

    PREFIX = "qo1"
    action: Literal["post", "save"]
    chapter: int
    start: int
    end: int
