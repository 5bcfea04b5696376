"""The words of messages: one word for one thing, and each sentence whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.texts import languages, listed
from tests.fluent import messages_in
from tests.library import Library
from tests.registered import registered

NOT_OURS = {
    "shelf", "shelves", "shelved", "veil", "veils", "veiled",
    "unveil", "unveils", "lift", "lifts", "wish", "wishes", "wished",
    "writer", "writers", "keeper", "keepers", "desk", "instalment", "instalments", "installment", "installments",
    "parted", "tap", "taps", "tapped", "click", "clicks", "clicked", "begun", "afresh", "anew", "adults",
    "fic", "fics", "kudos", "excerpt", "excerpts", "petition", "petitions", "verdict", "verdicts",
    "subscribe", "subscribes", "subscribed", "user", "users",
    "cannot", "please", "sorry", "oops", "simply", "invalid",
    "cancelled", "colour", "colours", "favourite", "favourites",
}  # fmt: skip
"""What another word stands for in each message. A word that is right in some place is not here."""

WORD = re.compile(r"[^\W\d_]+")


class Shown(Visitor):
    """The text of a message that somebody sees."""

    def __init__(self) -> None:
        self.text: list[str] = []

    def visit_TextElement(self, node: ftl.TextElement) -> None:  # noqa: N802
        self.text.append(node.value)

    def visit_StringLiteral(self, node: ftl.StringLiteral) -> None:  # noqa: N802
        self.text.append(node.value)


def shown_in(message: ftl.Message) -> str:
    visitor = Shown()
    visitor.visit(message)
    return " ".join(visitor.text)


def not_ours(text: str) -> set[str]:
    return NOT_OURS & {word.casefold() for word in WORD.findall(text)}


def said_of(command: dict[str, Any]) -> Iterator[str]:
    """What Discord shows of a command and all below it."""
    yield command.get("description", "")
    yield from (choice["name"] for choice in command.get("choices") or [])
    for option in command.get("options") or []:
        yield from said_of(option)


def test_messages_say_one_word_for_one_thing() -> None:
    found = {message.id.name: words for message in messages_in("en") if (words := not_ours(shown_in(message)))}
    assert found == {}


async def test_commands_say_one_word_for_one_thing(library: Library) -> None:
    found = {
        text: words for each in registered(library).values() for text in said_of(each) if (words := not_ours(text))
    }
    assert found == {}


def test_a_word_is_found_whole_and_in_any_case() -> None:
    assert not_ours("Tap the Shelf’s “veil”.") == {"tap", "shelf", "veil"}
    assert not_ours("A tapestry, shelfless and unclicked") == set()


def is_whole(pattern: ftl.Pattern) -> bool:
    """Whether nothing stands before or after what is chosen between, so that each choice is a sentence by itself."""
    chosen = [
        element.expression
        for element in pattern.elements
        if isinstance(element, ftl.Placeable) and isinstance(element.expression, ftl.SelectExpression)
    ]
    return not chosen or (
        len(pattern.elements) == 1 and all(is_whole(variant.value) for each in chosen for variant in each.variants)
    )


@pytest.mark.parametrize("language", sorted(languages()))
def test_a_sentence_is_one_message_and_not_built_of_parts(language: str) -> None:
    parts = [each.id.name for each in messages_in(language) if each.value is not None and not is_whole(each.value)]
    assert parts == []


def test_names_are_listed_as_a_language_lists_them() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b, and c"
    assert listed(["a", "b", "c"], "or") == "a, b, or c"
    assert listed(["1 day", "2 hours"], "unit") == "1 day, 2 hours"
