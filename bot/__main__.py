"""The command line of the host (`--help` lists the commands)."""

import argparse
import asyncio
import io
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

from dotenv import dotenv_values, load_dotenv

from bot import __version__
from bot.config import Settings, misspelt
from bot.errors import HostError, found_at


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the command line."""

    name: str
    function: str
    """Function in `bot.operations`, as ``module.name``. Its arguments are the settings, and the options as keywords."""
    what: str
    options: Mapping[str, Mapping[str, Any]]
    """Keyword arguments of `add_argument`, by option."""

    async def __call__(self, settings: Settings, **options: Any) -> int:
        """Run the command; return the exit status. The module is imported here, so that other commands start faster."""
        module, name = self.function.split(".")
        function: Callable[..., Awaitable[int]] = getattr(import_module(f"bot.operations.{module}"), name)
        return await function(settings, **options)


_FILE = {"file": {"type": Path, "metavar": "FILE", "help": "the backup"}}

COMMANDS = (
    Command(
        "run",
        "run.run",
        "connect to Discord (the default)",
        {"--notify-socket": {"default": os.environ.get("NOTIFY_SOCKET"), "help": "where systemd listens, as it says"}},
    ),
    Command(
        "check",
        "check.check",
        "show how story files will be read",
        {
            "paths": {"nargs": "+", "type": Path, "metavar": "PATH", "help": "a story file, or a folder of them"},
            "--explain": {
                "action": "store_true",
                "help": "say why each line around the story has its role",
            },
            "--json": {"action": "store_true", "help": "print one JSON object, for other programs"},
        },
    ),
    Command("load", "load.load", "bring the library in line with the stories folder, and report", {}),
    Command("backup", "backup.backup", "copy the database to a file, also while the bot runs", _FILE),
    Command(
        "restore", "backup.restore", "put a backup in the place of the database, while the bot does not run", _FILE
    ),
    Command("status", "status.status", "say how the bot is; ends with 1 where something is wrong", {}),
    Command(
        "doctor",
        "doctor.doctor",
        "say what cannot work, and why; ends with 1 where something cannot",
        {"--server": {"type": int, "metavar": "ID", "help": "a server, to look at what the bot may do there"}},
    ),
    Command("claims", "authors.claims", "list the claims of stories in the folder", {}),
    Command(
        "answer",
        "authors.answer",
        "answer a claim",
        {"number": {"type": int, "help": "the number that claims prints"}, "decision": {"choices": ("yes", "no")}},
    ),
    Command(
        "move",
        "move.move_all",
        "copy the database into an empty other: a file, or postgresql://…",
        {
            "to": {"help": "the file or address to move to"},
            "--from": {"dest": "source", "help": "what to move from (default: the setting DATABASE)"},
        },
    ),
    Command(
        "migrate",
        "migrate.migrate",
        "bring a PostgreSQL database to this version in full",
        {"--backed-up": {"dest": "is_backed_up", "action": "store_true", "help": "there is a backup"}},
    ),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return the exit status: 0 for success, 1 for problems found, 2 for a `HostError`."""
    given = sys.argv[1:] if argv is None else argv
    return run_command(command_line(), given or ["run"])


def command_line() -> argparse.ArgumentParser:
    """Return the parser of `COMMANDS`."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Oneshot reads stories with a Discord server.")
    parser.add_argument("--version", action="version", version=f"Oneshot {__version__}")
    commands = parser.add_subparsers(metavar="command", required=True)
    for command in COMMANDS:
        subparser = commands.add_parser(command.name, help=command.what)
        subparser.set_defaults(command=command)
        for name, option in command.options.items():
            subparser.add_argument(name, **option)
    return parser


def run_command(parser: argparse.ArgumentParser, argv: Sequence[str] | None = None) -> int:
    """Run the async function ``command`` of *parser* with the settings and the options; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = vars(parser.parse_args(argv))
    command = options.pop("command")
    signal.signal(signal.SIGINT, signal.default_int_handler)  # shells make background jobs ignore SIGINT
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        _load_env(Path(".env"))
        status = asyncio.run(command(Settings.from_env(os.environ), **options))
        sys.stdout.flush()
        return status
    except HostError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of the output, such as `head`, has closed it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for the flush at exit
        return 1
    except KeyboardInterrupt:
        return 0


def _load_env(path: Path) -> None:
    """Load the file *path* into the environment. Existing variables have precedence. Raises `HostError`."""
    found_at(path)  # python-dotenv silently skips inaccessible files
    try:
        load_dotenv(path)
        for question in misspelt(dotenv_values(path)):
            print(question, file=sys.stderr)
    except UnicodeDecodeError as error:
        raise HostError(f"{path} is not in UTF-8, as PowerShell's > writes it: save it as UTF-8.") from error
    except OSError as error:
        raise HostError(f"{path} cannot be read: {error.strerror}. Run this as the user who runs the bot.") from error


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Stop like Ctrl-C: asyncio then cancels the command, which cleans up."""
    handler = signal.getsignal(signal.SIGINT)
    if callable(handler):
        handler(number, frame)


if __name__ == "__main__":
    sys.exit(main())
