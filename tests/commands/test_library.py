"""The library as a server's managers keep it, from Discord."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult, ResponseMessage

from bot.errors import ReaderError
from bot.ui.ids import DraftAction
from tests.library import Library
from tests.screens import card_for
from tests.seen import is_refusal, shown, text_of
from tests.votes import cast_vote, votes_of

KETTLE = (
    "Title: The Kettle's Opinion\n\nA/N: My first upload, be kind!\n\n----\n\n"
    '"It will rain," said the kettle, which had not been asked, and it was right until four.\n\n'
    "Nobody in the house had ever told it so, for fear of what it would say about the stairs.\n"
)


def offered(result: InteractionResult) -> ResponseMessage:
    """The preview of an upload: the answer to a command that took a moment."""
    return result.followups[-1] if result.followups else shown(result)


async def add(library: Library, mira: MemberActor, text: str = KETTLE, **options: Any) -> ResponseMessage:
    file = ("kettle.txt", text.encode())
    return offered(await mira.slash(library.channel, "manage story add", file=file, **options))


async def published(library: Library, mira: MemberActor, text: str = KETTLE) -> None:
    await mira.click(await add(library, mira, text), label="Publish")


async def titles(library: Library, reader: MemberActor) -> str:
    return text_of(shown(await reader.slash(library.channel, "stories", share=True)))


async def test_an_upload_is_shown_to_its_sender_before_anyone_else(library: Library, mira: MemberActor) -> None:
    preview = await add(library, mira)
    said = text_of(preview)
    assert preview.ephemeral
    for part in ("The Kettle's Opinion", "My first upload", "It will rain", "Only you can see this"):
        assert part in said
    assert "Kettle" not in await titles(library, library.ann)


@pytest.mark.parametrize(("sentences", "has_end"), [(2, False), (12, True)])
async def test_the_preview_shows_how_a_story_ends_where_its_first_words_do_not(
    library: Library, mira: MemberActor, sentences: int, has_end: bool
) -> None:
    words = " ".join(f"The kettle spoke for the {n}th time about rain." for n in range(4, 4 + sentences))
    said = text_of(await add(library, mira, f"Title: Rain\n\n{words}\n"))
    assert "How it starts" in said and ("How it ends" in said) is has_end


@pytest.mark.parametrize("sentences", [2, 12])
async def test_the_preview_shows_the_lines_right_above_and_below_the_story(
    library: Library, mira: MemberActor, sentences: int
) -> None:
    words = " ".join(f"The kettle spoke for the {n}th time about rain." for n in range(4, 4 + sentences))
    text = f"Title: Rain\n\nA/N: My first.\n\nA/N: Be kind!\n\n----\n\n{words}\n\nTHE END\n\nPlease review!\n"
    said = text_of(await add(library, mira, text))
    assert "Right above, not part of it: “Be kind!”" in said
    assert "Right below, not part of it: “THE END”" in said


async def test_the_preview_of_a_story_alone_names_no_lines_outside(library: Library, mira: MemberActor) -> None:
    words = " ".join(f"The kettle spoke for the {n}th time about rain." for n in range(4, 16))
    assert "not part of it" not in text_of(await add(library, mira, f"Title: Rain\n\n{words}\n"))


ODD_NAMES = [f"kettle.{'x' * 250}", "kettle.t\0xt", f"{'k' * 250}.txt", "\0.txt", "../../kettle.txt"]


@pytest.mark.parametrize("name", ODD_NAMES)
async def test_a_file_of_any_name_is_answered_kindly(library: Library, mira: MemberActor, name: str) -> None:
    answer = offered(await mira.slash(library.channel, "manage story add", file=(name, KETTLE.encode())))
    assert "Something went wrong" not in text_of(answer)
    assert not any(not isinstance(error.__cause__, ReaderError) for error in library.env.errors)


async def test_a_published_story_is_on_the_shelf_of_its_server_only(library: Library, mira: MemberActor) -> None:
    await published(library, mira)
    assert "The Kettle's Opinion" in await titles(library, library.ann)
    page = shown(await library.ben.slash(library.channel, "read", story="kettle"))
    assert "It will rain" in text_of(page)
    channel, cleo = elsewhere(library)
    assert "Kettle" not in text_of(shown(await cleo.slash(channel, "stories", share=True)))
    assert "can't find a story" in library.refused(await cleo.slash(channel, "read", story="kettle"))


HAIKU = "Title: Tide\n\nLow tide.\n\nA/N: " + "I wrote this on a bus, and the bus was late. " * 4


async def test_a_story_that_its_notes_outweigh_is_published_when_its_uploader_says_that_it_is_all(
    library: Library, mira: MemberActor
) -> None:
    preview = await add(library, mira, HAIKU)
    assert preview.ephemeral
    assert "• The story has 2 words, the notes 44" in text_of(preview) and "I wrote this on a bus" in text_of(preview)
    assert "press Edit, then Start and end." in text_of(preview)
    assert "Publish" not in str(preview.components)
    preview = shown(await mira.click(preview, label="This is all of it"))
    assert "the notes 44" not in text_of(preview)
    await mira.click(preview, label="Publish")
    assert "Tide" in await titles(library, library.ann)


async def test_the_details_of_a_doubtful_story_do_not_publish_it(library: Library, mira: MemberActor) -> None:
    panel = shown(await mira.click(await add(library, mira, HAIKU), label="Edit"))
    result = await mira.click(panel, label="Publish")
    said = "".join(message.content for message in [shown(result), *result.followups])
    assert "notes: 44 words" in said and "press Preview, then This is all of it" in said
    assert "Tide" not in await titles(library, library.ann)


async def test_cancel_adds_nothing(library: Library, mira: MemberActor) -> None:
    preview = await add(library, mira)
    assert "Nothing was changed" in text_of(shown(await mira.click(preview, label="Cancel")))
    assert "Kettle" not in await titles(library, library.ann)


async def test_what_is_edited_before_publishing_is_what_readers_see(library: Library, mira: MemberActor) -> None:
    panel = shown(await mira.click(await add(library, mira), label="Edit"))
    panel = await fill(library, mira, panel, "Story…", title="Rain at Four", summary="A kettle.")
    panel = await fill(library, mira, panel, "Rating…", rating=["teen"], status=["abandoned"], warnings="Rain")
    panel = await fill(library, mira, panel, "Tags…", tags="Kettles, Weather")
    assert all(
        said in text_of(panel) for said in ("Rain at Four", "A kettle.", "Teen", "Abandoned", "Kettles, Weather")
    )
    preview = shown(await mira.click(panel, label="Preview"))
    assert "Rain at Four" in text_of(preview) and "It will rain" in text_of(preview)
    await mira.click(preview, label="Publish")
    card = text_of(await card_for(library.ann, library.channel, "Rain at Four"))
    folded = shown(await library.ann.slash(library.channel, "stories", story="Rain at Four"))
    assert "A kettle." in text_of(folded)
    assert all(said in card for said in ("Teen", "Abandoned", "Warnings: Rain", "Kettles, Weather"))
    assert "Opinion" not in card


async def fill(
    library: Library, mira: MemberActor, panel: ResponseMessage, row: str, **values: str | list[str]
) -> ResponseMessage:
    """Fill in a row of the panel, all other fields as they stand, over a restart; the panel as it is drawn again."""
    modal = await mira.click(panel, label=row)
    assert modal.modal is not None
    stand = {each["custom_id"]: _stands(each) for each in (label["component"] for label in modal.modal["components"])}
    assert values.keys() <= stand.keys()
    await library.restart()
    return shown(await mira.submit_modal(modal, stand | values))


def _stands(component: dict[str, Any]) -> str | list[str]:
    if component["type"] == 4:
        return component.get("value") or ""
    return [option["value"] for option in component["options"] if option.get("default")]


async def test_a_field_that_is_emptied_says_what_the_file_says(library: Library, mira: MemberActor) -> None:
    panel = shown(await mira.click(await add(library, mira, title="Rain"), label="Edit"))
    panel = await fill(library, mira, panel, "Rating…", rating=["explicit"])
    panel = await fill(library, mira, panel, "Story…", title="")
    panel = await fill(library, mira, panel, "Rating…", rating=["-"])
    await mira.click(panel, label="Publish")
    assert "The Kettle's Opinion" in await titles(library, library.ann)


async def test_where_the_story_begins_can_be_said(library: Library, mira: MemberActor) -> None:
    panel = shown(await mira.click(await add(library, mira), label="Edit"))
    panel = await fill(library, mira, panel, "Start and end…", begins="Nobody in the house")
    await mira.click(panel, label="Publish")
    texts = [
        embed.description or ""
        for embed in shown(await library.ann.slash(library.channel, "read", story="kettle")).embeds
    ]
    [page, *_] = texts
    note, text = page.split("\n\n", 1)
    assert text.startswith("Nobody in the house") and "It will rain" not in text and "It will rain" in note


async def test_options_give_what_the_file_does_not_say(library: Library, mira: MemberActor) -> None:
    preview = await add(library, mira, "It rained.\n\nIt went on raining.\n", title="Rain", author="Ann")
    await mira.click(preview, label="Publish")
    assert "by Ann" in text_of(await card_for(library.ann, library.channel, "Rain"))


async def test_a_replaced_text_keeps_votes_and_places(library: Library, mira: MemberActor) -> None:
    await published(library, mira)
    story = await library.store.for_audience(audience(library)).stories.find("kettle")
    await cast_vote(library.store, story.id, library.ann.id, "continue", library.guild_id)
    await library.ben.slash(library.channel, "read", story="kettle")
    place = await library.store.places.of(library.ben.id, story.id)
    file = ("kettle2.txt", KETTLE.replace("the stairs", "the cellar").encode())
    preview = offered(await mira.slash(library.channel, "manage story replace", story="kettle", file=file))
    await mira.click(preview, label="Save")
    assert "the cellar" in text_of(shown(await library.ann.slash(library.channel, "read", story="kettle")))
    assert (await votes_of(library.store, story.id)).overall[0] == 1
    assert place is not None and await library.store.places.of(library.ben.id, story.id) == place


def audience(library: Library) -> Any:
    from bot.domain.rights import Audience

    return Audience(guild=library.guild_id)


async def test_an_edit_changes_what_is_said_and_keeps_the_text(library: Library, mira: MemberActor) -> None:
    await published(library, mira)
    panel = offered(await mira.slash(library.channel, "manage story edit", story="kettle"))
    panel = shown(await mira.click(panel, label="Edit"))
    panel = await fill(library, mira, panel, "Story…", title="Four O'Clock Rain")
    await mira.click(panel, label="Save")
    assert "Four O'Clock Rain" in await titles(library, library.ann)
    assert "Kettle's Opinion" not in await titles(library, library.ann)


async def test_a_removed_story_is_gone_and_comes_back(library: Library, mira: MemberActor) -> None:
    await published(library, mira)
    page = shown(await library.ann.slash(library.channel, "read", story="kettle"))
    await mira.slash(library.channel, "manage story remove", story="kettle")
    assert "Kettle" not in await titles(library, library.ann)
    assert "no longer in the library" in library.refused(await library.ann.click(page, label="Info"))
    [choice] = await mira.autocomplete(library.channel, "manage story restore", "story", "kett")
    await mira.slash(library.channel, "manage story restore", story=choice["value"])
    assert "Kettle" in await titles(library, library.ann)


async def test_a_story_of_the_folder_cannot_be_changed_from_a_server(library: Library, mira: MemberActor) -> None:
    result = await mira.slash(library.channel, "manage story edit", story="Lighthouse")
    assert "bot's own library" in "".join(message.content for message in [shown(result), *result.followups])
    assert all(is_refusal(error.__cause__ or error, "story-of-folder") for error in library.env.errors)
    assert "Lighthouse" in await titles(library, library.ann)


async def test_a_server_takes_a_story_of_the_folder_off_its_own_shelf_only(library: Library, mira: MemberActor) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    await mira.slash(library.channel, "manage story remove", story="Lighthouse")
    assert "Lighthouse" not in await titles(library, library.ann)
    assert "no longer in the library" in library.refused(await library.ann.click(page, label="Info"))
    channel, cleo = elsewhere(library)
    assert "Lighthouse" in text_of(shown(await cleo.slash(channel, "stories", share=True)))
    [choice] = await mira.autocomplete(library.channel, "manage story restore", "story", "light")
    await mira.slash(library.channel, "manage story restore", story=choice["value"])
    assert "Lighthouse" in await titles(library, library.ann)


def elsewhere(library: Library) -> tuple[ChannelHandle, MemberActor]:
    """A channel of another server, and who reads there."""
    guild = library.env.create_guild("Elsewhere")
    return guild.create_text_channel("reading"), guild.add_member(library.env.create_user("cleo"))


# -- what the writer wishes ---------------------------------------------------------------


@pytest.mark.parametrize("servers", ["all", "{there}", "this, {there}"])
async def test_an_upload_shows_in_its_own_server_alone_whatever_its_file_says(
    library: Library, mira: MemberActor, servers: str
) -> None:
    channel, cleo = elsewhere(library)
    text = f"Servers: {servers.format(there=cleo.guild.id)}\n\n{KETTLE}"
    assert "Servers" in text_of(await add(library, mira, text))
    await published(library, mira, text)
    assert "Kettle" not in text_of(shown(await cleo.slash(channel, "stories", share=True)))
    assert "can't find a story" in library.refused(await cleo.slash(channel, "read", story="kettle"))
    assert "Kettle" in await titles(library, library.ann)


async def test_a_story_of_the_folder_shows_on_the_servers_that_its_writer_names(library: Library) -> None:
    channel, cleo = elsewhere(library)
    await library.load({"kettle.txt": f"Servers: {cleo.guild.id}\n\n{KETTLE}"})
    assert "Kettle" in text_of(shown(await cleo.slash(channel, "stories", share=True)))
    assert "Kettle" not in await titles(library, library.ann)
    assert "can't find a story" in library.refused(await library.ann.slash(library.channel, "read", story="kettle"))


async def test_what_may_not_be_shared_is_shown_to_the_one_who_asks(library: Library, mira: MemberActor) -> None:
    await published(library, mira, KETTLE + "\nIt rained on, and the kettle said nothing more about it at all." * 60)
    public = shown(await library.ann.slash(library.channel, "read", story="kettle"))
    assert not public.ephemeral
    panel = offered(await mira.slash(library.channel, "manage story edit", story="kettle"))
    panel = shown(await mira.click(panel, label="Edit"))
    await mira.click(await fill(library, mira, panel, "Permissions…", sharing=["no"]), label="Save")
    for command in ("read", "stories", "quote"):
        assert shown(await library.ann.slash(library.channel, command, story="kettle")).ephemeral
    assert shown(await library.ann.click(public, label="Next")).ephemeral


# -- the id of an upload ------------------------------------------------------------------


async def test_an_upload_with_an_id_takes_the_place_of_the_one_that_has_it(library: Library, mira: MemberActor) -> None:
    first, second = (f"---\nid: kettle-1\n---\n{text}" for text in (KETTLE, KETTLE.replace("stairs", "cellar")))
    await published(library, mira, first)
    story = (await library.store.for_audience(audience(library)).stories.find("kettle")).id
    preview = await add(library, mira, second)
    assert "Readers keep their places, votes and reactions" in text_of(preview)
    await mira.click(preview, label="Save")
    found = await library.store.for_audience(audience(library)).stories.find("kettle")
    assert found.id == story
    assert "the cellar" in text_of(shown(await library.ann.slash(library.channel, "read", story="kettle")))


async def test_an_upload_reaches_no_story_of_the_folder_by_its_id(library: Library, mira: MemberActor) -> None:
    await library.load({"kettle.txt": f"---\nid: kettle-1\n---\n{KETTLE}"})
    await published(library, mira, f"---\nid: kettle-1\n---\n{KETTLE}")
    assert (await titles(library, library.ann)).count("The Kettle's Opinion") == 2


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("notes.txt", b"A/N: Nothing this week!", "no story"),
        ("picture.png", b"\x89PNG", "not a format"),
        ("nul.txt", b"Once\x00upon", "not a text file"),
    ],
)
async def test_what_is_no_story_is_refused_with_the_reason(
    library: Library, mira: MemberActor, name: str, data: bytes, reason: str
) -> None:
    result = await mira.slash(library.channel, "manage story add", file=(name, data))
    said = "".join(message.content for message in [shown(result), *result.followups])
    assert reason in said and name in said.replace("\\", "")
    assert all(is_refusal(error.__cause__ or error, "upload-refused") for error in library.env.errors)


async def test_nobody_publishes_the_draft_of_another(library: Library, mira: MemberActor) -> None:
    preview = await add(library, mira)
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    [draft] = [part.split(":")[2] for part in _ids(preview) if part.startswith("d1:publish")]
    said = library.refused(await library.forge(library.ann, page.message, str(DraftAction("publish", int(draft)))))
    assert "over a day old" in said
    assert "Kettle" not in await titles(library, library.ann)


def _ids(message: ResponseMessage) -> list[str]:
    return [item["custom_id"] for row in message.components for item in row["components"]]


async def test_an_upload_rated_for_adults_is_gated_like_any_other(library: Library, mira: MemberActor) -> None:
    await published(library, mira, "Rating: E\n\n" + KETTLE)
    assert "Kettle" not in await titles(library, library.ann)
    said = library.refused(await library.ann.slash(library.channel, "read", story="kettle"))
    assert "can't find a story" in said
    assert all(is_refusal(error.__cause__, "story-not-found") for error in library.env.errors)
    adults = library.store.for_audience(replace(audience(library), adult=True))
    assert (await adults.stories.find("kettle")).title == "The Kettle's Opinion"


async def test_uploads_of_the_same_title_stand_side_by_side(library: Library, mira: MemberActor) -> None:
    await published(library, mira)
    again = await add(library, mira)
    assert "already uploaded" in text_of(again)
    await mira.click(again, label="Publish as new")
    assert (await titles(library, library.ann)).count("The Kettle's Opinion") == 2
