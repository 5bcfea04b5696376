# A reader's bookmarks.

bookmarks-none = No bookmarks yet. Press **Bookmark** under any page to add one.
bookmarks-choose = Open a bookmark…

bookmark-note = Your note
bookmark-noted = **Your note**: {$note}
bookmark-open = Open
bookmark-edit = Note…
bookmark-delete = Delete

bookmark-kept = Bookmarked
bookmark-kept-noted = Bookmarked: {$note}
bookmark-kept-where = Find it in /me. Only you can see it.

# Where a note is typed; Discord takes 45 characters for each of these but the last, which may have 100.
bookmark-keep = Bookmark this page
bookmark-note-box = Your note (optional)
bookmark-note-hint = Only you can see it.
