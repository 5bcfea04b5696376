# The writer's desk: how a story is read. $fewest is the number of readers from which on one is told how many.

desk = Your desk
desk-nothing = Fewer than {$fewest} readers have begun it yet. Of so few one might guess who read what, so nothing is told. Come back later.
desk-readers = **{$begun}** readers began it. **{$finished}** finished it as it is now, {$percent}%.
desk-readers-few = **{$begun}** readers began it. Fewer than {$fewest} finished it as it is now.
desk-reactions = Reactions
desk-reactions-few = Fewer than {$fewest} readers gave any one.
desk-votes-few = Fewer than {$fewest} readers have voted.
desk-rule = Only you see this. Nobody is named, and nothing is told of fewer than {$fewest} readers.
desk-table = As a table (CSV)
# In the place of a number
desk-few = under {$fewest}
desk-percent = {$percent}%

# Where readers stop. The numbers are readers; one of them may be desk-few.
desk-stops = Where readers stop
desk-stops-words = Of {$begun} who began, about {$quarter} got a quarter of the way, {$half} half of it, and {$most} three quarters.
desk-stops-how = A step down is drawn where {$fewest} readers or more have stopped; the last takes in the rest.
# For those who do not see the picture. $points are shares of the story with numbers of readers.
desk-stops-alt = A falling line: how many readers got at least so far. {$points}.
desk-readers-axis = readers who got so far
desk-story-axis = how far into the story

# Which parts moved readers.
desk-heat-words = Most of all about {$percent}% in: { $most } readers reacted there.
desk-heat-none = No part of it has moved {$fewest} readers to react yet. **React** is under every page.
# $points are shares of the story with numbers of readers.
desk-heat-alt = Bars over the length of the story: how many readers reacted to pages there. {$points}. Elsewhere under {$fewest}.
desk-reacted-axis = readers who reacted

# When they reacted. $week is a Monday, as 2026-11-16.
desk-weeks = When they reacted
desk-weeks-words = Most reacted in the week of {$week}: {$most} readers.
desk-weeks-none = In no week of the last {$weeks} did {$fewest} readers react.
# $points are weeks with numbers of readers.
desk-weeks-alt = A bar for each of {$weeks} weeks: how many readers reacted. {$points}. In all other weeks under {$fewest}.
desk-weeks-axis = weeks, by their Mondays


# The columns of the table, and what stands in the first.
desk-table-what = what
desk-table-where = where
desk-table-count = readers
desk-table-story = story
desk-table-begun = began
desk-table-finished = finished
desk-table-reached = got at least so far
desk-table-heat = reacted to pages in this part
desk-table-week = reacted in the week of
desk-table-reaction = gave
desk-table-vote = voted

desk-saves = Saved quotes
desk-saved = Quotes of it were saved {$count} times.
desk-saves-few = Saved fewer than {$fewest} times.
desk-table-saves = saved quotes
desk-table-reviews = reviews here

desk-reviews = Reviews
desk-reviewed = { $count ->
    [0] None here yet. /review shows them when there are some.
    [one] One here: /review shows it.
   *[other] {$count} here: /review shows them.
  }
