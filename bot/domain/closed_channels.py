"""A channel that a server's managers chose, and where the bot cannot post."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClosedChannel:
    """Why: permissions that are missing, or a refusal of Discord; without either the channel is gone."""

    missing: tuple[str, ...] = ()
    """By the names that they have in Discord's library."""
    refused_at: int | None = None
    """In seconds since 1970."""
    again_at: int = 0
    """When the bot tries again after a refusal, or as soon as its permissions there change."""
