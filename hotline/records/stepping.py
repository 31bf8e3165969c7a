"""升级 the mapper's own migrations, without its drawing the whole model anew at every operation.

Its state of the schema keeps every table as a class with all that queries need, and copies them all
for each operation, changed or not: with fifty tables, seconds. Ours copies what is said of the
tables, and draws classes only when an operation asks how it was before.
"""

from collections.abc import Callable
from typing import Any

from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget
from tortoise.migrations.graph import MigrationKey
from tortoise.migrations.schema_generator.state import ModelState, State
from tortoise.migrations.schema_generator.state_apps import StateApps

Models = dict[tuple[str, str], ModelState]


async def migrate(config: dict[str, Any], progress: Callable[[str, str, str], object]) -> None:
    """All that is missing; the connections are left to whoever called."""
    stepping = await stepping_through(config)
    await stepping.migrate(
        [MigrationTarget(app, "__latest__") for app in config["apps"]], progress=progress
    )


async def stepping_through(config: dict[str, Any]) -> "Stepping":
    """Of the one app there is."""
    await Tortoise.init(config=config, init_connections=False)
    app, said = next(iter(config["apps"].items()))
    return Stepping(get_connection(said["default_connection"]), {app: said})


class _Drawn(StateApps):
    """Tables as classes that nobody will query."""

    def _build_initial_querysets(self) -> None:
        pass


class _Before(State):
    """How it was before an operation: drawn when somebody looks."""

    def __init__(self, models: Models, now: StateApps) -> None:
        self.models, self._now = models, now
        self._drawn: StateApps | None = None

    @property
    def apps(self) -> StateApps:  # type: ignore[override]
        self._drawn = self._drawn or self._now.clone(model_states=self.models)
        return self._drawn


class _Now(State):
    """How it is."""

    def clone(self) -> State:
        return _Before({key: one.clone() for key, one in self.models.items()}, self.apps)


class Stepping(MigrationExecutor):
    """The mapper's own, over our states."""

    async def _project_state(
        self, applied: set[MigrationKey], *, upto: MigrationKey | None = None
    ) -> State:
        app = next(iter(self.loader.apps_config))
        connection = self.loader.apps_config[app]["default_connection"]
        state = _Now(models={}, apps=_Drawn(default_connections={app: connection}))
        for key in self._full_plan():
            if key == upto:
                break
            if key in applied and (migration := self.loader.graph.nodes[key]):
                await migration.apply(state, dry_run=True)
        return state
