"""The tool get_time: cities in three languages, and the person's own zone."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest

from assistant.errors import ToolRefused
from assistant.tool import Caller
from assistant.tools import builtin
from assistant.tools.cities import CITIES
from assistant.tools.time import find
from tests.clocks import FakeClock


@pytest.fixture(autouse=True)
def _held_still(monkeypatch: pytest.MonkeyPatch, clock: FakeClock) -> None:
    monkeypatch.setattr("assistant.tools.time._clock", clock)


async def ask(city: str | None, zone: str = "UTC") -> str:
    arguments = {} if city is None else {"city": city}
    return await builtin()["get_time"].run(arguments, Caller(person="p", conversation="c", zone=zone))


@pytest.mark.parametrize(
    "city, result",
    [
        ("Lisbon", "14:32, Monday 23 November 2026, Lisbon"),
        ("lisboa", "14:32, Monday 23 November 2026, Lisboa"),
        ("SAO PAULO", "11:32, Monday 23 November 2026, São Paulo"),
        ("São Paulo", "11:32, Monday 23 November 2026, São Paulo"),
        ("Nova York", "09:32, Monday 23 November 2026, Nova York"),
        ("Nueva York", "09:32, Monday 23 November 2026, Nueva York"),
        ("new  york ", "09:32, Monday 23 November 2026, New York"),
        ("Tóquio", "23:32, Monday 23 November 2026, Tóquio"),
        ("Auckland", "03:32, Tuesday 24 November 2026, Auckland"),
        ("Ciudad de México", "08:32, Monday 23 November 2026, Ciudad de México"),
        ("New York City", "09:32, Monday 23 November 2026, New York City"),
        ("Asia/Kolkata", "20:02, Monday 23 November 2026, Kolkata"),
        ("America/Argentina/Ushuaia", "11:32, Monday 23 November 2026, Ushuaia"),
        ("knox", "08:32, Monday 23 November 2026, Knox"),
        ("UTC", "14:32, Monday 23 November 2026, UTC"),
    ],
)
async def test_cities(city: str, result: str) -> None:
    assert await ask(city) == result


@pytest.mark.parametrize(
    "zone, result",
    [
        ("Europe/Berlin", "15:32, Monday 23 November 2026, Berlin"),
        ("America/Sao_Paulo", "11:32, Monday 23 November 2026, Sao Paulo"),
        ("UTC", "14:32, Monday 23 November 2026, UTC"),
        ("Nowhere/Land", "14:32, Monday 23 November 2026, UTC"),
        ("../etc/passwd", "14:32, Monday 23 November 2026, UTC"),
    ],
)
async def test_without_a_city_it_is_the_zone_of_the_person(zone: str, result: str) -> None:
    assert await ask(None, zone) == result
    assert await ask("", zone) == result


async def test_an_unknown_city_is_refused_by_name() -> None:
    with pytest.raises(ToolRefused) as caught:
        await ask("Xyz")
    assert str(caught.value) == "I do not know the city Xyz."


def test_every_zone_of_the_table_exists_and_no_name_means_two_places() -> None:
    zones = available_timezones()
    names: dict[str, str] = {}
    count = 0
    for line in CITIES.strip().splitlines():
        zone, cities = line.split(" ", 1)
        assert zone in zones
        for city in cities.split(";"):
            english, *others = (name.strip() for name in city.split("="))
            count += 1
            for name in {english, *others}:
                assert names.setdefault(name.casefold(), english) == english
                assert find(name) == (zone, english)
    assert count >= 300
