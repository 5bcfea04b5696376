"""The bot in several processes, with readers, a kill, and a database that goes away: ``python -m tests.trial``.

`trial` runs it, `readers` is what readers do and what they must find afterwards, `checks` compares that with the
database and with what stands on the stand-in of Discord.
"""
