"""Each button, pressed eight times in one moment: no error, and one effect."""

from __future__ import annotations

from pathlib import Path

import pytest
from simcord.actors import MemberActor
from simcord.enums import InteractionType

from tests.databases import connected
from tests.library import Library
from tests.seen import Message, components_of, shown, text_of

TIMES = 8
SCREENS = ("page", "last page", "react", "more", "quote more", "card", "stories", "quote", "vote", "settings")

ONE_EACH = {
    "ballots": "user_id, question_id",
    "reading_lists": "user_id, story_id",
    "places": "user_id, story_id",
    "saved_quotes": "user_id, quote_id",
    "bookmarks": "user_id, chapter_id, start",
    "follows": "user_id, story_id, author_id, guild_id",
    "reactions": "user_id, story_id, emoji, message_id, chapter_id, start",
    "mutes": "user_id, kind, key",
}
"""Tables, and the columns that no two rows share."""


async def screen(library: Library, reader: MemberActor, name: str) -> Message:
    async def asked(command: str, **options: object) -> Message:
        return shown(await reader.slash(library.channel, command, **options))

    match name:
        case "page":
            return await asked("read", story="Lighthouse")
        case "last page":
            return await asked("read", story="Spoon")
        case "more" | "react":
            return shown(await reader.click(await asked("read", story="Lighthouse"), label=name.title()))
        case "quote more":
            return shown(await reader.click(await asked("quote", story="Lighthouse"), label="More"))
        case "card":
            return await asked("stories", story="Lighthouse")
        case "vote":
            return await asked("vote", story="Lighthouse")
        case _:
            return await asked(name)


@pytest.mark.parametrize("name", SCREENS)
async def test_a_button_that_is_pressed_eight_times_at_once_is_pressed_once(
    library: Library, name: str, tmp_path: Path
) -> None:
    first = await screen(library, library.ann, name)
    pressed = [each["custom_id"] for each in components_of(first) if each["type"] == 2 and not each.get("disabled")]
    assert pressed
    for custom_id in pressed:
        message = await screen(library, library.ann, name)
        data = {"custom_id": custom_id, "component_type": 2}
        await library.emit(message, [(library.ann, InteractionType.MESSAGE_COMPONENT, data)] * TIMES)
        assert library.env.errors == [], custom_id
        with connected(tmp_path / "oneshot.db") as db:
            for table, columns in ONE_EACH.items():
                twice = f"SELECT {columns}, count(*) FROM {table} GROUP BY {columns} HAVING count(*) > 1"
                assert db.execute(twice).fetchall() == [], (custom_id, table)
            [(wrong,)] = db.execute(
                "SELECT count(*) FROM answer_counts c WHERE c.guild_id = 0 AND c.count <> (SELECT count(*)"
                " FROM ballots b WHERE b.question_id = c.question_id AND b.number = c.number)"
            )
            assert wrong == 0, custom_id
    assert "Something went wrong" not in text_of(await screen(library, library.ann, name))
