"""Start-up time and resident memory: the web server alone, and the whole demonstration with its model process."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from .report import Row, show
from .servers import free_port


def resident(pid: int) -> int:
    """Resident bytes of a process and all its descendants, shared pages counted once for each (an upper bound)."""
    total = 0
    for process in [pid, *descendants(pid)]:
        try:
            pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += pages * os.sysconf("SC_PAGESIZE")
    return total


def descendants(pid: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == pid:
            found += [int(folder.name), *descendants(int(folder.name))]
    return found


def serve() -> tuple[float, float]:
    """Seconds from the start of `assistant serve` to /readyz, and its resident MB then."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = os.environ | {"ASSISTANT_DATA": folder, "ASSISTANT_PORT": str(port)}
        command = [sys.executable, "-m", "assistant"]
        subprocess.run([*command, "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL)
        started = time.monotonic()
        process = subprocess.Popen([*command, "serve"], env=environment, stdout=subprocess.DEVNULL)
        try:
            while True:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1).read()
                    return time.monotonic() - started, resident(process.pid) / 2**20
                except (OSError, urllib.error.URLError):
                    time.sleep(0.02)
        finally:
            process.terminate()
            process.wait(20)


def demonstration() -> tuple[float, float]:
    """Seconds of `assistant demo --once` and the most MB that all its processes held together."""
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "demo", "--once"], stdout=subprocess.DEVNULL
    )
    most = 0
    while process.poll() is None:
        most = max(most, resident(process.pid))
        time.sleep(0.1)
    if process.returncode:
        raise SystemExit("the demonstration did not succeed; run `assistant demo --once` to see why")
    return time.monotonic() - started, most / 2**20


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    ready, web = serve()
    took, whole = demonstration()
    show(
        "start-up and size",
        [
            Row(figure="serve: start to /readyz", ours=f"{ready:.2f} s", reference="", goal="≤ 5 s"),
            Row(figure="serve: resident memory", ours=f"{web:.0f} MB", reference="", goal="≤ 150 MB"),
            Row(figure="demo --once, all processes", ours=f"{whole:.0f} MB", reference="", goal="≤ 1536 MB"),
            Row(figure="demo --once, whole run", ours=f"{took:.0f} s", reference="", goal=""),
        ],
        {
            "serve_ready_s": round(ready, 2),
            "serve_mb": round(web, 1),
            "demo_mb": round(whole, 1),
            "demo_s": round(took, 1),
        },
    )


if __name__ == "__main__":
    main()
