"""What the bot says to those who use it, in files that a translator can take.

A folder for each language, with Fluent files (https://projectfluent.org) by subject; `en` has every message, another
language may have some. `say` takes a message's id and what goes into it. A whole number is written as the language
writes numbers, a text as it stands: escape what comes from outside before.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

FOLDER = Path(__file__).parent
ENGLISH = "en"
LONGEST = 2400
"""Characters of a value that goes into a message; Fluent itself takes 2,500. What is longer is cut: it is no name."""

_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


def speak(*locales: str | None) -> None:
    """From here on, what this task says is in the first of *locales* (such as ``pt-BR``) that there is a folder for.

    Where there is none for any of them it is English.
    """
    named = (name for locale in locales if locale for name in (locale, locale.split("-")[0]))
    _language.set(next((name for name in named if name in languages()), ENGLISH))


@cache
def languages() -> frozenset[str]:
    """The languages that there is a folder for."""
    return frozenset(path.name for path in FOLDER.iterdir() if any(path.glob("*.ftl")))


def say(message: str, **values: str | int) -> str:
    """The text of a message with its *values*, in the language of this task, or in English where that lacks it.

    Raises `LookupError` for a message that there is not, and for one that is given other values than it takes.
    """
    for language in (_language.get(), ENGLISH):
        bundle = _bundle(language)
        if bundle.has_message(message) and (pattern := bundle.get_message(message).value) is not None:
            text, faults = bundle.format_pattern(pattern, {name: _short(value) for name, value in values.items()})
            if faults:
                raise LookupError(f"message {message}: {faults}")
            return text  # pyright: ignore[reportReturnType]  # without marks for bidirectional text it is one
    raise LookupError(f"no message {message}")


def _short(value: str | int) -> str | int:
    return f"{value[:LONGEST]}…" if isinstance(value, str) and len(value) > LONGEST else value


@cache
def _bundle(language: str) -> FluentBundle:
    from fluent.runtime import FluentBundle, FluentResource  # here: the process that reads files says nothing

    bundle = FluentBundle([language], use_isolating=False)  # Discord shows the marks of isolation as boxes
    for path in sorted((FOLDER / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text("utf-8")))
    return bundle
