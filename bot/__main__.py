"""The command line: one command each for what whoever runs the bot does (`--help` lists them)."""

import argparse
import asyncio
import io
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from dotenv import dotenv_values, load_dotenv

from bot import __version__
from bot.config import Settings, misspelt
from bot.errors import HostError, found_at


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return the exit status: 0 for done, 1 if a file was refused, 2 for what the host must mend."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell in the background has ignored
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        _load_env(Path(".env"))
        settings = Settings.from_env(os.environ)
        status = asyncio.run(arguments.command(settings, arguments))
        sys.stdout.flush()
        return status
    except HostError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # who reads the output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing is written at the end, either
        return 1
    except KeyboardInterrupt:
        return 0


def _load_env(path: Path) -> None:
    """Bring the settings of the file *path* into the environment, which goes before it. Raises `HostError`."""
    found_at(path)  # python-dotenv passes over what it may not enter
    try:
        load_dotenv(path)
        for question in misspelt(dotenv_values(path)):
            print(question, file=sys.stderr)
    except UnicodeDecodeError as error:
        raise HostError(f"{path} is not in UTF-8, as PowerShell's > writes it: save it as UTF-8.") from error
    except OSError as error:
        raise HostError(f"{path} cannot be read: {error.strerror}. Run this as the user who runs the bot.") from error


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Stop as Ctrl-C does, for a service manager: asyncio cancels the command, which ends what it has begun."""
    handler = signal.getsignal(signal.SIGINT)
    if callable(handler):
        handler(number, frame)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Oneshot reads stories with a Discord server.")
    parser.add_argument("--version", action="version", version=f"Oneshot {__version__}")
    parser.set_defaults(command=_run)
    commands = parser.add_subparsers(metavar="command")
    commands.add_parser("run", help="connect to Discord (the default)")
    preview = commands.add_parser("preview", help="open the bot in a browser, with no Discord account")
    preview.add_argument(
        "--port",
        type=_port,
        default=0,
        help="the port of the first page; the others follow (default: any that are free)",
    )
    preview.set_defaults(command=_preview)
    check = commands.add_parser("check", help="show how story files will be read")
    check.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a story file, or a folder of them")
    check.add_argument("--json", action="store_true", help="print one JSON object, for other programs")
    check.set_defaults(command=_check)
    load = commands.add_parser("load", help="bring the library in line with the stories folder, and report")
    load.set_defaults(command=_load)
    for name, command, what in (
        ("backup", _backup, "copy the database to a file, also while the bot runs"),
        ("restore", _restore, "put a backup in the place of the database, while the bot does not run"),
    ):
        copying = commands.add_parser(name, help=what)
        copying.add_argument("file", type=Path, metavar="FILE", help="the backup")
        copying.set_defaults(command=command)
    status = commands.add_parser("status", help="say how the bot is; ends with 1 where something is wrong")
    status.set_defaults(command=_status)
    doctor = commands.add_parser("doctor", help="say what cannot work, and why; ends with 1 where something cannot")
    doctor.add_argument("--server", type=int, metavar="ID", help="a server, to look at what the bot may do there")
    doctor.set_defaults(command=_doctor)
    claims = commands.add_parser("claims", help="list the claims of stories in the folder")
    claims.set_defaults(command=_claims)
    answer = commands.add_parser("answer", help="answer a claim")
    answer.add_argument("number", type=int, help="the number that claims prints")
    answer.add_argument("answer", choices=("yes", "no"))
    answer.set_defaults(command=_answer)
    moving = commands.add_parser("move", help="copy the database into an empty other: a file, or postgresql://…")
    moving.add_argument("to", help="the file or address to move to")
    moving.add_argument("--from", dest="source", help="what to move from (default: the setting DATABASE)")
    moving.set_defaults(command=_move)
    migrating = commands.add_parser("migrate", help="bring a PostgreSQL database to this version in full")
    migrating.add_argument("--backed-up", action="store_true", help="there is a backup")
    migrating.set_defaults(command=_migrate)
    unlinking = commands.add_parser("unlink", help="unlink a user from a story of the folder")
    unlinking.add_argument("story", help="its title")
    unlinking.add_argument("user", type=int, help="the user's id on Discord")
    unlinking.set_defaults(command=_unlink)
    return parser


def _port(value: str) -> int:
    if not value.isdigit() or not 0 <= int(value) <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(value)


# Each command imports what it needs: the others start sooner, and so do processes that read files, which import this.


async def _run(settings: Settings, _: argparse.Namespace) -> int:
    from bot.operations.run import run
    from bot.operations.systemd import Systemd

    return await run(settings, Systemd(os.environ.get("NOTIFY_SOCKET")))


async def _load(settings: Settings, _: argparse.Namespace) -> int:
    from bot.operations.load import load

    return await load(settings)


async def _backup(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.operations.backup import backup

    return await backup(settings, arguments.file)


async def _restore(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.operations.restore import restore

    return await restore(settings, arguments.file)


async def _status(settings: Settings, _: argparse.Namespace) -> int:
    from bot.operations.status import status

    return await status(settings)


async def _doctor(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.operations.doctor import doctor

    return await doctor(settings, arguments.server or settings.owner_server)


async def _claims(settings: Settings, _: argparse.Namespace) -> int:
    from bot.operations.authors import claims

    return await claims(settings)


async def _answer(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.operations.authors import answer

    return await answer(settings, arguments.number, approved=arguments.answer == "yes")


async def _move(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.operations.move import move_all

    return await move_all(settings, arguments.to, arguments.source)


async def _migrate(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.operations.migrate import migrate

    return await migrate(settings, is_backed_up=arguments.backed_up)


async def _unlink(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.operations.authors import unlink

    return await unlink(settings, arguments.story, arguments.user)


async def _check(_: Settings, arguments: argparse.Namespace) -> int:
    from bot.importing.progress import show_nothing
    from bot.operations.check import check
    from bot.operations.progress import on_terminal

    progress = show_nothing if sys.stdout.isatty() else on_terminal()  # what is written there shows how far it is
    all_read = await check(arguments.paths, sys.stdout.write, json=arguments.json, progress=progress)
    return 0 if all_read else 1


async def _preview(settings: Settings, arguments: argparse.Namespace) -> int:
    try:
        from bot.preview import preview
    except ImportError as error:
        raise HostError(
            "The preview needs its extra packages: make preview, or pip install -r requirements/preview.txt"
        ) from error
    return await preview(settings, port=arguments.port)


if __name__ == "__main__":
    sys.exit(main())
