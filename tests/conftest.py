"""A small library on a virtual Discord: a channel and two readers."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import discord
import pytest
from hypothesis import HealthCheck, Phase, settings
from simcord.actors import MemberActor
from simcord.backend import serializers
from simcord.builders import ChannelHandle, UserHandle
from simcord.components import walk_components
from simcord.enums import InteractionType
from simcord.env import Env
from simcord.interactions import base_payload
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.votes import VoteCounts
from bot.errors import ReaderError
from bot.importing.loading import Loaded, load_folder
from bot.importing.worker import read_here
from bot.interactions.background import BETWEEN_SECONDS
from bot.interactions.client import Oneshot
from bot.interactions.owners import Owners
from bot.store import Store
from bot.stories.quotes import selection
from bot.ui.ids import KINDS
from tests import samples
from tests.budget import Budget
from tests.clock import Clock
from tests.databases import ADDRESS, copied, database_at, dropped, on_postgresql
from tests.postgresql import NoPostgresql, cluster

# The same examples each time: red means that a change broke something. `--all` tries four times as many, and
# `--hypothesis-profile search` looks for others. What fails is not explained line by line, which takes minutes.
settings.register_profile(
    "same",
    derandomize=True,
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)
settings.register_profile("all", settings.get_profile("same"), max_examples=60)
settings.register_profile("search", settings.get_profile("same"), derandomize=False, max_examples=2000)
settings.load_profile("same")

# Charts are drawn without a trace in the home of whoever runs the tests.
os.environ.setdefault("MPLCONFIGDIR", str(Path(tempfile.gettempdir()) / "oneshot-tests-matplotlib"))

Message = discord.Message | ResponseMessage


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="also what takes long: make test-all")
    parser.addoption("--days", type=int, default=0, help="how many days tests/services/test_week.py lives through")
    parser.addoption("--postgresql", action="store_true", help="run what opens a store on a PostgreSQL of its own")
    parser.addoption("--install", action="store_true", help="install the bot as its container does, from the network")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sqlite(why): it is about SQLite, and not run on PostgreSQL")
    config.addinivalue_line("markers", "slow: it takes long, and runs with --all only")
    if config.getoption("--all") and not config.getoption("--hypothesis-profile"):
        settings.load_profile("all")
    config.pluginmanager.register(Budget(config), "budget")
    if not config.getoption("--postgresql") or hasattr(config, "workerinput"):
        return
    running = ExitStack()
    try:
        os.environ[ADDRESS] = running.enter_context(cluster())
    except NoPostgresql as error:
        raise pytest.UsageError(str(error)) from None
    config.add_cleanup(running.close)


@pytest.fixture(autouse=True)
def _databases(request: pytest.FixtureRequest) -> Iterator[None]:
    """Drop what a test made on the server."""
    if not on_postgresql() or "tmp_path" not in request.fixturenames:
        yield
        return
    tmp_path: Path = request.getfixturevalue("tmp_path")
    yield
    dropped(tmp_path)


STORES = {"store", "empty_store", "library", "loaded", "world", "living"}
"""The fixtures that open a store."""


def _opens_a_store(item: pytest.Item) -> bool:
    text = _read(item.path)
    return bool(STORES & set(getattr(item, "fixturenames", ()))) or "Store.open(" in text or "Trial(" in text


def _may_differ(item: pytest.Item) -> bool:
    """Whether a test is of the store, or names the other engine: what PostgreSQL may do differently."""
    names_it = "/tests/store/" in item.path.as_posix() or "postgresql" in _read(item.path).lower()
    return names_it and _opens_a_store(item)


@cache
def _read(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.fixture(autouse=True)
def no_pause_between_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts show at once; tests of how they wait have a pause of their own."""
    monkeypatch.setattr("bot.interactions.refresh.PAUSE_SECONDS", 0)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the stories folder and a database with its stories were made once; each test has copies of its own."""
    path = tmp_path_factory.mktemp("loaded")
    folder = path / "stories"
    folder.mkdir()
    for name, text in samples.FILES.items():
        (folder / name).write_text(text, "utf-8")

    async def load() -> None:
        async with Store.open(database_at(path / "oneshot.db")) as opened:
            await load_folder(opened, folder, read_here)

    with pytest.MonkeyPatch.context() as monkeypatch:
        quote_nearly_all(monkeypatch)
        asyncio.run(load())
    return path


@pytest.fixture
def quoted_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nearly every sentence of the short samples be quoted: these tests are about what is done with quotes."""
    quote_nearly_all(monkeypatch)


