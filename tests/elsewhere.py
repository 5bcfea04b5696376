"""Presses where the bot is no member."""

from __future__ import annotations

from typing import Any

from simcord.backend import serializers
from simcord.enums import InteractionType
from simcord.interactions import base_payload
from simcord.results import InteractionResult, ResponseMessage

from tests.library import Library
from tests.seen import shown

ELSEWHERE = 123456789012345678
"""A server that the bot is not in."""


async def press_elsewhere(
    library: Library, custom_id: object, *, group: bool = False, nsfw: bool = False, of_two: bool = False
) -> ResponseMessage:
    """Press a button on a message that the bot cannot know: in a server, among several users or *of_two*."""
    backend = library.env.backend
    known = shown(await library.ann.slash(library.channel, "help"))
    data = {"custom_id": str(custom_id), "component_type": 2}
    record, payload = base_payload(
        backend,
        type=InteractionType.MESSAGE_COMPONENT,
        channel_id=library.channel.id,
        guild_id=library.guild_id,
        user_id=library.ann.id,
        data=data,
    )
    stored = backend.get_message(library.channel.id, known.id)
    record.source_message_id = stored.id
    message: dict[str, Any] = {**serializers.message_payload(backend, stored), "flags": 0}
    pressed = {"type": 2, "style": 2, "label": "?", "custom_id": str(custom_id)}
    message["components"] = [{"type": 1, "components": [pressed]}]
    there: dict[str, Any] = {"message": message, "context": 2 if group or of_two else 0}
    if group or of_two:
        payload = {key: value for key, value in payload.items() if key not in ("guild_id", "guild", "member")}
        there |= {
            "user": payload_user(library),
            "channel": {"id": str(library.channel.id), "type": 1 if of_two else 3, "recipients": []},
        }
    else:
        there |= {"guild_id": str(ELSEWHERE), "guild": {"id": str(ELSEWHERE), "features": [], "locale": "en-US"}}
        there["channel"] = {"id": str(library.channel.id), "type": 0, "name": "far", "position": 0, "nsfw": nsfw}
        there["channel"] |= {"guild_id": str(ELSEWHERE), "permissions": "0", "parent_id": None, "topic": None}
    backend.emit("INTERACTION_CREATE", payload | there)
    await library.env.settle()
    return shown(InteractionResult(library.env, record))


def payload_user(library: Library) -> dict[str, Any]:
    return {"id": str(library.ann.id), "username": "ann", "discriminator": "0", "avatar": None, "global_name": None}
