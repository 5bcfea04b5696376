# The standing vote of a story.

vote-question = Should this story go on?
vote-choice-continue = Continue it
vote-choice-leave = Leave it as it is
vote-none = No votes yet: yours would be the first.
# Beside a bar that draws it. $percent is a number from 0 to 100.
vote-share = {$percent}% want more
# Of so many votes: each in one line on a phone.
vote-everywhere = Everywhere: **{$go_on}** of **{$all}** want more
vote-here = This server: **{$go_on}** of **{$all}** want more
vote-finished = Finished and voted: about **{$go_on}** of **{$all}** want more
vote-silent = Finished without voting: **{$count}** or a few more
# All that shows while the counts are hidden.
vote-hidden = { $count ->
    [one] **{$count}** person has voted. You'll see the results when the vote closes.
   *[other] **{$count}** people have voted. You'll see the results when the vote closes.
  }
# In a list, after other facts.
vote-short = {$go_on} of {$all} want more
vote-short-hidden = { $count ->
    [one] 1 has voted
   *[other] {$count} have voted
  }
vote-short-none = no votes yet

# What it takes to go on. $share is one of the vote-threshold messages.
vote-rules = { $quorum ->
    [0] To go on it takes {$share}.
   *[other] To go on it takes {$quorum} votes, and {$share} for it.
  }
vote-threshold-half = more than half
vote-threshold-60 = at least 60%
vote-threshold-two-thirds = at least two thirds
vote-threshold-75 = at least 75%

# What a vote comes to.
vote-outcome-continues = Readers want it to go on.
vote-outcome-stays = Readers leave it as it is.
vote-outcome-few = Not enough votes.
vote-outcome-tie = A tie: the author decides.
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
vote-answer-chapter = {$chapter} came of it.
vote-own = Your vote: **{$choice}**. Press the other to change it.
vote-own-none = You have not voted. One vote each; you can change it or take it back.
vote-own-closed = Your vote: **{$choice}**.
vote-own-closed-none = You did not vote.
vote-own-writer = You wrote this story: its votes are your readers'.
vote-withdraw = Withdraw my vote
# A button that follows the story.
vote-tell-me = Tell me how it ends
# A button for those who may decide about the vote.
vote-decide = Rules and answer
vote-counted = Your vote is counted
vote-withdrawn = Your vote is withdrawn
vote-not-there = You have no vote here
