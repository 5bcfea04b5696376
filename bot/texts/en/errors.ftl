# What can go wrong that a reader or a manager can mend. Each says what, and what to do next.
# The ids are those of the classes in bot/errors.py.

story-not-found = I know no story called “{$title}”. /stories lists what there is.
story-ambiguous = Several stories are called “{$title}”. Pick the one you mean.
story-gone = That story is not in the library any more. /stories lists what there is.
story-gated = That story is for adults: it opens only in channels that are marked as age-restricted.
chapter-gone = That chapter is no longer part of “{$title}”. Use /read to open the story as it is now.
passage-gone = Those words are no longer in the library: their story was edited. /read opens stories as they are now.
draft-gone = This upload is no longer waiting: it was published or cancelled, or it is a day old.
upload-refused = I cannot read {$file}: {$reason}.
may-not-manage = Only members with the Manage Server permission can do this.
draft-elsewhere = You started this upload in another server. Publish it there.
version-gone = This version is no longer kept. See what's there under Versions.
id-taken = The id “{$id}” in this file belongs to another story here. Change or remove it, then upload again.
too-many-added = You've reached the limit of {$most} added chapters. Upload the whole story as one file with New text.
chapter-empty = There's no chapter yet. Add a file or type the text.
poll-in-server = Polls are posted in a server's channel. Use /author poll there.
submit-in-server = Stories are added in a server that I'm in. Use /author submit there.
story-of-folder = This story is in the bot's own library, so it can't be changed from Discord. Ask the bot owner.
only-in-its-server = You can only change a story in the server it was uploaded in. Go there, or take it down from here.
may-not-act = { $act ->
    [restore-removed] The mods removed this story, so only they can bring it back.
    [see-stats] Only its author can see the stats of this story.
    [link] Only the library team can say who wrote this story.
    [reload] Only the bot owner can reload the stories folder.
    [hide-review] Only the mods can hide reviews.
    [answer-report] Only the mods can answer reports.
    [see-versions] Only whoever uploaded this story, its author and the mods can see its versions.
   *[edit] Only whoever uploaded this story, its author and the mods can change it.
  }
not-counted = Quotes are listed by reactions or by saves; finished reads and votes are of stories.
not-now = The folder is being read already, or this bot has none. Try again in a minute.
# $wish is what is not wished
not-wished = The writer of this story does not wish it to be { $wish ->
    [quote] quoted
    [vote] voted on
    [review] reviewed
    [share] shown to all
   *[download] downloaded
  }.
too-large = The file is larger than Discord takes here. The other format may be smaller.
no-such-page = This has { $last ->
    [one] only one page: choose 1
   *[other] {$last} pages: choose a number from 1 to {$last}
  }.
no-such-page-of-chapter = Chapter {$chapter} has { $last ->
    [one] only one page: choose 1
   *[other] {$last} pages: choose a number from 1 to {$last}
  }.
no-such-chapter = “{$title}” has { $last ->
    [one] only one chapter: choose 1
   *[other] no such chapter: choose a number from 1 to {$last}
  }.
no-such-chapter-in-parts = “{$title}” has no chapter {$number}. “Chapters”, below its pages, lists them all.
nothing-begun = You have no story open. Choose one with /stories, or name it: /read story:
nothing-asked = Type a word or two to look for. “A phrase” in quotation marks is found as it stands, and lant* finds lantern.
search-gone = I no longer know what you searched for here. Use /search once more.
finding-gone = That list is too old to be changed or turned. /stories makes a fresh one.
nothing-unread = You have begun every story here. /stories lists them, also those you read last.
nothing-unread-of-these = No story that you have not begun fits that. Ask for less, or see /stories for what there is.
# $part is "first" where only the first part of stories was asked for, else "all".
no-quotes = There is no passage here yet that stands by itself as a quote{ $part ->
    [first] {" "}in the first part of its story
   *[all] {""}
  }. /stories lists what else there is.
no-quotes-of-story = “{$title}” has no passage that stands by itself as a quote{ $part ->
    [first] {" "}in its first part. /quote spoilers:True draws from all of it
   *[all] . /stories lists what else there is
  }.
