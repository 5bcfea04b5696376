"""A small stand-in of Discord on this machine: its gateway and its HTTP API, as far as the bot uses them.

`server` joins the parts: `world` holds what exists, `interactions` the rules of answering, `gateway` and `api` speak
with the bot, `troubles` are what may go wrong on the way, `driver` is what readers do. `launch` starts the bot against
it, and `process` keeps that as a child process.
"""
