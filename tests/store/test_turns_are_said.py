"""Each transaction says first whose turn it takes, and those who may write the same rows take the same turn."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import store
from bot.store import Store
from bot.store.engines import Turn
from bot.store.engines.sqlite import SqliteWriting

FOLDER = Path(store.__file__).parent
MODULES = {path: ast.parse(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.py"))}
OPENS = {"batches.py", "database.py"}
"""What opens transactions for others."""

TAKE_EVERYTHING = {
    "departures.py: delete": "it deletes stories, and changes what readers everywhere did in the server",
    "privacy.py: delete": "it takes what one reader did out of the counts of all stories, questions and quotes",
    "pruning.py: prune": "it goes through nearly all tables, once a day",
}
"""The changes for which everybody waits on PostgreSQL, and why nothing less is right."""


def transactions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Yield the functions that are a transaction: those with the decorator, and those that are handed to ``write``."""
    handed = {
        name.attr
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "write"
        for argument in call.args
        for name in ast.walk(argument)
        if isinstance(name, ast.Attribute) and isinstance(name.value, ast.Name) and name.value.id == "self"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            decorators = {each.id for each in node.decorator_list if isinstance(each, ast.Name)}
            if "transaction" in decorators or node.name in handed - {"_db"}:
                yield node


def says(function: ast.FunctionDef) -> bool:
    """Return whether the first thing that *function* does with its `Writing` is to take turns."""
    calls = sorted(
        (call.lineno, call.col_offset, call.func.attr)
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "writing"
    )
    return bool(calls) and calls[0][2] in ("take", "take_everything")


def test_each_transaction_says_whose_turn_it_takes() -> None:
    found = [
        (path.name, each) for path, tree in MODULES.items() if path.name not in OPENS for each in transactions(tree)
    ]
    assert len(found) > 60
    assert [f"{name}: {each.name}" for name, each in found if not says(each)] == []


def who_take_everything(name: str, tree: ast.Module) -> Iterator[str]:
    """Yield the functions that take everything, by the name or by no turns at all."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and ast.unparse(call) in ("writing.take_everything()", "writing.take()"):
                    yield f"{name}: {function.name}"


def test_only_these_changes_take_everything_each_for_a_reason() -> None:
    found = [each for path, tree in MODULES.items() for each in who_take_everything(path.name, tree)]
    assert sorted(found) == sorted(TAKE_EVERYTHING)


def test_each_way_of_taking_everything_is_found() -> None:
    ways = ("writing.take_everything()", "writing.take()", "writing.take(OUTBOX)")
    tree = ast.parse("\n".join(f"def way{number}(writing): {way}" for number, way in enumerate(ways)))
    assert list(who_take_everything("a.py", tree)) == ["a.py: way0", "a.py: way1"]


def test_one_that_reads_first_is_found() -> None:
    [late] = transactions(ast.parse("@transaction\ndef late(self, writing):\n  writing.rows('')\n  writing.take()"))
    [none] = transactions(ast.parse("def none(w): pass\ndef a(self): self._db.write(self.none)"))
    assert not says(late) and not says(none)


@pytest.mark.sqlite("on PostgreSQL they wait: tests/store/test_store.py")
async def test_all_who_may_draw_from_one_deck_wait_for_each_other(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[set[Turn]] = []
    monkeypatch.setattr(SqliteWriting, "take", lambda _, *turns: taken.append(set(turns)))
    for server, reader in ((1, 101), (1, 102), (2, 101), (1, 0)):
        await store.quotes.draw(f"guild:{server}", muting=reader)
    ann, ben, ann_elsewhere, nobody = taken
    for both in (ann & ben, ann & nobody, ann & ann_elsewhere):
        assert any(turn.is_alone for turn in both)
    assert not ben & ann_elsewhere
