"""Imports go one way: each folder is known by the folders that it may import."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

PURE = ["stories"]
VALUES = [*PURE, "domain", "errors"]
DRAWN = [*VALUES, "texts", "cards"]
KEPT = [*VALUES, "store"]
PLUMBING = [*DRAWN, "store", "ui", "importing"]
USES = [*PLUMBING, "interactions"]

LAYERS: dict[str, list[str]] = {
    "errors": [],
    "config": ["errors"],
    "stories": [],
    "domain": ["stories", "errors"],
    "store": VALUES,
    "texts": [],
    "cards": ["errors"],
    "ui": DRAWN,
    "importing": KEPT,
    "interactions": PLUMBING,
    "services": USES,
    "operations": [*USES, "services", "config"],
    "cogs": [*USES, "services"],
    "__main__": [*USES, "services", "config", "operations"],
}
"""Folder (or module of `bot` itself) → the folders that it may import, beside itself."""

SQL = ("sqlite3", "aiosqlite")
DISCORD = ("discord", "simcord")
FILES = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "cogs").rglob("*.py")])
BESIDE = sorted([*(ROOT / "tests").rglob("*.py"), *(ROOT / "tools").rglob("*.py")])


def names_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def folder_of(module: str) -> str:
    """The row of the table that a module stands in: ``bot.store.votes`` in ``store``, ``cogs.votes`` in ``cogs``."""
    first, *rest = module.split(".")
    return "cogs" if first == "cogs" else rest[0] if rest else "bot"


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Every module that *path* imports, anywhere in it, by its full name; of ``from a import b`` both a and a.b."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *filter(None, [node.module])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def is_in(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def offenders(paths: list[Path], banned: tuple[str, ...]) -> list[str]:
    return [f"{names_of(path)} imports {name}" for path in paths for name in imports(path) if is_in(name, banned)]


def beyond_its_row(path: Path) -> list[str]:
    """What a file imports of ours that the row of its folder does not name."""
    own = folder_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
    if own == "__init__":  # of bot itself: the version
        return list(imports(path))
    allowed = {own, *LAYERS[own], "__version__"}
    ours = {name for name in imports(path) if is_in(name, ("bot", "cogs")) and name != "bot"}
    return [name for name in sorted(ours) if folder_of(name) not in allowed]


def test_a_file_imports_only_the_layers_of_its_row() -> None:
    assert {names_of(path): names for path in FILES if (names := beyond_its_row(path))} == {}


def test_bot_itself_holds_three_modules() -> None:
    modules = {path.stem for path in (ROOT / "bot").glob("*.py")} - {"__init__"}
    assert modules == {"__main__", "config", "errors"}


def test_every_row_is_a_folder_or_a_module() -> None:
    folders = {path.name for path in (ROOT / "bot").iterdir() if path.is_dir() and path.name != "__pycache__"}
    modules = {path.stem for path in (ROOT / "bot").glob("*.py")} - {"__init__"}
    assert {*folders, *modules, "cogs"} == LAYERS.keys()


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_no_modules_import_each_other_in_a_circle() -> None:
    modules = {module_of(path): set(imports(path)) for path in FILES}
    below = {name: {each for each in found if each in modules and each != name} for name, found in modules.items()}
    for name, found in below.items():  # ``from bot.store import deck`` takes the module, and no name of the package
        if name.startswith("bot.store."):
            found.discard("bot.store")
    assert len(list(TopologicalSorter(below).static_order())) == len(modules)


def test_a_cog_imports_no_other_cog() -> None:
    assert offenders(sorted((ROOT / "cogs").glob("*.py")), ("cogs",)) == []


def test_only_the_engines_know_a_database() -> None:
    others = [path for path in FILES if not names_of(path).startswith("bot/store/engines/")]
    assert offenders(others, SQL) == []
    cogs = [path for path in FILES if names_of(path).startswith("cogs/")]
    assert offenders(cogs, ("bot.store.database", "bot.store.engines", "bot.store.migrations")) == []


ROLES = "bot/stories/sections/roles.py"


def test_only_one_module_asks_the_chain_who_says_a_line() -> None:
    others = [path for path in FILES if names_of(path) != ROLES]
    assert offenders(others, ("bot.stories.sections.chain.outside",)) == []
    explaining = [path for path in others if names_of(path) != "bot/stories/sections/explained.py"]
    assert offenders(explaining, ("bot.stories.sections.laws",)) == []


def makes_roles(path: Path) -> list[str]:
    """Return the calls in a module that make a value of `roles`, or a copy of one with another role or place."""
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    return [
        ast.unparse(call)
        for call in calls
        if ast.unparse(call.func).split(".")[-1] in ("Piece", "Ends", "Outside")
        or (
            ast.unparse(call.func).split(".")[-1] == "replace"
            and {key.arg for key in call.keywords} & {"role", "above", "below"}
        )
    ]


def test_only_one_module_makes_or_changes_a_role() -> None:
    knowing = [path for path in FILES if any(is_in(name, ("bot.stories.sections.roles",)) for name in imports(path))]
    assert knowing and {names_of(path): made for path in knowing if (made := makes_roles(path))} == {}
    assert {made.split("(")[0] for made in makes_roles(ROOT / ROLES)} == {"Piece", "Ends", "Outside"}


@pytest.mark.parametrize("folder", ["stories", "domain", "store", "importing", "texts", "cards"])
def test_below_the_ui_nothing_knows_discord(folder: str) -> None:
    within = [path for path in FILES if names_of(path).startswith(f"bot/{folder}/")]
    assert within
    assert offenders(within, DISCORD) == []


def test_settings_are_read_at_the_edge_only() -> None:
    for path in FILES:
        text = path.read_text("utf-8")
        assert path.name == "__main__.py" or ("os.environ" not in text and "getenv" not in text), path


def test_the_bot_does_not_need_what_only_preview_tests_and_tools_do() -> None:
    assert offenders(FILES, ("simcord", "pytest", "hypothesis", "fontTools", "tests", "tools")) == []


def test_the_imports_of_a_file_are_seen() -> None:
    path = ROOT / "tests" / "test_layers.py"
    assert {"ast", "pathlib", "pathlib.Path", "pytest"} <= set(imports(path))


def test_the_promises_know_the_bot_by_their_fixtures_alone() -> None:
    promises = [path for path in sorted((ROOT / "tests" / "promises").glob("*.py")) if path.name != "conftest.py"]
    assert promises
    ours = {name for path in promises for name in imports(path) if is_in(name, ("bot", "cogs", "tests"))}
    assert [name for name in sorted(ours) if not is_in(name, ("tests.promises",))] == []


def test_no_module_imports_a_test_file() -> None:
    tests = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in (ROOT / "tests").rglob("test_*.py")}
    assert {names_of(path): found for path in [*FILES, *BESIDE] if (found := tests & {*imports(path)})} == {}
