"""A PgBouncer of the tests' own before a server: it lends a connection for one transaction, to whoever comes."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from tests.postgresql import USER, as_another

CONNECTIONS = 3
"""To the server, for all: fewer than one process has, so that each gets one that another has used."""

SETTINGS = """
[databases]
* = host={host} user={user}
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = {home}
auth_type = any
pool_mode = transaction
default_pool_size = {connections}
max_client_conn = 200
"""


def program() -> str | None:
    """Return where PgBouncer is, or None."""
    return shutil.which("pgbouncer", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")


@contextmanager
def pooler(address: str) -> Iterator[str]:
    """Start one before the server of *address*, and yield the address through it."""
    server, found, run_as = conninfo_to_dict(address), program(), as_another()
    assert found is not None
    home = Path(tempfile.mkdtemp(prefix="pool-", dir="/tmp" if Path("/tmp").is_dir() else None))
    settings = home / "pgbouncer.ini"
    settings.write_text(SETTINGS.format(host=server["host"], user=USER, home=home, connections=CONNECTIONS))
    if run_as:
        for path in (home, settings):
            shutil.chown(path, run_as[1].partition("=")[2])
    process = subprocess.Popen(
        [*run_as, found, "-q", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not (home / ".s.PGSQL.6432").exists():
            assert process.poll() is None, "PgBouncer does not start"
            time.sleep(0.01)
        yield f"postgresql://{USER}@/{server['dbname']}?host={home}&port=6432"
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(home, ignore_errors=True)
