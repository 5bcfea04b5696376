# What a story's readers are asked at its end: the default, and a question of its author's own.

vote-question = Should this story continue?
vote-choice-continue = I want more
vote-choice-leave = Perfect as is
vote-none = No votes yet. Be the first!
# For the story's author, who doesn't vote.
vote-none-yet = No votes yet.
# Beside a bar that draws it. $percent is a number from 0 to 100.
vote-share = {$percent}% want more
# Of so many votes: each in one line on a phone.
vote-everywhere = All servers: **{$go_on}** of **{$all}** want more
vote-here = This server: **{$go_on}** of **{$all}** want more
vote-finished = Readers who finished: about **{$go_on}** of **{$all}** want more
vote-silent = Finished but didn't vote: at least **{$count}**
# All that shows while the counts are hidden.
vote-hidden = { $count ->
    [one] **{$count}** person has voted. You'll see the results when the vote closes.
   *[other] **{$count}** people have voted. You'll see the results when the vote closes.
  }
# In a list, after other facts.
vote-short = {$go_on} of {$all} want more
vote-short-hidden = { $count ->
    [one] {$count} vote
   *[other] {$count} votes
  }
vote-short-none = no votes yet

# What it takes to go on.
vote-rules-half = { $quorum ->
    [0] Needed to continue: more than half.
   *[other] Needed to continue: more than half, with {$quorum} votes or more.
  }
vote-rules-60 = { $quorum ->
    [0] Needed to continue: at least 60%.
   *[other] Needed to continue: at least 60%, with {$quorum} votes or more.
  }
vote-rules-two-thirds = { $quorum ->
    [0] Needed to continue: at least two thirds.
   *[other] Needed to continue: at least two thirds, with {$quorum} votes or more.
  }
vote-rules-75 = { $quorum ->
    [0] Needed to continue: at least 75%.
   *[other] Needed to continue: at least 75%, with {$quorum} votes or more.
  }

# What a vote comes to.
vote-outcome-continues = Readers want more.
vote-outcome-stays = Readers like it as is.
vote-outcome-few = Not enough votes.
vote-outcome-tie = It's a tie, so the author decides.
# $outcome is one of the vote-outcome messages.
vote-result = **Closed.** {$outcome}

# Below the counts, as long as an own question of the story is open.
vote-rests = On hold while another question is open

# The answer to a vote.
vote-answer-author = { $choice ->
    [continue] **The author: it continues!**
   *[leave] **The author: it stays as is.**
  }
vote-answer-keeper = { $choice ->
    [continue] **The library team: it continues!**
   *[leave] **The library team: it stays as is.**
  }
# After the answer: what was said with it.
vote-reply-line = “{$line}”
# After the answer that it goes on.
vote-reply-chapter = {$chapter} came out of it.
# $kind: whether it is the default, or a question of its author's own (own).
vote-own = { $kind ->
    [own] You can change your answer until the question closes.
   *[default] You voted: **{$choice}**. Press the other one to switch.
  }
vote-own-none = { $kind ->
    [own] You haven't answered yet. You can change your answer until the question closes.
   *[default] You haven't voted yet. You can change or remove your vote until it closes.
  }
vote-own-closed = You voted: **{$choice}**.
vote-own-writer = { $kind ->
    [own] You wrote this story, so you can't answer.
   *[default] You wrote this story, so you can't vote on it.
  }
vote-withdraw = { $kind ->
    [own] Remove answer
   *[default] Remove vote
  }
# A button that follows the story.
vote-tell-me = Notify me
# A button for those who may manage the question.
vote-decide = Manage
vote-counted = { $kind ->
    [own] Your answer is in!
   *[default] Your vote is in!
  }

# A question of its author's own.
question-count = { $count ->
    [0] No answers yet
    [one] 1 answer
   *[other] {$count} answers
  }
question-hidden = { $count ->
    [0] No answers yet · results at the end
    [one] 1 answer · results at the end
   *[other] {$count} answers · results at the end
  }
# $until is a timestamp, which each reader sees in their own time zone: "in 3 days".
question-closes = closes {$until}
question-closes-with-chapter = open until the next chapter
question-closed-when = closed {$until}
question-waits = waiting for the mods
# In place of what somebody wrote who had their data deleted.
question-forgotten = (deleted)
question-chosen-already = That's your answer already
question-details = Details
# Buttons from one question of a story to another.
question-newer = Newer question
question-older = Older question
question-reply-author = **The author:**
question-reply-keeper = **The library team:**
# Above the first page of the chapter that came of a question; $answers is one answer, or several as a list.
question-said = {$count} of {$all} said: {$answers}.

# In place of a question that may not show where it was posted any more.
question-hidden-here = This question, or its story, can no longer be shown here.

# The name above what was asked and is closed, on a story's card.
questions-closed = Readers were asked

# The form of a question; Discord takes 45 characters for labels, 100 for hints.
question-ask = Ask your readers
question-words = Question
question-answers = Answers, one per line
question-answers-hint = 2 to {$most} answers, up to {$chars} characters each
question-ends = Open for
question-ends-chapter = Until the next chapter
question-ends-1 = 1 day
question-ends-3 = 3 days
question-ends-7 = 1 week
question-post-in = Post in
question-post-hint = Optional. Readers find it at the end of the story, too.
question-post-title = Post the question
question-hide = Results
question-mend = Try again
question-mend-title = Your question isn't open yet
question-mend-typed = Here's what you typed:

# The panel of those who manage a question: its rules, its end, and the reply to it.

# $outcome is one of the vote-outcome messages.
decide-now = Right now: {$outcome}
decide-hidden = Results are hidden from everyone, even you, until the vote closes.
decide-now-none = You can change the rules until somebody votes:
decide-rules-stand = People have voted, so the rules can't change.
decide-role-author = You wrote this story, so your reply is final.
decide-role-keeper = You manage this library. If the author replies too, their reply replaces yours.
# To the library team, once the author has replied.
decide-role-yields = The author has replied, and their reply is final.
decide-footer = Closing the vote shows the results. Your reply goes on the story card, and followers are notified once.

decide-quorum = { $votes ->
    [0] Minimum votes: none
   *[other] Minimum votes: {$votes}
  }
decide-threshold-half = Needed: more than half
decide-threshold-60 = Needed: at least 60%
decide-threshold-two-thirds = Needed: two thirds
decide-threshold-75 = Needed: at least 75%
decide-hidden-no = Results: always shown
decide-hidden-yes = Results: shown at the end

decide-answer = Reply…
decide-answer-again = Edit reply…
decide-reopen = Reopen

answer-title = Reply to readers
answer-choice = Will the story continue?
answer-continue = Yes, it continues
answer-leave = No, it stays as is
answer-line = A message to readers (optional)
answer-line-hint = Shown with the results.
question-close = Close now
question-change = Edit…
question-remove = Remove
question-removed = Question removed
question-removed-text = The question under **{$title}** and its answers are gone.
question-post = Post…
question-reply-line = Your reply
