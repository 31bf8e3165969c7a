"""What a migration locks: reads its SQL and says what would stop the service at a large table."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

LITERAL: Final = re.compile(r"\$\$.*?\$\$|'(?:[^']|'')*'|--[^\n]*", re.DOTALL)
MADE: Final = re.compile(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)")
TABLE: Final = re.compile(
    r"(?:CREATE TABLE(?: IF NOT EXISTS)?|ALTER TABLE(?: IF EXISTS)?(?: ONLY)?|UPDATE|DELETE FROM"
    r"|DROP TABLE(?: IF EXISTS)?|CREATE (?:UNIQUE )?INDEX .*? ON) (\w+)"
)
# What takes longer the more there is, or waits for what nobody knows; and what the last release,
# which may still run beside, would miss.
LOCKING: Final[Sequence[tuple[str, str]]] = (
    (r"CREATE (UNIQUE )?INDEX (?!CONCURRENTLY)", "an index is built beside (Part.indexes)"),
    (r"CREATE (UNIQUE )?INDEX CONCURRENTLY", "not in a transaction (Part.indexes)"),
    (r"ADD (CONSTRAINT \S+ )?(CHECK|FOREIGN KEY)(?!.*NOT VALID)", "NOT VALID, proven afterwards"),
    (r"ADD COLUMN .*REFERENCES", "a reference is a constraint, NOT VALID"),
    (r"ADD (CONSTRAINT \S+ )?(UNIQUE|PRIMARY KEY)(?! USING INDEX)", "a unique index built beside"),
    (r"ADD (CONSTRAINT \S+ )?EXCLUDE", "a new table"),
    (r"ADD COLUMN (?!.*\bDEFAULT\b).*NOT NULL", "what is not null has a default"),
    (r"ADD COLUMN .*(GENERATED|SERIAL|\bUNIQUE\b|PRIMARY KEY)", "every row is written anew"),
    (r"DEFAULT .*(RANDOM|UUID|CLOCK_TIMESTAMP|NEXTVAL)", "every row is written anew"),
    (r"ALTER COLUMN \S+ (SET DATA )?TYPE", "a new column, filled a page at a time"),
    (r"ALTER COLUMN \S+ SET NOT NULL", "CHECK (… IS NOT NULL) NOT VALID"),
    (r"DROP (COLUMN|TABLE)", "the last release reads it: the release after"),
    (r"\bRENAME\b", "the last release reads it: a new one beside"),
    (r"^(UPDATE|DELETE FROM) (?!.*WHERE)", "a page at a time (RunPython)"),
    (r"^(VACUUM|CLUSTER|REINDEX|LOCK|REFRESH|TRUNCATE)", "not in a migration"),
    (r"SET (LOGGED|UNLOGGED|TABLESPACE|ACCESS METHOD)", "every row is written anew"),
)


def locking(sql: str) -> list[str]:
    """Each statement that shuts others out of a table it did not make, and what to do instead."""
    statements = list(_statements(sql))
    made = {
        found[1]
        for one in statements
        if (found := re.match(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", one))
    }
    return [
        f"{one[:100]}: {instead}"
        for one in statements
        if _table(one) not in made
        for pattern, instead in LOCKING
        if re.search(pattern, one)
    ]


def _statements(sql: str) -> Iterator[str]:
    """One by one, without comments, literals and quotes, in capitals."""
    for one in LITERAL.sub(" ", sql).replace('"', "").upper().split(";"):
        if words := " ".join(one.split()):
            yield words


def _table(statement: str) -> str:
    found = TABLE.search(statement)
    return found[1] if found else ""
