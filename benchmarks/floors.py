"""The least that a bot does for a press, in two shapes: ``python -m benchmarks.floors URL TOKEN SHAPE FILE``.

*memory* answers from memory, each press by one `DynamicItem`. *view* is a `discord.ui.View` that reads its page and
saves the reader's place, each by one statement, and commits before it answers. Both say what FILE holds: the answers of
the bot that they stand beside, two for each kind of press.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, Literal, cast

import aiosqlite
import discord
from discord import app_commands, ui
from discord.ext import commands

from tests.standin.launch import point_at

Json = dict[str, Any]
Shape = Literal["memory", "view"]

COMMANDS = {
    "read": "turn",
    "vote": "vote",
    "react": "react",
    "quote": "quote",
    "stories": "stories",
    "search": "search",
}
"""Each command, and the kind of answer that it opens."""


def items(answer: Json, prefix: str) -> list[ui.Button[ui.View] | ui.Select[ui.View]]:
    """The buttons and selects of an answer, with ids of our own: *prefix* and a number."""
    made: list[ui.Button[ui.View] | ui.Select[ui.View]] = []
    for row, line in enumerate(answer.get("components", ())):
        for each in line["components"]:
            custom_id = f"{prefix}:{len(made)}"
            if each["type"] == 2:
                emoji = discord.PartialEmoji.from_dict(each["emoji"]) if each.get("emoji") else None
                style = discord.ButtonStyle(each["style"])
                made.append(ui.Button(style=style, label=each.get("label"), emoji=emoji, custom_id=custom_id, row=row))
            else:
                options = [discord.SelectOption.from_dict(option) for option in each["options"]]
                hint = each.get("placeholder")
                made.append(ui.Select(custom_id=custom_id, placeholder=hint, options=options, row=row))
    return made


class Remembered:
    """An answer that is ready to be sent."""

    def __init__(self, kind: str, number: int, answer: Json) -> None:
        self.embeds = [discord.Embed.from_dict(cast("Any", embed)) for embed in answer.get("embeds", ())]
        self.is_private = bool(answer.get("flags", 0) & 64)
        self.view = ui.View(timeout=None)
        for item in items(answer, f"floor:{kind}:{number}"):
            self.view.add_item(item)
        self.view.stop()


class Press(ui.DynamicItem[Any], template=r"floor:(?P<kind>\w+):(?P<number>\d):\d+"):
    """A press on anything shows the other answer of its kind."""

    answers: dict[str, list[Remembered]]

    def __init__(self, item: Any, kind: str, number: int) -> None:
        super().__init__(item)
        self.kind, self.number = kind, number

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction, item: Any, match: re.Match[str], /) -> Press:
        return cls(item, match["kind"], int(match["number"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        shown = self.answers[self.kind][1 - self.number]
        await interaction.response.edit_message(embeds=shown.embeds, view=shown.view)


class Page(ui.View):
    """One of two pages; a press on anything turns to the other."""

    db: aiosqlite.Connection
    answers: list[Json]

    def __init__(self, number: int) -> None:
        super().__init__(timeout=None)
        self.number = number
        for item in items(self.answers[number], f"page:{number}"):
            item.callback = self.turn
            self.add_item(item)

    async def turn(self, interaction: discord.Interaction) -> None:
        to = 1 - self.number
        [row] = await self.db.execute_fetchall("SELECT embeds FROM pages WHERE number = ?", (to,))
        await self.db.execute(
            "INSERT INTO places VALUES (?, ?) ON CONFLICT (reader) DO UPDATE SET page = excluded.page",
            (interaction.user.id, to),
        )
        await self.db.commit()
        embeds = [discord.Embed.from_dict(embed) for embed in json.loads(row[0])]
        await interaction.response.edit_message(embeds=embeds, view=Page(to))


class Floor(commands.Bot):
    """A bot with the same commands, which does nothing but answer."""

    def __init__(self, shape: Shape, answers: dict[str, list[Json]]) -> None:
        super().__init__(
            "!",
            intents=discord.Intents(guilds=True, guild_reactions=True, dm_reactions=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.shape, self.answers = shape, answers
        self.ready = {kind: [Remembered(kind, n, each) for n, each in enumerate(two)] for kind, two in answers.items()}

    async def setup_hook(self) -> None:
        Press.answers = self.ready
        self.add_dynamic_items(Press)
        if self.shape == "view":
            await self._open_pages()
        for name, kind in COMMANDS.items():
            self._add(name, kind)
        await self.tree.sync()

    async def _open_pages(self) -> None:
        Page.db, Page.answers = await aiosqlite.connect("floor.db"), self.answers["turn"]
        await Page.db.execute("PRAGMA journal_mode = WAL")
        await Page.db.execute("PRAGMA synchronous = FULL")
        await Page.db.execute("CREATE TABLE pages (number INTEGER PRIMARY KEY, embeds TEXT)")
        await Page.db.execute("CREATE TABLE places (reader INTEGER PRIMARY KEY, page INTEGER)")
        rows = [(number, json.dumps(each["embeds"])) for number, each in enumerate(Page.answers)]
        await Page.db.executemany("INSERT INTO pages VALUES (?, ?)", rows)
        await Page.db.commit()
        for number in range(2):
            self.add_view(Page(number))

    def _add(self, name: str, kind: str) -> None:
        async def answer(interaction: discord.Interaction, story: str = "", text: str = "") -> None:
            shown = self.ready[kind][0]
            view = Page(0) if kind == "turn" and self.shape == "view" else shown.view
            await interaction.response.send_message(embeds=shown.embeds, view=view, ephemeral=shown.is_private)

        self.tree.add_command(app_commands.Command(name=name, description=name, callback=answer))

    async def close(self) -> None:
        await super().close()
        if self.shape == "view":
            await Page.db.close()


if __name__ == "__main__":
    url, token, shape, file = sys.argv[1:]
    point_at(url)
    Floor(cast("Shape", shape), json.loads(Path(file).read_text("utf-8"))).run(token)
