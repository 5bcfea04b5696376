"""Questions to a story's readers: answering, asking and managing them."""

from dataclasses import replace
from functools import partial

from discord import app_commands

from bot.domain.questions import (
    CHOICES,
    CONTINUE,
    ENDS,
    LEAVE,
    QUORUMS,
    REPLY_CHARS,
    THRESHOLDS,
    NewQuestion,
    RuleName,
    Rules,
    read_answers,
    read_question,
)
from bot.errors import QuestionGone, ReaderError
from bot.interactions.answering import FORM, LOOKUP
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, known, modal, number_in, one_of, picked, snowflake_in, typed
from bot.interactions.groups import author
from bot.interactions.messages import is_alone, is_private, redraw_or_send
from bot.interactions.options import StoryArgument
from bot.interactions.replies import ask, redraw, send, sentence
from bot.services.posts import post
from bot.services.questions import (
    allow_asking,
    channel_for,
    find_question,
    is_following,
    manage,
    may_ask,
    panel_of,
    post_question,
    question_of,
    waits,
)
from bot.services.redrawing import redrawn
from bot.services.sending import nonce_of
from bot.texts import say
from bot.ui.ids import (
    Answer,
    AskAgain,
    AskChange,
    AskModal,
    AskPost,
    AskReply,
    CastVote,
    ChangeModal,
    EndQuestion,
    ManageQuestion,
    PostModal,
    RemoveAnswer,
    ReplyModal,
    SetRule,
    ShowQuestion,
    ShowVote,
)
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.questions import (
    TITLE,
    ask_modal,
    change_modal,
    counted_line,
    manage_panel,
    post_modal,
    receipt,
    rejected_question_screen,
    reply_modal,
    typed_before,
)
from bot.ui.screen import Screen, add_receipt, notice

# -- answering ------------------------------------------------------------------------


@app_commands.command(extras=LOOKUP)
@app_commands.describe(story="Title or author")
async def vote(interaction: Interaction, story: StoryArgument) -> None:
    """Answer a story's question"""
    await post(interaction, await panel_of(interaction, story, await question_of(interaction, story)), private=True)


@component(ShowVote, work="lookup")
async def show_vote(interaction: Interaction, press: ShowVote) -> None:
    """Show the current question of a card's story."""
    story = await store_for(interaction).stories.entry(press.story)
    await post(interaction, await panel_of(interaction, story, await question_of(interaction, story)), private=True)


@component(ShowQuestion, work="lookup")
async def show_question(interaction: Interaction, press: ShowQuestion) -> None:
    """Show a question's details in the pressed message, or privately if others see that message."""
    panel = await panel_of(interaction, *await find_question(interaction, press.question))
    await redraw_or_send(interaction, panel)


@component(CastVote)
async def cast(interaction: Interaction, press: CastVote) -> None:
    """Save an answer to the default question, given by a button of an older release."""
    question = (await store_for(interaction).questions.defaults([press.story], None)).get(press.story)
    if question is None:
        raise ReaderError("question-gone")
    number = CONTINUE if press.choice == "continue" else LEAVE
    await _answer(interaction, Answer(question.id, number, press.screen, press.chapter, press.offset))


@component(Answer)
async def answer(interaction: Interaction, press: Answer) -> None:
    """Save an answer, redraw the message, and confirm the answer privately."""
    await _answer(interaction, press)


