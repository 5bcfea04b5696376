# The standing vote of a story.

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
vote-answer-line = “{$line}”
# After the answer that it goes on.
vote-answer-chapter = {$chapter} came out of it.
vote-own = You voted: **{$choice}**. Press the other one to switch.
vote-own-none = You haven't voted yet. You can change or remove your vote until it closes.
vote-own-closed = You voted: **{$choice}**.
vote-own-closed-none = You didn't vote.
vote-own-writer = You wrote this story, so you can't vote on it.
vote-withdraw = Remove vote
# A button that follows the story.
vote-tell-me = Notify me
# A button for those who may decide about the vote.
vote-decide = Manage vote
vote-counted = Your vote is in!
vote-withdrawn = Vote removed
vote-not-there = You haven't voted
