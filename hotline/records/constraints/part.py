"""One migration's share of what the ORM cannot say, as plain SQL."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """The tables, foreign keys, checks and indexes that came with one migration.

    A reference is (child table, its column, parent table), made composite with tenant_id; a check
    is (table, name, rule). `before` and `after` are statements of its own.
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
            *reference_statements(self.references),
            *check_statements(self.checks),
            *self.indexes,
            *([grant(self.tables)] if self.tables else []),
            *self.after,
        ]


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