async def _answer(interaction: Interaction, press: Answer) -> None:
    store, message = store_for(interaction), interaction.message
    try:
        story, _ = await find_question(interaction, press.question)
    except QuestionGone:
        if (removed_from := await store.questions.removed_from(press.question)) is not None:
            again = partial(redrawn, interaction, press.shown(removed_from))
            await interaction.client.refresher.answer(interaction, again)
        raise
    is_in_page = press.screen in ("page", "peek") and is_alone(interaction)
    again = partial(redrawn, interaction, press.shown(story.id))
    public = message.id if message is not None and not is_private(interaction) else 0
    is_panel = press.screen == "vote"  # it shows the answer itself
    before = None if is_panel else await store.ballots.of(press.question, interaction.user.id)
    try:
        question = await store.ballots.cast(
            press.question, interaction.user.id, press.number, interaction.guild_id, public
        )
    except ReaderError as why:
        if why.message in ("question-closed", "question-rests"):  # the message still shows the question as open
            await interaction.client.refresher.answer(interaction, again)
        raise
    details = await panel_of(interaction, story, question) if is_panel else None
    if is_in_page:
        details = await again()
        add_receipt(details.embeds, counted_line(question, again=before == press.number))
    await interaction.client.refresher.answer(interaction, again, details)
    if not is_panel and not is_in_page:
        follows = await is_following(interaction, story.id)
        told = receipt(story, question, press.number, again=before == press.number, follows=follows)
        await send(interaction, told, private=True)


@component(RemoveAnswer)
async def withdraw_answer(interaction: Interaction, press: RemoveAnswer) -> None:
    """Withdraw the reader's answer, and redraw the question's details."""
    await find_question(interaction, press.question)
    await store_for(interaction).ballots.withdraw(press.question, interaction.user.id)
    await redraw(interaction, await panel_of(interaction, *await find_question(interaction, press.question)))


# -- asking ---------------------------------------------------------------------------


@author.command(name="ask", extras=FORM)
@app_commands.describe(story="Title or author")
async def ask_own(interaction: Interaction, story: StoryArgument) -> None:
    """Ask readers a question at the end of your story"""
    await allow_asking(interaction, story)
    await ask(interaction, ask_modal(story.id, may_post=interaction.guild_id is not None and story.may_share))


@component(AskAgain, work="form")
async def ask_again(interaction: Interaction, press: AskAgain) -> None:
    """Open the modal for a question again, filled with the text typed before."""
    story = await store_for(interaction).stories.entry(press.story)
    text, answers = typed_before(interaction.message)
    may_post = interaction.guild_id is not None and story.may_share
    await ask(interaction, ask_modal(story.id, may_post=may_post, text=text, answers=answers))


@modal(AskModal)
async def take_question(interaction: Interaction, submitted: AskModal) -> None:
    """Ask the typed question; for invalid input, show the error and the typed text."""
    story = await store_for(interaction).stories.entry(submitted.story)
    await allow_asking(interaction, story)
    text, answers = typed(interaction, "question"), typed(interaction, "answers")
    try:
        new = _typed_question(interaction, story.id)
        channel = channel_for(interaction, new.post_in) if new.post_in else None
        question = await store_for(interaction).questions.ask(new, waits=await waits(interaction, story.id))
    except ReaderError as why:
        await send(interaction, rejected_question_screen(story.id, text, answers, sentence(why)), private=True)
        return
    interaction.client.dispatch("due")
    _, asked = await find_question(interaction, question)
    await send(interaction, await panel_of(interaction, story, asked), private=True)
    if channel is not None and not asked.waits:  # the question is saved even if the post fails
        await post_question(interaction.client, question, channel, nonce_of(interaction.id))


def _typed_question(interaction: Interaction, story: int) -> NewQuestion:
    """Return the question typed into a modal. Raises `ReaderError` for invalid input."""
    return NewQuestion(
        story,
        interaction.user.id,
        interaction.guild_id or 0,
        read_question(typed(interaction, "question")),
        read_answers(typed(interaction, "answers")),
        known(ENDS, typed(interaction, "ends")),
        typed(interaction, "hidden") == "yes",
        snowflake_in(typed(interaction, "channel")) or 0,
    )


# -- managing -------------------------------------------------------------------------


async def _panel(interaction: Interaction, question: int) -> Screen:
    story, found, role = await manage(interaction, question)
    may_post = interaction.guild_id is not None and story.may_share
    return manage_panel(story, found, role, may_ask=await may_ask(interaction, story), may_post=may_post)


@component(ManageQuestion, work="lookup")
async def show_management(interaction: Interaction, press: ManageQuestion) -> None:
    """Show the management panel of a question."""
    await post(interaction, await _panel(interaction, press.question), private=True)


