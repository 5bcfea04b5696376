"""A bot whose PostgreSQL is not there yet waits for it; what only the host can mend ends it with one sentence."""

from __future__ import annotations

import asyncio
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from bot.errors import HostError, ServerAway
from bot.store.engines.postgresql import bring_up_to_date
from tests.command_line import run
from tests.postgresql import USER, Server, on_postgresql, server
from tests.standin.process import BOT, Process, program, settings_of
from tests.standin.server import StandIn
from tests.standin.world import Description

WAITS = "PostgreSQL is away, and the bot waits for it: "


@pytest.fixture
def postgresql() -> Iterator[Server]:
    """A server of the test's own, which it may stop and start."""
    if not on_postgresql():
        pytest.skip("it is about PostgreSQL: make test-postgres")
    with server() as running:
        yield running


@pytest.fixture
async def discord() -> AsyncIterator[StandIn]:
    async with StandIn(Description(readers=2)) as standin:
        yield standin


@dataclass(frozen=True)
class Home:
    folder: Path
    discord: StandIn
    server: Server

    def settings(self, **others: str) -> dict[str, str]:
        return settings_of(self.discord, **{"DATABASE": self.server.address, "BACKUPS": "no"} | others)

    def bot(self, **others: str) -> AbstractAsyncContextManager[Process]:
        """The bot as a process, which need not get as far as Discord."""
        return program(self.discord.url, self.folder, BOT, self.settings(**others))


@pytest.fixture
def home(tmp_path: Path, loaded: Path, discord: StandIn, postgresql: Server) -> Home:
    shutil.copytree(loaded / "stories", tmp_path / "bot" / "stories")
    return Home(tmp_path / "bot", discord, postgresql)


async def test_a_bot_that_starts_before_its_server_waits_tells_systemd_and_comes_up_with_it(home: Home) -> None:
    home.server.stop()
    loop, notify = asyncio.get_running_loop(), str(home.folder / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(notify)
        listener.setblocking(False)
        async with home.bot(NOTIFY_SOCKET=notify) as process:
            await process.until(WAITS)
            waits = (await loop.sock_recv(listener, 1000)).decode().splitlines()
            assert waits[0].startswith("STATUS=PostgreSQL is away") and "WATCHDOG=1" in waits[1:]
            assert any(line.startswith("EXTEND_TIMEOUT_USEC=") for line in waits)
            await loop.sock_recv(listener, 1000)  # it has tried again meanwhile
            assert process.log.count(WAITS) == 1
            await asyncio.to_thread(home.server.start)
            told = set[bytes]()
            while b"READY=1" not in told:
                told.add(await loop.sock_recv(listener, 1000))
            assert b"STATUS=" in told and home.discord.gateway.identified
            process.signal(signal.SIGTERM)
            assert await process.status() == 0
    assert "Traceback" not in process.log


async def test_a_stop_ends_a_bot_that_waits(home: Home) -> None:
    home.server.stop()
    async with home.bot() as process:
        await process.until(WAITS)
        process.signal(signal.SIGTERM)
        assert await process.status() == 0
    assert "Traceback" not in process.log


def ask_for_a_password(server: Server) -> None:
    """Make a user whose password is *lantern*, and have the server ask for it."""
    with psycopg.connect(server.address, autocommit=True) as connection:
        [(hba,)] = connection.execute("SHOW hba_file").fetchall()
        Path(hba).write_text(f"local all {USER} trust\nlocal all all scram-sha-256\n")
        connection.execute("CREATE ROLE ann LOGIN PASSWORD 'lantern'")
        connection.execute("SELECT pg_reload_conf()")


async def test_a_database_or_a_password_that_is_wrong_ends_it_with_2_and_one_sentence(home: Home) -> None:
    address = home.server.address
    ask_for_a_password(home.server)
    for wrong, why in (
        (address.replace("/postgres?", "/nowhere?"), 'database "nowhere" does not exist'),
        (address.replace(f"{USER}@", "ann:teapot@"), 'password authentication failed for user "ann"'),
        (address.replace(f"{USER}@", "ann@"), "no password supplied"),
    ):
        async with home.bot(DATABASE=wrong) as process:
            assert await process.status() == 2
        [said] = [line for line in process.log.splitlines() if why in line]
        assert said.startswith("DATABASE postgresql://") and WAITS not in process.log
        assert "Traceback" not in process.log and "teapot" not in process.log


async def test_a_command_does_not_wait_for_a_server(home: Home) -> None:
    home.server.stop()
    for command in ("status",), ("load",), ("backup", "copy.dump"), ("restore", __file__), ("doctor",):
        done = await asyncio.to_thread(run, home.folder, *command, **home.settings())
        said = [line for line in (done.stdout + done.stderr).splitlines() if "PostgreSQL" in line or "DATABASE" in line]
        assert (done.returncode, len(said)) == (1 if command == ("doctor",) else 2, 1), done
        assert "Traceback" not in done.stderr


def _refusal(state: str, message: str) -> bytes:
    fields = f"SFATAL\0VFATAL\0C{state}\0M{message}\0\0".encode()
    return b"E" + (len(fields) + 4).to_bytes(4, "big") + fields


ANSWERS = """
import socket, sys
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    connection, _ = listener.accept()
    connection.recv(1000)
    connection.sendall(bytes.fromhex(sys.argv[1]))
    connection.close()
"""


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """The address of a server that answers whoever connects with *answer* alone; libpq would hold up one in here."""
    with subprocess.Popen([sys.executable, "-c", ANSWERS, answer.hex()], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"postgresql://ann@127.0.0.1:{int(process.stdout.readline())}/one"
        process.kill()


@pytest.mark.parametrize(
    ("answer", "options", "kind"),
    [
        (_refusal("57P03", "das Datenbanksystem startet"), "sslmode=disable", ServerAway),
        (_refusal("57P03", "the database system is shutting down"), "sslmode=disable", ServerAway),
        (_refusal("53300", "sorry, too many clients already"), "sslmode=disable", ServerAway),
        (b"", "sslmode=disable", ServerAway),
        (_refusal("28P01", "Passwort-Authentifizierung fehlgeschlagen"), "sslmode=disable", HostError),
        (_refusal("3D000", "Datenbank »one« existiert nicht"), "sslmode=disable", HostError),
        (b"N", "sslmode=require", HostError),
        (b"S", "sslmode=verify-full&sslrootcert=/nowhere.pem", HostError),
        (b"", "sslmode=bogus", HostError),
    ],
)
def test_what_a_server_says_tells_whether_to_wait(answer: bytes, options: str, kind: type[HostError]) -> None:
    with answering(answer) as address, pytest.raises(HostError) as raised:
        bring_up_to_date(f"{address}?{options}", 0)
    assert type(raised.value) is kind, raised.value


@pytest.mark.parametrize("host", ["127.0.0.1:1", "nowhere.invalid"])
def test_a_server_that_is_not_found_is_waited_for(host: str) -> None:
    with pytest.raises(ServerAway):
        bring_up_to_date(f"postgresql://ann@{host}/one", 0)
