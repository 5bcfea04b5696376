"""Imports go one way: each layer is known by what it may import."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SQL = ("sqlite3", "aiosqlite")
DISCORD = ("discord", "simcord")


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every module that *path* imports, anywhere in it, by its full name; of ``from a import b`` both a and a.b."""
    package = ".".join(path.relative_to(ROOT).with_suffix("").parts[:-1])
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *filter(None, [node.module])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def is_in(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def offenders(paths: list[Path], banned: tuple[str, ...], allowed: tuple[str, ...] = ()) -> list[str]:
    assert paths
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in paths
        for name in imports(path)
        if is_in(name, banned) and not is_in(name, allowed) and name != "bot"
    ]


def test_stories_know_neither_discord_nor_sql_nor_another_layer() -> None:
    assert offenders(modules("bot/stories"), (*DISCORD, *SQL, "bot", "cogs"), ("bot.stories",)) == []


def test_cards_know_neither_discord_nor_sql_nor_another_layer() -> None:
    assert offenders(modules("bot/cards"), (*DISCORD, *SQL, "bot", "cogs"), ("bot.cards", "bot.errors")) == []


def test_the_store_knows_neither_discord_nor_how_things_look() -> None:
    assert (
        offenders(modules("bot/store"), (*DISCORD, "bot.cards", "bot.ui", "bot.interactions", "bot.services", "cogs"))
        == []
    )


def test_the_ui_makes_no_queries() -> None:
    assert offenders(modules("bot/ui"), (*SQL, "bot.store", "bot.interactions", "bot.importing", "cogs")) == []


def test_cogs_hold_no_sql() -> None:
    assert offenders(modules("cogs"), (*SQL, "bot.store.database", "bot.store.migrations")) == []


@pytest.mark.parametrize("cog", [path.stem for path in modules("cogs") if path.stem != "__init__"])
def test_a_cog_imports_no_other_cog(cog: str) -> None:
    assert offenders([ROOT / "cogs" / f"{cog}.py"], ("cogs",), (f"cogs.{cog}",)) == []


def test_only_the_store_knows_sql() -> None:
    others = [path for path in modules("bot") if "store" not in path.parts]
    assert offenders(others, SQL) == []


def test_charts_know_numbers_alone() -> None:
    assert offenders(modules("bot/charts"), (*DISCORD, *SQL, "bot", "cogs"), ("bot.charts",)) == []


def test_what_readers_do_is_known_without_discord_or_sql() -> None:
    assert (
        offenders(
            modules("bot/domain"),
            (*DISCORD, *SQL, "bot", "cogs"),
            ("bot.stories", "bot.errors", "bot.domain"),
        )
        == []
    )


def test_settings_are_read_at_the_edge_only() -> None:
    for path in [*modules("bot"), *modules("cogs")]:
        text = path.read_text("utf-8")
        assert path.name == "__main__.py" or ("os.environ" not in text and "getenv" not in text), path


def test_the_bot_does_not_need_what_only_preview_and_tests_do() -> None:
    others = [path for path in [*modules("bot"), *modules("cogs")] if path.name != "preview.py"]
    assert offenders(others, ("simcord", "pytest", "hypothesis", "tests")) == []


def test_the_imports_of_a_file_are_seen() -> None:
    path = ROOT / "tests" / "test_layers.py"
    assert {"ast", "pathlib", "pathlib.Path", "pytest"} <= set(imports(path))