@component(SetRule)
async def set_rule(interaction: Interaction, press: SetRule) -> None:
    """Set a rule of the default question."""
    _, question, _ = await manage(interaction, press.question)
    if not question.is_default:
        raise ReaderError("button-unknown")
    rules = _with_rule(question.rules, press.rule, picked(interaction))
    await store_for(interaction).questions.set_rules(question.id, rules)
    await redraw(interaction, await _panel(interaction, question.id))


def _with_rule(rules: Rules, rule: RuleName, option: str) -> Rules:
    """Return *rules* with *rule* set to the picked *option*. Raises `ReaderError` for an unknown option."""
    if rule == "quorum" and (quorum := number_in(option)) in QUORUMS:
        return replace(rules, quorum=quorum)
    if rule == "threshold" and (threshold := one_of(THRESHOLDS, option)):
        return replace(rules, threshold=threshold)
    if rule == "hidden" and option in ("yes", "no"):
        return replace(rules, hidden=option == "yes")
    raise ReaderError("button-unknown")


@component(EndQuestion)
async def end(interaction: Interaction, press: EndQuestion) -> None:
    """Close or remove a question, or reopen the default question."""
    story, question, role = await manage(interaction, press.question)
    questions = store_for(interaction).questions
    if press.act == "remove":
        await questions.remove(question.id, interaction.user.id)
        title = clip(story.title, TITLE, escape)
        shown = notice(say("question-removed-text", title=title), say("question-removed"), [])
    else:
        await (questions.close(question.id) if press.act == "close" else questions.reopen(question.id, role))
        shown = await _panel(interaction, question.id)
    interaction.client.dispatch("due")
    await redraw(interaction, shown)


@component(AskReply, work="form")
async def ask_reply(interaction: Interaction, press: AskReply) -> None:
    """Open a modal for the author's or manager's reply to a question."""
    _, question, role = await manage(interaction, press.question)
    if not question.takes_reply_of(role):
        raise ReaderError("author-answered")
    await ask(interaction, reply_modal(question))


@modal(ReplyModal)
async def take_reply(interaction: Interaction, submitted: ReplyModal) -> None:
    """Save and show the typed reply to a question, and notify readers."""
    _, question, role = await manage(interaction, submitted.question)
    choice = known(CHOICES, typed(interaction, "choice")) if question.is_default else None
    line = clip(" ".join(typed(interaction, "line").split()), REPLY_CHARS)
    await store_for(interaction).questions.reply(question.id, interaction.user.id, role, choice, line)
    await redraw(interaction, await _panel(interaction, question.id))
    interaction.client.dispatch("due")


@component(AskChange, work="form")
async def ask_change(interaction: Interaction, press: AskChange) -> None:
    """Open a modal to edit a question. Raises `ReaderError` for the default question."""
    story, question, _ = await manage(interaction, press.question)
    if question.is_default:
        raise ReaderError("button-unknown")
    await allow_asking(interaction, story)
    await ask(interaction, change_modal(question))


@modal(ChangeModal)
async def change(interaction: Interaction, submitted: ChangeModal) -> None:
    """Save an edited question."""
    story, question, _ = await manage(interaction, submitted.question)
    await allow_asking(interaction, story)
    new, must_wait = _typed_question(interaction, story.id), await waits(interaction, story.id)
    changed = await store_for(interaction).questions.change(question.id, new, waits=must_wait)
    interaction.client.dispatch("due")
    await redraw(interaction, await _panel(interaction, changed))


@component(AskPost, work="form")
async def ask_channel(interaction: Interaction, press: AskPost) -> None:
    """Open a modal for the channel of a question's post."""
    await manage(interaction, press.question)
    await ask(interaction, post_modal(press.question))


@modal(PostModal)
async def post_in_channel(interaction: Interaction, submitted: PostModal) -> None:
    """Post a question in the picked channel."""
    _, question, _ = await manage(interaction, submitted.question)
    channel = channel_for(interaction, snowflake_in(typed(interaction, "channel")) or 0)
    await post_question(interaction.client, question.id, channel, nonce_of(interaction.id))
    await redraw(interaction, await _panel(interaction, question.id))
