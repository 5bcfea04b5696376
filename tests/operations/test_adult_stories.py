"""``ADULT_STORIES=no``: files and uploads for adults are refused, and what was loaded before shows nowhere."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from simcord.actors import MemberActor

from bot.config import Settings
from bot.domain.rights import Audience
from bot.importing.loading import refusing_adult
from bot.importing.worker import read_here
from bot.operations.load import load_stories
from bot.store import Store
from tests.library import Library
from tests.seen import components_of, shown, text_of

CELLAR = "Title: The Cellar\nRating: Explicit\n\nThe ninth bottle was the one that they had come for, all empty.\n"
ADULTS = Audience(adult=True)


async def seen(store: Store) -> int:
    return await store.for_audience(ADULTS).stories.count()


async def test_turning_it_on_hides_what_is_there_and_says_how_many(
    store: Store, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = await seen(store)
    with caplog.at_level(logging.WARNING, "bot.operations.load"):
        report = await load_stories(store, Settings(stories_dir=folder, adult_stories=False), read_here)
    assert await seen(store) == before - 1
    assert "1 stories for adults, loaded before, show nowhere" in caplog.text
    [line] = [str(line) for line in report if line.outcome == "refused"]
    assert "it is for adults" in line and "was loaded before is hidden" in line


async def test_a_new_file_is_refused_and_another_start_brings_all_back(store: Store, folder: Path) -> None:
    before = await seen(store)
    (folder / "cellar.txt").write_text(CELLAR, "utf-8")
    report = await load_stories(store, Settings(stories_dir=folder, adult_stories=False), read_here)
    assert {line.file for line in report if line.outcome == "refused"} >= {"cellar.txt"}
    await load_stories(store, Settings(stories_dir=folder), read_here)
    assert await seen(store) == before + 1


async def test_a_story_without_a_rating_counts_as_the_host_says(store: Store, folder: Path) -> None:
    settings = Settings(stories_dir=folder, adult_stories=False, unrated_is_mature=True)
    await load_stories(store, settings, read_here)
    hidden = await seen(store)
    await load_stories(store, Settings(stories_dir=folder, adult_stories=False), read_here)
    assert await seen(store) > hidden


@pytest.mark.parametrize("rating", ["Explicit", "M"])
async def test_an_upload_is_refused_with_the_reason(library: Library, mira: MemberActor, rating: str) -> None:
    await library.restart(read=refusing_adult(read_here, unrated_is_mature=False))
    file = ("cellar.txt", CELLAR.replace("Explicit", rating).encode())
    refused = library.refused(await mira.slash(library.channel, "manage story add", file=file))
    assert "it is for adults, and this bot takes no such stories" in refused
    kettle = ("kettle.txt", b"It will rain, said the kettle, and nobody had asked it.")
    answer = await mira.slash(library.channel, "manage story add", file=kettle)
    assert "kettle" in text_of(answer.followups[-1] if answer.followups else shown(answer))


@pytest.mark.parametrize("takes", [True, False])
async def test_settings_offer_them_only_where_they_are_taken(library: Library, takes: bool) -> None:
    await library.restart(takes_adult=takes)
    first = shown(await library.ann.slash(library.channel, "settings"))
    more = shown(await library.ann.click(first, label="More"))
    labels = [option["label"] for each in components_of(more) for option in each.get("options", ())]
    assert any("18+" in label for label in labels) == takes
    assert any("I read" in label for label in labels)


async def test_settings_offer_none_after_warnings_were_typed_either(library: Library) -> None:
    await library.restart(takes_adult=False)
    more = shown(await library.ann.click(shown(await library.ann.slash(library.channel, "settings")), label="More"))
    form = await library.ann.click(more, label="Warnings…")
    drawn = shown(await library.ann.submit_modal(form, {"warnings": "deep water"}))
    assert "I read" in str(components_of(drawn)) and "18+" not in str(components_of(drawn))
