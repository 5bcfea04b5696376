"""What a reader mutes."""

from __future__ import annotations

from bot.store import Store
from tests.store.publishing import ANN


async def test_a_name_is_muted_as_a_tag_and_as_an_author(empty_store: Store) -> None:
    await empty_store.mutes.add(ANN, "tag", ["Wren"])
    await empty_store.mutes.add(ANN, "author", ["Wren"])
    assert [(mute.kind, mute.name) for mute in await empty_store.mutes.of(ANN)] == [("author", "Wren"), ("tag", "Wren")]
