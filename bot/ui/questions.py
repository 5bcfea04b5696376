"""Questions under stories: text, bars with counts, answer buttons, the panel and modals.

The default question is whether the story should continue; its text shows the share of readers who want that. An author
can ask a question of their own, which has a numbered line for each answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import discord
from discord import ui

from bot.domain.questions import (
    ANSWER_CHARS,
    CHOICES,
    CONTINUE,
    DAY_SECONDS,
    ENDS,
    LEAVE,
    MOST_ANSWERS,
    QUESTION_CHARS,
    QUORUMS,
    REPLY_CHARS,
    THRESHOLDS,
    Counts,
    Ends,
    Outcome,
    Question,
    Reply,
    Role,
)
from bot.stories.model import ChapterName, Spot, StorySummary
from bot.texts import listed, say
from bot.ui.bars import bar
from bot.ui.chapters import short_name
from bot.ui.components import Button, Style, button, button_rows, modal, option, select, text_field
from bot.ui.custom_id import CustomId, MessageKind
from bot.ui.ids import (
    Answer,
    AskAgain,
    AskChange,
    AskModal,
    AskPost,
    AskReply,
    ChangeModal,
    EndQuestion,
    FollowFromVote,
    JudgeQuestion,
    ManageQuestion,
    PostModal,
    ReadStory,
    RemoveAnswer,
    ReplyModal,
    SetRule,
    ShowQuestion,
)
from bot.ui.limits import EMBED_FIELD_VALUE, IN_A_ROW, clip, size
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, QUIET, Item, Screen, notice, story_embed

LINE_CHARS = 400
"""Maximum length of a reply, in escaped characters."""

SHORT_LINE_CHARS = 60
"""Maximum length of a reply below a story's last page or above a chapter's first page, in escaped characters."""


TITLE = 256
"""Maximum length of a story's title, in escaped characters."""


def question_words(question: Question) -> str:
    """Return the text of a question, escaped."""
    return say("vote-question") if question.text is None else escape(question.text) or say("question-forgotten")


def answer_words(question: Question, number: int) -> str:
    """Return the text of an answer, unescaped; for the default question, a message of the bot."""
    if question.is_default:
        return say("vote-choice-continue" if number == CONTINUE else "vote-choice-leave")
    return question.answers[number - 1] or say("question-forgotten")


def question_text(
    question: Question, own: int | None = None, *, line: int = LINE_CHARS, may_answer: bool = True
) -> str:
    """Return a question's answers with counts, reply, end and rules, without the text of the question.

    The reader's *own* answer is marked. The reply has at most *line* characters. If nobody has answered and the reader
    *may_answer*, the text invites them to.
    """
    reply = question.reply
    if not question.is_default:
        said = [reply_text(reply, line)] if reply is not None else []
        return "\n".join([*answer_lines(question, own), closing_line(question), *said])
    said = [reply_text(reply, line, question.chapter)] if reply is not None else []
    return "\n".join([*said, *_default_text(question, may_answer=may_answer)])


def answer_lines(question: Question, own: int | None = None) -> list[str]:
    """Return a numbered line for each answer to an author's question, with a bar and count if counts are visible."""
    counts, lines = question.counts, list[str]()
    for number in range(1, len(question.answers) + 1):
        words = escape(answer_words(question, number))
        if counts is not None and counts.all:
            count = counts.overall[number - 1]
            words = f"{bar(count, counts.all)} {count} · {words}"
        lines.append(f"**{number}** {words}{' ✓' if number == own else ''}")
    return lines


def closing_line(question: Question) -> str:
    """Return a line with the number of answers to an author's question, and when the question closes or closed."""
    if question.counts is None:
        said = say("question-hidden", count=question.voters)
    else:
        said = say("question-count", count=question.voters)
    if question.waits:
        when = say("question-waits")
    elif question.closed_at is not None:
        when = say("question-closed-when", until=f"<t:{question.closed_at}:R>")
    elif question.closes_at is not None:
        when = say("question-closes", until=f"<t:{question.closes_at}:R>")
    else:
        when = say("question-closes-with-chapter")
    return f"-# {said} · {when}"


