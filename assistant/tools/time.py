"""The tool get_time: the time of day in a city, or where the person is."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field

from ..clock import Clock, SystemClock
from ..errors import ToolRefused
from ..tool import Caller
from .cities import CITIES

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

_clock: Clock = SystemClock()


async def get_time(
    caller: Caller,
    city: Annotated[
        str | None, Field(description="a city; leave out for the person's own time", max_length=80)
    ] = None,
) -> str:
    """Tell the time and date now, in a city if one is given."""
    if city and city.strip():
        zone, place = find(city)
        if "/" not in city and _plain(place) != _plain(city):  # its name in the language of the one who asks
            asked = " ".join(city.split())
            place = asked.title() if asked.islower() else asked
    else:
        zone, place = caller.zone, _place_of(caller.zone)
    return written(_clock.now().astimezone(_zone(zone)), place)


def written(moment: datetime, place: str) -> str:
    """`14:32, Monday 23 November 2026, Lisbon`: in English whatever the machine's locale."""
    date = f"{WEEKDAYS[moment.weekday()]} {moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    return f"{moment:%H:%M}, {date}, {place}"


def find(city: str) -> tuple[str, str]:
    """The IANA zone and the English name of a city, by its English, Portuguese or Spanish name or its zone name.

    Raises ToolRefused when nobody here knows it.
    """
    key = _plain(city)
    found = _names().get(key) or _names().get(key.removesuffix(" city").removeprefix("ciudad de ").strip())
    if found is None:
        raise ToolRefused(f"I do not know the city {' '.join(city.split())}.")
    return found


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _place_of(zone: str) -> str:
    """`Europe/Lisbon` -> `Lisbon`; zones that name no city, and unknown ones, are `UTC`."""
    known = "/" in zone and not zone.startswith("Etc/") and zone in _zones()
    return zone.rsplit("/", 1)[1].replace("_", " ") if known else "UTC"


def _plain(name: str) -> str:
    """Without case, accents, punctuation and doubled spaces."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(
        char if char.isalnum() else " " for char in decomposed if not unicodedata.combining(char)
    )
    return " ".join(letters.split())


@cache
def _zones() -> frozenset[str]:
    """Every IANA name; zoneinfo.available_timezones() opens 600 files to find them, seconds on a slow disk."""
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Every name we know -> zone and English name. The table wins over the names inside zone names."""
    names: dict[str, tuple[str, str]] = {}
    for zone in sorted(_zones()):
        if "/" in zone and not zone.startswith("Etc/"):
            for key in (zone, zone.rsplit("/", 1)[1]):
                names[_plain(key)] = (zone, _place_of(zone))
    for line in CITIES.strip().splitlines():
        zone, cities = line.split(" ", 1)
        for city in cities.split(";"):
            english, *others = (name.strip() for name in city.split("="))
            for name in (english, *others):
                names[_plain(name)] = (zone, english)
    names["utc"] = names["gmt"] = ("UTC", "UTC")
    return names
