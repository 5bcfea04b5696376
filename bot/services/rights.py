"""Permission checks for acts, by the table in `bot/domain/rights.py`."""

from bot.domain.authors import Claim
from bot.domain.rights import ONLY_HERE, Act, Standing, held, may
from bot.domain.uploads import Draft, Remover
from bot.errors import ReaderError
from bot.interactions.client import Interaction
from bot.interactions.permissions import not_owner, owns_bot_here, standing_here, standing_of


async def allow(interaction: Interaction, story: int, act: Act) -> Standing:
    """Return the member's standing to a story. Raises `ReaderError` if they may not do *act*, or if it is gone."""
    standing = await standing_of(interaction, story)
    if may(act, standing):
        return standing
    if not standing.is_upload and act not in ("see-stats", "take-out-quote"):
        raise ReaderError("story-of-folder")
    if act in ONLY_HERE and not standing.is_here and standing.roles:
        raise ReaderError("only-in-its-server")
    raise ReaderError("may-not-act", act=act)


async def allow_answering(interaction: Interaction, claim: Claim) -> None:
    """Raise `ReaderError` if the member may not answer a claim: others must, or the claim is their own."""
    own = claim.reader == interaction.user.id
    if not own and claim.answerers & (await standing_of(interaction, claim.story.id)).roles:
        return
    refusal = ReaderError("may-not-answer-claim", who="claimant" if own else claim.answers)
    raise not_owner(interaction, refusal) if claim.answers == "folder" and not own else refusal


_RESTORING: dict[Remover | None, Act] = {"author": "restore", "manager": "restore-removed"}


async def allow_restoring(interaction: Interaction, story: int) -> Remover:
    """Return the role in which the member restores a story. Raises `ReaderError` if they may not restore it."""
    removed_by = (await interaction.client.store.uploads.ownership(story)).removed_by
    await allow(interaction, story, _RESTORING.get(removed_by, "see-versions"))
    return removed_by or "author"


async def allow_here(interaction: Interaction, act: Act) -> None:
    """Raise `ReaderError` if the member may not do *act* in this server."""
    if await may_here(interaction, act):
        return
    raise ReaderError("may-not-moderate" if may(act, Standing(frozenset({"moderator"}))) else "may-not-manage")


async def may_here(interaction: Interaction, act: Act) -> bool:
    """Return whether the member may do *act* in this server."""
    return may(act, await standing_here(interaction))


async def allow_running(interaction: Interaction) -> None:
    """Raise `ReaderError` unless the member owns the bot, and acts in the server ``OWNER_SERVER``."""
    if not await may_run(interaction):
        raise not_owner(interaction, ReaderError("may-not-run"))


async def may_run(interaction: Interaction) -> bool:
    """Return whether the member owns the bot, and acts in the server ``OWNER_SERVER``."""
    return may("run-bot", Standing(held({"owner": await owns_bot_here(interaction)})))


async def allow_unlinking(interaction: Interaction, story: int) -> None:
    """Raise `ReaderError` if the member may not unlink an author from a story."""
    standing = await standing_of(interaction, story)
    if may("unlink", standing):
        return
    refusal = ReaderError("may-not-unlink", shelf="server" if standing.is_upload else "folder")
    raise refusal if standing.is_upload else not_owner(interaction, refusal)


async def allow_submitting(interaction: Interaction) -> None:
    """Raise `ReaderError` if the member may not add a story to this server."""
    if _server_for_stories(interaction) is None:
        raise ReaderError("submit-in-server")
    if not await may_submit(interaction):
        raise ReaderError("may-not-add")


async def may_submit(interaction: Interaction) -> bool:
    """Return whether the member may add a story to this server, by the server's settings."""
    return _server_for_stories(interaction) is not None and await may_here(interaction, "submit")


def _server_for_stories(interaction: Interaction) -> int | None:
    """Return the id of the current server; None outside a server, or if the bot is not installed in it."""
    along = interaction.is_user_integration() and not interaction.is_guild_integration()
    return None if along else interaction.guild_id


async def allow_draft(interaction: Interaction, draft: Draft) -> None:
    """Raise `ReaderError` if the member may no longer publish their draft in this server."""
    if interaction.guild_id != draft.guild:
        raise ReaderError("draft-elsewhere")
    if draft.replaces is None:
        await allow_submitting(interaction)
    else:
        await allow(interaction, draft.replaces, draft.change)
