# An upload as its sender sees it, and what managers do to a server's shelf.

upload-footer = Draft. Only you can see this until you publish it.
upload-footer-replaces = Draft. Only you can see this until you save it. Readers keep their places, votes and reactions.
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
upload-note-before = Opening note
upload-note-after = End note
upload-warnings = Check these
# Below the words that notes outweigh the story; it names panel-button-bounds.
upload-bounds = To move part of the notes into the story, press Edit, then Start and end.
# Where a new text has less than the story had.
upload-fewer-chapters = {$chapters_had} chapters become {$chapters}, {$had} words become {$words}.
upload-fewer-words = {$had} words become {$words}.
upload-ends = How it ends
upload-begins = How it starts
# A line of a note, or an end mark, beside the story's first or last words.
upload-right-above = Right above, not part of it: “{$line}”
upload-right-below = Right below, not part of it: “{$line}”

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
upload-too-many-bytes = it has {$bytes} bytes, and the limit is {$most}
upload-not-sent = Discord didn't deliver it, so upload it again
# In the place of a file's name, where something typed is wrong.
upload-typed = the details you typed

upload-published-title = Published!
upload-cancelled-title = Canceled
upload-cancelled = Nothing was changed.
shelf-removed = Removed from this server. Everything readers did is kept. Bring it back with /manage story restore.
shelf-restored = It's back in the library.
# Where mods had removed it after its author had.
shelf-still-withdrawn = You no longer keep it out of the library, but its author withdrew it. Only they can bring it back.

folder-reading-title = Reloading stories…
folder-reading = This can take a while. The result will appear here.
folder-reading-files = { $files ->
    [one] {$done} of {$files} file read.
   *[other] {$done} of {$files} files read.
  }
folder-read-title = Stories reloaded
folder-changed = Changed
folder-not-read = See the bot's log for what's wrong.
folder-not-read-title = Stories not reloaded

# The question below the preview of a new story.
upload-wrote = Did you write it?
# What follows from the answer.
upload-wrote-means = { $answer ->
    [yes] Yes. You'll be linked as its author, and a mod may have to agree first. Your own vote, reactions and reviews on it won't count.
    [no] No. It's published without a linked author.
   *[unsaid] Answer below. Without an answer, nobody is linked as its author.
  }
upload-mine = I wrote it
upload-not-mine = I didn't
# What the receipt says of it.
upload-author-linked = You're linked as its author.
upload-author-claimed = I asked the mods whether you wrote it. I'll DM you their answer.
# Where a mod has to approve it.
upload-send = Submit
upload-sent = Sent to the mods. I'll DM you when they answer, or in 30 days if nobody does.
upload-footer-waits = Draft. Only you can see this until a mod approves it.
