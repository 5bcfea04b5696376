"""All texts of the bot, in files for translators.

There is a folder for each language, with Fluent files (https://projectfluent.org) by subject. English has every
message, another language may lack some. `say` takes the id of a message and its values. A whole number is written as
the language writes numbers, a text unchanged, so escape text that comes from outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

FOLDER = Path(__file__).parent
ENGLISH = "en"
LONGEST = 2400
"""Characters of a value in a message; a longer one is cut. Fluent itself takes 2,500."""

CACHED_CHARS = 100
"""Characters of the longest value with which a text is cached."""

_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


def speak(*locales: str | None) -> None:
    """Set the language of this task: the first of *locales* (such as ``pt-BR``) that has a folder, else English."""
    _language.set(next((name for locale in locales if locale and (name := language_for(locale))), ENGLISH))


def current_language() -> str:
    """Return the language of this task."""
    return _language.get()


def language_for(locale: str) -> str | None:
    """Return the folder for a locale: its own, or that of the language without the region; None where there is none."""
    return next((name for name in (locale, locale.split("-")[0]) if name in languages()), None)


@cache
def languages() -> frozenset[str]:
    """Return the languages that have a folder."""
    return frozenset(path.name for path in FOLDER.iterdir() if any(path.glob("*.ftl")))


def say(message: str, **values: str | int) -> str:
    """Return the text of a message with its *values*, in the language of this task, or in English where that lacks it.

    Raises `LookupError` for an unknown message, and for values that the message does not take.
    """
    for language in (_language.get(), ENGLISH):
        if (text := said_in(language, message, **values)) is not None:
            return text
    raise LookupError(f"no message {message}")


def translated(message: str, english: str, **values: str | int) -> str:
    """Return what a translation says for a message that stands in the code, or *english*, as it stands there."""
    return said_in(_language.get(), message, **values) or english


def said_in(language: str, message: str, **values: str | int) -> str | None:
    """Return the text of a message in one language; None where that lacks it.

    Raises `LookupError` for values that the message does not take.
    """
    items = tuple(values.items())
    is_short = all(isinstance(value, int) or len(value) <= CACHED_CHARS for value in values.values())
    return _cached(language, message, items) if is_short else _formatted(language, message, items)


def _formatted(language: str, message: str, values: tuple[tuple[str, str | int], ...]) -> str | None:
    bundle = _bundle(language)
    if not bundle.has_message(message) or (pattern := bundle.get_message(message).value) is None:
        return None
    text, faults = bundle.format_pattern(pattern, {name: _short(value) for name, value in values})
    if faults:
        raise LookupError(f"message {message}: {faults}")
    return text  # pyright: ignore[reportReturnType]  # without marks for bidirectional text it is one


_cached = lru_cache(4096)(_formatted)
"""A page has some forty messages, and nearly all of them are the same on the next page."""


def listed(names: Sequence[str], style: Literal["standard", "or", "unit"] = "standard") -> str:
    """Return *names* as the language of this task lists them: “a, b, and c”, or with “or”, or with commas alone."""
    from babel.lists import format_list  # here: the process that reads files says nothing

    return format_list(names, style, _language.get())


def _short(value: str | int) -> str | int:
    return f"{value[:LONGEST]}…" if isinstance(value, str) and len(value) > LONGEST else value


@cache
def _bundle(language: str) -> FluentBundle:
    from fluent.runtime import FluentBundle, FluentResource  # here: the process that reads files says nothing

    bundle = FluentBundle([language], use_isolating=False)  # Discord shows the marks of isolation as boxes
    for path in sorted((FOLDER / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text("utf-8")))
    return bundle
