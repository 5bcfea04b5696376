# The panel of those who decide about a vote: its rules, and the answer to it.

# $outcome is one of the vote-outcome messages.
decide-now = Right now: {$outcome}
decide-hidden = Results are hidden from everyone, even you, until the vote closes.
decide-now-none = No votes yet, so you can still change the rules:
decide-rules-stand = People have voted, so the rules can't change.
decide-role-author = You wrote this story, so your answer is final.
decide-role-keeper = You manage this library. If the author answers too, their answer replaces yours.
decide-footer = Closing the vote shows the results. Your answer goes on the story card, and followers are notified once.

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

decide-answer = Answer…
decide-answer-again = Edit answer…
decide-close = Close vote
decide-reopen = Reopen vote

answer-title = Answer the vote
answer-choice = Will the story continue?
answer-continue = Yes, it continues
answer-leave = No, it stays as is
answer-line = A message to readers (optional)
answer-line-hint = Shown with your answer.
