"""The preview: the places to look from, each with those who may, and what makes them differ."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from simcord.actors import MemberActor
from simcord.env import Env

from bot.config import Settings
from bot.store import Store
from tests.library import Library
from tests.seen import shown, text_of
from tools.preview import _pages, _restrict, _world, database_for


async def test_every_place_opens_in_a_page_of_its_own_for_those_who_are_there(simcord_env: Env) -> None:
    world = _world(simcord_env)
    async with _pages(simcord_env, world.places, 0) as pages:
        assert len({page.url for page in pages}) == len(world.places)
        for page, place in zip(pages, world.places, strict=True):
            assert page.channel.id == place.channel.id
            assert [viewer.id for viewer in page.viewers] == [viewer.id for viewer in place.viewers]


async def test_a_story_for_adults_shows_in_the_restricted_channel_alone(library: Library, store: Store) -> None:
    await library.load(
        {"door.txt": "Title: The Velvet Door\nRating: Explicit\n\nIt was red, and it was shut, and warm."}
    )
    world = _world(library.env)
    _restrict(library.env, world.restricted)
    await library.env.settle()
    reader = world.places[0].viewers[0]
    assert isinstance(reader, MemberActor)
    assert "Velvet" in text_of(shown(await reader.slash(world.restricted, "stories", share=True)))
    assert "Velvet" not in text_of(shown(await reader.slash(world.places[0].channel, "stories", share=True)))


def test_each_stories_folder_is_previewed_in_a_database_of_its_own(tmp_path: Path) -> None:
    settings = replace(Settings(), database=tmp_path / "library.db")
    found = [database_for(replace(settings, stories_dir=tmp_path / name)) for name in ("one", "two", "two/../one")]
    assert found[0] == found[2] != found[1] and {each.parent for each in found} == {tmp_path}
    assert settings.database not in found
