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
    [0] No votes yet.
    [one] {$voters} person has voted.
   *[other] {$voters} people have voted.
  }
poll-how-one = Press a number to vote. Press another to switch.
poll-how-several = Press as many numbers as you like.
# $moment and $until are timestamps, which show in each reader's own time zone.
poll-closes = Closes {$until}, {$moment}
poll-closes-never = No closing time
poll-closed-when = Closed {$until}, {$moment}
poll-anonymous = Votes are anonymous.
poll-named = Not anonymous: the person who opened this poll can see who voted for what.

# The result. $choice is what most chose, $choices are several, as a list.
poll-won = { $voters ->
    [1] Poll closed. {$choice} won with the only vote.
   *[other] Poll closed. {$choice} won: {$votes} of {$voters} voters picked it ({$percent}%).
  }
poll-tie = { $voters ->
    [1] Poll closed. It's a tie between {$choices}: the only voter picked them all.
   *[other] Poll closed. It's a tie between {$choices}: {$votes} of {$voters} voters picked each.
  }
poll-nobody = Poll closed. Nobody voted.
# In place of a poll whose story is not shown in its channel any more.
poll-hidden = This poll is closed. Its story can no longer be shown here.

# What a reader privately gets for a vote.
poll-counted = Your vote is in!
poll-taken-back = Vote removed
poll-own-none = Press a number in the poll to vote.
poll-own = Your vote: {$choices}
poll-choices-select = Pick all that apply
poll-take-back = Remove vote

# The polls of a server, and one of them.
polls-title = Polls in this server
polls-none = No polls here yet. Mods and authors can open one with /author poll.
poll-state-open = open, closes {$until}
poll-state-never = open
poll-state-closed = closed {$until}
polls-choose = Open a poll…
polls-back = All polls
poll-go = Go to poll
poll-close = Close now
poll-export = Download CSV
poll-who = See voters

poll-closing = Poll closed
poll-closing-text = The result will be in its channel in a moment.
poll-open-there = The poll is open in {$channel}.
poll-opened = The poll is open
poll-exported = Here are the votes as a CSV file:

voters-title = Voters
voters-none = No votes yet.
# Where a poll is typed; Discord takes 45 characters for the first five of these, 100 for the last two.
poll-ask = New poll
poll-ask-question = Question
poll-ask-choices = Choices, one per line
poll-mend = Try again
poll-ask-question-hint = For example: What should happen in the next chapter?
poll-ask-choices-hint = 2 to 10 choices, up to {$most} characters each

poll-mend-title = Your poll isn't open yet
poll-mend-typed = Here's what you typed:

# How long from now, offered where the time to close is typed; $length is one or more of the next four.
deadline-in = Open for: {$length}
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
deadline-never = never (close it yourself)

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
