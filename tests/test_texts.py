"""What the bot says stands in one place, and code and messages agree."""

from __future__ import annotations

import ast
import pickle
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot import texts
from bot.domain.uploads import Upload
from bot.errors import ReaderError
from bot.importing.worker import read_here
from bot.services.uploads import read_upload, refusal_text
from bot.stories import Refused
from bot.texts import FOLDER, languages, say, set_language
from tests.fluent import messages_in
from tests.library import Library
from tests.registered import menus, registered, syncs
from tests.seen import buttons_of, shown

ROOT = Path(__file__).parents[1]
CODE = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "cogs").rglob("*.py")])
TO_OTHERS = {
    "bot/__main__.py", "bot/interactions/client.py", "bot/config.py",
    "bot/domain/downloads.py", "bot/interactions/components.py",
    "bot/domain/zones.py", "bot/domain/uploads.py", "bot/ui/custom_id.py", "bot/interactions/translator.py",
}  # fmt: skip
"""What says something to the host or to a log; what is in a file, what a reader types, what is a name in code."""

READ = (r"(?P<number>\d{1,7}) ?(?:%|percent|per cent)", ": every day")
"""What readers type or pick is no text of the bot's: how far to jump, the days of a schedule."""

ROOMS = [ROOT / room for room in ("bot", "bot/domain", "bot/interactions", "bot/services", "bot/ui", "cogs")]

SPOKEN = [path for path in CODE if path.parent in ROOMS and path.relative_to(ROOT).as_posix() not in TO_OTHERS]
"""Where whatever a reader sees is made."""

FAULTS = {"ValueError", "LookupError", "RuntimeError", "ConnectionError"}
"""What a reader never sees."""

ENGLISH = re.compile(r"[A-Za-z]{2,},? [A-Za-z]{2,}|^[A-Z][a-z]+\b")

SAYING = ("say", "named_choice", "ReaderError", "CardError")
"""The functions that take a message's id."""


class Names(Visitor):
    """The values and the other messages that a message names."""

    def __init__(self) -> None:
        self.values: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.values.add(node.id.name)

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:  # noqa: N802
        self.messages.add(node.id.name)


@cache
def named() -> dict[str, Names]:
    found: dict[str, Names] = {}
    for message in messages_in("en"):
        found[message.id.name] = names = Names()
        names.visit(message)
    return found


def values_of(message: str) -> set[str]:
    """What a message takes, also through the messages that it names."""
    names = named()[message]
    return names.values.union(*map(values_of, names.messages))


def said() -> Iterator[tuple[str, re.Pattern[str], set[str]]]:
    """Where something is said: the place, what matches the message's id, and the values that it is given."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or (node.args and ast.unparse(node.args[0]) == "error.message"):
                continue  # what is not said, and the sentence of an error, whose id stands where it is raised
            if isinstance(node.func, ast.Name) and node.func.id in SAYING:
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                for pattern in ids_of(node.args[0]):
                    yield where, pattern, {str(keyword.arg) for keyword in node.keywords}
            elif (
                path.name == "errors.py"
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "__init__"
                and isinstance(node.args[-1], ast.Constant)
            ):
                for pattern in ids_of(node.args[-1]):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", pattern, {str(each.arg) for each in node.keywords}


def ids_of(node: ast.expr) -> list[re.Pattern[str]]:
    """What matches each id that an expression may be; it says so by itself."""
    match node:
        case ast.Constant(value=str(text)):
            return [re.compile(re.escape(text))]
        case ast.IfExp(body=body, orelse=other):
            return ids_of(body) + ids_of(other)
        case ast.JoinedStr(values=parts):
            return [
                re.compile("".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in parts))
            ]
        case _:
            raise AssertionError(f"an id that cannot be read off the code: {ast.unparse(node)}")


def test_each_message_that_is_said_is_there_and_takes_what_it_is_given() -> None:
    wrong: list[str] = []
    for where, pattern, values in said():
        meant = [message for message in named() if pattern.fullmatch(message)]
        wrong += [] if meant else [f"{where}: no message {pattern.pattern}"]
        for message in meant:
            if values_of(message) != values:
                wrong.append(f"{where}: {message} takes {sorted(values_of(message))}, not {sorted(values)}")
    assert wrong == []


def test_each_message_is_said_somewhere() -> None:
    used = {message for _, pattern, _ in said() for message in named() if pattern.fullmatch(message)}
    used |= {other for names in named().values() for other in names.messages}
    assert sorted(set(named()) - used) == []


def test_no_message_stands_twice() -> None:
    ids = [message.id.name for message in messages_in("en")]
    assert sorted(ids) == sorted(set(ids))


def test_other_languages_say_nothing_that_english_does_not() -> None:
    for language in languages():
        for message in messages_in(language):
            assert message.id.name in named() or message.id.name.startswith("command-")


def test_what_readers_see_is_not_written_in_code() -> None:
    found = [text for path in SPOKEN for text in english_in(path) if not text.endswith(READ)]
    assert found == []


def english_in(path: Path) -> list[str]:
    """The English texts of a module that somebody might be shown, with their places."""
    tree = ast.parse(path.read_text("utf-8"))
    silent = {id(text) for node in ast.walk(tree) for text in not_shown(node)}
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
        if ENGLISH.search(node.value)
    ]


UNSAID = ("AssertionError", "ConnectionError", "HostError", "LookupError", "RuntimeError", "TooOld", "ValueError")
"""Errors that tell the host or the log alone."""


def not_shown(node: ast.AST) -> Iterator[ast.AST]:
    """Texts that no message shows: docstrings, types, and what declares a command to Discord."""
    match node:
        case ast.Expr(value=ast.Constant() as text):
            yield text
        case ast.Subscript(slice=inner):
            yield from ast.walk(inner)
        case ast.FunctionDef(decorator_list=decorators) | ast.AsyncFunctionDef(decorator_list=decorators):
            for decorator in decorators:
                yield from ast.walk(decorator)
        case ast.ClassDef(keywords=keywords):
            for keyword in keywords:
                yield from ast.walk(keyword)
        case ast.Call(func=ast.Attribute(attr="Group" | "Choice" | "warning" | "info" | "exception" | "error")):
            yield from ast.walk(node)
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name))) if name in UNSAID:
            yield from ast.walk(node)
        case _:
            pass


@pytest.fixture
def english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with English alone."""
    shutil.copytree(FOLDER / "en", tmp_path / "en")
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    forget()
    yield tmp_path
    monkeypatch.undo()
    forget()
    set_language()


