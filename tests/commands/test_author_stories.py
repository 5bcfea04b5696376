"""A story is its uploader's, its authors' and its managers' to change, and nobody else's, by any road."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, get_args

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, RoleHandle, UserHandle
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.rights import Audience, Standing
from bot.domain.uploads import Draft, OwnStory, Upload
from bot.errors import ReaderError
from bot.importing.worker import read_here
from bot.services.uploads import read_upload
from bot.store.publishing import Source
from bot.store.uploads import NewVersion, Publisher, Uploads
from bot.stories import PARSER_VERSION
from bot.stories.added_chapters import AddedChapter
from bot.ui.custom_id import CustomId
from bot.ui.ids import (
    AskDetails,
    DetailsModal,
    DraftAction,
    ExportAuthorStats,
    LeaveStory,
    OwnStories,
    OwnStoryAction,
    OwnStoryModal,
    PanelAction,
    PickOwnStory,
    PickVersion,
    PutBack,
    ShowAuthorStats,
    UploadAction,
)
from tests.library import Library
from tests.linking import NOT_LINKED, linked, not_linked
from tests.seen import buttons_of, components_of, options_of, select_of, shown, text_of
from tests.votes import cast_vote

KETTLE = (
    "Title: The Kettle\n\n----\n\n"
    '"It will rain," said the kettle, which had not been asked, and it was right at noon.\n\n'
    "Nobody in the house had ever told it so, for fear of what it would say about the stairs.\n\n"
    "----\n\nA/N: Shall I go on?\n"
)

CHANGES = ["New text…", "Add chapter…", "Edit", "Permissions…"]
ALL = [*CHANGES, "Versions"]


@dataclass
class Cast:
    """Who is there: each with what they may do."""

    library: Library
    uploader: MemberActor
    author: MemberActor
    manager: MemberActor
    manages: RoleHandle
    stranger: MemberActor
    elsewhere: MemberActor
    """The manager of another server."""
    there: ChannelHandle

    @property
    def here(self) -> ChannelHandle:
        return self.library.channel

    async def publish(self, text: str = KETTLE, by: MemberActor | None = None, name: str = "kettle.txt") -> int:
        """Upload and publish a story; link the author to it; return its id."""
        sender = by or self.uploader
        preview = last(await sender.slash(self.here, "author submit", file=(name, text.encode())))
        labels = buttons_of(preview)
        await sender.click(preview, label="Publish" if "Publish" in labels else "Save")
        story = (await self.library.store.uploads.own_stories(sender.id, 99))[-1].story.id
        await linked(self.library.store, story, self.author.id)
        return story

    async def panel(self, who: MemberActor, title: str = "Kettle") -> ResponseMessage:
        """The panel of a story from its owner's list."""
        listed = shown(await who.slash(self.here, "author stories"))
        [value] = [value for label, value in options_of(listed).items() if title in label]
        return shown(await who.select(listed, [value], custom_id=select_of(listed, "op1")))

    async def read(self, story: int) -> str:
        """What readers get of a story."""
        store = self.library.store.for_audience(Audience(adult=True, guild=self.library.guild_id))
        return "\n\n".join(chapter.prose for chapter in (await store.stories.whole(story)).chapters)

    async def page(self) -> discord.Message:
        """A message that anyone may press a forged button of."""
        message = shown(await self.stranger.slash(self.here, "read", story="Lighthouse")).message
        assert message is not None
        return message


def last(result: InteractionResult) -> ResponseMessage:
    """The answer to what took a moment."""
    return result.followups[-1] if result.followups else shown(result)


def refused_later(cast: Cast, result: InteractionResult) -> str:
    """The one private sentence at the end of what took a moment."""
    answer = last(result)
    assert answer.ephemeral and answer.content and not answer.embeds
    assert all(isinstance(error.__cause__, ReaderError) for error in cast.library.env.errors)
    return answer.content


@pytest.fixture
async def cast(library: Library) -> Cast:
    guild = library.ann.guild
    manages = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    other = library.env.create_guild("Elsewhere")
    role = other.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    await library.store.settings.change_server(
        library.guild_id, lambda chosen: replace(chosen, adders="everyone", stories_a_day=50)
    )
    return Cast(
        library,
        library.ann,
        guild.add_member(library.env.create_user("orla")),
        guild.add_member(library.env.create_user("mira"), roles=[manages]),
        manages,
        library.ben,
        other.add_member(library.env.create_user("cleo"), roles=[role]),
        other.create_text_channel("there"),
    )


def values(result: InteractionResult) -> dict[str, Any]:
    """What stands in the fields of a form."""
    assert result.modal is not None
    found: dict[str, Any] = {}
    for label in result.modal["components"]:
        each = label["component"]
        if each["type"] == 4:
            found[each["custom_id"]] = each.get("value") or ""
        elif each["type"] == 3:
            found[each["custom_id"]] = [option["value"] for option in each["options"] if option.get("default")]
    return found


async def submit(who: MemberActor, panel: ResponseMessage, label: str, **typed: Any) -> ResponseMessage:
    """Press a button that opens a form, and send the form."""
    form = await who.click(panel, label=label)
    return shown(await who.submit_modal(form, values(form) | typed))


# -- the list and the panel ---------------------------------------------------------------


@pytest.mark.parametrize("who", ["uploader", "author"])
async def test_those_whose_story_it_is_have_a_panel_for_it(cast: Cast, who: str) -> None:
    await cast.publish()
    panel = await cast.panel(getattr(cast, who))
    assert panel.ephemeral
    own = [["Stats"], ["Unlink me"]] if who == "author" else [[], []]
    assert list(buttons_of(panel)) == [*CHANGES, *own[0], "Versions", "Withdraw", "Delete…", *own[1]]
    said = text_of(panel)
    assert "It's in the library of The Reading Room" in said and "1 chapter · 36 words" in said
    assert f"Published by <@{cast.uploader.id}>" in said


async def test_a_manager_has_the_same_panel_by_a_command(cast: Cast) -> None:
    await cast.publish()
    panel = shown(await cast.manager.slash(cast.here, "manage story edit", story="Kettle"))
    assert panel.ephemeral and list(buttons_of(panel)) == [*ALL, "Remove", "Delete…"]


