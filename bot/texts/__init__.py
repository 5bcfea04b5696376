"""What the bot says to those who use it, in files that a translator can take.

A folder for each language, with Fluent files (https://projectfluent.org) by subject; `en` has every message, another
language may have some. `say` takes a message's id and what goes into it. A whole number is written as the language
writes numbers, a text as it stands: escape what comes from outside before.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

FOLDER = Path(__file__).parent
ENGLISH = "en"
LONGEST = 2400
"""Characters of a value that goes into a message; Fluent itself takes 2,500. What is longer is cut: it is no name."""

REMEMBERED_CHARS = 100
"""Characters of a value with which a message is remembered."""

_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


def speak(*locales: str | None) -> None:
    """From here on, what this task says is in the first of *locales* (such as ``pt-BR``) that there is a folder for.

    Where there is none for any of them it is English.
    """
    _language.set(next((name for locale in locales if locale and (name := language_for(locale))), ENGLISH))


def language_for(locale: str) -> str | None:
    """The language that one who asks for *locale* is spoken to in: its own, or that without the region."""
    return next((name for name in (locale, locale.split("-")[0]) if name in languages()), None)


@cache
def languages() -> frozenset[str]:
    """The languages that there is a folder for."""
    return frozenset(path.name for path in FOLDER.iterdir() if any(path.glob("*.ftl")))


def say(message: str, **values: str | int) -> str:
    """The text of a message with its *values*, in the language of this task, or in English where that lacks it.

    Raises `LookupError` for a message that there is not, and for one that is given other values than it takes.
    """
    for language in (_language.get(), ENGLISH):
        if (text := said_in(language, message, **values)) is not None:
            return text
    raise LookupError(f"no message {message}")


def said_in(language: str, message: str, **values: str | int) -> str | None:
    """The text of a message in one language; None where that lacks it.

    Raises `LookupError` for a message that is given other values than it takes.
    """
    said = tuple(values.items())
    is_short = all(isinstance(value, int) or len(value) <= REMEMBERED_CHARS for value in values.values())
    return _remembered(language, message, said) if is_short else _formatted(language, message, said)


def _formatted(language: str, message: str, values: tuple[tuple[str, str | int], ...]) -> str | None:
    bundle = _bundle(language)
    if not bundle.has_message(message) or (pattern := bundle.get_message(message).value) is None:
        return None
    text, faults = bundle.format_pattern(pattern, {name: _short(value) for name, value in values})
    if faults:
        raise LookupError(f"message {message}: {faults}")
    return text  # pyright: ignore[reportReturnType]  # without marks for bidirectional text it is one


_remembered = lru_cache(4096)(_formatted)
"""A page has some forty messages, nearly all of them the same on the next."""


def upper_first(text: str) -> str:
    """*text* as a line begins with it."""
    return f"{text[:1].upper()}{text[1:]}"


def _short(value: str | int) -> str | int:
    return f"{value[:LONGEST]}…" if isinstance(value, str) and len(value) > LONGEST else value


@cache
def _bundle(language: str) -> FluentBundle:
    from fluent.runtime import FluentBundle, FluentResource  # here: the process that reads files says nothing

    bundle = FluentBundle([language], use_isolating=False)  # Discord shows the marks of isolation as boxes
    for path in sorted((FOLDER / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text("utf-8")))
    return bundle
