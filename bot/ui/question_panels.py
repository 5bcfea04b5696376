"""What those who may do with a question see: its panel, and the forms that ask, change, reply and post."""

import re
from collections.abc import Iterable

import discord
from discord import ui

from bot.domain.questions import (
    ANSWER_CHARS,
    CHOICES,
    DAY_SECONDS,
    ENDS,
    MOST_ANSWERS,
    QUESTION_CHARS,
    QUORUMS,
    REPLY_CHARS,
    THRESHOLDS,
    Ends,
    Question,
    Role,
)
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.components import Style, button, modal, option, select, text_field
from bot.ui.custom_id import CustomId
from bot.ui.ids.questions import (
    AskAgain,
    AskChange,
    AskModal,
    AskPost,
    AskReply,
    ChangeModal,
    EndQuestion,
    JudgeQuestion,
    PostModal,
    ReplyModal,
    SetRule,
)
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.questions import asks, outcome_text, question_text
from bot.ui.screen import QUIET, Item, Screen, notice, story_embed

ANSWERS_CHARS = MOST_ANSWERS * (ANSWER_CHARS + 1)
"""Characters of all answers as they are typed, one a line. A form takes twice as many: an emoji may count as two."""


_FENCE = "```"
_TICK = "`\u200b"
_FENCED = re.compile(rf"{_FENCE}\n(.*?)\n{_FENCE}", re.S)


def manage_panel(story: StorySummary, question: Question, role: Role, *, may_ask: bool, may_post: bool) -> Screen:
    """What one in a *role* may do: its rules or its words until somebody answers, its end, the reply, a post."""
    yields = not question.takes_reply_of(role)
    whose = say("decide-role-yields") if yields else say(f"decide-role-{role}")
    parts = [f"**{asks(question)}**\n{question_text(question, may_answer=False)}", whose]
    is_untouched = question.is_open and not question.voters
    if question.is_open and question.is_default:
        parts.append(_now(question))
    embed = story_embed(story, "\n\n".join(parts), colour=QUIET)
    if question.is_default and question.is_open:
        embed.set_footer(text=say("decide-footer"))
    items: list[Item] = [*_rules(question)] if is_untouched and question.is_default else []
    says = say("decide-answer" if question.reply is None else "decide-answer-again")
    if not question.waits and not yields:
        items.append(button(AskReply(question.id), says, 3, style=Style.primary))
    if question.is_open:
        items.append(button(EndQuestion(question.id, "close"), say("question-close"), 3))
    elif question.is_default and not yields:
        items.append(button(EndQuestion(question.id, "reopen"), say("decide-reopen"), 3))
    if may_post and question.takes_answers:
        items.append(button(AskPost(question.id), say("question-post"), 3))
    if is_untouched and may_ask and not question.is_default:
        items.append(button(AskChange(question.id), say("question-change"), 4))
    if not question.is_default:
        items.append(button(EndQuestion(question.id, "remove"), say("question-remove"), 4, style=Style.danger))
    return Screen([embed], items, story)


def _now(question: Question) -> str:
    """How the open default stands."""
    if not question.voters:
        return say("decide-now-none")
    outcome = question.outcome
    now = say("decide-hidden") if outcome is None else say("decide-now", outcome=outcome_text(outcome))
    return f"{now}\n{say('decide-rules-stand')}"


def _rules(question: Question) -> Iterable[ui.Select[ui.View]]:
    rules = question.rules
    quorums = [(say("decide-quorum", votes=votes), str(votes)) for votes in QUORUMS]
    yield _select(SetRule(question.id, "quorum"), quorums, str(rules.quorum), 0)
    shares = [(say(f"decide-threshold-{threshold}"), threshold) for threshold in THRESHOLDS]
    yield _select(SetRule(question.id, "threshold"), shares, rules.threshold, 1)
    hidden = [(say(f"decide-hidden-{each}"), each) for each in ("no", "yes")]
    yield _select(SetRule(question.id, "hidden"), hidden, "yes" if rules.hidden else "no", 2)


def _select(custom_id: CustomId, options: Iterable[tuple[str, str]], chosen: str, row: int) -> ui.Select[ui.View]:
    return select(custom_id, [option(label, value, default=value == chosen) for label, value in options], row)


# -- forms ---------------------------------------------------------------------------


def ask_modal(story: int, *, may_post: bool, text: str = "", answers: str = "") -> ui.Modal:
    """The form of a new own question; where it *may* be posted, with a channel."""
    fields = [*_words(text, answers), _ends("chapter")]
    if may_post:
        fields.append(_channel(required=False))
    fields.append(_hidden(is_hidden=False))
    return modal(AskModal(story), say("question-ask"), fields)


