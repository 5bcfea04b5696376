# The screens of what readers, and those who manage a server, choose.
# An option says what it sets, since a select shows the chosen one alone. A phone shows 26 characters of it.

settings-title = Your settings
settings-about = Same in every server
settings-to-more = More
settings-to-first = Back

settings-option-reader-page-length-phone = Pages: one phone screen
settings-option-reader-page-length-desktop = Pages: one desktop screen

settings-option-reader-private-server = Reading: server default
settings-option-reader-private-yes = Reading: only I see it
settings-option-reader-private-no = Reading: everyone sees it

settings-option-reader-veil-yes = Spoilers: hidden
settings-option-reader-veil-no = Spoilers: shown

settings-option-reader-notices-direct = Updates: by DM
settings-option-reader-notices-server = Updates: in a server
settings-option-reader-notices-none = Updates: off

settings-option-reader-adult-no = 18+ stories: not in DMs
settings-option-reader-adult-yes = 18+ in DMs: yes, I'm 18+

# In which language stories are read: lists name the language of those in another. What the bot itself speaks is Discord's.
settings-option-reader-language-discord = I read: as in Discord
settings-option-reader-language-en = I read: English
settings-option-reader-language-fr = I read: Français
settings-option-reader-language-es = I read: Español
settings-option-reader-language-pt = I read: Português
settings-option-reader-language-de = I read: Deutsch
settings-option-reader-language-it = I read: Italiano
settings-option-reader-language-ru = I read: Русский
settings-option-reader-language-pl = I read: Polski
settings-option-reader-language-ja = I read: 日本語
settings-option-reader-language-zh = I read: 中文
settings-option-reader-language-ar = I read: العربية
settings-option-reader-language-id = I read: Bahasa Indonesia

# The screens of a server's settings: one for each subject, picked in a select.
server-title = Server settings
server-section-updates = Settings: updates
server-section-reading = Settings: reading
server-section-submissions = Settings: submissions
server-section-moderators = Settings: reviews
server-section-authors = Settings: authors

server-about-updates = New stories, new chapters and vote results are posted in the updates channel. The quote of the day and serials use the time zone.
# $value is a mention of the channel or the role, or server-no-channel or server-no-role.
settings-line-news-channel = **Updates channel**: {$value}
server-no-channel = none yet
settings-pick-news-channel = Updates channel
# $value is like Europe/Berlin, or server-no-zone.
settings-line-zone = **Time zone**: {$value}
server-no-zone = none yet
server-ask-zone = Time zone…
# The form that asks for it.
server-zone-title = Time zone
server-zone-field = A big city near you
server-zone-hint = A post for 18:00 comes at 18:00 there.
server-channel-gone = I can't post there: the channel is gone. Pick another one.
server-channel-closed = I can't post there. Missing permissions: {$permissions}.
# $at and $again are times as Discord shows them, such as "in 5 hours".
server-channel-refused = Discord refused my last post there, {$at}. Check my permissions. I'll try again {$again}.

server-about-reading = People can choose otherwise for themselves in /settings.
# $value are the emoji themselves.
settings-line-reactions = **Reaction buttons**: {$value}
server-ask-reactions = Reactions…
settings-option-server-private-bot = Reading: bot default
settings-option-server-private-yes = Reading: only the reader
settings-option-server-private-no = Reading: everyone sees it
# The form that asks for them.
server-reactions-title = Reaction buttons
server-reactions-field = Up to {$most} emoji, separated by spaces
server-reactions-hint = Standard emoji or this server's own. Leave it empty for the default.

server-about-submissions = People submit their stories with /author submit. Mods always can.
settings-line-adders-role = **Role that can submit**: {$value}
settings-line-stories-a-day = { $value ->
    [one] **Limit for a member**: {$value} story a day
   *[other] **Limit for a member**: {$value} stories a day
  }
settings-line-member-megabytes = **Limit for a member**: {$value} MB
settings-line-server-megabytes = **Limit for the server**: {$value} MB
settings-pick-adders-role = Role that can submit
settings-option-server-adders-managers = Submit: mods only
settings-option-server-adders-role = Submit: mods and one role
settings-option-server-adders-everyone = Submit: everyone
settings-option-server-approval-no = Approval: not needed
settings-option-server-approval-yes = Approval: by a mod
server-ask-limits = Limits…
# The form of the limits. $most is the highest that one may be. Discord takes 45 characters for each.
server-limits-title = Limits for submissions
settings-field-stories-a-day = Stories a day, for a member (1 to {$most})
settings-field-member-megabytes = MB in all, for a member (1 to {$most})
settings-field-server-megabytes = MB in all, for the server (1 to {$most})

server-about-moderators = People with this role can hide reviews and answer reports. Mods always can.
settings-line-moderators-role = **Role that checks reviews**: {$value}
server-no-role = none
settings-line-reports-channel = **Reports channel**: {$value}
settings-pick-moderators-role = Role that checks reviews
settings-pick-reports-channel = Reports channel

server-about-authors = Submissions and claims that wait for a mod are posted in this channel.
settings-line-managers-channel = **Channel**: {$value}
settings-pick-managers-channel = Channel for submissions
settings-option-server-links-at-once = Authors: linked at once
settings-option-server-links-asked = Authors: linked by a mod

# What the log calls each setting of a server.
log-setting-news-channel = updates channel
log-setting-zone = time zone
log-setting-adders = who can submit stories
log-setting-adders-role = the role that can submit stories
log-setting-approval = approval of submissions
log-setting-stories-a-day = stories a day for a member
log-setting-member-megabytes = megabytes for a member
log-setting-server-megabytes = megabytes for the server
log-setting-moderators-role = role that checks reviews
log-setting-reports-channel = channel for reports
log-setting-managers-channel = channel for submissions and claims
log-setting-links = linking of authors
log-setting-private = who sees pages
log-setting-reactions = reactions
log-setting-steps-hidden = first steps

# The first steps of a server that the bot has just joined.
steps-title = First steps
steps-hello = Hi! I read stories with this server: pages to turn, quotes, reactions, and votes on what comes next. Three steps and your library is ready:
steps-about = Three steps and your library is ready:
steps-updates = 1. Pick a channel for updates: new stories, new chapters, vote results.
steps-submissions = 2. Choose who can submit stories.
steps-story = 3. Add the first story.
steps-updates-button = Updates channel
steps-submissions-button = Who can submit
steps-story-button = First story
steps-all = All settings
steps-hide = Hide these steps
steps-who = The buttons are for people who can manage this server. Everyone else can start with /stories.
steps-story-title = The first story
steps-story-how = Use /manage story add with its file. You get a preview before anyone else sees it.
