"""A short run of the fault harness: whatever is killed, every accepted message has one visible outcome, in order."""

from __future__ import annotations

import pytest

from .chaos.run import Plan, run

SEED = 20261130


@pytest.mark.slow
@pytest.mark.parametrize(
    "database",
    ["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.redis])],
)
async def test_under_kills_of_everything_no_promise_is_broken(
    database: str, request: pytest.FixtureRequest
) -> None:
    if (
        database == "postgres"
    ):  # they skip, or fail where that is forbidden, when the servers are not installed
        request.getfixturevalue("postgres_server")
        request.getfixturevalue("redis_url")
    plan = Plan(
        database=database,
        kills=10_000,
        seconds=10,
        seed=SEED,
        between_kills=(0.2, 0.6),
        people=12,
        pause=2.0,
        hang_seconds=1.5,
        max_crashes=12,
        lease_seconds=1.0,
        first_poison=2,
        poison_share=0,
    )
    lines: list[str] = []
    report = await run(plan, lines.append)
    told = f"seed {SEED}: {report.figures()} {report.findings.broken()} {report.killed} {report.ended} {lines[-3:]}"
    assert report.good, told
    # A run in which nothing happened proves nothing.
    assert report.kills >= 15, told
    assert report.accepted >= 40, told
    assert report.delivered >= 10, told
    assert report.poisonings >= 1, told