def _default_text(question: Question, *, may_answer: bool) -> list[str]:
    parts: list[str] = []
    if question.reply is None and not question.is_open and question.outcome is not None:
        parts.append(say("vote-result", outcome=outcome_text(question.outcome)))
    parts += _default_count_lines(question, may_answer=may_answer)
    rules = question.rules
    if question.takes_answers and (rules.quorum or rules.threshold != "half"):
        parts.append(say(f"vote-rules-{rules.threshold}", quorum=rules.quorum))
    if question.is_open and question.rests:
        parts.append(f"-# {say('vote-rests')}")
    return parts


def _default_count_lines(question: Question, *, may_answer: bool) -> list[str]:
    parts: list[str] = []
    if question.voters:
        parts = _count_lines(question.counts) if question.counts else [say("vote-hidden", count=question.voters)]
    elif question.is_open:
        parts = [say("vote-none" if may_answer and question.takes_answers else "vote-none-yet")]
    finishers = question.finishers
    if finishers.all:
        parts.append(say("vote-finished", go_on=finishers.go_on, all=finishers.all))
    if finishers.silent:
        parts.append(say("vote-silent", count=finishers.silent))
    return parts


def _count_lines(counts: Counts) -> list[str]:
    """Return the counts of the default question in all servers and, if they differ, in this server."""
    overall, here = counts.overall, counts.here
    go_on, share = overall[CONTINUE - 1], round(100 * overall[CONTINUE - 1] / counts.all)
    parts = [
        f"{bar(go_on, counts.all)}  {say('vote-share', percent=share)}",
        say("vote-everywhere", go_on=go_on, all=counts.all),
    ]
    if here is not None and sum(here) and here != overall:
        parts.append(say("vote-here", go_on=here[CONTINUE - 1], all=sum(here)))
    return parts


def outcome_text(outcome: Outcome) -> str:
    """Return the outcome of the default question in words."""
    return say(f"vote-outcome-{outcome}")


def reply_text(reply: Reply, line: int = LINE_CHARS, chapter: ChapterName | None = None) -> str:
    """Return a reply in words, with at most *line* characters of its text, and the *chapter* that followed from it."""
    whose = "author" if reply.by_author else "keeper"
    parts = [say(f"vote-answer-{whose}", choice=reply.choice) if reply.choice else say(f"question-reply-{whose}")]
    if reply.line:
        parts.append(say("vote-reply-line", line=clip(reply.line, line, escape)))
    if chapter is not None:
        parts.append(say("vote-reply-chapter", chapter=clip(short_name(chapter), 60, escape)))
    return " ".join(parts)


def question_summary(question: Question) -> str:
    """Return the counts of the default question in a few words."""
    if not question.voters:
        return say("vote-short-none")
    if question.counts is None:
        return say("vote-short-hidden", count=question.voters)
    return say("vote-short", go_on=question.counts.overall[CONTINUE - 1], all=question.voters)


def question_lines(question: Question, own: int | None = None) -> str:
    """Return a question for the end of a story.

    An author's question is shown in full. The default question is one line: its reply, else its outcome, else its text
    if nobody has answered, else its counts.
    """
    if not question.is_default:
        return "\n".join([f"**{question_words(question)}**", *answer_lines(question, own), closing_line(question)])
    if question.reply is not None:
        return reply_text(question.reply, SHORT_LINE_CHARS, question.chapter)
    if not question.is_open and question.outcome is not None:
        return say("vote-result", outcome=outcome_text(question.outcome))
    if not question.voters:
        return say("vote-question")
    summary = question_summary(question)
    return f"{bar(question.counts.overall[0], question.voters)} {summary}" if question.counts is not None else summary


def answer_buttons(question: Question, screen: MessageKind, spot: Spot | None, own: int | None = None) -> list[Button]:
    """Return a button for each answer, in the same style; none if the question takes no answers.

    *screen* is the kind of the message. Buttons of the default question have words, with a mark for the reader's *own*
    answer; those of an author's question have numbers, and `answer_lines` has the mark.
    """
    if not question.takes_answers:
        return []
    chapter, offset = (spot.chapter, spot.offset) if spot else (0, 0)
    numbers = (CONTINUE, LEAVE) if question.is_default else range(1, len(question.answers) + 1)
    return [
        button(
            Answer(question.id, number, screen, chapter, offset),
            f"{answer_words(question, number)}{' ✓' if number == own else ''}" if question.is_default else str(number),
        )
        for number in numbers
    ]


