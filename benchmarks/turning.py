"""A press on Next, through SimCord: the bot beside one that answers a press with a page it holds in memory."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import discord
import simcord
from discord import ui
from discord.ext import commands
from simcord.env import Env

from benchmarks.timing import Act, seconds, show
from bot.importing.loading import load_folder
from bot.importing.worker import read_here
from bot.interactions.client import Oneshot
from bot.store import Store

SEEDS = Path(__file__).parents[1] / "seeds"
LABELS = ("First", "Previous", "Next", "Last", "Go to page", "About")


def _view() -> ui.View:
    view = ui.View(timeout=None)
    for number, label in enumerate(LABELS):
        view.add_item(ui.Button(label=label, custom_id=f"floor:{number}", row=number // 4))
    view.stop()
    return view


class _Press(ui.DynamicItem[ui.Button[ui.View]], template=r"floor:(?P<number>\d)"):
    @classmethod
    async def from_custom_id(cls, _: discord.Interaction, item: ui.Button[ui.View], __: re.Match[str], /) -> _Press:
        return cls(item)

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(embed=discord.Embed(description="word " * 260), view=_view())


class _Floor(commands.Bot):
    """The least that answers a command and a press."""

    async def setup_hook(self) -> None:
        self.add_dynamic_items(_Press)

        @self.tree.command()
        async def read(interaction: discord.Interaction) -> None:
            """Open a page."""
            await interaction.response.send_message(embed=discord.Embed(description="word " * 260), view=_view())

        await self.tree.sync()


async def _presser(env: Env, **options: str) -> Act:
    guild = env.create_guild()
    channel = guild.create_text_channel("reading")
    reader = guild.add_member(env.create_user("ann"))
    answer = await reader.slash(channel, "read", **options)
    assert answer.response is not None
    message, label = answer.response, "Next"

    async def press() -> None:
        nonlocal label
        labels = [item.get("label") for row in message.components for item in row["components"]]
        if "Back" not in labels:  # the first page
            label = "Next"
        elif "Review" in labels:  # the last page
            label = "Back"
        await reader.click(message, label=label)

    return press


async def _round(bot: discord.Client, **options: str) -> float:
    """Seconds a press, in a virtual Discord of its own: only one runs at a time."""
    async with simcord.run(bot) as env:
        press = await _presser(env, **options)
        await seconds(press, 10)
        return await seconds(press, 40)


async def measure() -> None:
    """Print what a turn costs, the place it saves included, as a ratio to the floor."""
    with tempfile.TemporaryDirectory() as folder:
        async with Store.open(Path(folder) / "bench.db") as store:
            await load_folder(store, SEEDS, read_here)
            pairs = [
                (
                    await _round(Oneshot(store), story="low water"),
                    await _round(_Floor("!", intents=discord.Intents.none())),
                )
                for _ in range(7)
            ]
    show("a press on Next or Back", pairs)
