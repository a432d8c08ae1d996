"""Versions of what was said: whatever a visitor does, one path is shown, told to the model, and all others can be had back."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from .branch_machine import Versions

EXAMPLES = int(os.environ.get("ASSISTANT_TESTS_MACHINE", "0"))


def _try(machine: type[Versions], examples: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES or examples,
            stateful_step_count=25,
            deadline=None,
            derandomize=not EXAMPLES,
            database=None,
            phases=[Phase.generate, Phase.shrink] if EXAMPLES else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_whatever_is_edited_answered_anew_or_chosen_the_path_is_what_anybody_would_draw() -> None:
    _try(Versions, 40)


@pytest.mark.postgres
def test_both_databases_show_the_same_path(postgres_url: str) -> None:
    class Both(Versions):
        postgres = postgres_url

    _try(Both, 5)