def question_panel(
    story: StorySummary,
    question: Question,
    own: int | None,
    role: Role | None,
    *,
    follows: bool,
    veiled: bool = False,
    newer: int | None = None,
    older: int | None = None,
) -> Screen:
    """Return the details of a question, with the reader's own answer.

    With a *role*, a button opens the panel to manage the question. Authors cannot answer. *veiled* hides the question
    as a spoiler. *newer* and *older* are ids of questions of the same story.
    """
    if veiled:
        text = _veiled_text(question, own)
    else:
        text = f"**{question_words(question)}**\n{question_text(question, own, may_answer=role != 'author')}"
    if said := _own_answer_text(question, own, role):
        text += f"\n\n{said}"
    answers = answer_buttons(question, "vote", None, own) if role != "author" else []
    ways: list[Button] = []
    if own is not None and question.is_open:
        ways.append(button(RemoveAnswer(question.id), say("vote-withdraw", kind=_kind(question))))
    if role is not None:
        ways.append(button(ManageQuestion(question.id), say("vote-decide")))
    may_come = question.is_open if not question.is_default else question.reply is None
    if role != "author" and not follows and may_come:
        ways.append(button(FollowFromVote(story.id), say("vote-tell-me")))
    if newer is not None:
        ways.append(button(ShowQuestion(newer), say("question-newer")))
    if older is not None:
        ways.append(button(ShowQuestion(older), say("question-older")))
    return Screen([story_embed(story, text)], [answers, *button_rows(ways)], story)


def _veiled_text(question: Question, own: int | None) -> str:
    """Return a closed author's question in Discord's spoiler marks, except the number of answers and the time."""
    reply = [reply_text(question.reply)] if question.reply is not None else []
    words = "\n".join([f"**{question_words(question)}**", *answer_lines(question, own), *reply])
    return f"||{words}||\n{closing_line(question)}"


def _own_answer_text(question: Question, own: int | None, role: Role | None) -> str:
    """Return the reader's answer, or whether they may answer; empty if neither is to be said."""
    kind = _kind(question)
    if not question.takes_answers:
        return own_vote(question, own) if question.is_default else ""
    if role == "author":
        return say("vote-own-writer", kind=kind)
    if own is None:
        return say("vote-own-none", kind=kind)
    return say("vote-own", kind=kind, choice=escape(answer_words(question, own)))


def own_vote(question: Question, own: int | None) -> str:
    """Return the reader's answer to a closed default question; empty if they gave none."""
    return say("vote-own-closed", choice=answer_words(question, own)) if own is not None else ""


def _kind(question: Question) -> str:
    return "default" if question.is_default else "own"


def receipt(story: StorySummary, question: Question, own: int, *, again: bool, follows: bool) -> Screen:
    """Return the private receipt for the answer *own*; *again* means that the reader had already given it."""
    asked = f"**{clip(story.title, 100, escape)}**: {answer_words(question, own)}"
    if not question.is_default:
        asked = f"**{question_words(question)}**"
    text = f"{asked}\n{question_text(question, own)}"
    title = counted_line(question, again=again)
    items = [button(ShowQuestion(question.id), say("question-details"))]
    if not follows:
        items.append(button(FollowFromVote(story.id), say("vote-tell-me")))
    return Screen([discord.Embed(title=title, description=text, colour=ACCENT)], [items])


def counted_line(question: Question, *, again: bool) -> str:
    """Return the line that confirms an answer; *again* means that the reader had already given it."""
    return say("question-chosen-already") if again else say("vote-counted", kind=_kind(question))


def posted_screen(story: StorySummary, question: Question) -> Screen:
    """Return a question as a public message, with answer buttons while it takes answers."""
    text = f"**{question_words(question)}**\n{question_text(question)}"
    embed = story_embed(story, text, colour=ACCENT if question.takes_answers else QUIET)
    answers = answer_buttons(question, "question", None)
    ways = [
        button(ReadStory(story.id), say("card-read")),
        button(ShowQuestion(question.id), say("question-details")),
    ]
    fits = len(answers) + len(ways) <= IN_A_ROW
    return Screen([embed], [[*answers, *ways]] if fits else [answers, ways], story)


def hidden_screen() -> Screen:
    """Return the screen that replaces a posted question that is gone or that the channel may no longer show."""
    return notice(say("question-hidden-here"), groups=[])


