"""The messages in the Fluent files of a language."""

from __future__ import annotations

from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from bot.texts import FOLDER


def messages_in(language: str) -> list[ftl.Message]:
    found: list[ftl.Message] = []
    for path in sorted((FOLDER / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{path.name}: {entry.content}"
            found += [entry] if isinstance(entry, ftl.Message) else []
    return found
