"""The card with a server's first steps, and how its first story comes."""

from bot.domain.first_steps import FirstSteps
from bot.texts import say
from bot.ui.components import Button, Style, button, packed
from bot.ui.ids.settings import FirstStep
from bot.ui.screen import Screen, notice


def first_steps_screen(steps: FirstSteps, *, private: bool) -> Screen:
    """The card: what is left to do, a press for each; in private also all settings, and a way to put it away."""
    done = {"updates": steps.updates, "submissions": steps.submissions, "story": steps.story}
    lines = [say("steps-about" if private else "steps-hello")]
    items: list[Button] = []
    next_style = Style.primary
    for step in ("updates", "submissions", "story"):
        line = say(f"steps-{step}")
        lines.append(f"~~{line}~~" if done[step] else line)
        if not done[step]:
            items.append(button(FirstStep(step), say(f"steps-{step}-button"), 0, style=next_style))
            next_style = Style.secondary
    if private:
        items.append(button(FirstStep("all"), say("steps-all"), 0))
        items.append(button(FirstStep("hide"), say("steps-hide"), 0))
    else:
        lines.append("\n" + say("steps-who"))
    return notice("\n".join(lines), say("steps-title"), packed(items, 0))


def first_story_screen() -> Screen:
    """How the first story of a server comes."""
    return notice(say("steps-story-how"), say("steps-story-title"), [])