def quote_nearly_all(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("GOOD", 25), ("FINE", 25), ("CHARS_FOR_A_FINE_ONE", 50), ("SHORT", 0)):
        monkeypatch.setattr(selection, name, value)


@pytest.fixture
def folder(quoted_samples: None, tmp_path: Path, loaded: Path) -> Path:
    """A stories folder with one story of each shape that the tests speak of."""
    return shutil.copytree(loaded / "stories", tmp_path / "stories")


@pytest.fixture
def clock() -> Clock:
    """The clock of *store*; a test that needs another time sets ``clock.at``."""
    return Clock()


@pytest.fixture
async def store(tmp_path: Path, folder: Path, loaded: Path, clock: Clock) -> AsyncIterator[Store]:
    """A store into which *folder* was loaded."""
    async with Store.open(copied(loaded / "oneshot.db", tmp_path / "oneshot.db"), clock) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits to spare Discord need not wait here."""
    monkeypatch.setattr("bot.services.reaction_sync.PAUSE_SECONDS", 0.0)
    monkeypatch.setattr("bot.interactions.background.BETWEEN_SECONDS", dict.fromkeys(BETWEEN_SECONDS, 0.0))


SETTLE_SECONDS = 20.0


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give the bot time to answer where the processors have much else to do: SimCord takes it for stuck after 5 s.

    A pause of the bot's own that ends within that time is waited for, so it stays well under a minute.
    """
    runs_all = config.getoption("--all")
    left_out = {item for item in items if not runs_all and item.get_closest_marker("slow")}
    if on_postgresql():  # what opens no store runs on no engine
        left_out |= {item for item in items if not (_opens_a_store if runs_all else _may_differ)(item)}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]
    for item in items:
        item.add_marker(pytest.mark.simcord(settle_timeout=SETTLE_SECONDS, shard_count=1))
        if on_postgresql() and (marker := item.get_closest_marker("sqlite")):
            item.add_marker(pytest.mark.skip(reason=marker.args[0]))


