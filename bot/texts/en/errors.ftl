# What can go wrong that a reader or a manager can mend. Each says what, and what to do next.
# The ids are those of the classes in bot/errors.py.

story-not-found = I can't find a story called “{$title}”. See what's here with /stories.
story-near = I can't find a story called “{$title}”. Did you mean “{$near}”?
stories-near = I can't find a story called “{$title}”. Did you mean one of these?
story-ambiguous = Several stories are called “{$title}”. Pick the one you mean.
story-gone = That story is no longer in the library. See what's here with /stories.
story-gated = That's an 18+ story. Open it in an age-restricted channel, or allow 18+ stories in DMs with /settings.
chapter-gone = That chapter is no longer part of “{$title}”. Open the current version with /read.
passage-gone = The story was edited and those words are gone. Open the current version with /read.
draft-gone = That draft was published, canceled or is over a day old. Upload the file again if you still need it.
upload-refused = I can't read {$file}. Here's why: {$reason}.
upload-doubtful = Most of {$file} reads as notes: {$notes} words, and {$story} of story. If that's right, press Preview, then This is all of it.
may-not-manage = Only people with the Manage Server permission can do this.
draft-elsewhere = You started this upload in another server. Publish it there.
version-gone = This version is no longer kept. See what's there under Versions.
id-taken = The id “{$id}” in this file belongs to another story here. Change or remove it, then upload again.
too-many-added = You've reached the limit of {$most} added chapters. Upload the whole story as one file with New text.
chapter-empty = There's no chapter yet. Add a file or type the text.
submit-in-server = Stories are added in a server that I'm in. Use /author submit there.
story-of-folder = This story is in the bot's own library, so it can't be changed from Discord. Ask the bot owner.
only-in-its-server = You can only change a story in the server it was uploaded in. Go there, or withdraw it from here.
may-not-act = { $act ->
    [restore] Its author withdrew this story, so only they can bring it back.
    [restore-removed] The mods removed this story, so only they can bring it back.
    [take-out-quote] Only whoever uploaded this story, its author and the mods can take out its quotes.
    [see-stats] Only its author can see the stats of this story.
    [see-versions] Only whoever uploaded this story, its author and the mods can see its versions.
   *[edit] Only whoever uploaded this story, its author and the mods can change it.
  }
message-without-quote = That message has no quote or page of mine. Try a quote or a page that I posted.
not-counted = I can only rank quotes by reactions or saves. Try another combination.
not-now = I'm already reloading the stories folder, or there isn't one. Try again in a minute.
# $wish is what is not wished
not-wished = { $wish ->
    [quote] The author has turned off quotes for this story.
    [vote] The author has turned off voting for this story.
    [review] The author has turned off reviews for this story.
    [share] The author doesn't want this story posted in channels. You can read it by yourself with /read.
   *[download] The author hasn't turned on downloads for this story.
  }
too-large = That file is too big for Discord here. Try the other format.
no-such-chapter = { $last ->
    [1] “{$title}” has only 1 chapter.
   *[other] “{$title}” has {$last} chapters. Pick a number from 1 to {$last}.
  }
no-such-chapter-in-parts = “{$title}” has no chapter {$number}. Pick one in Go to….
nothing-begun = You haven't started a story yet. Find one with /stories.
nothing-asked = Type a word or two to search for. Use “quotation marks” for an exact phrase, or lant* to find lantern.
search-gone = This search has expired. Start a new one with /search.
finding-gone = This list has expired. Get a new one with /stories.
nothing-unread = You've started every story here. Find one to reread with /stories.
nothing-unread-of-these = No story you haven't started matches that. Try fewer filters, or see everything with /stories.
# $part is "first" where only the first part of stories was asked for, else "all".
no-quotes = { $part ->
    [first] There are no spoiler-free quotes here yet. See what else is here with /stories.
   *[all] There are no quotes here yet. See what else is here with /stories.
  }
no-quotes-of-story = { $part ->
    [first] “{$title}” has no spoiler-free quotes. To quote from the whole story, use /quote spoilers:True.
   *[all] “{$title}” has no quotes yet. See what else is here with /stories.
  }
no-quotes-like-that = No quote has that. Try any length or author, or look in whole stories with /search.
saved-gone = You removed this quote, or its story is gone. See the others in /me.
too-many-chosen = This story has reached today's limit of new quotes. Try again tomorrow.
too-many-saved = You've reached the limit of {$most} saved quotes. Remove some in /me first.
too-long-a-quote = That's too long for a quote. Pick sentences closer together, up to {$most} characters.
not-yours = Someone else is turning these pages. Press Next to get your own copy.
no-thread = I can't start a thread here. Try a text channel where you and I can create public threads and post in them.
own-story = You wrote this story, so you can't react to it or vote on it.
author-answered = The author has replied, and their reply is final.
# Without the title: a button of a claim may be pressed where the story does not show. $who may answer it
may-not-answer-claim = { $who ->
    [claimant] You can't answer your own claim. I'll DM you when someone does.
    [author] Only the author of this story can answer this claim. If you wrote it, too, use /author claim.
    [uploader] Only whoever uploaded this story can answer this claim. If you wrote it, too, use /author claim.
    [folder] Only the bot owner can answer this claim. If you wrote the story, too, use /author claim.
   *[manager] Only the mods of the server it was uploaded in can answer this claim. If you wrote it, too, use /author claim.
  }
