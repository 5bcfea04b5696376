# The panel of those who decide about a vote: its rules, and the answer to it.

# $outcome is one of the vote-outcome messages.
decide-now = As it stands: {$outcome}
decide-hidden = You see no more than readers do until it closes.
decide-now-none = Nobody has voted yet, so you can set its rules:
decide-rules-stand = Readers have voted, so its rules stand.
decide-role-author = You wrote this story: your answer has the last word.
decide-role-keeper = You answer for the shelf that it is on; the author's answer takes the place of yours.
decide-footer = Closing ends the voting and shows all counts. The answer shows on the card, and followers are told of it once.

decide-quorum = { $votes ->
    [0] No quorum: however few vote
   *[other] Quorum: at least {$votes} votes
  }
# $share is one of the vote-threshold messages.
decide-threshold = To go on: {$share} of the votes
decide-hidden-no = Counts show while readers vote
decide-hidden-yes = Counts are hidden until it closes

decide-answer = Record the answer…
decide-answer-again = Change the answer…
decide-close = Close the vote
decide-reopen = Open it again

answer-title = The answer to the vote
answer-choice = What becomes of the story?
answer-continue = It goes on
answer-leave = It stays as it is
answer-line = A line to your readers
answer-line-hint = It shows with the answer; you can leave it empty.
