"""One migration's share of what the ORM cannot say, as plain SQL."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

Said: TypeAlias = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Part:
    """The tables, foreign keys, checks and indexes that came with one migration.

    A reference is (child table, its column, parent table), made composite with tenant_id; a check
    is (table, name, rule). `before` and `after` are statements of its own. What is said of a table
    that was there before is proven, and built, after the migration (`records/migrating.py`).
    """

    tables: tuple[str, ...] = ()
    references: tuple[tuple[str, str, str], ...] = ()
    checks: tuple[tuple[str, str, str], ...] = ()
    indexes: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def statements(self) -> list[str]:
        """In the order in which they can run."""
        return [
            *self.before,
            *key_statements(self.tables),
            *self._of_old(reference_statements, self.references),
            *self._of_old(check_statements, self.checks),
            *(one for one in self.indexes if table_of(one) in self.tables),
            *([grant(self.tables)] if self.tables else []),
            *self.after,
        ]

    def _of_old(self, said: Callable[[Said], list[str]], of: Said) -> Iterator[str]:
        """A row there was before is not looked at under a lock that shuts everybody out."""
        for one, statement in zip(of, said(of), strict=True):
            yield statement if one[0] in self.tables else f"{statement} NOT VALID"


def table_of(index: str) -> str:
    """The table that an index is of."""
    return index.split(" ON ", 1)[1].split(maxsplit=1)[0]


def key_statements(tables: Iterable[str]) -> list[str]:
    """(tenant_id, id) as the primary key of every table: what a distributed table needs."""
    return [
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey, ADD PRIMARY KEY (tenant_id, id)"
        for table in tables
    ]


def reference_statements(references: Iterable[tuple[str, str, str]]) -> list[str]:
    """Foreign keys that never cross a tenant."""
    return [
        f"ALTER TABLE {child} ADD CONSTRAINT {child}_{column}_fk"
        f" FOREIGN KEY (tenant_id, {column}) REFERENCES {parent} (tenant_id, id)"
        for child, column, parent in references
    ]


def check_statements(checks: Iterable[tuple[str, str, str]]) -> list[str]:
    """Rules that must hold whatever the code does."""
    return [
        f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({rule})" for table, name, rule in checks
    ]


def grant(tables: Iterable[str]) -> str:
    """What the application may do with a table."""
    return f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(tables)} TO hotline_app"
