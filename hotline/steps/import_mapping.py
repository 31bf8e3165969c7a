"""列映射: the mappings shipped as data, and the operator's own, in one TOML form."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from hotline.errors import StepRefused
from hotline.rules.import_rows import FIELDS, Columns

SHIPPED: Final = Path(__file__).with_name("import_maps")


@cache
def shipped() -> tuple[Columns, ...]:
    """The most particular first."""
    return tuple(mapping(path) for path in sorted(SHIPPED.glob("*.toml")))


def mapping(path: Path) -> Columns:
    """One mapping. StepRefused names what is wrong with it."""
    try:
        return _columns(tomllib.loads(path.read_text(encoding="utf-8-sig")), path.stem)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError, TypeError) as error:
        raise StepRefused("import.bad_mapping", what=str(error)) from error


def _columns(content: dict[str, Any], name: str) -> Columns:
    columns = {field: _several(heading) for field, heading in content.get("columns", {}).items()}
    if unknown := sorted(set(columns) - FIELDS):
        raise StepRefused("import.bad_mapping", what=f"columns: {', '.join(unknown)}")
    if "text" not in columns:
        raise StepRefused("import.bad_mapping", what="columns: text")
    return Columns(
        name=content.get("name", name),
        needs=tuple(content.get("needs", ())),
        columns=columns,
        defaults={"wish": "complain", "channel": "import", **content.get("defaults", {})},
        words=content.get("words", {}),
        times=tuple(content.get("times", ())),
    )


def _several(heading: str | list[str]) -> tuple[str, ...]:
    return (heading,) if isinstance(heading, str) else tuple(heading)