@pytest.fixture(autouse=True)
def _patient_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that starts again has as long as any other: SimCord gives it 5 s, whatever the marker says."""
    settle = Env._settle_internal  # pyright: ignore[reportPrivateUsage]

    async def patient(env: Env, **options: Any) -> None:
        options["timeout"] = max(options.get("timeout") or 0.0, SETTLE_SECONDS)
        await settle(env, **options)

    monkeypatch.setattr(Env, "_settle_internal", patient)


@pytest.fixture
def simcord_bot(store: Store) -> Oneshot:
    return Oneshot(store, private_reading=False)  # most tests are about what others see and press, too


@dataclass
class Library:
    """Where the tests happen, and who is there."""

    env: Env
    store: Store
    folder: Path
    channel: ChannelHandle
    ann: MemberActor
    ben: MemberActor
    clock: Clock
    owner: MemberActor | None = None
    """Who owns the bot; None: nobody in the tests does."""

    async def restart(self, **options: Any) -> None:
        """The same store, the same Discord and the same owner, a new bot."""
        options.setdefault("private_reading", False)
        await self.env.restart_bot(Oneshot(self.store, **options))
        if self.owner is not None:
            self.owned_by(self.owner)

    @property
    def bot(self) -> Oneshot:
        """The bot that runs now."""
        assert isinstance(self.env.bot, Oneshot)
        return self.env.bot

    def owned_by(self, reader: MemberActor) -> None:
        """Have Discord say that *reader* owns the bot, and the bot ask it anew."""
        asked = type(self.bot.http).application_info

        async def info() -> Any:
            user = {"id": str(reader.id), "username": "host", "discriminator": "0", "avatar": None}
            return {**await asked(self.bot.http), "owner": user, "team": None}

        self.owner, self.bot.owners = reader, Owners(self.bot.application_info, self.bot.clock)
        self.bot.http.application_info = info

    @property
    def guild_id(self) -> int:
        return self.ann.guild.id

    def join(self, name: str, *, bot: bool = False) -> MemberActor:
        """One more member of the server."""
        return self.ann.guild.add_member(self.env.create_user(name, bot=bot))

    async def id_of(self, title: str) -> int:
        return (await self.store.stories.find(title)).id

    async def load(self, files: dict[str, str]) -> list[Loaded]:
        """Write *files* and load the folder again."""
        for name, text in files.items():
            path = self.folder / name
            later = path.stat().st_mtime_ns + 1_000_000_000 if path.exists() else None
            path.write_text(text, "utf-8")
            if later:  # as an edit by hand is, never within the same tick of the file system's clock
                os.utime(path, ns=(later, later))
        return await load_folder(self.store, self.folder, read_here)

    async def take_away(self, *names: str) -> list[Loaded]:
        """Delete files and load the folder again."""
        for name in names:
            (self.folder / name).unlink()
        return await self.load({})

    def refused(self, result: InteractionResult) -> str:
        """The one private sentence for something that a reader can mend. A fault of the bot's own is none."""
        answer = result.response
        assert answer is not None, "not answered: “This interaction failed”"
        assert answer.ephemeral
        assert answer.content and not answer.embeds
        assert "Something went wrong" not in answer.content
        for error in self.env.errors:
            assert isinstance(error.__cause__, ReaderError), error
        return answer.content

    async def forge(
        self, reader: MemberActor, message: Message, custom_id: str, *, values: Sequence[str] | None = None
    ) -> InteractionResult:
        """Press a button, or pick *values* of a select, with an id that the bot did not put on *message*."""
        options = [{"label": "?", "value": value} for value in values or ()]
        forged = (
            {"type": 2, "style": 2, "label": "?", "custom_id": custom_id}
            if values is None
            else {"type": 3, "custom_id": custom_id, "options": options}
        )
        row = {"type": 1, "components": [forged]}
        self.env.backend.edit_message(self.channel.id, message.id, {"components": [row]})
        if values is None:
            return await reader.click(message, custom_id=custom_id)
        return await reader.select(message, values, custom_id=custom_id)

    async def send_modal(
        self, reader: MemberActor, message: Message, custom_id: str, values: dict[str, str]
    ) -> InteractionResult:
        """Send a modal whose id the bot did not make."""
        rows = [
            {"type": 18, "id": i, "component": {"type": 4, "id": 100 + i, "custom_id": name, "value": value}}
            for i, (name, value) in enumerate(values.items())
        ]
        [result] = await self.emit(
            message, [(reader, InteractionType.MODAL_SUBMIT, {"custom_id": custom_id, "components": rows})]
        )
        return result

    async def click_at_once(self, message: Message, *presses: tuple[MemberActor, str]) -> list[InteractionResult]:
        """Presses that are all on their way before the first is answered: (reader, label)."""
        found = ids_by_label(message)
        return await self.emit(
            message,
            [
                (reader, InteractionType.MESSAGE_COMPONENT, {"custom_id": found[label], "component_type": 2})
                for reader, label in presses
            ],
        )

    async def emit(
        self, message: Message, sent: Sequence[tuple[MemberActor, InteractionType, dict[str, Any]]]
    ) -> list[InteractionResult]:
        """Interactions as Discord delivers them, all before the first is answered: (reader, type, data)."""
        results = self.deliver(message, sent)
        await self.env.settle()
        return results

    def deliver(
        self, message: Message, sent: Sequence[tuple[MemberActor, InteractionType, dict[str, Any]]]
    ) -> list[InteractionResult]:
        """As `emit`, but they are on their way only: none is answered yet."""
        backend = self.env.backend
        stored = backend.get_message(self.channel.id, message.id)
        results: list[InteractionResult] = []
        for reader, kind, data in sent:
            record, payload = base_payload(
                backend,
                type=kind,
                channel_id=self.channel.id,
                guild_id=self.guild_id,
                user_id=reader.id,
                data=data,
            )
            record.source_message_id = stored.id
            backend.emit(
                "INTERACTION_CREATE", payload | {"message": dict(serializers.message_payload(backend, stored))}
            )
            results.append(InteractionResult(self.env, record))
        return results


@pytest.fixture
def library(simcord_env: Env, store: Store, folder: Path, clock: Clock) -> Iterator[Library]:
    """The library; whatever a test made the bot send is held against Discord's limits when the test is over."""
    guild = simcord_env.create_guild("The Reading Room")
    channel = guild.create_text_channel("reading")
    ann, ben = (guild.add_member(simcord_env.create_user(name)) for name in ("ann", "ben"))
    yield Library(simcord_env, store, folder, channel, ann, ben, clock)
    assert_sent_within_limits(simcord_env)
    assert_nothing_kept_in_memory(simcord_env)


# -- what a reader sees ---------------------------------------------------------


def shown(result: InteractionResult) -> ResponseMessage:
    """The message that an interaction was answered with, or that it drew again."""
    assert result.response is not None, "not answered: “This interaction failed”"
    return result.response


def text_of(message: Message) -> str:
    """All words of a message, in reading order."""
    return "\n".join([message.content, *(text for embed in message.embeds for text in _texts(embed))])


def _texts(embed: discord.Embed) -> list[str]:
    fields = [part for field in embed.fields for part in (field.name, field.value)]
    texts = [embed.author.name, embed.title, embed.description, *fields, embed.footer.text]
    return [text for text in texts if text]


