# The writer's desk: what readers said of a story, and how it is read.

desk = Story stats
desk-nothing = Nothing here yet. Votes, reactions and reviews show up here from the first one.
desk-reactions = Reactions
desk-reviews = Reviews
desk-reviewed = { $count ->
    [one] {$count} review here. Read it with /review.
   *[other] {$count} reviews here. Read them with /review.
  }
desk-read = Readers
desk-readers = **{$begun}** readers started it. **{$finished}** finished the current version ({$percent}%).
desk-readers-begun = **{$begun}** readers started it.
desk-saves = Saved quotes
desk-saved = Saved {$count} times.
# $fewest is the number in whose steps they are counted.
desk-rule = No names. Readers and saved quotes are counted in steps of {$fewest}.
desk-table = Download CSV
desk-percent = {$percent}%

# Where readers stop.
desk-stops = Where readers stop
desk-stops-words = {$begun} readers started.
# After it. $percent is a share of the story, such as 25%.
desk-stops-reached = Reached {$percent}: {$readers}.
desk-stops-how = Counts are approximate. The bars only drop after {$fewest} or more readers have stopped.
# For those who do not see the picture. $points are shares of the story with numbers of readers.
desk-stops-alt = Bar chart: how many readers reached each point. {$points}.
desk-readers-axis = readers who got this far
desk-story-axis = how far into the story

# Which parts moved readers.
desk-heat-words = The biggest reaction is about {$percent}% in, from {$most} readers.
# $points are shares of the story with numbers of readers.
desk-heat-alt = Bar chart: how many readers reacted to each part of the story. {$points}.
desk-reacted-axis = readers who reacted

# When they reacted. $week is a Monday.
desk-weeks = Reactions by week
desk-weeks-words = Busiest week: from {$week}, with reactions from {$most} readers.
# $points are weeks with numbers of readers.
desk-weeks-alt = Bar chart of {$weeks} weeks: how many readers reacted. {$points}.
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
desk-table-saves = saved quotes
desk-table-reviews = reviews here
