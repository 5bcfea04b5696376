"""The bot: a discord.py client with a store, its cogs, and commands that are synced when they change."""

import asyncio
import hashlib
import json
import logging
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards import Studio
from bot.domain.host import Fault
from bot.errors import DatabaseAway, ReaderError, TooOld
from bot.importing.loading import Loaded
from bot.importing.worker import Progress, ReadFile, read_here
from bot.interactions.allowances import allowances
from bot.interactions.answering import Answering, Work
from bot.interactions.background import Background
from bot.interactions.components import answer
from bot.interactions.connecting import IdentifyTurns, check_starts, log_in, stay_connected
from bot.interactions.owners import Owners
from bot.interactions.refresh import Refresher
from bot.interactions.replies import answer_error, speak_to
from bot.interactions.translator import Translator
from bot.store import Store
from bot.texts import ENGLISH, languages

log = logging.getLogger(__name__)

Command = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu | app_commands.Group

LISTEN_SECONDS = 1.0
"""Minimum seconds for which a stopping bot still answers presses with a notice about the restart."""

FAULTS_KEPT = 10
"""Maximum number of unexpected errors kept for the heartbeat."""

CHARTED_AT_ONCE = 2
"""Maximum number of authors whose charts are drawn in parallel; each occupies a processor."""


_ANSWERED_HERE = (discord.InteractionType.component, discord.InteractionType.modal_submit)


def _work_of(interaction: discord.Interaction["Oneshot"]) -> Work:
    """Return the kind of work that a command causes, from its ``extras``; autocomplete is always a lookup."""
    if interaction.type is discord.InteractionType.autocomplete or interaction.command is None:
        return "lookup"
    return interaction.command.extras.get("work", "act")


class Tree(app_commands.CommandTree["Oneshot"]):
    """The commands: sets the language for each interaction, and passes errors to `answer_error`."""

    async def interaction_check(self, interaction: discord.Interaction["Oneshot"], /) -> bool:  # type: ignore[override]
        speak_to(interaction)
        try:
            await interaction.client.answering.begin(interaction, _work_of(interaction))
        except (ReaderError, TooOld) as error:
            await answer_error(interaction, error)
            return False
        return True

    async def on_error(
        self, interaction: discord.Interaction["Oneshot"], error: app_commands.AppCommandError, /
    ) -> None:  # type: ignore[override]
        await answer_error(interaction, error)