async def votes_of(store: Store, story: int, guild: int | None = None) -> VoteCounts:
    """How readers voted on a story, everywhere and in a server, where that is not hidden."""
    numbers = (await store.votes.standing(story, guild)).numbers
    assert numbers is not None
    return numbers.votes


def footer_of(message: Message) -> str:
    """The footer of a page: of the embeds beside it none has one."""
    [text] = [embed.footer.text for embed in message.embeds if embed.footer.text]
    return text


def _rows(message: Message) -> Sequence[Any]:
    return message.components if isinstance(message, ResponseMessage) else [row.to_dict() for row in message.components]


def rows_of(message: Message) -> list[list[dict[str, Any]]]:
    """The buttons and selects of each row, from the top."""
    return [row["components"] for row in _rows(message)]


def components_of(message: Message) -> list[dict[str, Any]]:
    return [each for each in walk_components(_rows(message)) if each.get("custom_id")]


def buttons_of(message: Message) -> dict[str, bool]:
    """Labels of the buttons, and whether each can be pressed."""
    return {each["label"]: not each.get("disabled", False) for each in components_of(message) if each.get("label")}


def ids_by_label(message: Message) -> dict[str, str]:
    return {each["label"]: each["custom_id"] for each in components_of(message) if each.get("label")}


def reaction_id(message: Message, emoji: str) -> str:
    """The custom id of the button with *emoji*."""
    [found] = [
        each["custom_id"]
        for each in components_of(message)
        if each.get("emoji") and each["emoji"]["name"].replace("\ufe0f", "") == emoji
    ]
    return found


def options_of(message: Message, prefix: str = "") -> dict[str, str]:
    """The options, label and value, of the first select whose id begins with *prefix*."""
    found = (each for each in components_of(message) if each["type"] == 3 and each["custom_id"].startswith(prefix))
    select = next(found)
    return {option["label"]: option["value"] for option in select["options"]}


def select_of(message: Message, prefix: str = "lp1") -> str:
    """The custom id of the select whose ids begin with *prefix*; a list's cards are opened with the first."""
    [found] = [each["custom_id"] for each in components_of(message) if each["custom_id"].startswith(prefix)]
    return found


# -- what Discord takes ---------------------------------------------------------


def _units(text: str | None) -> int:
    return len((text or "").encode("utf-16-le")) // 2


def assert_sent_within_limits(env: Env) -> None:
    """Every message, modal and choice list of the test so far is one that Discord takes, and pings no one unasked."""
    for request in env.http_requests:
        body = request.json
        if not isinstance(body, dict) or "/commands" in request.path:
            continue
        if request.path.endswith("/threads") or request.path == "/users/@me/channels":
            continue
        if request.path.endswith("/callback"):
            kind, body = body["type"], body.get("data") or {}
            if kind == 8:
                _assert_choices(body["choices"])
                continue
            if kind == 9:
                _assert_modal(body)
                continue
            if kind in (5, 6):  # an answer that is to come
                continue
        _assert_message(body)
        if request.method == "POST":
            assert body["allowed_mentions"]["parse"] == []
            assert not body["allowed_mentions"].get("users")
            told = [f"<@&{role}>" for role in body["allowed_mentions"].get("roles") or []]
            assert told == [] or told == [body["content"]]  # a role by itself, and not in what a story says


def _assert_message(body: dict[str, Any]) -> None:
    assert _units(body.get("content")) <= 2000
    embeds = [discord.Embed.from_dict(embed) for embed in body.get("embeds") or []]
    assert len(embeds) <= 10
    assert sum(_units(text) for embed in embeds for text in _texts(embed)) <= 6000
    for embed in embeds:
        assert _units(embed.title) <= 256 and _units(embed.author.name) <= 256
        assert _units(embed.description) <= 4096 and _units(embed.footer.text) <= 2048
        assert len(embed.fields) <= 25
        for field in embed.fields:
            assert 1 <= _units(field.name) <= 256 and 1 <= _units(field.value) <= 1024
    assert_components(body.get("components") or [])