no-quotes-like-that = No quote fits that. Ask for less: another word, any length, any author.
saved-gone = You've removed this quote, or its story is gone. See yours in /me.
too-many-polls = That is enough polls for now: {$own} of yours may be open at once, and {$here} in this server. Close one first.
too-many-chosen = Readers chose so many quotes of this story today that I keep no more before tomorrow. Quotes that somebody saved are not among them.
too-many-saved = You've reached the limit of {$most} saved quotes. Remove some in /me first.
too-long-a-quote = That is too long for a quote, which has {$most} characters at most. Choose sentences that are nearer to each other.
not-yours = Another reader turns these pages. Next and Previous open a copy of your own.
no-thread = I cannot open a thread here. It takes a text channel of a server, where both you and I may create public threads and send messages in them. Without thread:true, the page opens right here.
own-story = You wrote this story: its reactions and votes are your readers'.
vote-closed = This vote is closed. /vote shows what became of it.
vote-begun = Readers have voted already, so the rules of this vote stand as they are.
may-not-decide = The author of this story decides this, or those who keep the shelf that it is on.
author-answered = The author has answered already, and has the last word.
# $shelf is "server" where it was uploaded in a server
may-not-link = Who wrote “{$title}” is said by { $shelf ->
    [server] those who manage the server that it was uploaded in, and there
   *[folder] whoever runs this bot
  }. /author claim asks them.
no-reader = That is a bot. Choose the reader who wrote the story.
not-linked = They are not linked to “{$title}” as its writer.
not-linked-any-more = You're not linked to this story.
already-linked = You are linked to “{$title}” already. /author stories shows how it is read.
claim-gone = This claim was answered, or it's more than 30 days old. See what's left with /manage author claims.
claim-refused-lately = Your claim to this story was declined. You can claim it again 30 days later.
claims-full = Too many claims are pending here. Try again once some are answered.
too-many-claims = You've reached the limit of {$most} pending claims. Claim more once they're answered.
link-there = They're linked to this story already.
link-asked-before = They were asked about this story before. If they wrote it, they can use /author claim.
link-no-member = They're not a member of this server. Pick a member.
link-offer-gone = This question was answered, or it's more than 30 days old. See what's left with /author stories.
too-many-link-offers = Too many stories wait for their answer. Try again later.
too-many-authors = You've reached the limit of {$most} authors for a story. Unlink one first with /manage author unlink.
author-unknown = No author is linked to this story, so you can only follow the story.
not-your-story = The numbers of “{$title}” are for who wrote it. If you did, claim it with /author claim.
review-gone = This review is gone: it was taken back or hidden.
review-of-own = You wrote this story: what is said of it is your readers' to say. /review shows you what they do.
review-length = A review has from {$least} to {$most} characters.
reviews-too-many = You left {$most} reviews within an hour, which is as many as I take. Leave this one a little later.
review-twice = You said the same, word for word, of another story or chapter. Say of this one what is true of it alone.
review-unread = I do not know who wrote this story, so nobody would read what you say of it here. Leave it in a server where the story is read.
review-too-early = Your account is less than a week old. In a server, those who manage it look at your reviews first; here nobody could. Leave it in a server, or here in some days.
bookmark-gone = This bookmark is gone: it was deleted, or its story was. See yours in /me.
too-many-bookmarks = You've reached the limit of {$most} bookmarks. Delete some in /me first.
follows-full = You've reached the limit of {$most} stories and authors to follow. Unfollow some in /me first.
not-an-emoji = “{$typed}” is no emoji for a button. Discord's own are, and those of this server.
may-not-add = You cannot add stories here. Those who manage this server can, and say who else may.
no-scene = This is the last scene of the chapter. Next turns the page.
not-a-number = “{$typed}” is not a place I know. Type a page from 1 to {$last}, or like 50%, ch 4, next scene.
# $missing are at most ten characters.
not-drawable = I cannot make a card of this: it has characters that I have no letters for, such as {$missing}.
nothing-to-draw = I cannot make a card of this: it has no words.
too-long-for-card = This passage is too long for a card. A shorter one fits.
too-many-cards = I am drawing as many cards as I can. Try again in a moment.
time-unknown = “{$typed}” is not a time of day that I know. Type it like 18:00 or 6:30 pm.
days-unknown = “{$typed}” does not name days that I know. Type every day, weekdays, or days like mon wed fri.
zone-unknown = I know no time zone called “{$typed}”. Type a large city near you, like Berlin or New York, and pick one from the list that opens.
serial-runs = This story comes by instalments here already. /manage serial stop ends that, so that it can begin anew.
too-many-serials = This server has {$most} serials, which is as many as I keep. /manage serial stop ends one.
serial-unknown = No story comes by instalments here under that name. /manage serial show lists those that do.
serial-not-named = Several stories come by instalments here. Say which: serial:
serial-ended = The story has no more instalments. When it gains chapters, this goes on.
serial-rests = This story does not come by instalments now. /manage serial resume goes on where it was.
serial-goes = This story comes by instalments already.
serial-busy = An instalment of this story is being posted right now. Try again in a few minutes.
# $why is what kept it back.
not-posted = I could not post it: {$why}
not-posted-yet = I could not post it right now, and try again in a minute.
# $permissions are names of Discord's permissions, joined with ", ".
may-not-post = I cannot post in {$channel}. It takes these permissions there: {$permissions}.
daily-not-set = There is no quote of the day here. /manage daily set begins one.
may-not-ping = {$role} would be told nothing when I mention it: let anyone mention it, in its settings, or give me the permission Mention Everyone.
role-gone = The role of this serial is gone. Those who manage this server can start it again with another.
role-unfit-everyone = Everyone has {$role} already. Make a role for those who want to be told.
role-unfit-managed = {$role} belongs to an app or to Discord itself, so nobody can be given it.
role-unfit-high = {$role} stands above my own role, so I cannot give it. Move mine up, in Server Settings, Roles.
may-not-give-roles = I may not give roles here. It takes the permission Manage Roles.
role-unfit-power = {$role} lets those who have it do what others may not, and a button gives it to anyone. Choose a role without permissions of its own, in the server and in each channel.
may-not-poll = Only those who manage this server, and who wrote the story, open polls on it and look after them.
no-question = A poll asks something: type a question.
question-too-long = The question is too long for its place: {$most} characters fit.
too-few-choices = A poll has {$fewest} to {$most} choices. Type one a line, or part them by | or ; as in: Go home | Go on.
too-many-choices = A poll has {$most} choices at most, and these are {$count}.
choice-too-long = “{$choice}” is too long for a button: {$most} characters fit.
choice-twice = “{$choice}” is there twice: each choice must be another.
poll-not-found = I can't find a poll called “{$typed}” here. /manage poll show lists them.
poll-gone = That poll is no longer here.
poll-closed = This poll is closed, so votes do not change any more.
# $whose is who may not post there
cannot-post = { $whose ->
    [bot] I cannot post there: I need to see that channel, to send messages and to embed links.
   *[reader] You cannot post in that channel, so I do not do so for you.
  }
