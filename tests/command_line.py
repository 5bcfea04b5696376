"""The command line, run as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

FOX = (
    "Title: The Other Bank\n\n" + "The fox came down to the water at dusk, when the herons had gone, and drank.\n\n" * 6
)


def run(folder: Path, *arguments: str, program: str = "bot", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a *program* in *folder*, where there is no .env, with no settings but these."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    env = {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **settings}
    return subprocess.run(
        [sys.executable, "-m", program, *arguments],
        cwd=folder,
        env=env,
        capture_output=True,
        encoding="utf-8",
        timeout=100,
    )
