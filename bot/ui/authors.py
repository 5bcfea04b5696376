"""Authors: claims to be the author of a story, answers to the claims, and a member's own stories with their panels."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.domain.anonymity import in_steps
from bot.domain.authors import Claim
from bot.domain.rights import Act, Standing, may
from bot.domain.uploads import Losses, OwnStory, Version
from bot.stories.formats.front_matter import TITLE_CHARS
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.components import (
    Button,
    Style,
    button,
    button_rows,
    file_field,
    modal,
    option,
    page_buttons,
    select,
    text_field,
)
from bot.ui.ids import (
    ClaimAction,
    LeaveStory,
    OwnStories,
    OwnStoryAction,
    OwnStoryModal,
    PanelAction,
    PickOwnStory,
    PickVersion,
    PutBack,
    ShowAuthorStats,
    ShowClaims,
)
from bot.ui.limits import BUTTON_ROWS, INPUT_VALUE, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Group, Screen, notice, story_embed
from bot.ui.stories import value_words
from bot.ui.uploads import format_names

CLAIMS_SHOWN = BUTTON_ROWS
"""Maximum number of claims on a screen: each needs a row of buttons."""

CLAIMED_TITLE_CHARS = 200


def unlinked_screen(story: StorySummary, reader: int) -> Screen:
    """Return the receipt for removing the link between a story and its author, *reader*."""
    return notice(say("author-unlinked", reader=_mention(reader), title=_title_text(story)))


def left_screen() -> Screen:
    """Return the screen that replaces a story's panel after its author has removed their link to the story."""
    return notice(say("author-left"), groups=[])


def claimed_screen(claim: Claim, *, here: bool) -> Screen:
    """Return the private receipt for a claim; *here* means that the story was uploaded in this server."""
    sent = say("author-claim-sent", title=_title_text(claim.story))
    answers = say("author-answers", who="here" if claim.answers == "manager" and here else claim.answers)
    return notice(f"{sent} {answers}\n\n{say('author-means')}")


def claim_post(claim: Claim, *, adult: bool) -> Screen:
    """Return a claim for those who answer it. Without *adult*, the title of a story for adults is hidden."""
    return Screen([discord.Embed(description=_claim_text(claim, adult=adult), colour=ACCENT)], [_answer_buttons(claim)])


def answered_screen(claim: Claim, *, approved: bool, adult: bool) -> Screen:
    """Return the screen that replaces an answered claim."""
    answer = say("author-approved" if approved else "author-refused", reader=_mention(claim.reader))
    text = f"{_claim_text(claim, adult=adult)}\n\n{answer}"
    return notice(text, groups=[])


def claims_screen(claims: Sequence[Claim]) -> Screen:
    """Return the oldest claims that a member may answer: at most `CLAIMS_SHOWN`, with a remark if *claims* has more.

    The screen is private, so it names stories for adults in every channel.
    """
    shown = claims[:CLAIMS_SHOWN]
    rows = [f"**{number}.** {_claim_text(claim, adult=True)}" for number, claim in enumerate(shown, start=1)]
    rows += [say("author-more-claims")] if len(claims) > CLAIMS_SHOWN else []
    text = "\n".join(rows) or say("author-no-claims")
    embed = discord.Embed(title=say("author-claims-title"), description=text, colour=ACCENT)
    return Screen([embed], [_answer_buttons(claim, number) for number, claim in enumerate(shown, start=1)])


def claimant_screen(story: StorySummary, *, approved: bool, veiled: bool) -> Screen:
    """Return the message that tells a claimant the answer; *veiled* hides the title."""
    if veiled:
        return notice(say("claim-approved-veiled" if approved else "claim-refused-veiled"))
    return notice(say("claim-approved" if approved else "claim-refused", title=_title_text(story)))


def _title_text(story: StorySummary) -> str:
    """Return a story's title for use in a sentence."""
    return clip(story.title, CLAIMED_TITLE_CHARS, escape)


def _claim_text(claim: Claim, *, adult: bool) -> str:
    if claim.is_mature and not adult:
        return say("author-claims-veiled", reader=_mention(claim.reader))
    return say("author-claims", reader=_mention(claim.reader), title=_title_text(claim.story))