# $shelf is "server" where the story was uploaded in one
may-not-unlink = { $shelf ->
    [server] Only the mods of the server it was uploaded in can unlink its author. If that's you, use /author stories.
   *[folder] Only the bot owner can unlink its author. If that's you, use /author stories.
  }
not-linked = They're not linked to “{$title}” as its author.
not-linked-any-more = You're not linked to this story.
already-linked = You're already linked to “{$title}”. See its stats with /author stories.
claim-gone = This claim is closed. Someone answered it, or it's over 30 days old. See what's left with /author stories or /manage author claims.
claim-refused-lately = Your claim to this story was declined. You can claim it again 30 days later.
claims-full = Too many claims are pending here. Try again once some are answered.
too-many-claims = You've reached the limit of {$most} pending claims. Wait for an answer before you make another.
too-many-authors = This story has reached the limit of {$most} authors. One of them has to press Unlink me in /author stories first.
author-unknown = No author is linked to this story, so you can only follow the story.
review-gone = This review was deleted or hidden.
review-of-own = You can't review your own story. See what readers think with /review.
review-length = A review needs {$least} to {$most} characters.
# Somebody asked for many in a short time; one is free again after $seconds.
spent = { $cost ->
    [image] You've made a lot of images in a short time. Make the next one in {$seconds} s.
    [search] You've searched a lot in a short time. Search again in {$seconds} s.
    [export] You've downloaded a lot in a short time. Get the next file in {$seconds} s.
   *[upload] You've had a lot of files read in a short time. Try the next one in {$seconds} s.
  }
reviews-too-many = You've reached the limit of {$most} reviews an hour. Try again a little later.
review-twice = You've already posted these exact words as another review. Write something just for this one.
review-unread = No author is linked to this story, so nobody would see your review here. Post it in a server instead.
review-too-early = Your account is less than a week old, so a mod has to check your reviews. Post in a server, or try here in a few days.
bookmark-gone = You deleted this bookmark, or its story is gone. See the others in /me.
too-many-bookmarks = You've reached the limit of {$most} bookmarks. Delete some in /me first.
follows-full = You've reached the limit of {$most} follows. Unfollow some in /me first.
not-an-emoji = I can't put “{$typed}” on a button. Use a standard emoji or one from this server.
may-not-add = You can't add stories in this server. Ask the mods for access.
# $chapters are the chapters of the story.
no-scene = { $chapters ->
    [1] This is the last scene of the story.
   *[other] This is the last scene in the chapter. Press Next to read on.
  }
not-a-number = { $chapters ->
    [1] I don't understand “{$typed}”. Try a page from 1 to {$last}, or something like 50%, end or next scene.
   *[other] I don't understand “{$typed}”. Try a page from 1 to {$last}, or something like 50%, ch 4, end or next scene.
  }
# $missing are at most ten characters.
not-drawable = I can't make an image of this. It has characters I can't draw, such as {$missing}.
nothing-to-draw = I can't make an image of this. It has no words.
too-long-for-card = This quote is too long for an image. Try a shorter one.
database-away = I can't reach the stories right now. Try again in a minute.
# The disk of whoever runs the bot is full, say; pages, quotes and searches come all the same.
nothing-stored = I can't store anything right now. You can still read. Try this again later.
busy = I'm busy right now. Try again in a moment.
too-many-cards = I'm busy with other images. Try again in a moment.
# An option of a command has a list, and something else was typed.
zone-unknown = I can't find the time zone “{$typed}”. Type a big city near you, like Berlin or New York.
# $zones is a list like "Africa/Ceuta, Atlantic/Canary, or Europe/Madrid".
zone-unclear = “{$typed}” could be {$zones}. Type one of these.
# $zone is like Europe/Berlin.
zone-differs = This server's time zone is {$zone}. Leave out timezone, or change it for the whole server in /manage settings.
zone-needed = I don't know this server's time zone yet. Add timezone to the command, or set it in /manage settings.
not-listed = “{$typed}” isn't in the list. Type the beginning, then pick from what comes up.
story-changed = Someone changed this story just now. Try again to add yours to it.
serial-runs = This story is already a serial here. To start over, stop it with /manage serial stop first.
too-many-serials = This server has reached the limit of {$most} serials. Stop one with /manage serial stop first.
serial-unknown = There's no serial by that name here. See all of them with /manage serial show.
serial-not-named = There's more than one serial here. Pick one with the serial option.
serial-ended = There's nothing left to post. Try again when the story has new chapters.
serial-rests = This serial isn't running. Continue it with /manage serial resume.
serial-goes = This serial is already running.
serial-busy = I'm posting a part of this serial right now. Try again in a few minutes.
# $why is what kept it back.
not-posted =
    I couldn't post that.
    {$why}
