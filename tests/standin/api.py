"""The HTTP API: each function is one of Discord's routes, as far as the bot uses them."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.standin.gateway import Gateway
from tests.standin.interactions import Interactions
from tests.standin.troubles import Troubles, answer
from tests.standin.world import Guild, Json, Message, Refused, User, World

log = logging.getLogger(__name__)

VERSION = "/api/v10"
BODY = web.RequestKey("body", object)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Request:
    """One that came, for tests that look."""

    method: str
    path: str
    body: object
    status: int


class Api:
    """Answers requests from what the world holds."""

    def __init__(
        self,
        world: World,
        interactions: Interactions,
        gateway: Gateway,
        troubles: Troubles,
        changed: Callable[[], None],
    ) -> None:
        self._world, self._interactions, self._gateway = world, interactions, gateway
        self._troubles, self._changed = troubles, changed
        self.requests: list[Request] | None = []
        """All that came; None keeps none, for a benchmark."""

    def application(self) -> web.Application:
        app = web.Application(middlewares=[self._middleware], client_max_size=100_000_000)
        for method, path, handler in self._routes():
            app.router.add_route(method, path if path.startswith("/attachments") else VERSION + path, handler)
        app.router.add_get("/gateway/", self._gateway.serve)
        return app

    def _routes(self) -> list[tuple[str, str, Handler]]:
        channel, message = "/channels/{channel}", "/channels/{channel}/messages/{message}"
        webhook, guild = r"/webhooks/{app}/{token}", "/guilds/{guild}"
        return [
            ("GET", "/gateway", self._gateway_url),
            ("GET", "/gateway/bot", self._gateway_url),
            ("GET", "/users/@me", self._me),
            ("POST", "/users/@me/channels", self._open_direct),
            ("DELETE", "/users/@me/guilds/{guild}", self._leave),
            ("GET", "/users/{user}", self._user),
            ("GET", "/oauth2/applications/@me", self._application),
            ("GET", "/applications/@me", self._application),
            ("GET", "/applications/{app}/emojis", self._application_emojis),
            ("GET", "/applications/{app}/commands", self._commands),
            ("PUT", "/applications/{app}/commands", self._sync),
            ("GET", "/applications/{app}" + guild + "/commands", self._commands),
            ("PUT", "/applications/{app}" + guild + "/commands", self._sync),
            ("POST", "/interactions/{id}/{token}/callback", self._callback),
            ("POST", webhook, self._follow_up),
            ("GET", webhook + "/messages/{message}", self._webhook_message),
            ("PATCH", webhook + "/messages/{message}", self._edit_webhook_message),
            ("DELETE", webhook + "/messages/{message}", self._delete_webhook_message),
            ("GET", guild, self._guild),
            ("GET", guild + "/channels", self._guild_channels),
            ("GET", guild + "/members/{user}", self._member),
            ("GET", guild + "/emojis", self._emojis),
            ("GET", guild + "/emojis/{emoji}", self._emoji),
            ("GET", channel, self._channel),
            ("GET", channel + "/messages", self._messages),
            ("POST", channel + "/messages", self._post),
            ("POST", channel + "/threads", self._thread),
            ("GET", message, self._message),
            ("PATCH", message, self._edit),
            ("DELETE", message, self._delete),
            ("POST", message + "/threads", self._thread),
            ("PUT", message + "/reactions/{emoji}/@me", self._react),
            ("GET", message + "/reactions/{emoji}", self._reactors),
            ("GET", "/attachments/{file}/{name}", self._file),
        ]

    @web.middleware
    async def _middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith("/gateway/"):
            return await handler(request)
        path = request.path.removeprefix(VERSION)
        trouble = self._troubles.meeting(request.method, path)
        if trouble is not None and (refusal := await self._troubled(trouble.before(request))) is not None:
            response: web.StreamResponse = refusal
        else:
            try:
                if not request.path.startswith(("/attachments", f"{VERSION}/interactions", f"{VERSION}/webhooks")):
                    self._allow(request)
                response = await handler(request)
            except Refused as error:
                response = answer({"code": error.code, "message": error.message}, error.status)
            except web.HTTPException as error:
                log.error("The stand-in has no %s %s", request.method, path)
                response = answer({"code": 0, "message": str(error)}, error.status)
        if self.requests is not None:
            self.requests.append(Request(request.method, path, request.get(BODY), response.status))
        self._changed()
        if trouble is not None:
            await trouble.behind(request)
        return response

    async def _troubled(self, waiting: Awaitable[web.Response | None]) -> web.Response | None:
        self._changed()  # who waits for a request that is held hears that it came
        return await waiting

    def _allow(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bot {self._world.token}":
            raise Refused(401, 0, "401: Unauthorized")

    async def _body(self, request: web.Request) -> tuple[Any, list[Json]]:
        """What a request says, and the files that came with it."""
        if not request.content_type.startswith("multipart/"):
            raw = await request.read()
            request[BODY] = body = json.loads(raw) if raw else {}
            return body, []
        body, files = {}, list[Json]()
        form = await request.post()
        for name, value in form.items():
            if name == "payload_json":
                body = json.loads(str(value))
            elif isinstance(value, web.FileField):
                files.append(self._world.attach(value.filename, value.file.read()))
        request[BODY] = body
        return body, files

    # -- the application ------------------------------------------------------------

    async def _gateway_url(self, _: web.Request) -> web.Response:
        return answer(self._gateway.info())

    async def _me(self, _: web.Request) -> web.Response:
        return answer(self._world.me.payload())

    async def _application(self, _: web.Request) -> web.Response:
        me, owner = self._world.me, self._world.owner
        return answer(
            {
                "id": str(me.id),
                "name": me.name,
                "description": "",
                "icon": None,
                "rpc_origins": [],
                "bot_public": True,
                "bot_require_code_grant": False,
                "verify_key": "",
                "flags": 0,
                "owner": owner.payload(),
                "team": None,
                "bot": me.payload(),
            }
        )

    async def _application_emojis(self, _: web.Request) -> web.Response:
        return answer({"items": []})

    async def _commands(self, request: web.Request) -> web.Response:
        return answer(self._world.commands.get(int(request.match_info.get("guild", 0)), []))

    async def _sync(self, request: web.Request) -> web.Response:
        world, guild = self._world, int(request.match_info.get("guild", 0))
        body, _ = await self._body(request)
        common: Json = {"application_id": str(world.me.id), "version": "1", "description": ""}
        common |= {"guild_id": str(guild)} if guild else {}
        world.commands[guild] = [common | each | {"id": str(world.snowflake())} for each in body]
        return answer(world.commands[guild])

    # -- interactions ---------------------------------------------------------------

    async def _callback(self, request: web.Request) -> web.Response:
        body, files = await self._body(request)
        number, token = int(request.match_info["id"]), request.match_info["token"]
        taken = self._interactions.take(number, token, body, files)
        if not request.query.get("with_response"):
            return web.Response(status=204)
        told: Json = {"id": str(taken.id), "type": int(taken.kind)}
        whole: Json = {"interaction": told}
        if (message := taken.original) is not None:
            told |= {"response_message_id": str(message.id), "response_message_ephemeral": message.ephemeral}
            whole["resource"] = {"type": body["type"], "message": message.payload(self._world.me)}
        return answer(whole)

    async def _follow_up(self, request: web.Request) -> web.Response:
        body, files = await self._body(request)
        return self._shown(self._interactions.follow_up(request.match_info["token"], body, files))

    async def _webhook_message(self, request: web.Request) -> web.Response:
        named = request.match_info
        return self._shown(self._interactions.message_of(named["token"], named["message"]))

    async def _edit_webhook_message(self, request: web.Request) -> web.Response:
        body, files = await self._body(request)
        named = request.match_info
        return self._shown(self._interactions.edit(named["token"], named["message"], body, files))

    async def _delete_webhook_message(self, request: web.Request) -> web.Response:
        named = request.match_info
        self._world.delete(self._interactions.message_of(named["token"], named["message"]))
        return web.Response(status=204)

    # -- servers and people -----------------------------------------------------------

    def _guild_of(self, request: web.Request) -> Guild:
        guild = self._world.guilds.get(int(request.match_info["guild"]))
        if guild is None or self._world.me.id not in guild.members:
            raise Refused(404, 10004, "Unknown Guild")
        return guild

    async def _guild(self, request: web.Request) -> web.Response:
        return answer(self._guild_of(request).payload())

    async def _guild_channels(self, request: web.Request) -> web.Response:
        return answer([channel.payload() for channel in self._guild_of(request).channels.values()])

    async def _member(self, request: web.Request) -> web.Response:
        guild, user = self._guild_of(request), int(request.match_info["user"])
        if user not in guild.members:
            raise Refused(404, 10007, "Unknown Member")
        return answer(guild.member_payload(self._world.users[user]))

    async def _emojis(self, request: web.Request) -> web.Response:
        guild = self._guild_of(request)
        return answer([guild.emoji_payload(emoji) for emoji in guild.emoji])

    async def _emoji(self, request: web.Request) -> web.Response:
        guild, emoji = self._guild_of(request), int(request.match_info["emoji"])
        if emoji not in guild.emoji:
            raise Refused(404, 10014, "Unknown Emoji")
        return answer(guild.emoji_payload(emoji))

    async def _leave(self, request: web.Request) -> web.Response:
        guild = self._guild_of(request)
        del guild.members[self._world.me.id]
        await self._gateway.send("GUILD_DELETE", {"id": str(guild.id)}, guild)
        return web.Response(status=204)

    def _user_of(self, number: object) -> User:
        user = self._world.users.get(int(str(number)))
        if user is None:
            raise Refused(404, 10013, "Unknown User")
        return user

    async def _user(self, request: web.Request) -> web.Response:
        return answer(self._user_of(request.match_info["user"]).payload())

    async def _open_direct(self, request: web.Request) -> web.Response:
        body, _ = await self._body(request)
        return answer(self._world.direct(self._user_of(body["recipient_id"])).payload())

    # -- channels and messages ----------------------------------------------------------

    def _shown(self, message: Message) -> web.Response:
        return answer(message.payload(self._world.me))

    def _message_of(self, request: web.Request) -> Message:
        return self._world.find_message(int(request.match_info["channel"]), int(request.match_info["message"]))

    async def _channel(self, request: web.Request) -> web.Response:
        channel = self._world.channels.get(int(request.match_info["channel"]))
        if channel is None:
            raise Refused(404, 10003, "Unknown Channel")
        return answer(channel.payload())

    async def _messages(self, request: web.Request) -> web.Response:
        """The newest first; those ``after`` or ``before`` an id where one is named."""
        channel = self._world.channels.get(int(request.match_info["channel"]))
        if channel is None:
            raise Refused(404, 10003, "Unknown Channel")
        query, found = request.query, sorted(channel.messages)
        limit = int(query.get("limit", 50))
        if "after" in query:
            found = [number for number in found if number > int(query["after"])][:limit]
        elif "before" in query:
            found = [number for number in found if number < int(query["before"])]
        shown = [channel.messages[number].payload(self._world.me) for number in reversed(found[-limit:])]
        return answer(shown)

    async def _post(self, request: web.Request) -> web.Response:
        body, files = await self._body(request)
        channel = self._world.channels.get(int(request.match_info["channel"]))
        if channel is None:
            raise Refused(404, 10003, "Unknown Channel")
        message = self._world.post(channel, self._world.me, body)
        message.attachments = files
        return self._shown(message)

    async def _message(self, request: web.Request) -> web.Response:
        return self._shown(self._message_of(request))

    async def _edit(self, request: web.Request) -> web.Response:
        body, files = await self._body(request)
        message = self._message_of(request)
        message.edit(body)
        message.attachments += files
        return self._shown(message)

    async def _delete(self, request: web.Request) -> web.Response:
        self._world.delete(self._message_of(request))
        return web.Response(status=204)

    async def _thread(self, request: web.Request) -> web.Response:
        body, _ = await self._body(request)
        number = int(request.match_info["message"]) if "message" in request.match_info else None
        parent = self._world.channels[int(request.match_info["channel"])]
        if number in self._world.channels:
            raise Refused(400, 160004, "A thread has already been created for this message")
        thread = self._world.add_thread(parent, body["name"], number)
        await self._gateway.send("THREAD_CREATE", thread.payload() | {"newly_created": True}, thread.guild)
        return answer(thread.payload())

    async def _react(self, request: web.Request) -> web.Response:
        givers = self._message_of(request).reactions.setdefault(request.match_info["emoji"], [])
        if self._world.me not in givers:
            givers.append(self._world.me)
        return web.Response(status=204)

    async def _reactors(self, request: web.Request) -> web.Response:
        givers = self._message_of(request).reactions.get(request.match_info["emoji"], [])
        after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 25))
        found = sorted((user for user in givers if user.id > after), key=lambda user: user.id)
        return answer([user.payload() for user in found[:limit]])

    async def _file(self, request: web.Request) -> web.Response:
        data = self._world.files.get(int(request.match_info["file"]))
        if data is None:
            raise Refused(404, 0, "no such file")
        return web.Response(body=data)
