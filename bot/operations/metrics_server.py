"""Serves ``/metrics`` and ``/healthz`` to programs that watch the bot, where the setting METRICS says."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client.exposition import choose_encoder

from bot.errors import HostError
from bot.operations.metrics import Metrics


@asynccontextmanager
async def serving(metrics: Metrics, host: str, port: int) -> AsyncGenerator[None]:
    """Serve *metrics* at *host* and *port* until this is left. Raises `HostError` where that cannot be had."""

    async def measures(request: web.Request) -> web.Response:
        encode, kind = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(metrics.registry), headers={"Content-Type": kind})

    async def health(_: web.Request) -> web.Response:
        wrong = metrics.troubles()
        return web.Response(text="\n".join(wrong or ["ok"]) + "\n", status=503 if wrong else 200)

    app = web.Application()
    app.add_routes([web.get("/metrics", measures), web.get("/healthz", health)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise HostError(f"METRICS {host}:{port} cannot be served: {error.strerror}. Name another address.") from error
    try:
        yield
    finally:
        await runner.cleanup()
