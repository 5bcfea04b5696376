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
"""Seconds for which a bot that stops tells those who press that it restarts."""

FAULTS_KEPT = 10

CHARTED_AT_ONCE = 2
"""Writers whose charts are drawn at the same time: each takes a processor."""


_ANSWERED_HERE = (discord.InteractionType.component, discord.InteractionType.modal_submit)


def _work_of(interaction: discord.Interaction["Oneshot"]) -> Work:
    """Return what a command does, as it declares in its ``extras``; its autocompletes look up."""
    if interaction.type is discord.InteractionType.autocomplete or interaction.command is None:
        return "lookup"
    return interaction.command.extras.get("work", "act")


class Tree(app_commands.CommandTree["Oneshot"]):
    """The slash commands: each speaks the right language, and its errors are answered in one place."""

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
    """The client. Whoever makes it opens and closes *store*; nothing is connected before it starts.

    It has the shards of *store*, of *shard_count* in all; None: as many as Discord recommends, in this process.
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
        """What the bot asks by itself passes here."""
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
        """Loads the stories folder again; None if there is none."""
        self.reloading = asyncio.Lock()
        """Held while it is loaded."""
        self.clock = store.clock
        """Tells the time in seconds since 1970."""
        self.studio = Studio()
        """Draws quotes as pictures."""
        self.charting = asyncio.Semaphore(CHARTED_AT_ONCE)
        """Held while charts are drawn, in a thread."""
        self.private_reading = private_reading
        self.unrated_is_mature = unrated_is_mature
        self.takes_adult = takes_adult
        """Whether stories for adults show at all, so that readers can ask for them."""
        self.answering = Answering()
        self.allowances = allowances()
        """How often each reader may still ask for what costs much."""
        self.faults = deque[Fault](maxlen=FAULTS_KEPT)
        """The last unexpected errors that readers met, the newest first."""
        self.refresher = Refresher()
        self.owners = Owners(self.application_info, store.clock)
        self.owner_server = owner_server
        """The server where whoever owns the bot has ``/bot``."""
        self.pages = pages or {}
        """Where readers find the ``privacy`` policy, the ``terms`` and ``support``, of those that there are."""
        self._sync_guild = discord.Object(sync_guild) if sync_guild else None
        self._turns = IdentifyTurns(store, 1)

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        """Log in and stay connected.

        Raises `discord.LoginFailure` where Discord does not know the token, and `HostError` where it lets too few
        sessions begin.
        """
        starts = await log_in(self, token)
        check_starts(starts, len(self.shard_ids or range(self.shard_count or 1)), self.clock())
        self._turns = IdentifyTurns(self.store, starts.max_concurrency)
        await stay_connected(self)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Let each shard begin its session in its turn, among those of all processes."""
        await self._turns.wait(shard_id or 0)

    async def setup_hook(self) -> None:
        if "cogs" not in self.extensions:  # a login that failed after this is tried again
            self.background.watch(self.http)
            await self.load_extension("cogs")
        await self.tree.set_translator(Translator() if languages() - {ENGLISH} else None)
        async with self.store.only("commands"):  # of processes that start at once, the others find nothing to do
            await self._sync(self._sync_guild)
            if self.owner_server and self.owner_server != (self._sync_guild and self._sync_guild.id):
                await self._sync(discord.Object(self.owner_server))

    async def stop(self) -> None:
        """Answer all that has come, draw the counts that have changed, and close."""
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
        """Answer a press, a pick or a modal; discord.py does this for commands only."""
        if interaction.type in _ANSWERED_HERE:
            await answer(interaction)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log what a listener raised; a database that is away is no fault of the listener's."""
        if isinstance(sys.exc_info()[1], DatabaseAway):
            log.info("%s is not done: the database is away", event_method)
        else:
            await super().on_error(event_method, *args, **kwargs)

    async def on_fault(self, reference: str, what: str) -> None:
        """Remember an error that `bot.interactions.replies` told somebody of, for the heartbeat."""
        self.faults.appendleft(Fault(reference, int(self.clock()), what))

    async def _sync(self, guild: discord.Object | None) -> None:
        """Register the commands of a server, or (None) of all, if they have changed: Discord allows few such calls."""
        if guild is not None and guild == self._sync_guild:
            self.tree.copy_global_to(guild=guild)
        ours = [await self._payload(command) for command in self.tree.get_commands(guild=guild)]
        digest = hashlib.sha256(json.dumps(ours, sort_keys=True).encode()).hexdigest()
        scope = f"commands of {self.application_id} in {guild.id if guild else 'all'}"
        there = sorted(command.id for command in await self.tree.fetch_commands(guild=guild))
        if await self.store.bot_state.read(scope) == f"{digest} {there}" and there:
            return
        synced = await self.tree.sync(guild=guild)
        await self.store.bot_state.write(scope, f"{digest} {sorted(command.id for command in synced)}")
        log.info("Synced %d commands", len(synced))

    async def _payload(self, command: Command) -> dict[str, Any]:
        """Return a command as it is registered, with its translations."""
        translator = self.tree.translator
        return await command.get_translated_payload(self.tree, translator) if translator else command.to_dict(self.tree)


Interaction = discord.Interaction[Oneshot]
"""The interaction that a command, a button, a select or a modal of this bot gets."""
