"""All texts of the bot, in files for translators.

Each language has a folder with Fluent files (https://projectfluent.org) by subject. English has every message; another
language may lack some. `say` takes a message id and the message's values. Integers are formatted for the language.
Strings are inserted unchanged, so callers escape text from outside.
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
MOST_VALUE_CHARS = 2400
"""Maximum length of a value, in characters; a longer one is truncated. Fluent's own limit is 2,500."""

CACHED_CHARS = 100
"""Maximum length of each value of a cached text, in characters; texts with longer values are not cached."""

_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


def set_language(*locales: str | None) -> None:
    """Set the language of the current context: that of the first locale (as ``pt-BR``) with a folder, else English."""
    _language.set(next((name for locale in locales if locale and (name := language_for(locale))), ENGLISH))


def current_language() -> str:
    """Return the language of the current context."""
    return _language.get()


def language_for(locale: str) -> str | None:
    """Return the name of the folder for a locale such as ``pt-BR``: ``pt-BR``, else ``pt``, else None."""
    return next((name for name in (locale, locale.split("-")[0]) if name in languages()), None)


@cache
def languages() -> frozenset[str]:
    """Return the names of all language folders."""
    return frozenset(path.name for path in FOLDER.iterdir() if any(path.glob("*.ftl")))


def say(message: str, **values: str | int) -> str:
    """Return the text of a message with its *values*, in the current language, else in English.

    Raises `LookupError` for an unknown message, and for a missing value.
    """
    for language in (_language.get(), ENGLISH):
        if (text := text_in(language, message, **values)) is not None:
            return text
    raise LookupError(f"no message {message}")


def translated(message: str, english: str, **values: str | int) -> str:
    """Return a message in the current language, or, if the language lacks it, the text from the code, *english*."""
    return text_in(_language.get(), message, **values) or english


def text_in(language: str, message: str, **values: str | int) -> str | None:
    """Return the text of a message in one language; None if the language lacks the message.

    Raises `LookupError` for a missing value.
    """
    items = tuple(values.items())
    is_short = all(isinstance(value, int) or len(value) <= CACHED_CHARS for value in values.values())
    return _cached(language, message, items) if is_short else _formatted(language, message, items)


def _formatted(language: str, message: str, values: tuple[tuple[str, str | int], ...]) -> str | None:
    bundle = _bundle(language)
    if not bundle.has_message(message) or (pattern := bundle.get_message(message).value) is None:
        return None
    text, faults = bundle.format_pattern(pattern, {name: _truncated(value) for name, value in values})
    if faults:
        raise LookupError(f"message {message}: {faults}")
    return text  # pyright: ignore[reportReturnType]  # a str, since isolation marks are off


_cached = lru_cache(4096)(_formatted)
"""Cache of texts: a page has some forty messages, and most are the same on the next page."""


def listed(names: Sequence[str], style: Literal["standard", "or", "unit"] = "standard") -> str:
    """Return a list of *names* in the current language: “a, b, and c”, “a, b, or c” or “a, b, c”."""
    from babel.lists import format_list  # a slow import; processes that read files skip it

    return format_list(names, style, _language.get())


def _truncated(value: str | int) -> str | int:
    return f"{value[:MOST_VALUE_CHARS]}…" if isinstance(value, str) and len(value) > MOST_VALUE_CHARS else value


@cache
def _bundle(language: str) -> FluentBundle:
    from fluent.runtime import FluentBundle, FluentResource  # a slow import; processes that read files skip it

    bundle = FluentBundle([language], use_isolating=False)  # Discord shows isolation marks as boxes
    for path in sorted((FOLDER / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text("utf-8")))
    return bundle
