"""草案原文: TOML that a person wrote; whatever is wrong with it is a ValueError that says so."""

import math
import tomllib
from typing import Any


def read_toml(text: str) -> dict[str, Any]:
    """ValueError: no TOML, brackets in brackets without end, or a number that is none."""
    try:
        return tomllib.loads(text, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _finite(said: str) -> float:
    if not math.isfinite(number := float(said)):
        raise ValueError(f"no number: {said[:20]}")
    return number
