# An upload as its sender sees it, and what managers do to a server's shelf.

upload-footer = Only you see this until you publish it.
upload-footer-replaces = Only you see this until you save it. Places, votes and reactions stay.
upload-footer-check = Nothing was added.
upload-publish = Publish
upload-publish-new = Publish as new
upload-replace-twin = Replace yours
upload-twin = You already uploaded “{$title}” here. Replace it to keep its places, votes and reactions.
upload-save = Save
upload-edit = Edit
upload-preview = Preview
upload-cancel = Cancel
# In the place of Publish, where notes outweigh a very short story: its uploader says that nothing is missing.
upload-whole = This is all of it

# How a file reads: the names of what was found in it.
upload-length = Length
upload-details = Details
upload-note-before = Note before
upload-note-after = Note after
upload-warnings = Please check
upload-ends = It ends
upload-first-page = Its first page

# The parts of its length, joined with " · ".
upload-chapters = {$count} chapters
upload-pages = { $count ->
    [one] {$count} page
   *[other] {$count} pages
  }
upload-count-scenes = { $count ->
    [one] {$count} scene break
   *[other] {$count} scene breaks
  }
upload-count-verses = { $count ->
    [one] {$count} verse
   *[other] {$count} verses
  }
upload-count-quotes = { $count ->
    [one] {$count} quote
   *[other] {$count} quotes
  }

# Why a file cannot be read: in upload-refused.
upload-too-many-bytes = it has {$bytes} bytes; a story may have {$most}
upload-not-sent = Discord did not hand it over; please send it again
# In the place of a file's name, where something typed is wrong.
upload-typed = what you said of it

upload-published-title = Published!
upload-cancelled-title = Cancelled
upload-cancelled = Nothing was changed.
shelf-removed = It is off this server's shelf, with all that readers did kept. `/manage story restore` brings it back.
shelf-restored = It is back on the shelf.

folder-reading-title = Reading the folder…
folder-reading = This may take a while; the answer comes here.
folder-reading-files = {$done} of {$files} files are read.
folder-read-title = The folder was read
folder-changed = Changed
folder-not-read = The log of the bot says what is wrong with it.
folder-not-read-title = The folder was not read

# The question below the preview of a new story.
upload-wrote = Did you write it?
# What follows from the answer.
upload-wrote-means = { $answer ->
    [yes] Yes. You'll be linked as its author, once a mod agrees if this server wants that. Your own vote, reactions and reviews on it won't count.
    [no] No. It's published without a linked author.
   *[unsaid] Answer below. Without an answer, nobody is linked as its author.
  }
upload-mine = I wrote it
upload-not-mine = I didn't
# What the receipt says of it.
upload-author-linked = You're linked as its author.
upload-author-claimed = The mods were asked whether you wrote it, and I DM you their answer.
# Where a mod has to approve it.
upload-send = Submit
upload-sent = Sent to the mods. I'll DM you their answer, or in 30 days that none came.
upload-footer-waits = A preview that only you see. A mod approves it before anyone else does.