async def test_the_list_has_ones_own_stories_alone_and_pages(cast: Cast) -> None:
    listed = shown(await cast.stranger.slash(cast.here, "author stories"))
    assert "No stories yet" in text_of(listed) and not components_of(listed)
    for number in range(12):
        await cast.publish(KETTLE.replace("The Kettle", f"Kettle {number:02}"))
    first = shown(await cast.uploader.slash(cast.here, "author stories"))
    assert "Kettle 09" in text_of(first) and "Kettle 10" not in text_of(first)
    second = shown(await cast.uploader.click(first, label="Next"))
    assert "**11. Kettle 10** · in the library" in text_of(second) and "Kettle 09" not in text_of(second)


async def test_an_author_of_the_folder_sees_stats_and_changes_nothing(cast: Cast) -> None:
    await linked(cast.library.store, await cast.library.id_of("Lighthouse"), cast.author.id)
    panel = await cast.panel(cast.author, "Lighthouse")
    assert list(buttons_of(panel)) == ["Stats", "Unlink me"] and "Only the bot owner can change it" in text_of(panel)


# -- what one may do -----------------------------------------------------------------------


@pytest.mark.parametrize("who", ["uploader", "author", "manager"])
async def test_a_new_text_takes_the_place_of_the_old_and_the_uploader_stays(cast: Cast, who: str) -> None:
    story = await cast.publish()
    actor = getattr(cast, who)
    opened = await cast.panel(actor) if who != "manager" else None
    panel = opened or shown(await actor.slash(cast.here, "manage story edit", story="Kettle"))
    await cast.library.restart()
    new = KETTLE.replace("at noon", "at four")
    preview = await submit(actor, panel, "New text…", file=("new.txt", new.encode()))
    assert "at four" in text_of(preview) and "at noon" in await cast.read(story)
    receipt = shown(await actor.click(preview, label="Save"))
    assert "Saved" in text_of(receipt) and "at four" in await cast.read(story)
    assert (await cast.library.store.uploads.ownership(story)).uploader == cast.uploader.id
    back = shown(await actor.click(receipt, label="Manage story"))
    assert f"New text by <@{actor.id}>" in text_of(back)


async def test_a_chapter_is_added_as_a_file_or_as_typed(cast: Cast) -> None:
    story = await cast.publish()
    panel = await cast.panel(cast.uploader)
    preview = await submit(
        cast.uploader, panel, "Add chapter…", text="It sang again at dawn.", title="Dawn", notes="You asked for it."
    )
    assert list(buttons_of(preview)) == ["Publish", "Edit", "Cancel"] and "until you publish it" in text_of(preview)
    assert "Published!" in text_of(shown(await cast.uploader.click(preview, label="Publish")))
    panel = await cast.panel(cast.author)
    preview = await submit(cast.author, panel, "Add chapter…", file=("c.txt", b"Chapter 3: Dusk\n\nIt slept.\n"))
    await cast.author.click(preview, label="Publish")
    whole = await cast.library.store.for_audience(Audience(guild=cast.library.guild_id)).stories.whole(story)
    assert [chapter.prose for chapter in whole.chapters][1:] == ["It sang again at dawn.", "It slept."]
    assert whole.chapters[1].notes_before == ("You asked for it.",)
    assert "Dawn" in str(whole.chapters[1]) and "Dusk" in str(whole.chapters[2])
    assert "Shall I go on?" in str(whole.chapters[0].notes_after)


async def test_two_who_add_a_chapter_at_once_both_add_one(cast: Cast) -> None:
    story = await cast.publish()
    texts = {cast.uploader: "It sang again at dawn.", cast.author: "It slept at last."}
    previews = [
        (who, await submit(who, await cast.panel(who), "Add chapter…", text=text)) for who, text in texts.items()
    ]
    for who, preview in previews:
        await who.click(preview, label="Publish")
    said = await cast.read(story)
    assert all(text in said for text in texts.values())