def assert_components(rows: Sequence[dict[str, Any]]) -> None:
    """Rows of buttons and selects within the limits, no two ids equal, each id of exactly one kind."""
    assert len(rows) <= 5
    seen: set[str] = set()
    for row in rows:
        assert 1 <= len(row["components"]) <= 5
        for each in row["components"]:
            if each.get("url"):  # leads somewhere, and is not answered by the bot
                assert each["url"].startswith("https://discord.com/") and 1 <= _units(each["label"]) <= 80
                continue
            custom_id = each["custom_id"]
            assert len(custom_id) <= 100 and custom_id not in seen
            assert sum(kind.pattern().fullmatch(custom_id) is not None for kind in KINDS) == 1, custom_id
            seen.add(custom_id)
            if each["type"] == 2:
                assert each.get("label") or each.get("emoji")
                assert _units(each.get("label")) <= 80
                continue
            assert _units(each.get("placeholder")) <= 150
            if each["type"] != 3:  # what it offers, Discord fills in: roles, channels
                continue
            assert 1 <= len(each["options"]) <= 25
            assert len({option["value"] for option in each["options"]}) == len(each["options"])
            for option in each["options"]:
                assert 1 <= _units(option["label"]) <= 100 and 1 <= len(option["value"]) <= 100
                assert _units(option.get("description")) <= 100


def _assert_modal(body: dict[str, Any]) -> None:
    assert 1 <= _units(body["title"]) <= 45 and len(body["custom_id"]) <= 100
    assert 1 <= len(body["components"]) <= 5
    for label in body["components"]:
        assert 1 <= _units(label["label"]) <= 45 and _units(label.get("description")) <= 100
        _assert_input(label["component"])


def _assert_input(component: dict[str, Any]) -> None:
    assert 1 <= len(component["custom_id"]) <= 100
    assert _units(component.get("placeholder")) <= 100
    if component["type"] == 4:
        assert 1 <= component["max_length"] <= 4000 and _units(component.get("value")) <= component["max_length"]
        return
    if component["type"] == 19:
        assert component.get("max_values", 1) <= 10
        return
    assert 1 <= len(component["options"]) <= 25
    assert sum(option.get("default", False) for option in component["options"]) <= 1
    for option in component["options"]:
        assert 1 <= _units(option["label"]) <= 100 and 1 <= len(option["value"]) <= 100


def _assert_choices(choices: Sequence[dict[str, Any]]) -> None:
    assert len(choices) <= 25
    for choice in choices:
        assert 1 <= _units(choice["name"]) <= 100 and 1 <= len(choice["value"]) <= 100


def assert_nothing_kept_in_memory(env: Env) -> None:
    """discord.py holds no view and no modal: buttons and modals are answered by their ids alone."""
    kept = env.bot._connection._view_store
    assert not kept._synced_message_views and not kept._modals
    assert not any(kept._views.values())


def is_refusal(error: object, *messages: str) -> bool:
    """Whether *error* is said to a reader by a message whose id begins with one of *messages*."""
    return isinstance(error, ReaderError) and error.message.startswith(messages)


@pytest.fixture
def mira(library: Library) -> MemberActor:
    """Who runs the server."""
    role = library.ann.guild.create_role("Manager", permissions=discord.Permissions(manage_guild=True))
    return library.ann.guild.add_member(library.env.create_user("mira"), roles=[role])


async def behind_more(reader: MemberActor | UserHandle, page: Message, label: str) -> InteractionResult:
    """Press a button that stands behind *More* of a page."""
    return await reader.click(shown(await reader.click(page, label="More")), label=label)


async def go_to(reader: MemberActor, page: Message, place: str) -> ResponseMessage:
    """Go to a place by *Go to…*, a visit; from a public page in a private copy."""
    return shown(await reader.submit_modal(await behind_more(reader, page, "Go to…"), {"page": place}))


async def to_last(reader: MemberActor, page: Message) -> Message:
    """Turn to the last page of a story, page by page."""
    while True:
        if ids_by_label(page)["Next"].startswith("wn"):  # it opens what comes after the story
            return page
        page = shown(await reader.click(page, label="Next"))


def votes_in(message: Message) -> tuple[int, int] | None:
    """How many of how many want more, as a message with a vote says; None where it says no numbers."""
    found = re.search(r"(?:All servers: )?\**(\d+)\** of \**(\d+)\** want more", text_of(message))
    return (int(found[1]), int(found[2])) if found else None


async def read_at(library: Library, reader: MemberActor, **options: Any) -> InteractionResult:
    """Open a story on a page that the reader has turned to before: it is their place."""
    story = await library.store.stories.find(options["story"])
    page, chapter = options.pop("page", 1), options.pop("chapter", None)
    first, _ = await library.store.pages.ends(story.id, reader.id)
    contents = (await library.store.pages.open(first, reader.id)).chapter
    if chapter is not None:
        contents = await library.store.stories.chapter(story, chapter)
    spot = await library.store.pages.spot(contents, page, reader.id)
    await library.store.places.move(reader.id, await library.store.pages.open(spot, reader.id), library.guild_id)
    return await reader.slash(library.channel, "read", **options)