def result_line(question: Question) -> str:
    """Return the line above the next chapter with the leading answers; empty if counts are hidden or answers few."""
    counts = question.counts
    if counts is None or not question.is_told:
        return ""
    names = [escape(answer_words(question, number)) for number in counts.leading]
    said = say("question-said", count=counts.overall[counts.leading[0] - 1], all=counts.all, answers=listed(names))
    reply = question.reply
    short = reply is not None and reply.line and len(reply.line) <= SHORT_LINE_CHARS
    return f"-# {said} {reply_text(reply, SHORT_LINE_CHARS)}" if reply is not None and short else f"-# {said}"


def closed_lines(questions: Sequence[tuple[Question, bool]]) -> str:
    """Return the closed author's questions for a story's card, each with whether it is hidden as a spoiler.

    Each question has its leading answers and its reply. The last questions are left out if they do not fit.
    """
    lines: list[str] = []
    for question, veiled in questions:
        leading = question.counts.leading if question.counts is not None else ()
        names = listed([escape(answer_words(question, number)) for number in leading])
        said = f"{question_words(question)} {names}" if names else question_words(question)
        if question.reply is not None:
            said += f"\n{reply_text(question.reply)}"
        lines.append(f"||{said}||" if veiled else said)
    while size("\n".join(lines)) > EMBED_FIELD_VALUE:
        lines.pop()
    return "\n".join(lines)


ANSWERS_CHARS = MOST_ANSWERS * (ANSWER_CHARS + 1)
"""Maximum length of all typed answers, a line each, in characters. A modal allows twice as many, for emoji."""


_FENCE = "```"
_TICK = "`\u200b"
_FENCED = re.compile(rf"{_FENCE}\n(.*?)\n{_FENCE}", re.S)


def manage_panel(story: StorySummary, question: Question, role: Role, *, may_ask: bool, may_post: bool) -> Screen:
    """Return the panel to manage a question, with the actions of a *role*; the first answer fixes the rules."""
    yields = not question.takes_reply_of(role)
    whose = say("decide-role-yields") if yields else say(f"decide-role-{role}")
    parts = [f"**{question_words(question)}**\n{question_text(question, may_answer=False)}", whose]
    is_untouched = question.is_open and not question.voters
    if question.is_open and question.is_default:
        parts.append(_interim_outcome(question))
    embed = story_embed(story, "\n\n".join(parts), colour=QUIET)
    if question.is_default and question.is_open:
        embed.set_footer(text=say("decide-footer"))
    rules = [[rule] for rule in _rule_selects(question)] if is_untouched and question.is_default else []
    items, rarer = list[Item](), list[Item]()
    says = say("decide-answer" if question.reply is None else "decide-answer-again")
    if not question.waits and not yields:
        items.append(button(AskReply(question.id), says, style=Style.primary))
    if question.is_open:
        items.append(button(EndQuestion(question.id, "close"), say("question-close")))
    elif question.is_default and not yields:
        items.append(button(EndQuestion(question.id, "reopen"), say("decide-reopen")))
    if may_post and question.takes_answers:
        items.append(button(AskPost(question.id), say("question-post")))
    if is_untouched and may_ask and not question.is_default:
        rarer.append(button(AskChange(question.id), say("question-change")))
    if not question.is_default:
        rarer.append(button(EndQuestion(question.id, "remove"), say("question-remove"), style=Style.danger))
    return Screen([embed], [*rules, items, rarer], story)


def _interim_outcome(question: Question) -> str:
    """Return the outcome of the open default question so far."""
    if not question.voters:
        return say("decide-now-none")
    outcome = question.outcome
    now = say("decide-hidden") if outcome is None else say("decide-now", outcome=outcome_text(outcome))
    return f"{now}\n{say('decide-rules-stand')}"


def _rule_selects(question: Question) -> Iterable[ui.Select[ui.View]]:
    rules = question.rules
    quorums = [(say("decide-quorum", votes=votes), str(votes)) for votes in QUORUMS]
    yield _select(SetRule(question.id, "quorum"), quorums, str(rules.quorum))
    shares = [(say(f"decide-threshold-{threshold}"), threshold) for threshold in THRESHOLDS]
    yield _select(SetRule(question.id, "threshold"), shares, rules.threshold)
    hidden = [(say(f"decide-hidden-{each}"), each) for each in ("no", "yes")]
    yield _select(SetRule(question.id, "hidden"), hidden, "yes" if rules.hidden else "no")