def forget() -> None:
    languages.cache_clear()
    texts._bundle.cache_clear()
    texts._cached.cache_clear()


@pytest.fixture
def german(english: Path) -> Iterator[None]:
    """A translation of a few messages; afterwards the tests speak English again."""
    translate(english)
    yield
    set_language(None)


def translate(folder: Path) -> None:
    (folder / "de").mkdir()
    (folder / "de/some.ftl").write_text(GERMAN, "utf-8")
    forget()


GERMAN = """
page-next = Weiter
nothing-begun = Du hast nichts offen.
filter-sort-newest = die neuesten zuerst
command-save-quote = Zitat merken
command-read = Eine Geschichte lesen
command-read-story = Titel oder Autor
command-manage-story = Die Geschichten dieses Servers
command-manage-story-add = Eine Geschichte hinzufügen
quote-length-short = kurz
refused-empty = die Datei ist leer
refused-lines = die Datei hat { $lines } Zeilen statt { $most }
refused-in-book = „{ $name }“ im Buch: { $why }
"""


@pytest.mark.usefixtures("german")
def test_a_language_is_spoken_where_there_is_one_and_english_else() -> None:
    set_language(None, "de-AT")
    assert (say("page-next"), say("page-previous")) == ("Weiter", "Previous")
    set_language("tlh", "fr")
    assert say("page-next") == "Next"


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "die Datei ist leer"),
        (b"a\n" * 300_001, "die Datei hat 300.001 Zeilen statt 300.000"),
        (b"It rained.\x01", "this is not a text file (it holds control characters)"),
    ],
)
async def test_why_a_file_cannot_be_read_is_said_where_the_language_has_it(data: bytes, said: str) -> None:
    set_language("de")
    with pytest.raises(ReaderError) as refused:
        await read_upload(read_here, Upload("a.txt", data, {}), 1)
    assert refused.value.values["reason"] == said


@pytest.mark.usefixtures("german")
def test_a_reason_within_a_reason_is_said_in_the_language_too() -> None:
    set_language("de")
    inner = pickle.loads(pickle.dumps(Refused("empty", "the file is empty")))
    assert refusal_text(Refused("in-book", "“{name}” in the book: {why}", name="a.xhtml", why=inner)) == (
        "„a.xhtml“ im Buch: die Datei ist leer"
    )


@pytest.mark.usefixtures("german")
async def test_a_server_is_answered_in_its_language(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = library.env.backend
    emit = backend.emit

    def from_germany(event: str, payload: Any, *rest: Any, **more: Any) -> Any:
        return emit(
            event, payload | {"guild_locale": "de"} if event == "INTERACTION_CREATE" else payload, *rest, **more
        )

    monkeypatch.setattr(backend, "emit", from_germany)
    opened = await library.ann.slash(library.channel, "read", story="Ferry")
    assert {"Info", "Weiter"} <= set(buttons_of(shown(opened)))


async def test_commands_say_what_they_do_in_the_languages_that_there_are(english: Path, library: Library) -> None:
    assert not described(registered(library)["read"])
    await library.restart()
    assert syncs(library) == 1

    translate(english)
    await library.restart()
    await library.restart()
    assert syncs(library) == 2
    commands = registered(library)
    assert described(commands["read"]) == {"de": "Eine Geschichte lesen"}
    options = {f"{name} {option['name']}": option for name in commands for option in commands[name]["options"]}
    assert described(options["read story"]) == {"de": "Titel oder Autor"}
    assert not described(options["read page"])
    assert described(options["manage story"]) == {"de": "Die Geschichten dieses Servers"}
    [add] = [option for option in options["manage story"]["options"] if option["name"] == "add"]
    assert described(add) == {"de": "Eine Geschichte hinzufügen"}
    choices = [*options["stories sort"]["choices"], *options["quote length"]["choices"]]
    named = {choice["value"]: choice.get("name_localizations") for choice in choices}
    assert (named["newest"], named["short"]) == ({"de": "die neuesten zuerst"}, {"de": "kurz"})
    assert not named["loved"]
    names = {name: menu.get("name_localizations") for name, menu in menus(library).items()}
    assert names["Save quote"] == {"de": "Zitat merken"} and not names["Read here"]


def described(command: dict[str, Any]) -> dict[str, str]:
    return command.get("description_localizations") or {}


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert say("chapter-words", words=12345) == "12,345 words"


def test_a_message_that_lacks_a_value_is_a_fault_and_not_a_hole_in_a_sentence() -> None:
    with pytest.raises(LookupError, match="chapter-words"):
        say("chapter-words")
