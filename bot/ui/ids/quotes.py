"""Quotes: custom ids."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ui.custom_id import CustomId


@dataclass(frozen=True, slots=True)
class DrawQuote(CustomId):
    """A quote in a new message."""

    PREFIX = "q1"
    story: int


@dataclass(frozen=True, slots=True)
class Another(CustomId):
    """The next quote in the place of this one; story 0 is all stories."""

    PREFIX = "a1"
    story: int
    spoilers: bool
    """Whether it may come from beyond the first part of a story."""


@dataclass(frozen=True, slots=True)
class ShowQuote(CustomId):
    """Lift the veil from a quote."""

    PREFIX = "as1"
    quote: int
    story: int
    spoilers: bool


@dataclass(frozen=True, slots=True)
class InContext(CustomId):
    """The page that a quote is from, privately and without moving the reader's place."""

    PREFIX = "k1"
    quote: int
