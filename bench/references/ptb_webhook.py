"""python-telegram-bot's own webhook server: an update is in a queue in memory when Telegram hears 200; nothing is stored.

`python -m bench.references.ptb_webhook PORT SECRET`. A stand-in on another port answers the two calls that the library makes
of the Bot API when it starts. It runs on uvloop, as ours does.
"""

from __future__ import annotations

import asyncio
import logging
import sys

import uvloop
from aiohttp import web
from telegram.ext import Application

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


async def _bot_api(request: web.Request) -> web.Response:
    me = {"id": 110201543, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
    return web.json_response({"ok": True, "result": me if request.path.lower().endswith("getme") else True})


async def _serve(port: int, secret: str) -> None:
    api = web.Application()
    api.add_routes([web.post("/{rest:.*}", _bot_api)])
    runner = web.AppRunner(api, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    api_port = runner.addresses[0][1]
    builder = Application.builder().token(TOKEN).base_url(f"http://127.0.0.1:{api_port}/bot")
    application = builder.build()
    async with application:
        assert application.updater is not None
        await application.start()
        await application.updater.start_webhook(
            listen="127.0.0.1",
            port=port,
            url_path="",
            webhook_url="https://bench.example/",
            secret_token=secret,
        )
        await asyncio.Event().wait()


if __name__ == "__main__":
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    uvloop.run(_serve(int(sys.argv[1]), sys.argv[2]))
