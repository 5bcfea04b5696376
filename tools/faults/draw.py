"""Draw the places of faults by a seed, so that nobody can prefer places that are tested well."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEED = 28
COUNT = 120

FOLDERS = ("bot/store", "bot/services", "bot/domain", "bot/interactions")
LEAST_LINES = 2
"""Minimum length of a place in lines; a shorter one hardly has a line that can be wrong by itself."""

KEEPS = 3.0
"""Weight of lines in modules that keep data, rights or counts; other lines have 1."""

# fmt: off
KEEPING = frozenset([
    "anonymity", "audience", "audit", "author_stats", "authors", "ballots", "batches", "deleting", "departures",
    "done_interactions", "downloads", "drafts", "erased", "follows", "leaderboard", "limits", "me", "outbox",
    "permissions", "places", "privacy", "publishing", "question_posts", "questions", "quotes", "reactions", "reading",
    "reanchoring", "reviews", "rights", "schedules", "settings", "uploads", "versions", "visibility",
])
# fmt: on
"""Modules that keep data, rights or counts. All modules of `bot/domain` count, too, since they hold the rules."""


@dataclass(frozen=True, slots=True)
class Place:
    """A function, method, constant or statement that can get a fault."""

    path: str
    """Relative to the root of the project, with ``/``."""
    name: str
    """Qualified name in the module, such as ``Ballots.cast``."""
    first: int
    last: int
    """First and last line, from 1."""
    is_function: bool

    @property
    def weight(self) -> float:
        """Return the weight in the draw: lines, times `KEEPS` in modules that keep data, rights or counts."""
        keeps = Path(self.path).stem in KEEPING or "/domain/" in self.path
        return (self.last - self.first + 1) * (KEEPS if keeps else 1.0)

    @property
    def rank(self) -> float:
        """Return the sort key of the draw, lowest first; independent of other places (Efraimidis, Spirakis)."""
        digest = sha256(f"{SEED} {self.path} {self.name}".encode()).digest()
        return -math.log((int.from_bytes(digest[:8]) + 1) / 2**64) / self.weight


def places_of(path: Path, root: Path = ROOT) -> Iterator[Place]:
    """Yield the places of a module, including methods. A nested function belongs to its outer function."""

    def within(body: list[ast.stmt], prefix: str) -> Iterator[Place]:
        for node in body:
            match node:
                case ast.ClassDef():
                    yield from within(node.body, f"{prefix}{node.name}.")
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    said = ast.get_docstring(node) is not None and len(node.body) > 1
                    yield at(node.body[1 if said else 0], node, prefix + node.name)
                case (
                    ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr())
                ):
                    yield at(node, node, prefix + name)
                case _:
                    pass

    def at(first: ast.stmt, whole: ast.stmt, name: str) -> Place:
        last = whole.end_lineno or first.lineno
        return Place(path.relative_to(root).as_posix(), name, first.lineno, last, first is not whole)

    yield from within(ast.parse(path.read_text("utf-8")).body, "")


def drawn() -> list[Place]:
    """Return all places in the order of the draw."""
    files = (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")))
    found = [each for path in files for each in places_of(path) if each.last - each.first + 1 >= LEAST_LINES]
    return sorted(found, key=lambda each: each.rank)
