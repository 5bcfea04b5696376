# What is stored of a reader.

privacy-title = Your data
privacy-short = I keep what you do here under your Discord ID, like your places, lists, votes, reactions, reviews and settings. Nobody is shown what you read.
# Each a button, and the title above one of the three texts below: one screen of a phone each.
privacy-what-stored = What I store
privacy-what-seen = Who sees it
privacy-what-kept = What stays
privacy-says-stored =
    Under your Discord ID, I store:

    - your places, lists, bookmarks and notes
    - what you follow, the updates I still have to send you, and whether my DMs reach you
    - what you muted, and for a while your searches and filters
    - your answers, questions and reactions, with the page you reacted to
    - saved quotes and settings
    - your reviews, with where you posted them and your name at the time, and reports you made
    - stories you uploaded, versions you uploaded (last 10), and your drafts for a day
    - your claims and linked stories
    - for 90 days, what you did as an author or a mod
    - quotes of the day and serials you set up
privacy-seen-by =
    Nobody is shown what you read. I don't see what you write in channels, and I store no other names.

    - Answers and reactions are shown as numbers. Nobody sees who gave them.
    - Reviews show your name in the server you posted them in, and to the author.
    - Authors see how many people read their story, how far they got and which parts they reacted to, but never counts of fewer than {$fewest} readers.
privacy-says-kept =
    If you delete your data, a few marks without your ID stay for a while to protect others:

    - that a review of yours was hidden, held or reported (180 days)
    - how many reviews you wrote in the last hour, and how many stories you submitted today
    - files of stories that mods removed, which only they bring back (180 days)
    - reviews you reported (180 days)
    - that reactions you gave before don't count again (31 days)

    Stories you uploaded and posts you scheduled stay in their server, with no record of whose they were. The mods can remove those stories. To delete a story for good, use /author stories first. In versions and in the server's log, you become a former member.
privacy-export = Download data
# Above the file.
privacy-exported = Here's everything I store about you. For the files you uploaded, press **My files**. It can include quotes from 18+ stories you read or wrote.
privacy-files = My files
privacy-files-sent = Files that you uploaded:
privacy-files-none = I don't store any files of yours.
privacy-files-more = There are more of your files.
privacy-files-next = Next files
privacy-ask-delete = Delete data…

privacy-confirm-title = Delete all your data?
privacy-confirm = This deletes your places, lists, bookmarks, saved quotes, follows, votes, reactions, reviews and settings in every server. You can't undo it.
privacy-delete = Delete everything
privacy-keep = Keep it

privacy-deleted-title = Data deleted
privacy-deleted = If you use me again, you start fresh.
