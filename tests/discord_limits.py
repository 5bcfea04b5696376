"""What Discord takes: the limits of all that the bot sends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from simcord.env import Env

from bot.ui.ids import KINDS
from tests.seen import texts_of


def _units(text: str | None) -> int:
    return len((text or "").encode("utf-16-le")) // 2


def assert_sent_within_limits(env: Env) -> None:
    """Every message, modal and choice list of the test so far is one that Discord takes, and pings no one unasked."""
    for request in env.http_requests:
        body = request.json
        if not isinstance(body, dict) or "/commands" in request.path:
            continue
        if request.path.endswith("/threads") or request.path == "/users/@me/channels":
            continue
        if request.path.endswith("/callback"):
            kind, body = body["type"], body.get("data") or {}
            if kind == 8:
                _assert_choices(body["choices"])
                continue
            if kind == 9:
                _assert_modal(body)
                continue
            if kind in (5, 6):  # an answer that is to come
                continue
        _assert_message(body)
        if request.method == "POST":
            assert body["allowed_mentions"]["parse"] == []
            assert not body["allowed_mentions"].get("users")
            told = [f"<@&{role}>" for role in body["allowed_mentions"].get("roles") or []]
            assert told == [] or told == [body["content"]]  # a role by itself, and not in what a story says


def _assert_message(body: dict[str, Any]) -> None:
    assert _units(body.get("content")) <= 2000
    embeds = [discord.Embed.from_dict(embed) for embed in body.get("embeds") or []]
    assert len(embeds) <= 10
    assert sum(_units(text) for embed in embeds for text in texts_of(embed)) <= 6000
    for embed in embeds:
        assert _units(embed.title) <= 256 and _units(embed.author.name) <= 256
        assert _units(embed.description) <= 4096 and _units(embed.footer.text) <= 2048
        assert len(embed.fields) <= 25
        for field in embed.fields:
            assert 1 <= _units(field.name) <= 256 and 1 <= _units(field.value) <= 1024
    assert_components(body.get("components") or [])


def assert_components(rows: Sequence[dict[str, Any]]) -> None:
    """Rows of buttons and selects within the limits, no two ids equal, each id of exactly one kind."""
    assert len(rows) <= 5
    seen: set[str] = set()
    for row in rows:
        assert 1 <= len(row["components"]) <= 5
        for each in row["components"]:
            if each.get("url"):  # leads somewhere, and is not answered by the bot
                assert each["url"].startswith("https://discord.com/") and 1 <= _units(each["label"]) <= 80
                continue
            custom_id = each["custom_id"]
            assert len(custom_id) <= 100 and custom_id not in seen
            assert sum(kind.pattern().fullmatch(custom_id) is not None for kind in KINDS) == 1, custom_id
            seen.add(custom_id)
            if each["type"] == 2:
                assert each.get("label") or each.get("emoji")
                assert _units(each.get("label")) <= 80
                continue
            assert _units(each.get("placeholder")) <= 150
            if each["type"] != 3:  # what it offers, Discord fills in: roles, channels
                continue
            assert 1 <= len(each["options"]) <= 25
            assert len({option["value"] for option in each["options"]}) == len(each["options"])
            for option in each["options"]:
                assert 1 <= _units(option["label"]) <= 100 and 1 <= len(option["value"]) <= 100
                assert _units(option.get("description")) <= 100


def _assert_modal(body: dict[str, Any]) -> None:
    assert 1 <= _units(body["title"]) <= 45 and len(body["custom_id"]) <= 100
    assert 1 <= len(body["components"]) <= 5
    for label in body["components"]:
        assert 1 <= _units(label["label"]) <= 45 and _units(label.get("description")) <= 100
        _assert_input(label["component"])


def _assert_input(component: dict[str, Any]) -> None:
    assert 1 <= len(component["custom_id"]) <= 100
    assert _units(component.get("placeholder")) <= 100
    if component["type"] == 4:
        assert 1 <= component["max_length"] <= 4000 and _units(component.get("value")) <= component["max_length"]
        return
    if component["type"] in (8, 19):  # what it offers, Discord fills in: channels, files
        assert component.get("max_values", 1) <= (25 if component["type"] == 8 else 10)
        return
    assert 1 <= len(component["options"]) <= 25
    assert sum(option.get("default", False) for option in component["options"]) <= 1
    for option in component["options"]:
        assert 1 <= _units(option["label"]) <= 100 and 1 <= len(option["value"]) <= 100


def _assert_choices(choices: Sequence[dict[str, Any]]) -> None:
    assert len(choices) <= 25
    for choice in choices:
        assert 1 <= _units(choice["name"]) <= 100 and 1 <= len(choice["value"]) <= 100


def assert_nothing_kept_in_memory(env: Env) -> None:
    """discord.py holds no view and no modal: buttons and modals are answered by their ids alone."""
    kept = env.bot._connection._view_store
    assert not kept._synced_message_views and not kept._modals
    assert not any(kept._views.values())
