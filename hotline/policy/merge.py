"""A pack inherits: the topics of a chain laid over one another, the most specific first. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

Content = Mapping[str, Any]

# Who a jurisdiction is, and the prefix of its numbers, no parent says for it.
NOT_INHERITED: Final = ("identity",)
# Citations a file gives once for all its rows.
CITED_ONCE: Final = ("source", "mark")
# A routing row is known by what it asks for: of two that ask the same the child's stands.
RULE_KEY: Final = (
    "kind", "place", "channels", "wishes", "emergency", "across", "words", "hours", "trades",
    "fallback", "adds",
)  # fmt: skip
# Rows replaced as a whole, known by these fields; others are laid over field by field, by `code`.
WHOLE_ROWS: Final = {"rule": RULE_KEY, "template": ("code", "level", "within")}


def merged(contents: Sequence[Content]) -> dict[str, Any]:
    """One topic of a chain, the child's rows first and over the parent's."""
    result: dict[str, Any] = {}
    for content in contents:
        result = _laid_over(result, cited(content))
    return result


def merged_topics(chain: Sequence[Mapping[str, Content]]) -> dict[str, dict[str, Any]]:
    """Every topic of a chain of packs, most specific pack first."""
    own = {topic: merged([chain[0][topic]]) for topic in NOT_INHERITED if topic in chain[0]}
    topics = dict.fromkeys(topic for pack in chain for topic in pack if topic not in NOT_INHERITED)
    return own | {t: merged([pack[t] for pack in chain if t in pack]) for t in topics}


def cited(content: Content) -> dict[str, Any]:
    """The same content with the file's source and mark written into each row that has none."""
    once = {key: content[key] for key in CITED_ONCE if key in content}
    return {
        key: [{**once, **row} for row in value] if is_table(value) else value
        for key, value in content.items()
    }


def is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _laid_over(child: Content, parent: Content) -> dict[str, Any]:
    result = dict(child)
    for key, value in parent.items():
        result[key] = _joined(key, result[key], value) if key in result else value
    return result


def _joined(key: str, child: Any, parent: Any) -> Any:
    if is_table(child) or is_table(parent):
        return _rows(key, child, parent)
    if isinstance(child, list) and isinstance(parent, list):
        return list(dict.fromkeys([*child, *parent]))
    if isinstance(child, dict) and isinstance(parent, dict):
        return _laid_over(child, parent)
    return child


def _rows(key: str, child: list[Content], parent: list[Content]) -> list[Content]:
    rows = {row_key(key, row): row for row in child}
    for row in parent:
        name = row_key(key, row)
        if name not in rows:
            rows[name] = row
        elif key not in WHOLE_ROWS:
            rows[name] = _laid_over(rows[name], row)
    return list(rows.values())


def row_key(key: str, row: Content) -> tuple[str, ...]:
    """What a row of this table is known by: two rows of one key are one row."""
    return tuple(str(row.get(field, "")) for field in WHOLE_ROWS.get(key, ("code",)))
