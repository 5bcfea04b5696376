"""The store's SQL is such as SQLite and PostgreSQL both understand; what only one of them does has one place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import store
from bot.store import Store
from tests.databases import columns

FOLDER = Path(store.__file__).parent

REFUSED: dict[str, str] = {
    "a positional parameter": r"\?",
    "iif(": r"\biif\s*\(",
    "OR IGNORE, OR REPLACE": r"\bOR (?:IGNORE|REPLACE)\b",
    "ON CONFLICT without its target": r"\bON CONFLICT(?!\s*\()",
    "the greatest id and one": r"\bmax\((?:\w+\.)?(?:row)?id\)\s*\+",
    "max or min of values in a row": r"\b(?:max|min)\((?:[^()]|\([^()]*\))*,",
    "NULL for an id": r"\bVALUES \(NULL\b",
    "PRAGMA": r"\bPRAGMA\b",
    "CROSS JOIN": r"\bCROSS JOIN\b",
    "full text": r"\bMATCH\b|\bbm25\b|\browid\b|\bfts5\b",
    "IS between values": r"\bIS (?!NULL\b|NOT NULL\b|(?:NOT )?DISTINCT FROM\b)",
    "a number for a truth": r"\b(?:WHERE|AND|OR|NOT) [01]\b(?! *[-+*/<>=])",
    "a truth for a number": r"[-+*] ?\([\w.]+ ?(?:=|<>) |\bcoalesce\([\w.]+ (?:=|<>) ",
    "a plus that forbids an index": r"\b(?:WHERE|AND|OR|ON|BY) \+\w",
    "a reserved word for a name": r"\bAS (?:all|by|desc|end|from|group|limit|offset|order|to|user|when)\b"
    r"|(?<![\w'])\w\.(?:by|end|group|order|user)\b",
}
"""What stands in no statement, as patterns."""

ALLOWED: dict[str, set[str]] = {
    "database.py": {"CROSS JOIN"},  # the order of joins
    "sqlite.py": {"PRAGMA", "full text"},  # how it is opened, and whether it has FTS5
    "sqlite_backup.py": {"PRAGMA"},
    "sqlite_restore.py": {"PRAGMA"},
    "sqlite_search.py": {"full text"},
    "postgresql.py": {"a positional parameter"},  # the pattern that finds one
}
"""The one place of each exception."""

SQL = re.compile(
    r"\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|FROM|JOIN|WHERE|VALUES|ON CONFLICT|ORDER BY|AND|OR|CASE)\b"
    r"|= :\w|[=(,<>] ?\?(?=[\d\s,)]|$)|^\?$"
)

# What PostgreSQL 17 reserves (appendix C of its manual), and *by*, which SQLite does.
RESERVED = (
    "all analyse analyze and any array as asc asymmetric authorization binary both by case cast check collate collation"
    " column concurrently constraint create cross current_catalog current_date current_role current_schema current_time"
    " current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze"
    " from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like"
    " limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary"
    " references returning right select session_user similar some symmetric system_user table tablesample then to"
    " trailing true union unique user using variadic verbose when where window with"
)


def strings(tree: ast.Module) -> Iterator[str]:
    """All strings of a module but its docstrings; what an f-string is given is ``x``."""
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts | documents:
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)


def offences(path: Path, text: str) -> list[str]:
    """What *text*, a module or a migration, has that it may not have."""
    if path.suffix == ".sql":
        statements = [re.sub("--.*", "", text)]
        found: list[str] = []
    else:
        tree = ast.parse(text)
        statements = [each for each in strings(tree) if SQL.search(each)]
        found = ["lastrowid" for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "lastrowid"]
    for what, pattern in REFUSED.items():
        if what not in ALLOWED.get(path.name, set()):
            found += [f"{what}: {' '.join(each.split())}" for each in statements if re.search(pattern, each)]
    return found


def own(path: Path) -> bool:
    """Whether a file is for one engine only."""
    return path.name.endswith((".sqlite.sql", ".postgresql.sql"))


FILES = [path for ending in ("*.py", "*.sql") for path in FOLDER.rglob(ending) if not own(path)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_sql_of_a_module_is_portable(path: Path) -> None:
    assert offences(path, path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("what", "statement"),
    [
        ("a positional parameter", "SELECT 1 FROM votes WHERE story_id = ?"),
        ("a positional parameter", "SELECT 1 FROM votes WHERE story_id = ?1"),
        ("a positional parameter", "?"),
        ("iif(", "SELECT iif(a = b, 1, 2) FROM c"),
        ("OR IGNORE, OR REPLACE", "UPDATE OR IGNORE stories SET key = :key"),
        ("ON CONFLICT without its target", "INSERT INTO a VALUES (:b) ON CONFLICT DO NOTHING"),
        ("the greatest id and one", "SELECT coalesce(max(id) + 1, 1) FROM quotes"),
        ("max or min of values in a row", "SELECT max(1, s.words) FROM stories s"),
        ("max or min of values in a row", "SELECT min(coalesce(a, b), c) FROM d"),
        ("NULL for an id", "INSERT INTO chapters VALUES (NULL, :story)"),
        ("PRAGMA", "PRAGMA table_info(votes)"),
        ("CROSS JOIN", "SELECT 1 FROM a CROSS JOIN b"),
        ("full text", "SELECT rowid FROM quote_search WHERE quote_search MATCH :query"),
        ("IS between values", "SELECT 1 FROM a WHERE b IS excluded.b"),
        ("IS between values", "SELECT 1 FROM a WHERE b IS NOT :c"),
        ("a number for a truth", "SELECT 1 FROM a WHERE 1 ORDER BY b"),
        ("a truth for a number", "UPDATE a SET b = b + (c = 'd') WHERE e"),
        ("a truth for a number", "SELECT coalesce(v.choice = 'leave', 0) FROM votes v"),
        ("a plus that forbids an index", "SELECT 1 FROM reviews r WHERE +r.story_id = :story"),
        ("a reserved word for a name", "SELECT p.end FROM pages p"),
        ("a reserved word for a name", "SELECT a AS end FROM pages"),
    ],
)
def test_what_only_sqlite_understands_is_refused(what: str, statement: str) -> None:
    module = f'"""WHERE a = ?"""\nasync def find(db, b):\n    return await db.rows(f"{statement}" + " OR c")\n'
    assert offences(Path("votes.py"), module) == [f"{what}: {statement}"]
    assert [each.partition(":")[0] for each in offences(Path("001-votes.sql"), f"-- Why?\n{statement};\n")] == [what]


def test_an_id_is_asked_for_with_returning() -> None:
    assert offences(Path("polls.py"), "poll = cursor.lastrowid") == ["lastrowid"]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT max(a.start), min(b) FROM c WHERE d IS NOT NULL AND e IS NULL AND f IS NOT DISTINCT FROM :g",
        "INSERT INTO a (b) VALUES (:b) ON CONFLICT (b) DO UPDATE SET c = a.c + excluded.c, d = coalesce(a.d, :d)",
        "SELECT 1 FROM a WHERE b = 1 AND 1 = c AND d > 100 * (e + 1)",
    ],
)
def test_what_both_understand_is_not_refused(statement: str) -> None:
    assert offences(Path("votes.py"), f"SQL = {statement!r}") == []


async def test_no_table_or_column_has_a_reserved_word_for_a_name(store: Store, tmp_path: Path) -> None:
    tables = columns(tmp_path / "oneshot.db")
    names = {*tables, *(name for own in tables.values() for name in own)}
    assert "until" in names
    assert names & set(RESERVED.split()) == set()


@pytest.mark.sqlite("it reads the triggers that SQLite has")
async def test_a_trigger_writes_where_no_trigger_listens_and_none_stands_for_a_write(store: Store) -> None:
    triggers = await store._db.rows("SELECT tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'")
    listening = {row["tbl_name"] for row in triggers}
    for row in triggers:
        assert "INSTEAD OF" not in row["sql"]
        body = row["sql"].partition("BEGIN")[2]
        assert listening.isdisjoint(re.findall(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)", body))