def _answer_buttons(claim: Claim, number: int | None = None) -> list[Button]:
    """Return the buttons to approve and decline a claim; in a list of claims, their labels contain its *number*."""
    numbered = number is not None
    approve = say("author-approve-numbered", number=number) if numbered else say("author-approve")
    refuse = say("author-refuse-numbered", number=number) if numbered else say("author-refuse")
    return [
        button(ClaimAction("approve", claim.id, numbered), approve, style=Style.success),
        button(ClaimAction("refuse", claim.id, numbered), refuse),
    ]


def _mention(reader: int) -> str:
    return f"<@{reader}>"


STORIES_SHOWN = 10
"""Maximum number of stories on a page of the list."""

NOTES_CHARS = 1000
"""Maximum length of the note before a new chapter, in characters."""

FILE, TEXT, TITLE, NOTES = "file", "text", "title", "notes"
"""Custom ids of the fields in the modals."""


def own_stories_screen(stories: Sequence[OwnStory], page: int, *, more: bool, asked: bool = False) -> Screen:
    """Return one page of a member's own stories, counted from 0; *more* tells whether another page follows.

    *asked* adds a button to the claims that wait for the member's answer.
    """
    first = page * STORIES_SHOWN + 1
    lines = [_story_line(number, story) for number, story in enumerate(stories, start=first)]
    embed = discord.Embed(
        title=say("own-stories"), description="\n".join(lines) or say("own-stories-none"), colour=ACCENT
    )
    options = [option(f"{number}. {story.story.title}", story.story.id) for number, story in enumerate(stories, first)]
    picking = [select(PickOwnStory(), options, say("own-pick"))] if options else []
    claims = [button(ShowClaims(), say("own-asked"), style=Style.success)] if asked else []
    return Screen([embed], [picking, page_buttons(OwnStories, page, page + 1 + more), claims])


def _story_line(number: int, story: OwnStory) -> str:
    title = clip(story.story.title, 150, escape)
    return say("own-line", number=number, title=title, state=say("own-state-short", state=_state(story)))


def _state(story: OwnStory) -> str:
    """Return who removed a story, else ``mature`` or ``unrated`` if only adults may read it, else ``shown``."""
    if story.ownership.removed_by is not None:
        return story.ownership.removed_by
    if story.is_mature:
        return "unrated" if story.rating is None else "mature"
    return "shown"


def where_text(story: OwnStory, server: str | None) -> str:
    """Return in which library and channels a story shows, and why; *server* is the name of its server, if known."""
    rating = value_words("rating", story.rating) if story.rating else ""
    if story.ownership.guild == 0:
        return say("own-where-folder", state=_state(story), rating=rating)
    named = escape(server) if server else ""
    return say("own-where", state=_state(story), rating=rating, server=named, known="yes" if server else "no")


def own_story_panel(story: OwnStory, standing: Standing, server: str | None, last: Version | None) -> Screen:
    """Return the panel of a member's own story, with the actions for their *standing*; *last* is its newest version."""
    lines = [where_text(story, server)]
    lines.append(say("own-length", chapters=story.story.chapters, words=story.story.words))
    if last is not None:
        lines.append(_version_text(last))
    if standing.is_upload and not standing.is_here:
        lines.append(say("own-elsewhere"))
    return Screen([story_embed(story.story, "\n".join(lines), byline=True)], _panel_groups(story, standing))


_CHANGES: tuple[tuple[PanelAction, Act], ...] = (
    ("replace", "replace"),
    ("add-chapter", "add-chapter"),
    ("edit", "edit"),
    ("permissions", "edit"),
)
"""Actions of the first buttons of the panel, each with the act that the member must have the right to do."""