def _select(custom_id: CustomId, options: Iterable[tuple[str, str]], chosen: str) -> ui.Select[ui.View]:
    return select(custom_id, [option(label, value, default=value == chosen) for label, value in options])


# -- modals ---------------------------------------------------------------------------


def ask_modal(story: int, *, may_post: bool, text: str = "", answers: str = "") -> ui.Modal:
    """Return the modal for a new author's question; *may_post* adds a field for the channel to post the question in."""
    fields = [*_question_fields(text, answers), _end_field("chapter")]
    if may_post:
        fields.append(_channel_field(required=False))
    fields.append(_hidden_field(is_hidden=False))
    return modal(AskModal(story), say("question-ask"), fields)


def change_modal(question: Question) -> ui.Modal:
    """Return the modal for changing an author's question, prefilled with the current text, answers, end and rule."""
    days = 0 if question.closes_at is None else round((question.closes_at - question.asked_at) / DAY_SECONDS)
    by_days: dict[int, Ends] = {1: "1", 3: "3", 7: "7"}
    fields = [
        *_question_fields(question.text or "", "\n".join(question.answers)),
        _end_field(by_days.get(days, "chapter")),
        _hidden_field(question.rules.hidden),
    ]
    return modal(ChangeModal(question.id), say("question-ask"), fields)


def post_modal(question: int) -> ui.Modal:
    """Return the modal for the channel to post a question in."""
    return modal(PostModal(question), say("question-post-title"), [_channel_field(required=True)])


def reply_modal(question: Question) -> ui.Modal:
    """Return the modal for a reply, prefilled with the last reply; the default question adds a select of decisions."""
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


def _question_fields(text: str, answers: str) -> list[ui.Label[ui.Modal]]:
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


def _end_field(chosen: Ends) -> ui.Label[ui.Modal]:
    options = [option(say(f"question-ends-{each}"), each, default=each == chosen) for each in ENDS]
    return ui.Label(text=say("question-ends"), component=ui.Select[ui.Modal](custom_id="ends", options=options))


def _channel_field(*, required: bool) -> ui.Label[ui.Modal]:
    box = ui.ChannelSelect[ui.Modal](
        custom_id="channel",
        channel_types=[discord.ChannelType.text, discord.ChannelType.public_thread],
        required=required,
        min_values=int(required),
        max_values=1,
    )
    hint = None if required else say("question-post-hint")
    return ui.Label(text=say("question-post-in"), description=hint, component=box)


def _hidden_field(is_hidden: bool) -> ui.Label[ui.Modal]:
    options = [
        option(say(f"decide-hidden-{each}"), each, default=(each == "yes") is is_hidden) for each in ("no", "yes")
    ]
    return ui.Label(text=say("question-hide"), component=ui.Select[ui.Modal](custom_id="hidden", options=options))


def rejected_question_screen(story: int, text: str, answers: str, why: str) -> Screen:
    """Return the reason why a question was rejected, and the typed text to copy, with a button to correct it."""
    said = "\n".join([escape(why), "", say("question-mend-typed"), _code_block(text), _code_block(answers)])
    items = [button(AskAgain(story), say("question-mend"), style=Style.primary)]
    return notice(said, say("question-mend-title"), [items])


def _code_block(text: str) -> str:
    """Return *text* in a code block; backticks in the text are escaped so that they do not close the block."""
    return f"{_FENCE}\n{text.replace('`', _TICK) or ' '}\n{_FENCE}"


def typed_before(message: discord.Message | None) -> tuple[str, str]:
    """Return the typed question and answers from a `rejected_question_screen`; empty texts if there are none."""
    text = message.embeds[0].description or "" if message is not None and message.embeds else ""
    found = [each.replace(_TICK, "`").strip() for each in _FENCED.findall(text)]
    return (found[0], found[1]) if len(found) == 2 else ("", "")


def waiting_screen(story: StorySummary, question: Question) -> Screen:
    """Return a question that waits for approval, with buttons to approve and decline it."""
    lines = "\n".join(f"**{n}** {escape(answer)}" for n, answer in enumerate(question.answers, start=1))
    embed = story_embed(story, f"**{question_words(question)}**\n{lines}", colour=QUIET)
    items = [
        button(JudgeQuestion(question.id, True), say("queue-approve"), style=Style.success),
        button(JudgeQuestion(question.id, False), say("author-refuse")),
    ]
    return Screen([embed], [items], story)
