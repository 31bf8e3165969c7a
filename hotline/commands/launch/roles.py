"""The embedded cluster's own roles and database, made before the first migration."""

import asyncpg

from hotline.commands.launch.servers import DATABASE, LOGIN, OWNER, Postgres
from hotline.database import APP_ROLE


async def ensure_roles(postgres: Postgres) -> None:
    """The role that cannot edit history, a login that is its member, and the database."""
    connection = await asyncpg.connect(postgres.owner_url("postgres"), timeout=5)
    try:
        await _ensure_role(connection, APP_ROLE, "NOLOGIN")
        await _ensure_role(connection, LOGIN, "LOGIN")
        word = await connection.fetchval("SELECT quote_literal($1)", postgres.passwords.login)
        await connection.execute(f"ALTER ROLE {LOGIN} PASSWORD {word}")
        await connection.execute(f"GRANT {APP_ROLE} TO {LOGIN}")
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", DATABASE):
            await connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
    finally:
        await connection.close()


async def _ensure_role(connection: asyncpg.Connection, name: str, kind: str) -> None:
    if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", name):
        await connection.execute(f"CREATE ROLE {name} {kind}")
