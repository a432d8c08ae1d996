"""Asks the model hub for one small file: the configuration of a model, by its id; a copy on this machine is enough."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from yarl import URL

from ..errors import ModelUnusable
from ..http import Http, NoAnswer, NotSent, Purpose

_SECONDS = 10.0


async def configuration(hub: str) -> dict[str, Any]:
    """config.json of `hub` ("owner/name"). Raises ModelUnusable with what to do."""
    text = _kept(hub) or await _asked(hub)
    try:
        config = json.loads(text)
    except ValueError:
        config = None
    if not isinstance(config, dict):
        raise ModelUnusable(f"what the hub has as config.json of {hub} cannot be read")
    return config


def _kept(hub: str) -> bytes | None:
    """The newest copy that an earlier download left on this machine."""
    home = Path(os.environ.get("HF_HOME") or Path.home() / ".cache" / "huggingface")
    cache = Path(os.environ.get("HF_HUB_CACHE") or home / "hub")
    found = list(cache.glob(f"models--{hub.replace('/', '--')}/snapshots/*/config.json"))
    return max(found, key=lambda path: path.stat().st_mtime).read_bytes() if found else None


async def _asked(hub: str) -> bytes:
    base = URL((os.environ.get("HF_ENDPOINT") or "https://huggingface.co").rstrip("/"))
    token = os.environ.get("HF_TOKEN")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    url = base / hub / "raw" / "main" / "config.json"
    http = Http(total_seconds=_SECONDS)
    try:
        answer = await http.request("GET", str(url), purpose=Purpose.MODEL, headers=headers)
        moved = URL(answer.headers.get("location", ""))
        if (
            answer.status in (301, 302, 307, 308) and url.join(moved).origin() == url.origin()
        ):  # it was renamed
            answer = await http.request("GET", str(url.join(moved)), purpose=Purpose.MODEL, headers=headers)
    except (NotSent, NoAnswer):
        raise ModelUnusable(
            f"the hub ({base}) cannot be reached for the configuration of {hub}; name a preset or a folder, "
            "or try again with a network"
        ) from None
    finally:
        await http.close()
    if answer.status == 200:
        return answer.body
    if answer.status in (401, 403):
        why = "wants you to be known: check the name, accept its licence there and set HF_TOKEN"
    elif answer.status == 404:
        why = "has no such model, or none with a config.json: check the name"
    else:
        why = f"answered with {answer.status}: try again later"
    raise ModelUnusable(f"{hub}: the hub ({base}) {why}")
