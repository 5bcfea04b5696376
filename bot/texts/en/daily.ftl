# The quote of the day.

daily-title = Quote of the day
daily-set = Quote of the day set
daily-from-any = From any story
daily-from = From **{$title}**
# Its story is not shown to those who ask.
daily-from-hidden = From a story you can't see here
daily-as-card = Posted as an image
# The values of /manage daily set style.
daily-style-text = Text
daily-style-card = Image
daily-none = This server has no quote of the day. Set one up with /manage daily set.
daily-stopped = Quote of the day stopped
daily-stopped-hint = Turn it back on with /manage daily set.