not-posted-yet = I couldn't post that just now. I'll try again in a minute.
# $permissions are names of Discord's permissions, joined with ", ".
may-not-post = I can't post in {$channel}. I need these permissions there: {$permissions}.
daily-not-set = This server has no quote of the day. Set one up with /manage daily set.
may-not-ping = I can't ping {$role}. Let anyone mention it in its role settings, or let me mention all roles.
role-gone = This serial's role was deleted. Ask the mods to start the serial again with another role.
role-unfit-everyone = Everyone already has {$role}. Pick a role just for people who want to be pinged.
role-unfit-managed = {$role} belongs to an app or to Discord, so I can't give it to anyone. Pick another role.
role-unfit-high = {$role} is above my own role, so I can't give it to anyone. Move mine up in Server Settings, under Roles.
may-not-give-roles = I can't give out roles here. I need the Manage Roles permission.
role-unfit-power = {$role} comes with permissions, and anyone could get it by pressing a button. Pick a role with no permissions, in the server and in every channel.
no-question = Type a question first.
question-too-long = Your question is too long. Keep it to {$most} characters.
# $whose is who may not post there
cannot-post = { $whose ->
    [bot] I can't post there. I need the View Channel, Send Messages and Embed Links permissions.
   *[reader] You can't post in that channel, so I can't post there for you.
  }
server-unknown = I'm not in a server with that ID. See where I am with /bot servers.
server-own = This is your own server, where you have /bot. Set another OWNER_SERVER first.
button-unknown = This button no longer works. Open the story again with /read, or see /help.

# What discord.py refuses, and what is our fault.

unusable-value = I can't use “{$typed}” there. Try something else.
command-changed = This command just changed. Try it again in a minute.
command-refused = You can't use this command here.
# The bot is about to stop.
restarting = I'm restarting. Try again in a moment.
# A vote or a reaction on a message that was deleted meanwhile.
counted-without-message = That counted, but its message is gone.
# Discord lost the answer on its way.
answer-lost = Discord lost my answer. If nothing changed, try again.
our-fault = Something went wrong on my end. Try again. If it keeps happening, send this code to the bot owner: {$reference}
may-not-moderate = Only the mods of this server can do that. Ask one of them.
channel-unknown = I can't see that channel. Let me view it first, then pick it again.
# $limit is which one; $most is the highest that it may be.
limit-not-possible = { $limit ->
    [stories_a_day] Stories a day must be a whole number from 1 to {$most}. Nothing was changed.
    [member_megabytes] The MB for a member must be a whole number from 1 to {$most}. Nothing was changed.
   *[server_megabytes] The MB for the server must be a whole number from 1 to {$most}. Nothing was changed.
  }
review-answered = Someone has already answered this one. See it with /review.
submission-gone = That submission has been answered already. See what's left in /manage uploads.
sender-left = They've left this server, so their story can't be published here. Decline it, or wait until they're back.
sender-may-not = They can't submit stories here anymore. Change that in /manage settings or give them the role, or decline the story.
reason-missing = Type a reason, so that the author knows what to change.
limit-stories = { $most ->
    [one] You've reached this server's limit of {$most} story in 24 hours. Your draft is kept for a day, so try again later.
   *[other] You've reached this server's limit of {$most} stories in 24 hours. Your draft is kept for a day, so try again later.
  }
# Of what a story, its search and its files take. $whose limit of $most it is, how much is used of it, and how much more this is.
limit-bytes = { $whose ->
    [member] Your stories take {$used} MB here and this adds {$more} MB. The limit for a member is {$most} MB. Delete one in /author stories first.
    [server] This server's library takes {$used} MB and this adds {$more} MB. Its limit is {$most} MB. Ask a mod to make room.
   *[everywhere] The uploads of all servers take {$used} MB and this adds {$more} MB. My limit is {$most} MB. Ask the bot owner to make room.
  }
uploads-wait = I can't take uploads right now because my disk is almost full. The bot owner has been told, so try again later.
may-not-run = Only the bot owner can do that, and only in their own server.
owner-not-known = Discord isn't telling me who owns the bot right now. Try again in a minute.
not-of-folder = “{$title}” is an upload, so the mods of its server answer for it.
question-answers-number = A question needs {$fewest} to {$most} answers, one per line. You have {$count}.
question-answer-long = “{$answer}” is too long. Keep each answer to {$most} characters.
question-answer-twice = You've listed “{$answer}” twice. Make each answer different.
question-gone = That question is gone. See what the story asks now with /vote.
question-closed = This question is closed, so answers can't change. See the result with /vote.
question-rests = Another question is open right now. Answer it with /vote.
question-answered = Readers have already answered, so it can't change.
question-waits-for-mods = This question waits for the mods of the library. I'll tell you when they answer.
question-open = This story already has an open question. Close it first.
questions-a-day = You can ask {$most} questions a day. Try again tomorrow.
may-not-ask = Only the story's author can ask its readers a question.
may-not-manage-question = Only the story's author and the mods of its library can manage its question.
