# A reader's bookmarks.

bookmarks-title = Your bookmarks
bookmarks-none = You have no bookmarks yet. **Bookmark** under any page keeps its place.
bookmarks-choose = Choose a bookmark
# Under what is a reader's own; $page of $pages is said where there are more than one.
only-you-see-this = Only you see this.{ $pages ->
    [1] {""}
   *[other] {" "}Page {$page} of {$pages}
  }

# The first words of the page that is marked.
bookmark-words = “{$words}…”
bookmark-note = Your note
bookmark-noted = **Your note**: {$note}
bookmark-open = Open
bookmark-edit = Edit note
bookmark-delete = Delete
bookmark-back = Back to the list

bookmark-kept = Bookmarked
bookmark-kept-where = /bookmarks lists all of yours. Only you see them.

# Where a note is typed; Discord takes 45 characters for each of these but the last, which may have 100.
bookmark-keep = Bookmark this page
bookmark-note-box = A note of yours
bookmark-note-hint = It may stay empty. Only you see it.
