# Polls on what comes next in a story.

poll-percent = {$percent}%
poll-votes = { $votes ->
    [one] 1 vote
   *[other] {$votes} votes
  }
# After a choice of a closed poll: it has the most votes, alone or with others.
poll-won-mark = the most votes
poll-tied-mark = tied for the most
poll-voters = { $voters ->
    [0] Nobody has voted yet.
    [one] 1 reader has voted.
   *[other] {$voters} readers have voted.
  }
poll-how-one = Press your choice; press another to change it.
poll-how-several = Press as many choices as you like.
# $moment and $until are timestamps, which show in each reader's own time zone.
poll-closes = Closes {$until}, {$moment}
poll-closes-never = Open until somebody closes it
poll-closed-when = Closed {$until}, {$moment}
poll-anonymous = Nobody is shown who chose what.
poll-named = Whoever opened this poll can see who chose what.

# The result. $choice is what most chose, $choices are several, joined by poll-and.
poll-won = The poll is closed. {$choice} won: { $voters ->
    [one] the one reader who voted chose it.
   *[other] {$votes} of {$voters} readers chose it ({$percent}%).
  }
poll-tie = The poll is closed. It is a tie between {$choices}: { $voters ->
    [one] the one reader who voted chose each.
   *[other] {$votes} of {$voters} readers chose each.
  }
poll-nobody = The poll is closed. Nobody voted, so nothing is decided.
poll-and = {$first} and {$last}
# In place of a poll whose story is not shown in its channel any more.
poll-hidden = This poll is closed. Its story is not shown here any more.

# What a reader privately gets for a vote.
poll-counted = Your vote is counted
poll-taken-back = You have no vote here now
poll-own-none = Press a choice in the poll to vote.
poll-own = Your vote: {$choices}
poll-choices-select = All that you choose
poll-take-back = Withdraw my vote

# The polls of a server, and one of them.
polls-title = The polls of this server
polls-none = No polls here yet. Mods and authors can open one with /author poll.
poll-state-open = open, closes {$until}
poll-state-never = open
poll-state-closed = closed {$until}
polls-choose = Look at a poll
polls-back = All polls
poll-go = Go to the poll
poll-close = Close it now
poll-export = Export
poll-who = Who voted

poll-closing = The poll is closed
poll-closing-text = Its message shows the result in a moment.
poll-open-there = The poll is open in {$channel}.
poll-opened = The poll is open
poll-exported = The votes as CSV, for any spreadsheet:

voters-title = Who voted
voters-none = Nobody has voted yet.
# Where a poll is typed; Discord takes 45 characters for the first five of these, 100 for the last two.
poll-ask = A poll on what comes next
poll-ask-question = Question
poll-ask-choices = Choices, one a line
poll-mend = Try again
poll-ask-question-hint = For example: what should happen in the next chapter?
poll-ask-choices-hint = Two to ten, of at most {$most} characters each

poll-mend-title = The poll is not open yet
poll-mend-typed = This is what you typed:

# How long from now, offered where the time to close is typed; $length is one or more of the next four.
deadline-in = in {$length}
length-weeks = { $count ->
    [one] 1 week
   *[other] {$count} weeks
  }
length-days = { $count ->
    [one] 1 day
   *[other] {$count} days
  }
length-hours = { $count ->
    [one] 1 hour
   *[other] {$count} hours
  }
length-minutes = { $count ->
    [one] 1 minute
   *[other] {$count} minutes
  }
deadline-never = never: somebody closes it

# The heads of a CSV's columns.
poll-csv-story = story
poll-csv-question = question
poll-csv-choice = choice
poll-csv-votes = votes
poll-csv-percent = percent of voters
poll-csv-voters = voters
poll-csv-opened = opened (UTC)
poll-csv-closed = closed (UTC)
poll-csv-reader = reader
poll-csv-voted = voted (UTC)
