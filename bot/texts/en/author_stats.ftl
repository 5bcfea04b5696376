# The writer's desk: how a story is read. $fewest is the number of readers from which on one is told how many.

desk = Story stats
desk-nothing = Not enough readers yet. To protect their privacy, stats appear once {$fewest} people have started this story.
desk-readers = **{$begun}** readers started it. **{$finished}** finished the current version ({$percent}%).
desk-readers-few = **{$begun}** readers started it. Fewer than {$fewest} finished the current version.
desk-reactions = Reactions
desk-reactions-few = No emoji has {$fewest} reactions yet.
desk-votes-few = Fewer than {$fewest} people have voted.
desk-rule = No names, and no counts below {$fewest} readers.
desk-table = Download CSV
# In the place of a number
desk-few = under {$fewest}
desk-percent = {$percent}%

# Where readers stop. The numbers are readers; one of them may be desk-few.
desk-stops = Where readers stop
desk-stops-words = {$begun} readers started. Reached 25%: {$quarter}. Reached 50%: {$half}. Reached 75%: {$most}.
desk-stops-how = Counts are approximate. The line only drops after {$fewest} or more readers have stopped.
# For those who do not see the picture. $points are shares of the story with numbers of readers.
desk-stops-alt = Line chart: how many readers reached each point. {$points}.
desk-readers-axis = readers who got this far
desk-story-axis = how far into the story

# Which parts moved readers.
desk-heat-words = The biggest reaction is about {$percent}% in, from {$most} readers.
desk-heat-none = No part has reactions from {$fewest} readers yet. People can press **React** under any page.
# $points are shares of the story with numbers of readers.
desk-heat-alt = Bar chart: how many readers reacted to each part of the story. {$points}. Elsewhere: under {$fewest}.
desk-reacted-axis = readers who reacted

# When they reacted. $week is a Monday.
desk-weeks = Reactions by week
desk-weeks-words = Busiest week: from {$week}, with reactions from {$most} readers.
desk-weeks-none = No week in the last {$weeks} had reactions from {$fewest} readers.
# $points are weeks with numbers of readers.
desk-weeks-alt = Bar chart of {$weeks} weeks: how many readers reacted. {$points}. In all other weeks: under {$fewest}.
desk-weeks-axis = weeks, by their Mondays


# The columns of the table, and what stands in the first.
desk-table-what = what
desk-table-where = where
desk-table-count = readers
desk-table-story = story
desk-table-begun = started
desk-table-finished = finished
desk-table-reached = reached at least
desk-table-heat = reacted to pages in this part
desk-table-week = reacted in the week from
desk-table-reaction = reacted with
desk-table-vote = voted

desk-saves = Saved quotes
desk-saved = Saved {$count} times.
desk-saves-few = Saved fewer than {$fewest} times.
desk-table-saves = saved quotes
desk-table-reviews = reviews here

desk-reviews = Reviews
desk-reviewed = { $count ->
    [0] No reviews here yet.
    [one] {$count} review here. Read it with /review.
   *[other] {$count} reviews here. Read them with /review.
  }
