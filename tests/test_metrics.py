"""docs/metrics.md lists exactly the metrics there are; none tells more of a person than which channel they used.

`python -m tests.test_metrics` writes the table anew.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from prometheus_client.metrics import MetricWrapperBase

from assistant import metrics
from assistant.errors import Conflict, StoreUnavailable
from assistant.store.database import Database

PAGE = Path(__file__).resolve().parent.parent / "docs" / "metrics.md"
BEGIN, END = "<!-- metrics: written by python -m tests.test_metrics -->", "<!-- end of metrics -->"
LABELS = {"channel", "status", "result", "kind", "state", "repair", "trouble", "error"}
"""Closed lists of our own words, and the channel."""


def _registered() -> list[MetricWrapperBase]:
    found = [one for one in vars(metrics).values() if isinstance(one, MetricWrapperBase)]
    return sorted(found, key=_name)


def _name(metric: MetricWrapperBase) -> str:
    return metric._name + ("_total" if metric._type == "counter" else "")


def table() -> str:
    """A row for each metric, by name."""
    lines = ["| Metric | Kind | By | What it says |", "|---|---|---|---|"]
    for one in _registered():
        labels = ", ".join(one._labelnames) or "–"
        lines.append(f"| `{_name(one)}` | {one._type} | {labels} | {one._documentation} |")
    return "\n".join(lines) + "\n"


def written(page: str) -> str:
    """The page with the table between its marks as the code declares it."""
    head, begin, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    assert begin and end, f"docs/metrics.md lacks the marks {BEGIN} and {END}"
    return f"{head}{BEGIN}\n{table()}{END}{tail}"


def test_the_page_says_exactly_which_metrics_there_are() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == written(page), "write it anew: .venv/bin/python -m tests.test_metrics"


def test_every_metric_is_on_the_list_that_prometheus_reads() -> None:
    shown = set(re.findall(r"^# TYPE (\S+) ", metrics.text().decode(), re.MULTILINE))
    shown = {name for name in shown if not name.endswith("_created")}
    assert shown == {_name(one) for one in _registered()}


def test_no_metric_is_labelled_by_more_than_a_channel_and_our_own_words() -> None:
    for one in _registered():
        assert set(one._labelnames) <= LABELS, _name(one)


def test_metrics_named_on_the_page_exist() -> None:
    names = {_name(one) for one in _registered()}
    assert set(re.findall(r"assistant_\w+", PAGE.read_text(encoding="utf-8"))) <= names


async def test_errors_of_the_database_are_counted_and_our_own_decisions_are_not(tmp_path: Path) -> None:
    def count(error: str) -> float:
        return metrics.database_errors.labels(error)._value.get()

    def decides(_: object) -> None:
        raise Conflict("no")

    def broken(connection: object) -> None:
        connection.exec_driver_sql("SELECT nonsense FROM nowhere")  # type: ignore[attr-defined]

    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    before = count(StoreUnavailable.code)
    for work in (decides, broken):
        try:
            await database.read(work)
        except StoreUnavailable:
            pass
    assert count(StoreUnavailable.code) == before + 2, "it was not opened"
    database.open()
    refused = count("OperationalError") + count(StoreUnavailable.code)
    with pytest.raises(Conflict):
        await database.write(decides)
    assert count("OperationalError") + count(StoreUnavailable.code) == refused
    with pytest.raises(Exception, match=r"nowhere|OperationalError"):
        await database.write(broken)
    assert count("OperationalError") + count(StoreUnavailable.code) == refused + 1
    assert count(Conflict.code) == 0
    await database.close()


if __name__ == "__main__":
    before = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(written(before), encoding="utf-8")
    sys.stdout.write(
        "docs/metrics.md is up to date\n" if before == written(before) else "docs/metrics.md was written\n"
    )
