"""Who may do what, asked at the moment of the act.

What somebody may do in a server comes from the interaction itself, and what is theirs from the store: never from what
an earlier step found, from a cache, or from a file.
"""

from collections.abc import Collection

import discord

from bot.domain.audience import Audience
from bot.domain.authors import Claim
from bot.domain.rights import ONLY_HERE, Act, Standing, may
from bot.domain.settings import ServerSettings
from bot.domain.uploads import Draft, Remover
from bot.errors import ReaderError
from bot.interactions.client import Interaction
from bot.interactions.permissions import FOLDER, not_owner, runs_bot
from bot.store import Store


async def standing_of(interaction: Interaction, story: int) -> Standing:
    """Return what the member is to a story, here and now. Raises `StoryGone`."""
    ownership = await interaction.client.store.uploads.ownership(story)
    user = interaction.user.id
    is_upload = ownership.guild != FOLDER
    is_here = is_upload and interaction.guild_id == ownership.guild
    return Standing(
        is_uploader=ownership.uploader == user,
        is_author=user in ownership.authors,
        is_manager=is_here and interaction.permissions.manage_guild,
        keeps_folder=not is_upload and await runs_bot(interaction),
        is_here=is_here,
        is_upload=is_upload,
    )


async def allow(interaction: Interaction, story: int, act: Act) -> Standing:
    """Return what the member is to a story. Raises `ReaderError` where they may not do *act*, `StoryGone` if it is."""
    standing = await standing_of(interaction, story)
    if may(act, standing):
        return standing
    if not standing.is_upload and act != "see-stats":
        raise ReaderError("story-of-folder")
    if act in ONLY_HERE and not standing.is_here and standing.roles:
        raise ReaderError("only-in-its-server")
    raise ReaderError("may-not-act", act=act)


async def allow_answering(interaction: Interaction, claim: Claim) -> None:
    """Raise `ReaderError` where the member may not answer a claim: it waits for another, or is their own."""
    own = claim.reader == interaction.user.id
    if not own and claim.answerers & (await standing_of(interaction, claim.story.id)).roles:
        return
    refusal = ReaderError("may-not-answer-claim", who="claimant" if own else claim.answers)
    raise not_owner(interaction, refusal) if claim.answers == "folder" and not own else refusal


_RESTORING: dict[Remover | None, Act] = {"author": "restore", "manager": "restore-removed"}


async def allow_restoring(interaction: Interaction, story: int) -> Remover:
    """Return as whom the member puts a story back on its shelf. Raises `ReaderError` where another took it off."""
    removed_by = (await interaction.client.store.uploads.ownership(story)).removed_by
    await allow(interaction, story, _RESTORING.get(removed_by, "see-versions"))
    return removed_by or "author"


def allow_managing(interaction: Interaction) -> None:
    """Raise `ReaderError` where the member may not change what this server's shelf has, whosever it is."""
    if interaction.guild_id is None or not interaction.permissions.manage_guild:
        raise ReaderError("may-not-manage")


async def allow_submitting(interaction: Interaction) -> None:
    """Raise `ReaderError` where the member may not add a story to this server."""
    if _server_for_stories(interaction) is None:
        raise ReaderError("submit-in-server")
    if not await may_submit(interaction):
        raise ReaderError("may-not-add")


async def may_submit(interaction: Interaction) -> bool:
    """Return whether the member may add a story to this server, as its managers have chosen."""
    guild = _server_for_stories(interaction)
    if guild is None:
        return False
    roles = interaction.user.roles if isinstance(interaction.user, discord.Member) else []
    chosen = await interaction.client.store.settings.of_server(guild)
    return member_may_submit({role.id for role in roles}, chosen, interaction.permissions.manage_guild)


def _server_for_stories(interaction: Interaction) -> int | None:
    """Return the server where they are if the bot is installed there; None where it came along with a user alone."""
    along = interaction.is_user_integration() and not interaction.is_guild_integration()
    return None if along else interaction.guild_id


def member_may_submit(roles: Collection[int], chosen: ServerSettings, is_manager: bool) -> bool:
    """Return whether a member with *roles* may submit stories, as the managers have *chosen*."""
    if is_manager or chosen.adders == "everyone":
        return True
    return chosen.adders == "role" and chosen.adders_role in roles


async def allow_draft(interaction: Interaction, draft: Draft) -> None:
    """Raise `ReaderError` where the member may no longer do what their draft is for."""
    if interaction.guild_id != draft.guild:
        raise ReaderError("draft-elsewhere")
    if draft.replaces is None:
        await allow_submitting(interaction)
    else:
        await allow(interaction, draft.replaces, draft.change)


def owners_store(interaction: Interaction, guild: int) -> Store:
    """Return the store for whoever has just been allowed to act on a story of *guild*, in an answer of theirs alone.

    Their own story they may manage from any channel, whatever its rating.
    """
    return interaction.client.store.for_audience(Audience(adult=True, guild=guild, reader=interaction.user.id))