def change_modal(question: Question) -> ui.Modal:
    """The form that asks otherwise, with what is asked now."""
    days = 0 if question.closes_at is None else round((question.closes_at - question.asked_at) / DAY_SECONDS)
    by_days: dict[int, Ends] = {1: "1", 3: "3", 7: "7"}
    fields = [
        *_words(question.text or "", "\n".join(question.answers)),
        _ends(by_days.get(days, "chapter")),
        _hidden(question.rules.hidden),
    ]
    return modal(ChangeModal(question.id), say("question-ask"), fields)


def post_modal(question: int) -> ui.Modal:
    """The form that asks for a channel."""
    return modal(PostModal(question), say("question-post-title"), [_channel(required=True)])


def reply_modal(question: Question) -> ui.Modal:
    """The form of a reply, which begins with the last one; to the default it has a choice, what readers want first."""
    reply, fields = question.reply, list[ui.Label[ui.Modal]]()
    if question.is_default:
        likely = {"continues": "continue", "stays": "leave"}.get(question.outcome or "")
        chosen = reply.choice if reply is not None else likely
        options = [option(say(f"answer-{choice}"), choice, default=choice == chosen) for choice in CHOICES]
        choices = ui.Select[ui.Modal](custom_id="choice", options=options)
        fields.append(ui.Label[ui.Modal](text=say("answer-choice"), component=choices))
    line = reply.line if reply is not None else ""
    label, hint = say("answer-line" if question.is_default else "question-reply-line"), say("answer-line-hint")
    fields.append(text_field("line", label, REPLY_CHARS, hint=hint, default=line, required=not question.is_default))
    return modal(ReplyModal(question.id), say("answer-title"), fields)


def _words(text: str, answers: str) -> list[ui.Label[ui.Modal]]:
    hint, answers = say("question-answers-hint", most=MOST_ANSWERS, chars=ANSWER_CHARS), clip(answers, ANSWERS_CHARS)
    return [
        text_field("question", say("question-words"), 2 * QUESTION_CHARS, default=text, required=True),
        text_field(
            "answers",
            say("question-answers"),
            2 * ANSWERS_CHARS,
            hint=hint,
            default=answers,
            is_long=True,
            required=True,
        ),
    ]


def _ends(chosen: Ends) -> ui.Label[ui.Modal]:
    options = [option(say(f"question-ends-{each}"), each, default=each == chosen) for each in ENDS]
    return ui.Label(text=say("question-ends"), component=ui.Select[ui.Modal](custom_id="ends", options=options))


def _channel(*, required: bool) -> ui.Label[ui.Modal]:
    box = ui.ChannelSelect[ui.Modal](
        custom_id="channel",
        channel_types=[discord.ChannelType.text, discord.ChannelType.public_thread],
        required=required,
        min_values=int(required),
        max_values=1,
    )
    hint = None if required else say("question-post-hint")
    return ui.Label(text=say("question-post-in"), description=hint, component=box)


def _hidden(is_hidden: bool) -> ui.Label[ui.Modal]:
    options = [
        option(say(f"decide-hidden-{each}"), each, default=(each == "yes") is is_hidden) for each in ("no", "yes")
    ]
    return ui.Label(text=say("question-hide"), component=ui.Select[ui.Modal](custom_id="hidden", options=options))


def mend_screen(story: int, text: str, answers: str, why: str) -> Screen:
    """What is wrong with a question, and all that was typed: to be copied or, by the button, to be corrected."""
    said = "\n".join([escape(why), "", say("question-mend-typed"), _fenced(text), _fenced(answers)])
    items = [button(AskAgain(story), say("question-mend"), 0, style=Style.primary)]
    return notice(said, say("question-mend-title"), items)


def _fenced(text: str) -> str:
    """*text* as it was typed, in a frame that nothing in it can close."""
    return f"{_FENCE}\n{text.replace('`', _TICK) or ' '}\n{_FENCE}"


def typed_before(message: discord.Message | None) -> tuple[str, str]:
    """Return the question and the answers that `mend_screen` shows."""
    text = message.embeds[0].description or "" if message is not None and message.embeds else ""
    found = [each.replace(_TICK, "`").strip() for each in _FENCED.findall(text)]
    return (found[0], found[1]) if len(found) == 2 else ("", "")


def waiting_screen(story: StorySummary, question: Question) -> Screen:
    """A question that waits for the mods of its shelf: all that is asked, and their two answers."""
    lines = "\n".join(f"**{n}** {escape(answer)}" for n, answer in enumerate(question.answers, start=1))
    embed = story_embed(story, f"**{asks(question)}**\n{lines}", colour=QUIET)
    items: list[Item] = [
        button(JudgeQuestion(question.id, True), say("queue-approve"), 0, style=Style.success),
        button(JudgeQuestion(question.id, False), say("author-refuse"), 0),
    ]
    return Screen([embed], items, story)