async def test_a_story_is_no_larger_with_its_chapters_than_a_file_may_be(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = await cast.publish()
    panel = await cast.panel(cast.uploader)
    monkeypatch.setattr("bot.services.uploads.MAX_BYTES", len(KETTLE) + 100)
    form = await cast.uploader.click(panel, label="Add chapter…")
    refused = await cast.uploader.submit_modal(form, values(form) | {"text": "It sang again at dawn. " * 10})
    assert f"the limit is {len(KETTLE) + 100}" in refused_later(cast, refused)
    assert len(await cast.library.store.versions.of(story)) == 1


async def test_a_file_and_what_is_typed_are_two_chapters_and_nothing_is_none(cast: Cast) -> None:
    await cast.publish()
    panel = await cast.panel(cast.uploader)
    form = await cast.uploader.click(panel, label="Add chapter…")
    refused = await cast.uploader.submit_modal(form, values(form))
    assert "There's no chapter yet" in refused_later(cast, refused)
    preview = await submit(cast.uploader, panel, "Add chapter…", file=("c.txt", b"It slept.\n"), text="It woke.")
    said = text_of(preview)
    assert "3 chapters" in said and "It woke." in said and "It slept." not in said
    back = shown(await cast.uploader.click(preview, label="Cancel"))
    assert "1 chapter ·" in text_of(shown(await cast.uploader.click(back, label="Manage story")))


async def test_what_was_typed_for_a_chapter_that_cannot_be_read_is_handed_back(cast: Cast) -> None:
    await cast.publish()
    form = await cast.uploader.click(await cast.panel(cast.uploader), label="Add chapter…")
    typed = {"text": "It sang.", "title": "Dawn", "notes": "Hm.", "file": ("dawn.pdf", b"%PDF-1.7")}
    refused = last(await cast.uploader.submit_modal(form, values(form) | typed))
    assert refused.ephemeral and "pdf" in refused.content.lower()
    assert refused.message is not None
    [handed] = refused.message.attachments
    assert await handed.read() == b"Dawn\n\nHm.\n\nIt sang."


async def test_a_chapter_takes_the_corrections_of_its_author(cast: Cast) -> None:
    story = await cast.publish()
    text = b"The first day\n\nIt rained all day.\n\nThe second day\n\nIt rained more, and then again.\n"
    preview = await submit(cast.uploader, await cast.panel(cast.uploader), "Add chapter…", file=("days.txt", text))
    panel = shown(await cast.uploader.click(preview, label="Edit"))
    panel = await submit(cast.uploader, panel, "Chapters…", headings="The first day\nThe second")
    await cast.uploader.click(panel, label="Publish")
    assert (await cast.read(story)).endswith("It rained all day.\n\nIt rained more, and then again.")


async def test_a_chapter_that_waits_as_a_draft_comes_after_what_came_meanwhile(cast: Cast) -> None:
    story = await cast.publish()
    waits = await submit(cast.uploader, await cast.panel(cast.uploader), "Add chapter…", text="It sang again at dawn.")
    new = KETTLE.replace("at noon", "at four").encode() + b"\nChapter 2\n\nIt was four.\n"
    preview = await submit(cast.author, await cast.panel(cast.author), "New text…", file=("new.txt", new))
    await cast.author.click(preview, label="Save")
    await submit(cast.author, await cast.panel(cast.author), "Permissions…", quotes=["no"])
    preview = await submit(cast.author, await cast.panel(cast.author), "Add chapter…", text="It slept at four.")
    await cast.author.click(preview, label="Publish")
    assert "at dawn" not in await cast.read(story)
    await cast.library.restart()
    await cast.uploader.click(waits, label="Publish")
    read = await cast.read(story)
    assert "right at four" in read and read.endswith("It was four.\n\nIt slept at four.\n\nIt sang again at dawn.")
    assert (await cast.library.store.uploads.permissions(story))["quotes"] == "no"


async def test_a_chapter_that_came_while_another_was_read_is_not_lost(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = await cast.publish()
    preview = await submit(
        cast.uploader, await cast.panel(cast.uploader), "Add chapter…", text="It sang again at dawn."
    )
    theirs = await cast.library.store.versions.last(story)
    assert theirs is not None
    theirs = replace(theirs, chapters=(AddedChapter("theirs.txt", b"It slept.", None, None),))

    publish = Uploads.publish

    async def late(uploads: Uploads, *values: Any, **named: Any) -> Any:
        monkeypatch.setattr(Uploads, "publish", publish)
        await change_by_another(uploads, story, cast.library.guild_id, theirs)
        return await uploads.publish(*values, **named)

    monkeypatch.setattr(Uploads, "publish", late)
    refused = await cast.uploader.click(preview, label="Publish")
    assert "Someone changed this story just now" in last(refused).content
    await cast.uploader.click(preview, label="Publish")
    assert (await cast.read(story)).endswith("It slept.\n\nIt sang again at dawn.")


async def test_lines_are_headings_and_notes_where_their_author_says_so(cast: Cast) -> None:
    text = "Title: Days\n\nFor my cat.\n\nThe first day\n\nIt rained all day.\n\nThe second day\n\nIt rained more.\n"
    story = await cast.publish(text)
    panel = shown(await cast.uploader.click(await cast.panel(cast.uploader, "Days"), label="Edit"))
    panel = await submit(cast.uploader, panel, "Chapters…", headings="The first day\nThe second", notes="For my")
    assert "The first day / The second" in text_of(panel)
    await cast.uploader.click(panel, label="Save")
    store = cast.library.store.for_audience(Audience(guild=cast.library.guild_id))
    whole = await store.stories.whole(story)
    assert [chapter.prose for chapter in whole.chapters] == ["It rained all day.", "It rained more."]
    assert "For my cat." in str(whole)


async def test_permissions_are_one_form(cast: Cast) -> None:
    story = await cast.publish()
    panel = await cast.panel(cast.uploader)
    receipt = await submit(cast.uploader, panel, "Permissions…", quotes=["no"], downloads=["yes"])
    assert "Saved" in text_of(receipt)
    allowed = await cast.library.store.uploads.permissions(story)
    assert (allowed["quotes"], allowed["downloads"], allowed["votes"]) == ("no", "yes", "yes")
    form = await cast.uploader.click(
        shown(await cast.uploader.click(receipt, label="Manage story")), label="Permissions…"
    )
    assert values(form)["quotes"] == ["no"]


async def test_an_earlier_version_is_put_back_and_the_later_one_stays_too(cast: Cast) -> None:
    story = await cast.publish()
    preview = await submit(
        cast.uploader, await cast.panel(cast.uploader), "New text…", file=("b.txt", b"Title: Bad\n\nAll lost.\n")
    )
    await cast.uploader.click(preview, label="Save")
    versions = shown(await cast.author.click(await cast.panel(cast.author, "Bad"), label="Versions"))
    assert f"**1.** New text by <@{cast.uploader.id}>" in text_of(versions)
    [value] = options_of(versions).values()
    one = shown(await cast.author.select(versions, [value], custom_id=select_of(versions, "ov1")))
    assert "The Kettle" in text_of(one)
    await cast.library.restart()
    await cast.author.click(one, label="Put back")
    assert "at noon" in await cast.read(story)
    changes = [version.change for version in await cast.library.store.versions.of(story)]
    assert changes == ["put-back", "replace", "publish"]


def let_another_change_first(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    """Have somebody else's new text come in while a change is read."""
    publish, theirs = Uploads.publish, Upload("theirs.txt", text, {})

    async def late(uploads: Uploads, draft: Draft, *values: Any) -> Any:
        monkeypatch.setattr(Uploads, "publish", publish)
        await change_by_another(uploads, draft.replaces, draft.guild, theirs)
        return await uploads.publish(draft, *values)

    monkeypatch.setattr(Uploads, "publish", late)


async def change_by_another(uploads: Uploads, story: int | None, guild: int, theirs: Upload) -> None:
    """Have a story read as *theirs* does, as somebody else's change."""
    read, digest = await read_upload(read_here, theirs, 999)
    version = NewVersion(read, Source(theirs.name, theirs.size, 0, digest, PARSER_VERSION))
    await uploads.publish(Draft(0, guild, 999, theirs, {}, "replace", story), version, Publisher(999))


THEIRS = b"Title: The Kettle\n\nIt was written anew at the same moment.\n"


async def test_permissions_undo_nothing_that_came_while_they_were_read(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = await cast.publish()
    form = await cast.uploader.click(await cast.panel(cast.uploader), label="Permissions…")
    let_another_change_first(monkeypatch, THEIRS)
    refused = await cast.uploader.submit_modal(form, values(form) | {"quotes": ["no"]})
    assert "Someone changed this story just now" in last(refused).content
    assert "written anew" in await cast.read(story)


async def test_no_version_is_put_back_over_one_that_came_while_it_was_read(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = await cast.publish()
    preview = await submit(
        cast.uploader, await cast.panel(cast.uploader), "New text…", file=("b.txt", b"Title: Bad\n\nAll lost.\n")
    )
    await cast.uploader.click(preview, label="Save")
    versions = shown(await cast.author.click(await cast.panel(cast.author, "Bad"), label="Versions"))
    [value] = options_of(versions).values()
    one = shown(await cast.author.select(versions, [value], custom_id=select_of(versions, "ov1")))
    let_another_change_first(monkeypatch, THEIRS)
    assert "Someone changed this story just now" in last(await cast.author.click(one, label="Put back")).content
    assert "written anew" in await cast.read(story)


async def test_an_author_withdraws_and_brings_back(cast: Cast) -> None:
    await cast.publish()
    receipt = shown(await cast.author.click(await cast.panel(cast.author), label="Withdraw"))
    assert "Removed from the library" in text_of(receipt)
    listed = shown(await cast.stranger.slash(cast.here, "stories", share=True))
    assert "Kettle" not in text_of(listed)
    panel = shown(await cast.author.click(receipt, label="Manage story"))
    assert "Its author removed it" in text_of(panel) and "Withdraw" not in buttons_of(panel)
    await cast.uploader.click(await cast.panel(cast.uploader), label="Restore")
    assert "Kettle" in text_of(shown(await cast.stranger.slash(cast.here, "stories", share=True)))


async def test_what_managers_removed_only_they_bring_back(cast: Cast) -> None:
    story = await cast.publish()
    await cast.manager.slash(cast.here, "manage story remove", story="Kettle")
    panel = await cast.panel(cast.uploader)
    assert "The mods removed it" in text_of(panel) and "Restore" not in buttons_of(panel)
    forged = await cast.library.forge(cast.uploader, await cast.page(), str(OwnStoryAction("restore", story)))
    assert "so only they can bring it back" in cast.library.refused(forged)
    preview = await submit(cast.uploader, panel, "New text…", file=("k.txt", KETTLE.encode() + b"\nMore.\n"))
    saved = shown(await cast.uploader.click(preview, label="Save"))
    assert "The mods removed it" in text_of(saved)
    again = await cast.uploader.slash(cast.here, "author submit", file=("k.txt", KETTLE.encode() + b"\nMore.\n"))
    assert "so only they can bring it back" in refused_later(cast, again)
    assert "Kettle" not in text_of(shown(await cast.stranger.slash(cast.here, "stories", share=True)))
    await cast.manager.slash(cast.here, "manage story restore", story=f"#{story}")
    assert "Kettle" in text_of(shown(await cast.stranger.slash(cast.here, "stories", share=True)))


async def is_listed(cast: Cast) -> bool:
    return "Kettle" in text_of(shown(await cast.stranger.slash(cast.here, "stories", share=True)))


async def withdrawn(cast: Cast) -> int:
    """Publish a story, and have its author withdraw it."""
    story = await cast.publish()
    await cast.author.click(await cast.panel(cast.author), label="Withdraw")
    return story


async def opened_upload(cast: Cast) -> ResponseMessage:
    """The one upload of the server, as managers find it under /manage uploads."""
    listed = shown(await cast.manager.slash(cast.here, "manage uploads"))
    [value] = options_of(listed).values()
    return shown(await cast.manager.select(listed, [value], custom_id=select_of(listed, "mup1")))


async def test_what_its_author_withdrew_no_manager_publishes_again_by_any_road(cast: Cast) -> None:
    story = await withdrawn(cast)
    assert await cast.manager.autocomplete(cast.here, "manage story restore", "story", "kett") == []
    refused = await cast.manager.slash(cast.here, "manage story restore", story=f"#{story}")
    assert "Its author withdrew this story" in cast.library.refused(refused)
    upload = await opened_upload(cast)
    assert "withdrawn by its author" in text_of(upload) and "Restore" not in buttons_of(upload)
    for forged in (UploadAction("restore", story), OwnStoryAction("restore", story)):
        refused = await cast.library.forge(cast.manager, await cast.page(), str(forged))
        assert "Its author withdrew this story" in cast.library.refused(refused)
    panel = shown(await cast.manager.click(await opened_upload(cast), label="Edit and versions"))
    assert "Restore" not in buttons_of(panel)
    saved = await submit(cast.manager, panel, "New text…", file=("k.txt", KETTLE.encode() + b"\nMore.\n"))
    await cast.manager.click(saved, label="Save")
    again = await cast.manager.slash(cast.here, "manage story add", file=("k.txt", KETTLE.encode() + b"\nMore.\n"))
    assert "Its author withdrew this story" in refused_later(cast, again)
    assert not await is_listed(cast)
    await cast.author.click(await cast.panel(cast.author), label="Restore")
    assert await is_listed(cast)


async def test_managers_remove_what_its_author_withdrew_and_bring_back_no_more_than_that(cast: Cast) -> None:
    story = await withdrawn(cast)
    upload = shown(await cast.manager.click(await opened_upload(cast), label="Remove"))
    assert "removed by mods" in text_of(upload)
    forged = await cast.library.forge(cast.author, await cast.page(), str(OwnStoryAction("restore", story)))
    assert "so only they can bring it back" in cast.library.refused(forged)
    [choice] = await cast.manager.autocomplete(cast.here, "manage story restore", "story", "kett")
    said = shown(await cast.manager.slash(cast.here, "manage story restore", story=choice["value"]))
    assert "its author withdrew it" in text_of(said) and not await is_listed(cast)
    assert "withdrawn by its author" in text_of(await opened_upload(cast))
    await cast.uploader.click(await cast.panel(cast.uploader), label="Restore")
    assert await is_listed(cast)


async def test_a_manager_brings_back_a_story_of_their_own_by_the_command(cast: Cast) -> None:
    await cast.publish(by=cast.manager)
    await cast.manager.click(await cast.panel(cast.manager), label="Withdraw")
    [choice] = await cast.manager.autocomplete(cast.here, "manage story restore", "story", "kett")
    await cast.manager.slash(cast.here, "manage story restore", story=choice["value"])
    assert await is_listed(cast)


async def test_what_a_former_member_withdrew_comes_back_by_a_new_upload_alone(cast: Cast) -> None:
    story = await cast.publish()
    await cast.uploader.click(await cast.panel(cast.uploader), label="Withdraw")
    refused = await cast.stranger.slash(cast.here, "author submit", file=("k.txt", KETTLE.encode()))
    assert "Its author withdrew this story" in refused_later(cast, refused)
    for gone in (cast.uploader, cast.author):
        await cast.library.store.privacy.delete(gone.id)
    refused = await cast.manager.slash(cast.here, "manage story restore", story=f"#{story}")
    assert "Its author withdrew this story" in cast.library.refused(refused)
    await cast.publish(by=cast.stranger)
    assert await is_listed(cast)


async def test_a_draft_publishes_nothing_that_its_author_withdrew_meanwhile(cast: Cast) -> None:
    await cast.publish()
    preview = last(await cast.manager.slash(cast.here, "manage story add", file=("k.txt", KETTLE.encode())))
    await cast.uploader.click(await cast.panel(cast.uploader), label="Withdraw")
    assert "Its author withdrew this story" in refused_later(cast, await cast.manager.click(preview, label="Publish"))
    assert not await is_listed(cast)


async def test_deleting_for_good_is_no_way_to_bring_back_what_managers_removed(cast: Cast) -> None:
    await cast.publish()
    await cast.manager.slash(cast.here, "manage story remove", story="Kettle")
    asked = shown(await cast.uploader.click(await cast.panel(cast.uploader), label="Delete…"))
    await cast.uploader.click(asked, label="Delete for good")
    assert await cast.library.store.uploads.own_stories(cast.uploader.id, 9) == []
    for sender in (cast.uploader, cast.stranger):
        again = await sender.slash(cast.here, "author submit", file=("k.txt", KETTLE.encode()))
        assert "so only they can bring it back" in refused_later(cast, again)
    own = await cast.publish(KETTLE.replace("noon", "four"))
    await cast.library.store.uploads.delete(own, cast.library.guild_id, cast.uploader.id)
    await cast.publish(KETTLE.replace("noon", "four"))
    await cast.publish(by=cast.manager)


async def test_what_somebody_uploads_in_another_server_says_where_it_can_be_changed(cast: Cast) -> None:
    await cast.publish()
    there = cast.library.env.create_guild("The Other Room")
    channel, member = there.create_text_channel("desk"), there.add_member(cast.uploader.user)
    listed = shown(await member.slash(channel, "author stories"))
    [value] = options_of(listed).values()
    panel = shown(await member.select(listed, [value], custom_id=select_of(listed, "op1")))
    assert "To change it, use /author stories in its server" in text_of(panel)
    assert list(buttons_of(panel)) == ["Versions", "Withdraw", "Delete…"]
    assert "To change it" not in text_of(await cast.panel(cast.uploader))


async def test_a_draft_brings_nothing_back_that_managers_removed_meanwhile(cast: Cast) -> None:
    await cast.publish()
    preview = last(await cast.uploader.slash(cast.here, "author submit", file=("k.txt", KETTLE.encode())))
    await cast.manager.slash(cast.here, "manage story remove", story="Kettle")
    refused = await cast.uploader.click(preview, label="Publish as new")
    assert "so only they can bring it back" in refused_later(cast, refused)
    assert "Kettle" not in text_of(shown(await cast.stranger.slash(cast.here, "stories", share=True)))


async def test_a_story_that_is_deleted_for_good_takes_its_drafts_with_it(cast: Cast) -> None:
    await cast.publish()
    await submit(cast.author, await cast.panel(cast.author), "Add chapter…", text="It sang again at dawn.")
    asked = shown(await cast.uploader.click(await cast.panel(cast.uploader), label="Delete…"))
    await cast.uploader.click(asked, label="Delete for good")
    for table in ("drafts", "upload_files", "upload_bytes"):
        assert await cast.library.store._db.number(f"SELECT count(*) FROM {table}") == 0, table  # pyright: ignore[reportPrivateUsage]


async def test_deleting_for_good_is_asked_once_more_and_names_what_readers_lose(cast: Cast) -> None:
    story = await cast.publish()
    library = cast.library
    await cast_vote(library.store, story, cast.stranger.id, "continue", library.guild_id)
    page = shown(await cast.stranger.slash(cast.here, "read", story="Kettle"))
    asked = shown(await cast.uploader.click(await cast.panel(cast.uploader), label="Delete…"))
    said = text_of(asked)
    assert "everything readers did with it" in said and "Votes lost: 1" in said
    assert "place" not in said and "reviews" not in said  # one reader has a place there: it is not told
    assert story in [each.story.id for each in await library.store.uploads.own_stories(cast.uploader.id, 9)]
    await library.restart()
    gone = shown(await cast.uploader.click(asked, label="Delete for good"))
    assert "Deleted for good" in text_of(gone) and not buttons_of(gone)
    assert await library.store.uploads.own_stories(cast.uploader.id, 9) == []
    assert "no longer in the library" in library.refused(await cast.stranger.click(page, label="Info"))
    forged = await library.forge(cast.uploader, await cast.page(), str(OwnStoryAction("open", story)))
    assert "no longer in the library" in library.refused(forged)


async def test_the_stats_open_from_the_panel(cast: Cast) -> None:
    await cast.publish()
    told = last(await cast.author.click(await cast.panel(cast.author), label="Stats"))
    assert "show up here from the first one" in text_of(told)


# -- the same file again ----------------------------------------------------------------------


async def test_the_same_upload_again_offers_to_replace_the_first(cast: Cast) -> None:
    story = await cast.publish()
    new = KETTLE.replace("noon", "four")
    preview = last(await cast.uploader.slash(cast.here, "author submit", file=("k.txt", new.encode())))
    assert "already uploaded “The Kettle”" in text_of(preview) and "Publish as new" in buttons_of(preview)
    preview = shown(await cast.uploader.click(preview, label="Replace yours"))
    assert "Readers keep their places, votes and reactions" in text_of(preview)
    await cast.uploader.click(preview, label="Save")
    assert "at four" in await cast.read(story)
    assert len(await cast.library.store.uploads.own_stories(cast.uploader.id, 9)) == 1


# -- what is said of a story stays with a new text ------------------------------------------------

PLAIN = "It will rain, said the kettle, which had not been asked.\n\nIt was right at noon, and it said so at four.\n"
DAWN = "It sang again at dawn, and nobody in the house had the heart to say that they had heard it before.\n"
WAYS = ["Replace yours", "New text…", "manage story replace", "id"]


async def replaced(cast: Cast, story: int, way: str, text: str, name: str = "odd2.txt") -> ResponseMessage:
    """The preview of a new text of a story, by one of the ways to put it in the place of the old."""
    file = (name, text.encode())
    if way == "New text…":
        return await submit(cast.uploader, await cast.panel(cast.uploader, ""), way, file=file)
    if way == "manage story replace":
        return last(await cast.manager.slash(cast.here, way, story=f"#{story}", file=file))
    preview = last(await cast.uploader.slash(cast.here, "author submit", file=file))
    return shown(await cast.uploader.click(preview, label=way)) if way in buttons_of(preview) else preview


async def save(cast: Cast, preview: ResponseMessage, way: str = "") -> OwnStory:
    """Save the new text, and return the one story there is."""
    await (cast.manager if way.startswith("manage") else cast.uploader).click(preview, label="Save")
    [own] = await cast.library.store.uploads.own_stories(cast.uploader.id, 9)
    return own


async def typed_story(cast: Cast, text: str, name: str = "odd1.txt") -> int:
    """A story of two chapters whose title, author and summary were typed."""
    story = await cast.publish(text, name=name)
    panel = shown(await cast.uploader.click(await cast.panel(cast.uploader, ""), label="Edit"))
    panel = await submit(
        cast.uploader, panel, "Story…", title="A Kettle's Day", author="Ilse", summary="It is not asked."
    )
    await cast.uploader.click(panel, label="Save")
    preview = await submit(cast.uploader, await cast.panel(cast.uploader), "Add chapter…", text=DAWN)
    await cast.uploader.click(preview, label="Publish")
    return story


@pytest.mark.parametrize("way", WAYS)
async def test_what_was_typed_of_a_story_stays_with_a_new_text_that_says_nothing_of_it(cast: Cast, way: str) -> None:
    heads = {"id": "id: odd\n", "Replace yours": "title: A Kettle's Day\n"}  # by which it is found
    text = f"---\n{heads[way]}---\n{PLAIN}" if way in heads else PLAIN
    story = await typed_story(cast, text)
    preview = await replaced(cast, story, way, text)
    assert "2 chapters become 1, 43 words become 22." in text_of(preview)
    own = await save(cast, preview, way)
    assert (own.story.id, own.story.title, own.story.author) == (story, "A Kettle's Day", "Ilse")
    assert "sang again" not in await cast.read(story)
    assert (await cast.library.store.uploads.stated(story))["summary"] == "It is not asked."


@pytest.mark.parametrize("way", WAYS)
async def test_what_a_new_text_says_of_a_story_goes_before_what_was_typed(cast: Cast, way: str) -> None:
    head = "id: odd\n" if way == "id" else ""
    story = await typed_story(cast, f"---\n{head}---\n{PLAIN}" if head else PLAIN)
    title = "A Kettle's Day" if way == "Replace yours" else "The Loud Kettle"
    text = f"---\n{head}title: {title}\nauthor: Ilse Marsh\n---\n{PLAIN}\nThen it slept.\n"
    own = await save(cast, await replaced(cast, story, way, text), way)
    assert (own.story.id, own.story.title, own.story.author) == (story, title, "Ilse Marsh")
    assert (await cast.library.store.uploads.stated(story))["summary"] == "It is not asked."


@pytest.mark.parametrize("way", WAYS)
async def test_what_the_old_text_said_stays_where_the_new_one_says_nothing_of_it(cast: Cast, way: str) -> None:
    head = "id: odd\n" if way == "id" else ""
    story = await cast.publish(
        f"---\n{head}title: The Kettle\nauthor: Ilse\nrating: mature\nquotes: no\nstatus: hiatus\n---\n{PLAIN}"
    )
    again = "title: The Kettle\n" if way == "Replace yours" else head
    own = await save(cast, await replaced(cast, story, way, f"---\n{again}---\n{PLAIN}\nThen it slept.\n"), way)
    assert (own.story.id, own.story.title, own.story.author) == (story, "The Kettle", "Ilse")
    assert own.is_mature and own.rating == "mature"
    kept = await cast.library.store.uploads.stated(story)
    assert (kept["status"], kept["quotes"]) == ("on hiatus", "no")


async def test_the_same_file_again_takes_no_title_away(cast: Cast) -> None:
    story = await cast.publish(PLAIN, name="odd1.txt")
    panel = shown(await cast.uploader.click(await cast.panel(cast.uploader, "Odd1"), label="Edit"))
    await cast.uploader.click(await submit(cast.uploader, panel, "Story…", title="A Kettle's Day"), label="Save")
    own = await save(cast, await replaced(cast, story, "Replace yours", PLAIN))
    assert (own.story.id, own.story.title) == (story, "A Kettle's Day")


async def test_what_is_typed_with_the_new_text_goes_before_all(cast: Cast) -> None:
    await typed_story(cast, PLAIN)
    file = ("odd2.txt", f"Author: Ilse Marsh\n\n{PLAIN}".encode())
    typed = {"title": "A Kettle's Day", "author": "I. M."}
    preview = last(await cast.uploader.slash(cast.here, "author submit", file=file, **typed))
    own = await save(cast, shown(await cast.uploader.click(preview, label="Replace yours")))
    assert (own.story.title, own.story.author) == ("A Kettle's Day", "I. M.")


async def test_a_new_text_undoes_no_detail_that_was_changed_while_it_waited(cast: Cast) -> None:
    text = f"Title: A Kettle's Day\n\n{PLAIN}"
    story = await typed_story(cast, text)
    preview = await replaced(cast, story, "Replace yours", text)
    panel = shown(await cast.author.click(await cast.panel(cast.author), label="Edit"))
    await cast.author.click(await submit(cast.author, panel, "Story…", summary="Nobody asks it."), label="Save")
    await save(cast, preview)
    assert "sang again" not in await cast.read(story)
    assert (await cast.library.store.uploads.stated(story))["summary"] == "Nobody asks it."


async def test_a_longer_text_is_not_said_to_be_less(cast: Cast) -> None:
    story = await cast.publish(PLAIN)
    assert "become" not in text_of(await replaced(cast, story, "New text…", PLAIN + DAWN))
    assert "22 words become 11." in text_of(await replaced(cast, story, "New text…", PLAIN.split("\n")[0]))


async def test_another_member_with_the_same_title_has_a_story_of_their_own(cast: Cast) -> None:
    story = await cast.publish()
    preview = last(await cast.stranger.slash(cast.here, "author submit", file=("k.txt", KETTLE.encode())))
    assert "Replace yours" not in buttons_of(preview)
    forged = str(DraftAction("twin", draft_of(preview)))
    again = shown(await cast.library.forge(cast.stranger, await cast.page(), forged))
    assert "Publish" in buttons_of(again)
    await cast.stranger.click(again, label="Publish")
    assert (await cast.library.store.versions.of(story))[0].user == cast.uploader.id


def draft_of(message: ResponseMessage) -> int:
    return next(int(each["custom_id"].split(":")[2]) for each in components_of(message) if "d1:" in each["custom_id"])


# -- nobody else, by no road ----------------------------------------------------------------------


def acts_on(story: int) -> list[CustomId]:
    """Every button and select about a story, as somebody may forge it."""
    buttons: list[CustomId] = [OwnStoryAction(action, story) for action in get_args(PanelAction)]
    return [*buttons, PickVersion(story), PutBack(story, 1), ShowAuthorStats(story), PickOwnStory()]


async def nothing_changed(cast: Cast, story: int) -> None:
    assert "at noon" in await cast.read(story)
    assert len(await cast.library.store.versions.of(story)) == 1
    assert (await cast.library.store.uploads.ownership(story)).removed_by is None


@pytest.mark.parametrize("number", range(len(acts_on(1))))
async def test_a_stranger_does_nothing_with_a_forged_button(cast: Cast, number: int) -> None:
    story = await cast.publish()
    custom_id = acts_on(story)[number]
    picked = [str(story)] if isinstance(custom_id, PickOwnStory) else ["1"]
    chosen = picked if isinstance(custom_id, PickVersion | PickOwnStory) else None
    result = await cast.library.forge(cast.stranger, await cast.page(), str(custom_id), values=chosen)
    assert cast.library.refused(result) and result.modal is None
    await nothing_changed(cast, story)


@pytest.mark.parametrize("form", ["replace", "add-chapter", "permissions"])
async def test_a_stranger_does_nothing_with_a_forged_form(cast: Cast, form: Any) -> None:
    story = await cast.publish()
    typed = {"text": "Mine.", "quotes": "no", "file": "1"}
    sent = await cast.library.send_modal(cast.stranger, await cast.page(), str(OwnStoryModal(form, story)), typed)
    assert "can change it" in cast.library.refused(sent)
    await nothing_changed(cast, story)


@pytest.mark.parametrize("state", NOT_LINKED)
async def test_who_claims_a_story_and_is_not_linked_does_nothing_with_it(cast: Cast, state: str) -> None:
    story = await cast.publish()
    await not_linked(cast.library.store, story, cast.stranger.id, state)
    assert "No stories yet" in text_of(shown(await cast.stranger.slash(cast.here, "author stories")))
    page = await cast.page()
    for custom_id in [*acts_on(story), LeaveStory(story), ExportAuthorStats(story)]:
        picked = [str(story)] if isinstance(custom_id, PickOwnStory) else ["1"]
        chosen = picked if isinstance(custom_id, PickVersion | PickOwnStory) else None
        result = await cast.library.forge(cast.stranger, page, str(custom_id), values=chosen)
        assert cast.library.refused(result) and result.modal is None, str(custom_id)
    typed = {"text": "Mine.", "quotes": "no", "file": "1"}
    for form in ("replace", "add-chapter", "permissions"):
        sent = await cast.library.send_modal(cast.stranger, page, str(OwnStoryModal(form, story)), typed)
        assert "can change it" in cast.library.refused(sent)
    await nothing_changed(cast, story)
    assert await cast.library.store.authors.of(story) == [cast.author.id]


async def test_a_manager_of_another_server_does_nothing(cast: Cast) -> None:
    story = await cast.publish()
    listed = shown(await cast.elsewhere.slash(cast.there, "author stories"))
    assert "No stories yet" in text_of(listed)
    for name in ("edit", "remove"):
        refused = await cast.elsewhere.slash(cast.there, f"manage story {name}", story=f"#{story}")
        assert "no longer in the library" in cast.library.refused(refused)
    assert not await cast.elsewhere.autocomplete(cast.there, "manage story edit", "story", "kettle")
    page = shown(await cast.elsewhere.slash(cast.there, "read", story="Lighthouse"))
    cast.library.channel = cast.there
    assert page.message is not None
    for custom_id in acts_on(story)[:-1]:
        chosen = ["1"] if isinstance(custom_id, PickVersion) else None
        assert cast.library.refused(
            await cast.library.forge(cast.elsewhere, page.message, str(custom_id), values=chosen)
        )
    await nothing_changed(cast, story)


async def test_the_id_of_a_file_takes_no_story_of_another(cast: Cast) -> None:
    text = f"---\nid: kettle\n---\n{KETTLE}"
    story = await cast.publish(text)
    stolen = text.replace("noon", "four").encode()
    refused = await cast.stranger.slash(cast.here, "author submit", file=("k.txt", stolen))
    assert "belongs to another story here" in refused_later(cast, refused)
    await nothing_changed(cast, story)
    preview = last(await cast.author.slash(cast.here, "author submit", file=("k.txt", stolen)))
    await cast.author.click(preview, label="Save")
    assert "at four" in await cast.read(story)


async def test_an_id_that_somebody_took_meanwhile_is_refused_when_published(cast: Cast) -> None:
    text = f"---\nid: kettle\n---\n{KETTLE}"
    preview = last(await cast.stranger.slash(cast.here, "author submit", file=("k.txt", text.encode())))
    story = await cast.publish(text)
    refused = await cast.stranger.click(preview, label="Publish")
    assert "belongs to another story here" in refused_later(cast, refused)
    await nothing_changed(cast, story)


# -- rights are asked at the press ----------------------------------------------------------------


async def test_a_draft_is_published_once_however_often_it_is_pressed(cast: Cast) -> None:
    preview = last(await cast.uploader.slash(cast.here, "author submit", file=("k.txt", KETTLE.encode())))
    await cast.library.click_at_once(preview, *[(cast.uploader, "Publish")] * 3)
    assert len(await cast.library.store.uploads.own_stories(cast.uploader.id, 9)) == 1
    listed = shown(await cast.stranger.slash(cast.here, "stories", share=True))
    assert text_of(listed).count("The Kettle") == 1


async def test_a_chapter_is_added_once_however_often_it_is_pressed(cast: Cast) -> None:
    story = await cast.publish()
    preview = await submit(cast.uploader, await cast.panel(cast.uploader), "Add chapter…", text="It sang again.")
    await cast.library.click_at_once(preview, *[(cast.uploader, "Publish")] * 3)
    assert (await cast.read(story)).count("It sang again.") == 1


DRAFT_STEPS = ["publish", "edit", "preview", "twin"]


@pytest.mark.parametrize("action", DRAFT_STEPS)
async def test_a_server_that_closed_submissions_takes_no_draft_any_more(cast: Cast, action: Any) -> None:
    preview = last(await cast.uploader.slash(cast.here, "author submit", file=("k.txt", KETTLE.encode())))
    store = cast.library.store
    await store.settings.change_server(cast.library.guild_id, lambda chosen: replace(chosen, adders="managers"))
    forged = str(DraftAction(action, draft_of(preview)))
    refused = await cast.library.forge(cast.uploader, await cast.page(), forged)
    assert "can't add stories in this server" in cast.library.refused(refused)
    asked = await cast.library.forge(cast.uploader, await cast.page(), str(AskDetails("story", draft_of(preview))))
    assert cast.library.refused(asked) and asked.modal is None
    modal = str(DetailsModal("story", draft_of(preview)))
    sent = await cast.library.send_modal(cast.uploader, await cast.page(), modal, {"title": "Mine"})
    assert cast.library.refused(sent)
    assert await store.uploads.own_stories(cast.uploader.id, 9) == []


async def test_a_draft_for_one_server_is_published_from_no_other(cast: Cast) -> None:
    preview = last(await cast.uploader.slash(cast.here, "author submit", file=("k.txt", KETTLE.encode())))
    there = cast.elsewhere.guild.add_member(cast.uploader.user)
    await cast.library.store.settings.change_server(there.guild.id, lambda chosen: replace(chosen, adders="everyone"))
    page = shown(await there.slash(cast.there, "read", story="Lighthouse"))
    cast.library.channel = cast.there
    refused = await cast.library.forge(there, page, str(DraftAction("publish", draft_of(preview))))
    assert "started this upload in another server" in cast.library.refused(refused)
    assert await cast.library.store.uploads.own_stories(cast.uploader.id, 9) == []


async def test_a_manager_who_lost_the_permission_saves_nothing(cast: Cast) -> None:
    story = await cast.publish()
    panel = shown(await cast.manager.slash(cast.here, "manage story edit", story="Kettle"))
    preview = await submit(cast.manager, panel, "New text…", file=("k.txt", b"Title: Mine\n\nMine now.\n"))
    cast.library.env.backend.edit_role(cast.library.guild_id, cast.manages.id, {"permissions": 0})
    for message, label in ((preview, "Save"), (preview, "Edit")):
        refused = await cast.manager.click(message, label=label)
        assert "can change it" in cast.library.refused(refused)
    await nothing_changed(cast, story)


async def test_an_author_who_was_unlinked_saves_nothing(cast: Cast) -> None:
    story = await cast.publish()
    preview = await submit(
        cast.author, await cast.panel(cast.author), "New text…", file=("k.txt", b"Title: Mine\n\nMine now.\n")
    )
    panel = await cast.panel(cast.author)
    await cast.library.store.authors.unlink(story, cast.author.id)
    assert "can change it" in cast.library.refused(await cast.author.click(preview, label="Save"))
    for label in ("Withdraw", "Delete…", "New text…", "Permissions…", "Versions"):
        assert cast.library.refused(await cast.author.click(panel, label=label))
    await nothing_changed(cast, story)


async def test_in_another_place_one_only_takes_down(cast: Cast) -> None:
    story = await cast.publish()
    user: UserHandle = cast.uploader.user
    listed = shown(await user.slash("author stories"))
    [value] = options_of(listed).values()
    panel = shown(await user.select(listed, [value], custom_id=select_of(listed, "op1")))
    assert list(buttons_of(panel)) == ["Versions", "Withdraw", "Delete…"]
    await user.click(panel, label="Withdraw")
    assert (await cast.library.store.uploads.ownership(story)).removed_by == "author"
    refused = await user.slash("author submit", file=("k.txt", KETTLE.encode()))
    assert "in a server that I'm in" in cast.library.refused(refused)


# -- 18+ ------------------------------------------------------------------------------------------


async def test_a_story_for_adults_is_managed_from_any_channel_and_says_where_it_shows(cast: Cast) -> None:
    preview = last(
        await cast.uploader.slash(cast.here, "author submit", file=("k.txt", b"Rating: Explicit\n" + KETTLE.encode()))
    )
    receipt = shown(await cast.uploader.click(preview, label="Publish"))
    assert "only shows in age-restricted channels" in text_of(receipt)
    panel = shown(await cast.uploader.click(receipt, label="Manage story"))
    assert "Explicit" in text_of(panel) and "Withdraw" in buttons_of(panel)
    [choice] = await cast.manager.autocomplete(cast.here, "manage story edit", "story", "kett")
    panel = shown(await cast.manager.slash(cast.here, "manage story edit", story=choice["value"]))
    assert panel.ephemeral and "Remove" in buttons_of(panel)
    assert not await cast.stranger.autocomplete(cast.here, "read", "story", "kett")
    removed = shown(await cast.manager.slash(cast.here, "manage story remove", story="The Kettle"))
    assert removed.ephemeral and "story restore" in text_of(removed)


def test_the_ids_of_the_panel_are_short(cast: Cast) -> None:
    assert all(len(str(each)) <= 100 for each in (*acts_on(10**17), OwnStories("n", 10**17)))


async def test_a_moderator_of_its_server_is_one_to_a_story_and_nobody_elsewhere(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    mods, standings = cast.library.ann.guild.create_role("Mods"), list[Standing]()
    await cast.library.change_settings(moderators_role=mods.id, adders="everyone")
    story, page = await cast.publish(), await cast.page()
    mod = cast.library.ann.guild.add_member(cast.library.env.create_user("mo"), roles=[mods])
    monkeypatch.setattr("bot.services.rights.may", lambda act, standing: bool(standings.append(standing)))
    for who in (mod, cast.stranger):
        await cast.library.forge(who, page, str(OwnStoryAction("versions", story)))
    lighthouse = await cast.library.id_of("Lighthouse")
    await cast.library.forge(mod, page, str(OwnStoryAction("versions", lighthouse)))
    assert [standing.roles for standing in standings] == [{"moderator", "adder"}, {"adder"}, set()]
