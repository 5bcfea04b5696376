# The panels of what readers, and those who manage a server, choose. $chosen is one of the options.

settings-title = Your settings
settings-pages = **Pages**: {$chosen}
settings-pages-show = **Pages you open show**: {$chosen}
settings-spoilers = **Spoilers**: {$chosen}
settings-news = **News of what you follow**: {$chosen}
settings-adults = **Stories for adults**: {$chosen}
settings-footer = These apply to you in every server. See what I store in /me.

# What a select is for. Below it stand its options.
settings-ask-length = How long pages are
settings-option-length-short = Short: a screen of a phone, or less
settings-option-length-medium = Medium: about two screens of a phone
settings-option-length-long = Long: as much as fits, with fewer turns

settings-ask-private = Who sees pages that you open
settings-option-private-server = As this server has it
settings-option-private-yes = For me alone
settings-option-private-no = For all in the channel

settings-ask-veil = What is beyond where you have read
settings-option-veil-yes = Veil what is beyond where I have read
settings-option-veil-no = Show everything

settings-ask-notices = Where you hear of what you follow
settings-option-notices-direct = By direct message
settings-option-notices-server = In a server's news channel
settings-option-notices-none = Not at all

settings-ask-adult = Stories for adults
settings-option-adult-no = Not in direct messages
settings-option-adult-yes = In direct messages, too: I am of age

# The panel of a server's settings has three parts, picked in a select.
server-title = Server settings
server-section-library = Reading and updates
server-section-submissions = Who may submit stories
server-section-managers = Mods, reports and authors
server-footer = They hold for this server. Everyone can choose otherwise for their own pages in /settings.

# $channel is a mention of one, or server-no-channel.
server-news = **Updates channel**: {$channel}
server-no-channel = no channel yet
server-pages-show = **Pages that people open show**: {$chosen}
# $emoji are the emoji themselves.
server-reactions = **Reactions**: {$emoji}
server-ask-news = Pick the updates channel

server-adders = **Who may submit stories**: {$chosen}
# $role is a mention of one.
server-adders-role = **Who may submit stories**: {$chosen} ({$role})
server-approval = **Approval**: {$chosen}
server-limit-member = **Limits for a member**: { $count ->
    [one] 1 story a day
   *[other] {$count} stories a day
  }, {$megabytes} MB in all
server-limit-all = **Limit for the server**: {$megabytes} MB
server-ask-role = Pick a role that may submit, too
server-ask-adders = Who may submit stories
settings-option-adders-managers = Mods only
settings-option-adders-role = Mods, and members with a role
settings-option-adders-everyone = Everyone
server-ask-approval = Whether submissions wait for a mod
settings-option-approval-no = Published at once
settings-option-approval-yes = Waits until a mod approves
server-ask-limits = Set limits…
# The form of the limits. $most is the highest that one may be. Discord takes 45 characters for each.
server-limits-title = Limits for submissions
server-limit-field-stories-a-day = Stories a day, for a member (1 to {$most})
server-limit-field-member-megabytes = MB in all, for a member (1 to {$most})
server-limit-field-server-megabytes = MB in all, for the server (1 to {$most})

server-moderators = **Moderators**: {$role}
server-no-role = people who can manage this server
server-reports = **Reported reviews go to**: {$channel}
server-managers-channel = **Submissions and claims go to**: {$channel}
server-links = **When somebody says they wrote it**: {$chosen}
server-ask-moderators = Pick a role that may hide reviews, too
server-ask-reports = Pick a channel for reported reviews
server-ask-managers = Pick a channel for submissions and claims
server-ask-links = When somebody submits their own story
settings-option-links-at-once = Linked as its author at once
settings-option-links-asked = Linked after a mod approves

server-ask-private = Who sees the pages that people open
settings-option-server-private-bot = As the bot owner set it
settings-option-server-private-yes = Only the person who opened them
settings-option-server-private-no = Everyone in the channel

server-ask-reactions = Set reactions…
# The form that asks for them.
server-reactions-title = Reactions
server-reactions-field = Up to {$most} emoji, separated by spaces
server-reactions-hint = Any emoji, also this server's own. Leave it empty for the bot's own.

# The first steps of a server that the bot has just joined.
steps-title = First steps
steps-hello = Hi! I read stories with this server: pages to turn, quotes, reactions, and a vote on what goes on. Three steps, and the library is yours:
steps-about = Three steps, and the library is yours:
steps-updates = 1. Pick a channel for updates: new stories, new chapters, answers of authors.
steps-submissions = 2. Choose who may submit stories.
steps-story = 3. Add the first story.
steps-updates-button = Updates channel
steps-submissions-button = Who may submit
steps-story-button = First story
steps-all = All settings
steps-hide = Hide these steps
steps-who = The buttons are for people who can manage this server. Everyone else can start with /stories.
steps-story-title = The first story
steps-story-how = Use /manage story add with a text, Markdown, HTML or EPUB file. You'll see a preview before anyone else does.
