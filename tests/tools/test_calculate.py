"""The tool calculate is exact, and cannot be made to work hard."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ToolRefused
from assistant.tool import Caller
from assistant.tools import builtin
from assistant.tools.calculate import evaluate

CALLER = Caller(person="p", conversation="c")


@pytest.mark.parametrize(
    "expression, result",
    [
        ("12*7", "84"),
        ("7/2", "3.5"),
        ("0.1+0.2", "0.3"),
        ("1/3", "0.333333333333"),
        ("2/3", "0.666666666667"),
        ("(3 + 4) * -2", "-14"),
        ("2**10", "1024"),
        ("2^10", "1024"),
        ("2**-1", "0.5"),
        ("2**0.5", "1.41421356237"),
        ("0**0", "1"),
        ("-2**2", "-4"),
        ("17 % 5", "2"),
        ("-7 % 3", "2"),
        ("7,5 × 2", "15"),
        ("10 ÷ 4", "2.5"),
        ("100 =", "100"),
        ("007 + 1", "8"),
        ("1.500", "1.5"),
        ("1e3 + 1", "1001"),
        ("100000000000 * 1000", "100000000000000"),
        ("99999 * 99999", "9999800001"),
        ("10**40", "1E+40"),
        ("5 - 5", "0"),
        ("0 * -1", "0"),
        ("1 - 0.9", "0.1"),
        ("10**20", "100000000000000000000"),
        (".5 + .5", "1"),
    ],
)
def test_results(expression: str, result: str) -> None:
    assert evaluate(expression) == result


@pytest.mark.parametrize(
    "expression, sentence",
    [
        ("1/0", "division by zero."),
        ("1 % 0", "division by zero."),
        ("0 ** -1", "division by zero."),
        ("2 ** 100000", "the exponent is larger than 1000."),
        ("999 ** 999 ** 2", "the exponent is larger than 1000."),
        ("9e999 ** 1000", "the result is too large."),
        ("1e99999", "the result is too large."),
        ("(-8) ** 0.5", "this has no result among plain numbers."),
        ("2 +", "this is not a complete expression."),
        ("2(3)", "only numbers, + - * / % ** and parentheses can be calculated."),
        ("", "only numbers, + - * / % ** and parentheses can be calculated."),
        ("__import__('os')", "only numbers, + - * / % ** and parentheses can be calculated."),
        ("3 // 2", "only numbers, + - * / % ** and parentheses can be calculated."),
        ("1" * 201, "the expression is longer than 200 characters."),
        ("(" * 150 + "1", "this is not a complete expression."),
    ],
)
def test_refusals_are_sentences(expression: str, sentence: str) -> None:
    with pytest.raises(ToolRefused) as caught:
        evaluate(expression)
    assert str(caught.value) == sentence


@given(st.text(alphabet="0123456789eE.+-*/%() ^,", max_size=60))
def test_any_input_ends_quickly_in_a_number_or_a_refusal(expression: str) -> None:
    began = time.monotonic()
    try:
        assert float(evaluate(expression)) is not None
    except ToolRefused:
        pass
    assert time.monotonic() - began < 1


@given(st.integers(-99999, 99999), st.integers(-99999, 99999))
def test_sums_and_products_of_whole_numbers_are_exact(a: int, b: int) -> None:
    assert evaluate(f"({a}) + ({b})") == str(a + b)
    assert evaluate(f"({a}) * ({b})") == str(a * b)


async def test_through_the_tool() -> None:
    assert await builtin()["calculate"].run({"expression": "12*7"}, CALLER) == "84"
    assert await builtin()["calculate"].run({"expression": 84}, CALLER) == "84"