not-a-deadline = “{$typed}” is no time that I know. Type how long, like 12 h, 3 days or 1 week, or never.
deadline-without-zone = A date needs its time zone: 2026-12-01 18:00+01:00. It is simpler to type how long, like 3 days.
deadline-out-of-reach = Something that closes does so in a minute at the soonest, and in a year at the latest.
button-unknown = I do not know this button. Open the story afresh with /read, or see /help.

# What discord.py refuses, and what is our fault.

unusable-value = “{$typed}” is not something I can use there.
command-changed = This command has just changed. Please try it again in a minute.
command-refused = You cannot use this command here.
our-fault = Something broke on my side. Please try again; if it stays, report {$reference} to whoever runs this bot.
may-not-moderate = Only this server's moderators can do that. Ask one of them.
channel-unknown = I can't see that channel. Let me view it first, then pick it again.
# $limit is which one; $most is the highest that it may be.
limit-not-possible = { $limit ->
    [stories_a_day] Stories a day
    [member_megabytes] The megabytes of a member
   *[server_megabytes] The megabytes of the server
  } must be a whole number from 1 to {$most}. Nothing was changed.
review-answered = Another moderator has already answered this one. See it with /review.
submission-gone = That submission has been answered already. See what's left in /manage uploads.
sender-left = They have left this server, so their story can't be published here. Decline it, or wait until they're back.
sender-may-not = They can't submit stories here any more. Change that in /manage settings or give them the role, or decline the story.
reason-missing = Type a reason, so that the author knows what to change.
limit-stories = You've reached this server's limit of { $most ->
    [one] 1 story
   *[other] {$most} stories
  } in 24 hours. Your draft is kept for a day, so try again later.
limit-member = Your stories here would take more than {$most} MB, which is this server's limit for a member. Delete one in /author stories first.
limit-server = This server's library is full: it may take {$most} MB. Ask a mod to make room.
may-not-run = Only administrators of the bot owner's own server can do that, and only there.
not-of-folder = “{$title}” is an upload, so the mods of its server answer for it.
