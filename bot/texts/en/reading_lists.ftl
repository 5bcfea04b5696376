# A reader's own lists.

reading-list-name-reading = Reading
reading-list-name-later = Later
reading-list-name-finished = Finished
reading-list-name-paused = Paused
reading-list-name-dropped = Dropped

reading-list-empty-reading = You have no story open. /stories lists what there is to read.
reading-list-empty-later = Nothing is kept for later. **Add to a list** on a story's card puts it here.
reading-list-empty-finished = You have not finished a story yet.
reading-list-empty-paused = No story is paused.
reading-list-empty-dropped = No story is dropped.

# $list is the name of a list, here and below.
reading-list-title = Your stories: {$list}
reading-list-counted = {$list} ({$count})
reading-list-choose = Your lists
reading-list-not-begun = not begun
reading-list-percent = {$percent}% read
reading-list-again = Read again: {$title}
reading-list-resume = Resume: {$title}
# $number is that of the line in the list above.
reading-list-move = Move {$number}
reading-list-remove = Remove {$number}

reading-list-on = It is on your list **{$list}**.
reading-list-on-none = It is on none of your lists.
reading-list-where = /reading shows your lists. Only you see them.
reading-list-put = Put it on a list
reading-list-none = None of them
