"""*Something is wrong* has every sentence with which the bot or one of its commands can end."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "hosting" / "wrong.md").read_text("utf-8")
WORDS = 3
"""So many of a sentence's first words find it on the page."""


def texts(node: ast.AST) -> list[str]:
    return [each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def endings() -> Iterator[list[str]]:
    """The fixed parts of each sentence that ends a program: those raised, and those that are handed to who raises."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "HostError":
                yield texts(node)
            elif isinstance(node, ast.Assign) and any(
                field in text for text in texts(node.value) for field in ("{database}", "{shard}")
            ):
                yield [part for text in texts(node.value) for part in text.replace("}", "{").split("{")]


def is_told(part: str) -> bool:
    words = part.split()
    return len(words) >= WORDS and " ".join(words[:WORDS]).rstrip(".:,") in PAGE


def test_each_ending_is_on_the_page() -> None:
    found = [parts for parts in endings() if parts]
    assert len(found) > 30
    assert [parts for parts in found if not any(map(is_told, parts))] == []
