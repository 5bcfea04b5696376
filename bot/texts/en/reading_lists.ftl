# A reader's own lists.

reading-list-empty-reading = You're not reading anything right now. Find a story with /stories.
reading-list-empty-later = Nothing here yet. Press **Later** on a story card to add a story.
reading-list-empty-finished = No finished stories yet.
reading-list-empty-paused = No paused stories.
reading-list-empty-dropped = No dropped stories.

reading-list-left = {$percent}% · {$minutes} min left
# What the select of a list does with a story.
reading-list-pick-continue = Continue reading…
reading-list-pick-start = Start reading…
reading-list-pick-again = Read again…
reading-list-pick-move = Move or remove a story…
reading-list-edit = Edit this list

# Options of a select that moves a story; $list is the name of a list.
reading-list-on = List: {$list}
reading-list-on-none = List: none
reading-list-mine = My lists
