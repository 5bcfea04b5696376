# What is stored of a reader.

privacy-title = What I know of you
privacy-stored =
    With the number that Discord has for you, and nothing else about you, I keep

    - where you are in each story, how far you have been, your lists, and your bookmarks with their notes
    - the stories and authors that you follow, what I am still to tell you of them, and whether my messages reach you
    - tags and authors that you muted, and what you searched and filtered for, for a while
    - your votes, also in polls, the polls that you opened, and your reactions with the page that you gave one to
    - the quotes that you saved
    - your reviews, with where you left them and what you were called then; which reviews you reported, and why
    - your settings
    - which stories you uploaded, which of their last ten versions you made, and uploads that wait to be published, for a day
    - for 90 days, what you did as a writer or manager: that you published, changed or removed a story
    - which stories you are linked to as their writer, or say that you wrote
    - that you set up a quote of the day or a serial, where you run a server

    I do not see what you write in channels, and keep no other names. Nobody is shown what you read. Votes and reactions are shown as numbers; only a poll that says so shows who chose what to the one who opened it; a review shows with your name where you left it, and to whoever wrote the story. Who wrote a story is told how many read it, how far they got and which parts moved them: in numbers, and none of fewer than five readers.

    When you delete your data, a few marks without your number stay for a while, since they protect others: that a review of yours was hidden, held or reported (180 days), how many reviews you left in the last hour, reviews that you reported (180 days), and that emoji which you gave before do not count again (31 days).

    A story that you uploaded belongs to its server and stays there, without a mark of who sent it; its managers remove it. To delete it for good, use /author stories first. In its versions and in the server's log you become a former member.
privacy-export = Export my data
# Above the file.
privacy-exported = All that is stored of you, but for the files that you uploaded, which *My files* sends. It may quote stories for adults that you read or wrote.
privacy-files = My files
privacy-files-sent = Files that you uploaded:
privacy-files-none = I keep no file of yours.
privacy-files-more = There are more of your files.
privacy-files-next = Next files
privacy-ask-delete = Delete my data…

privacy-confirm-title = Delete all that I know of you?
privacy-confirm = Your places, lists, bookmarks, saved quotes, follows, votes, reactions, reviews and settings go at once and for good, in every server.
privacy-delete = Delete everything
privacy-keep = Keep it

privacy-deleted-title = Deleted
privacy-deleted = Nothing about you is left that says who you are. When you use me again, I begin to know you anew.
