"""Whose stories a member manages: those of the shelves of their server, or of the bot's own folder."""

from bot.errors import ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.stories.model import StorySummary

FOLDER = 0
"""The shelf of the bot's own folder, among the ids of servers."""


async def managed_shelves(interaction: Interaction) -> list[int]:
    """Return the shelves that the member manages here: the id of this server, `FOLDER`, both or none.

    A server's managers manage its shelf, and whoever runs the bot manages the folder.
    """
    guild = interaction.guild_id
    servers = [guild] if guild is not None and interaction.permissions.manage_guild else []
    return [*servers, *([FOLDER] if await runs_bot(interaction) else [])]


def runs_bot_here(interaction: Interaction) -> bool:
    """Return whether the member is an administrator of the server that the setting ``OWNER_SERVER`` names, there."""
    here = interaction.guild_id is not None and interaction.guild_id == interaction.client.owner_server
    return here and interaction.permissions.administrator


async def owns_bot_here(interaction: Interaction) -> bool:
    """Return whether the member owns the bot, in the server that ``OWNER_SERVER`` names."""
    here = interaction.guild_id is not None and interaction.guild_id == interaction.client.owner_server
    return here and await interaction.client.owners.have(interaction.user.id)


async def allow_running(interaction: Interaction) -> None:
    """Raise `ReaderError` for whoever does not own the bot, and in any other server."""
    if not await owns_bot_here(interaction):
        raise not_owner(interaction, ReaderError("may-not-run"))


async def runs_bot(interaction: Interaction) -> bool:
    """Return whether the member is an owner of the bot, as Discord says, or runs it from the server named for that."""
    return runs_bot_here(interaction) or await interaction.client.owners.have(interaction.user.id)


def not_owner(interaction: Interaction, otherwise: ReaderError) -> ReaderError:
    """Return *otherwise*, or that Discord does not say who owns the bot: it may be the member."""
    return otherwise if interaction.client.owners.are_known else ReaderError("owner-not-known")


async def manages_shelf_of(interaction: Interaction, story: int) -> bool:
    """Return whether the member manages the shelf that *story* is on."""
    managed = await managed_shelves(interaction)
    return bool(managed) and await store_for(interaction).authors.shelf(story) in managed


async def allow_unlinking(interaction: Interaction, story: StorySummary) -> None:
    """Raise `ReaderError` if the member does not manage the story's shelf."""
    if not await manages_shelf_of(interaction, story.id):
        shelf = await store_for(interaction).authors.shelf(story.id)
        refusal = ReaderError("may-not-unlink", shelf="folder" if shelf == FOLDER else "server")
        raise not_owner(interaction, refusal) if shelf == FOLDER else refusal
