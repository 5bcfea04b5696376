# Stories by instalments.

# Below an instalment; the parts are joined with " · ".
serial-place = {$number} of {$total}
serial-from-start = Read from the start
serial-rest = Read the rest
serial-tell-me = Tell me
serial-end = The end
serial-end-of = **{$title}** has come to its end here.

serial-told = {$role} is yours: you are told of every instalment. Press again to be told no more.
serial-untold = You are not told of instalments any more: {$role} is taken off you.

serial-started = The story will come by instalments
serial-serials = Stories by instalments
serial-none = No story comes by instalments here. /manage serial start begins one.
# A line of the list, and what it may say beside: $size is one of the next messages.
serial-line = {$size}, {$when}, in {$channel}
serial-size-page = A page
serial-size-scene = A scene
serial-size-chapter = A chapter
# $number is the next instalment.
serial-next = {$number} of {$total} comes {$time}, {$far}
serial-next-place = {$number} of {$total} would be next.
serial-hidden = A story that does not show here
serial-role = {$role} is told.

serial-paused = “{$title}” is paused. /manage serial resume goes on where it was.
serial-resumed = “{$title}” goes on: the next instalment comes {$time}, {$far}.
serial-stopped = “{$title}” is stopped. What was posted stays.
serial-posted = The next instalment is posted: {$link}
