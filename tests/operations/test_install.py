"""`tools/install.sh`, with a Python that installs nothing and writes down what it was asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PYTHON = """#!/bin/sh
case "$*" in
*venv*--clear*)
    mkdir -p "$4/bin" && cp "$0" "$4/bin/python" && echo made >>"$LOG" ;;
*install*)
    for last; do :; done
    [ -f "$last" ] && basename "$last" >>"$LOG" ;;
esac
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no sh")
@pytest.mark.parametrize(("first", "installed"), [("", "bot.txt"), ("dev", "dev.txt")])
def test_an_environment_is_brought_up_to_date_by_the_lock_that_made_it(
    tmp_path: Path, first: str, installed: str
) -> None:
    python, log = tmp_path / "python", tmp_path / "log"
    python.write_text(PYTHON)
    python.chmod(0o755)
    for lock in ([first] if first else [], []):
        subprocess.run(
            ["sh", ROOT / "tools" / "install.sh", "environment", *lock],
            cwd=tmp_path,
            env={"PATH": "/usr/bin:/bin", "PYTHON": str(python), "LOG": str(log)},
            check=True,
        )
    assert log.read_text().split() == ["made", installed, installed]


def test_the_packages_that_are_tested_are_those_that_are_installed() -> None:
    locks = {path.stem: pins(path) for path in (ROOT / "requirements").glob("*.txt")}
    bot, postgresql, preview, dev = (locks[name] for name in ("bot", "postgresql", "preview", "dev"))
    assert bot < postgresql < dev and bot < preview < dev


def pins(lock: Path) -> set[str]:
    return {line.rstrip("\\ ") for line in lock.read_text("utf-8").splitlines() if line[:1].isalnum()}