def _panel_groups(story: OwnStory, standing: Standing) -> list[Group]:
    id_, removed_by = story.story.id, story.ownership.removed_by
    restore_act: Act = "restore-removed" if removed_by == "manager" else "restore"
    owns = bool({"uploader", "author"} & standing.roles)
    items = [
        button(OwnStoryAction(action, id_), say(f"own-button-{action}"))
        for action, act in _CHANGES
        if may(act, standing)
    ]
    if removed_by is None and may("see-stats", standing):
        items.append(button(ShowAuthorStats(id_), say("own-stats")))
    if may("see-versions", standing):
        items.append(button(OwnStoryAction("versions", id_), say("own-versions")))
    if removed_by is None and may("withdraw", standing):
        items.append(button(OwnStoryAction("withdraw", id_), say("own-withdraw" if owns else "own-remove")))
    if removed_by is not None and may(restore_act, standing):
        items.append(button(OwnStoryAction("restore", id_), say("own-restore")))
    if may("delete", standing):
        items.append(button(OwnStoryAction("delete", id_), say("own-delete"), style=Style.danger))
    if "author" in standing.roles:
        items.append(button(LeaveStory(id_), say("author-leave")))
    return button_rows(items, rows=BUTTON_ROWS - 1)


def _version_text(version: Version) -> str:
    user = f"<@{version.user}>" if version.user else ""
    when = f"<t:{version.made_at}:R>"
    known = "yes" if version.user else "no"
    return say("own-version", change=version.change, user=user, known=known, when=when)


def versions_screen(story: OwnStory, versions: Sequence[Version]) -> Screen:
    """Return the latest versions of a story. The first is the current one."""
    lines = [
        say("own-version-line", number=number, version=_version_text(version), words=version.words)
        for number, version in enumerate(versions, start=1)
    ]
    embed = story_embed(story.story, "\n".join(lines))
    embed.set_footer(text=say("own-versions-footer"))
    earlier = [
        option(say("own-version-option", number=number, title=version.title), version.id)
        for number, version in enumerate(versions, start=1)
        if number > 1
    ]
    picking = [select(PickVersion(story.story.id), earlier, say("own-version-pick"))] if earlier else []
    return Screen([embed], [picking, [_back(story)]])


def version_screen(story: OwnStory, version: Version, standing: Standing) -> Screen:
    """Return an earlier version, with a button to restore it."""
    lines = [_version_text(version), say("own-length", chapters=version.chapters, words=version.words)]
    embed = discord.Embed(title=clip(version.title, 200, escape), description="\n".join(lines), colour=ACCENT)
    items = [button(PutBack(story.story.id, version.id), say("own-put-back"), style=Style.success)]
    return Screen([embed], [[*(items if may("put-back", standing) else []), _back(story)]])


def delete_screen(story: OwnStory, losses: Losses) -> Screen:
    """Return the confirmation dialog for deleting a story. It lists what readers lose, with rounded private counts."""
    lost = {
        "places": in_steps(losses.places),
        "bookmarks": in_steps(losses.bookmarks),
        "votes": losses.votes,
        "reactions": losses.reactions,
        "reviews": losses.reviews,
    }
    asks = say("own-delete-ask", title=clip(story.story.title, 200, escape))
    lines = "\n".join(say(f"own-loss-{what}", count=count) for what, count in lost.items() if count)
    items = [
        button(OwnStoryAction("delete-now", story.story.id), say("own-delete-now"), style=Style.danger),
        _back(story),
    ]
    return Screen([story_embed(story.story, f"{asks}\n\n{lines}".strip())], [items])


def to_panel(story: int) -> list[Group]:
    """Return the button that opens the panel of a story."""
    return [[button(OwnStoryAction("open", story), say("own-open"))]]


def _back(story: OwnStory) -> Button:
    return button(OwnStoryAction("open", story.story.id), say("own-back"))


def new_text_modal(story: int) -> ui.Modal:
    """Return the modal for a file that replaces the text of a story."""
    fields = [file_field(FILE, say("own-file"), hint=say("own-replace-hint", formats=format_names()), required=True)]
    return modal(OwnStoryModal("replace", story), say("own-replace-title"), fields)


def new_chapter_modal(story: int) -> ui.Modal:
    """Return the modal for a new chapter of a story."""
    fields = [
        file_field(FILE, say("own-chapter-file"), hint=say("own-file-hint", formats=format_names())),
        text_field(TEXT, say("own-chapter-text"), INPUT_VALUE, hint=say("own-chapter-text-hint"), is_long=True),
        text_field(TITLE, say("own-chapter-title"), TITLE_CHARS, hint=say("own-chapter-title-hint")),
        text_field(NOTES, say("own-chapter-notes"), NOTES_CHARS, is_long=True),
    ]
    return modal(OwnStoryModal("add-chapter", story), say("own-chapter-form"), fields)
