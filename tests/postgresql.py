"""A PostgreSQL of the tests' own, in a temporary folder: nothing of it is left when they end, however they end."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ADDRESS = "ONESHOT_TEST_POSTGRESQL"
"""Set to the address of a server while the tests run on it, also for processes that a test starts."""

OLDEST = 15
USER = "postgres"

QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
SETTINGS = ("listen_addresses=", "max_connections=200", "autovacuum=off", "shared_buffers=64MB")

# It lives as long as its standard input is open: until who started it has ended, even by a kill.
GUARD = """
import shutil, subprocess, sys
sys.stdin.read()
subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
shutil.rmtree(sys.argv[1], ignore_errors=True)
"""


class NoPostgresql(Exception):
    """There is none here that the tests can start; it says what to do."""


def on_postgresql() -> bool:
    """Whether the tests run on PostgreSQL."""
    return ADDRESS in os.environ


def programs() -> Path:
    """Return the folder with the newest PostgreSQL's programs. Raises `NoPostgresql`."""
    for folder in _folders():
        try:
            said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
        except (OSError, subprocess.CalledProcessError):
            continue
        if (found := re.search(r"(\d+)", said)) and int(found[1]) >= OLDEST and (folder / "initdb").exists():
            return folder
    raise NoPostgresql(
        f"No PostgreSQL {OLDEST} or later is here. On Debian: apt install postgresql. Elsewhere, put its programs"
        " (initdb, postgres, pg_ctl) in PATH."
    )


def _folders() -> Iterator[Path]:
    with suppress(OSError, subprocess.CalledProcessError):
        yield Path(subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True).stdout.strip())
    if in_path := shutil.which("postgres"):
        yield Path(in_path).resolve().parent
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdecimal()]
    yield from sorted(versions, key=lambda path: -int(path.parent.name))


def as_another() -> list[str]:
    """What runs a program as a user who may start a server: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return []
    names = {each.pw_name for each in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    return ["setpriv", f"--reuid={name}", f"--regid={pwd.getpwnam(name).pw_gid}", "--clear-groups"]


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs; a test may stop it, and start it again."""

    address: str
    """Of its first database."""
    _start: Sequence[str]
    _stop: Sequence[str]
    _home: Path

    @property
    def log(self) -> str:
        """All that it has written so far."""
        return (self._home / "log").read_text("utf-8", errors="replace")

    def start(self) -> None:
        _run(self._start, self._home)

    def stop(self) -> None:
        """Stop it at once, as a machine does that loses its power."""
        _run(self._stop, self._home)


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """Start a server and yield the address of its first database; a commit waits for the disk where it is *durable*."""
    with server(durable=durable) as running:
        yield running.address


@contextmanager
def server(*, durable: bool = False) -> Iterator[Server]:
    """Start a server; a commit waits for the disk where it is *durable*."""
    binaries, run_as = programs(), as_another()
    short = "/tmp" if Path("/tmp").is_dir() else None  # a socket's path has some hundred bytes
    home = Path(tempfile.mkdtemp(prefix="pg-", dir=short))
    if run_as:
        shutil.chown(home, run_as[1].partition("=")[2])
    data = home / "data"
    stop = [*run_as, str(binaries / "pg_ctl"), "stop", "-D", str(data), "-m", "immediate"]
    guard = subprocess.Popen(
        [sys.executable, "-c", GUARD, str(home), *stop], stdin=subprocess.PIPE, cwd=home, start_new_session=True
    )
    try:
        made = [*run_as, str(binaries / "initdb"), "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "-N"]
        try:  # sorted as English, which the store must not mind
            _run([*made, "--locale=C", "--locale-provider=icu", "--icu-locale=en-US"], home)
        except NoPostgresql:  # built without ICU
            _run([*made, "--locale=C"], home)
        options = " ".join(f"-c {each}" for each in (*SETTINGS, *(() if durable else QUICK)))
        start = [str(binaries / "pg_ctl"), "start", "-w", "-D", str(data), "-l", str(home / "log")]
        running = Server(
            f"postgresql://{USER}@/postgres?host={home}", [*run_as, *start, "-o", f"-k {home} {options}"], stop, home
        )
        running.start()
        yield running
    finally:
        assert guard.stdin is not None
        guard.stdin.close()
        guard.wait()


def _run(command: Sequence[str], home: Path) -> None:
    done = subprocess.run(
        command, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    if done.returncode:
        raise NoPostgresql(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.strip()}")
