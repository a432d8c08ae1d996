"""The tool calculate: exact decimal arithmetic, bounded in size and time."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from decimal import Context, Decimal, DecimalException, DivisionByZero, InvalidOperation
from typing import Annotated

from pydantic import Field

from ..errors import ToolRefused

LONGEST = 200
"""Characters of an expression."""
LARGEST_EXPONENT = 1000
DIGITS = 12
"""Significant digits of a result."""

_SPELLINGS = str.maketrans({"×": "*", "·": "*", "÷": "/", ":": "/", "−": "-", "–": "-", "^": "\0", ",": "."})
_PLAIN = re.compile(r"[0-9eE.+\-*/%() ]*")
_OPERATORS: dict[type[ast.operator], Callable[[Context, Decimal, Decimal], Decimal]] = {
    ast.Add: Context.add,
    ast.Sub: Context.subtract,
    ast.Mult: Context.multiply,
    ast.Div: Context.divide,
    ast.Mod: Context.remainder,
}


async def calculate(
    expression: Annotated[str, Field(description="numbers with + - * / % ** and parentheses, like (3+4)*12")],
) -> str:
    """Work out an arithmetic expression exactly."""
    return evaluate(expression)


def evaluate(expression: str) -> str:
    """The value of `expression` as a plain number. Raises ToolRefused with a sentence for the model."""
    text = expression.strip().removesuffix("=").strip()
    if len(text) > LONGEST:
        raise ToolRefused(f"the expression is longer than {LONGEST} characters.")
    text = text.translate(_SPELLINGS).replace("\0", "**")
    if not text or not _PLAIN.fullmatch(text):
        raise ToolRefused("only numbers, + - * / % ** and parentheses can be calculated.")
    # Python forbids 007, people write it.
    text = re.sub(r"(?<![\d.eE])0+(?=\d)", "", text)
    try:
        tree = ast.parse(text, mode="eval")
        value = _value(tree.body, text, Context(prec=50, Emax=9999, Emin=-9999))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ToolRefused("this is not a complete expression.") from None
    except (ZeroDivisionError, DivisionByZero):
        raise ToolRefused("division by zero.") from None
    except InvalidOperation:
        raise ToolRefused("this has no result among plain numbers.") from None
    except DecimalException:
        raise ToolRefused("the result is too large.") from None
    return written(value)


def _value(node: ast.expr, text: str, context: Context) -> Decimal:
    if isinstance(node, ast.Constant):
        # The number as written: a float would already have lost digits.
        return context.create_decimal(text[node.col_offset : node.end_col_offset])
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.UAdd | ast.USub):
        value = _value(node.operand, text, context)
        return context.minus(value) if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left, text, context), _value(node.right, text, context)
        if isinstance(node.op, ast.Pow):
            if abs(right) > LARGEST_EXPONENT:
                raise ToolRefused(f"the exponent is larger than {LARGEST_EXPONENT}.")
            if left == 0 and right < 0:
                raise ZeroDivisionError
            return Decimal(1) if right == 0 else context.power(left, right)
        if isinstance(node.op, ast.Div | ast.Mod) and right == 0:
            raise ZeroDivisionError
        if isinstance(node.op, ast.Mod):
            # The sign of the divisor, as people and Python expect.
            rest = context.remainder(left, right)
            return context.add(rest, right) if rest and (rest < 0) != (right < 0) else rest
        operator = _OPERATORS.get(type(node.op))
        if operator is not None:
            return operator(context, left, right)
    raise ToolRefused("only numbers, + - * / % ** and parentheses can be calculated.")


def written(value: Decimal) -> str:
    """At most DIGITS significant digits, no trailing zeros, no exponent unless the number is huge or tiny."""
    rounded = Context(prec=DIGITS).plus(value)
    if rounded == 0:
        return "0"
    if rounded.adjusted() >= 30 or rounded.adjusted() < -15:
        return f"{rounded.normalize():e}".replace("e", "E")
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
