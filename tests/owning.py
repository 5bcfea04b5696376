"""Whoever owns the bot, as Discord says it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import discord
import pytest
from discord.http import HTTPClient
from simcord.actors import MemberActor

from tests.library import Library


def administrator(library: Library, name: str) -> MemberActor:
    """One more member of the server, who may do all there."""
    role = library.ann.guild.create_role(f"{name}'s", permissions=discord.Permissions(administrator=True))
    return library.ann.guild.add_member(library.env.create_user(name), roles=[role])


def owned_on_discord(monkeypatch: pytest.MonkeyPatch, owner: MemberActor, team: Mapping[int, str] = {}) -> None:
    """Have Discord say, from now on, that *owner* owns the application, perhaps with a *team*: a role for each user."""
    asked: Callable[[HTTPClient], Awaitable[Mapping[str, Any]]] = HTTPClient.application_info

    async def info(http: HTTPClient) -> dict[str, Any]:
        members = [{"user": _user(id_), "role": role, "membership_state": 2} for id_, role in team.items()]
        whole = {"id": "1", "name": "Hosts", "icon": None, "owner_user_id": str(owner.id), "members": members}
        return {**await asked(http), "owner": _user(owner.id), "team": whole if team else None}

    monkeypatch.setattr(HTTPClient, "application_info", info)


def _user(id_: int) -> dict[str, Any]:
    return {"id": str(id_), "username": "host", "discriminator": "0", "avatar": None}
