# The quote of the day.

daily-title = Quote of the day
daily-set = The quote of the day is set
daily-where = In {$channel}, {$when}
daily-from-any = From any story
daily-from = From **{$title}**
# Its story is not shown to those who ask.
daily-from-hidden = From a story that does not show here
daily-as-card = As a picture
daily-none = There is no quote of the day here. /manage daily set begins one.
daily-stopped = The quote of the day is stopped
daily-stopped-hint = /manage daily set starts it again.