class Oneshot(commands.AutoShardedBot):
    """The client. The caller opens and closes *store*; `start` connects to Discord.

    It runs the shards `store.shards.own` of *shard_count* in total; without a count, all that Discord recommends.
    """

    def __init__(
        self,
        store: Store,
        *,
        read: ReadFile = read_here,
        private_reading: bool = True,
        unrated_is_mature: bool = False,
        takes_adult: bool = True,
        owner_server: int | None = None,
        sync_guild: int | None = None,
        shard_count: int | None = None,
        pages: Mapping[str, str] | None = None,
        reload: Callable[[Progress], Awaitable[Sequence[Loaded]]] | None = None,
    ) -> None:
        intents = discord.Intents.none()
        self.background = Background(self, store)
        """Limits on the bot's background requests."""
        intents.guilds = intents.guild_reactions = intents.dm_reactions = True
        super().__init__(
            command_prefix=commands.when_mentioned,
            intents=intents,
            tree_cls=Tree,
            help_command=None,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            http_trace=self.background.invalid.trace(),
        )
        if shard_count is not None:
            self.shard_count, self.shard_ids = shard_count, list(store.shards.own)
        self.store = store
        self.read = read
        self.reload = reload
        """Loads the stories folder again; None if there is no folder."""
        self.reloading = asyncio.Lock()
        """Held while the stories folder is loaded."""
        self.clock = store.clock
        """Returns the time in seconds since 1970."""
        self.studio = Studio()
        """Draws quotes as pictures."""
        self.charting = asyncio.Semaphore(CHARTED_AT_ONCE)
        """Held while an author's charts are drawn in a thread."""
        self.private_reading = private_reading
        self.unrated_is_mature = unrated_is_mature
        self.takes_adult = takes_adult
        """Whether the library accepts stories for adults; if not, readers have no setting for such stories."""
        self.answering = Answering()
        self.allowances = allowances()
        """Rate limits on each reader's expensive requests."""
        self.faults = deque[Fault](maxlen=FAULTS_KEPT)
        """The last unexpected errors, newest first."""
        self.refresher = Refresher()
        self.owners = Owners(self.application_info, store.clock)
        self.owner_server = owner_server
        """Id of the server with the owner's command ``/bot``; None if there is no such command."""
        self.pages = pages or {}
        """URLs of the ``privacy`` policy, the ``terms`` and ``support``; the host may leave out any of them."""
        self._sync_guild = discord.Object(sync_guild) if sync_guild else None
        self._identify_turns = IdentifyTurns(store, 1)

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        """Log in and stay connected.

        Raises `discord.LoginFailure` for a wrong token, and `HostError` if Discord allows too few new sessions.
        """
        starts = await log_in(self, token)
        check_starts(starts, len(self.shard_ids or range(self.shard_count or 1)), self.clock())
        self._identify_turns = IdentifyTurns(self.store, starts.max_concurrency)
        await stay_connected(self)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait until the shard may identify; the store coordinates the shards of all processes."""
        await self._identify_turns.wait(shard_id or 0)

    async def setup_hook(self) -> None:
        if "cogs" not in self.extensions:  # already loaded when a failed login is retried
            self.background.watch(self.http)
            await self.load_extension("cogs")
        await self.tree.set_translator(Translator() if languages() - {ENGLISH} else None)
        async with self.store.only("commands"):  # one process syncs, and the others find nothing to do
            await self._sync(self._sync_guild)
            if self.owner_server and self.owner_server != (self._sync_guild and self._sync_guild.id):
                await self._sync(discord.Object(self.owner_server))

    async def stop(self) -> None:
        """Finish the pending answers, redraw messages with changed counts, and close the connection."""
        listening = asyncio.create_task(asyncio.sleep(LISTEN_SECONDS))
        await self.answering.finish()
        await self.refresher.close()
        await listening
        await self.close()

    async def close(self) -> None:
        await self.refresher.close()
        await super().close()
        await self.studio.aclose()

    async def on_interaction(self, interaction: discord.Interaction["Oneshot"]) -> None:
        """Answer a button, select or modal; discord.py itself handles only commands."""
        if interaction.type in _ANSWERED_HERE:
            await answer(interaction)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log a listener's error; for an unavailable database, in one line without a traceback."""
        if isinstance(sys.exc_info()[1], DatabaseAway):
            log.info("%s is not done: the database is away", event_method)
        else:
            await super().on_error(event_method, *args, **kwargs)

    async def on_fault(self, reference: str, what: str) -> None:
        """Record an unexpected error from `bot.interactions.replies`, for the heartbeat."""
        self.faults.appendleft(Fault(reference, int(self.clock()), what))

    async def _sync(self, guild: discord.Object | None) -> None:
        """Sync a server's commands (None: the global ones) if they have changed; Discord allows few syncs a day."""
        if guild is not None and guild == self._sync_guild:
            self.tree.copy_global_to(guild=guild)
        payloads = [await self._payload(command) for command in self.tree.get_commands(guild=guild)]
        digest = hashlib.sha256(json.dumps(payloads, sort_keys=True).encode()).hexdigest()
        scope = f"commands of {self.application_id} in {guild.id if guild else 'all'}"
        registered = sorted(command.id for command in await self.tree.fetch_commands(guild=guild))
        if await self.store.bot_state.read(scope) == f"{digest} {registered}" and registered:
            return
        synced = await self.tree.sync(guild=guild)
        await self.store.bot_state.write(scope, f"{digest} {sorted(command.id for command in synced)}")
        log.info("Synced %d commands", len(synced))

    async def _payload(self, command: Command) -> dict[str, Any]:
        """Return a command's payload for Discord, with its translations."""
        translator = self.tree.translator
        return await command.get_translated_payload(self.tree, translator) if translator else command.to_dict(self.tree)


Interaction = discord.Interaction[Oneshot]
"""Type of the interactions of this bot's commands, buttons, selects and modals."""
