"""Run the migrations: on the connection that `kb.store.database` gives, or from Alembic's command line.

From the command line (``alembic -c migrations/alembic.ini -x db=URL ...``) the URL may be any that kb takes.
"""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from kb.store.check import is_ours
from kb.store.columns import UtcDateTime
from kb.store.database import open_database
from kb.store.tables import metadata


def render_item(kind: str, item: object, _context: Any) -> str | Literal[False]:
    """Write our own types as plain ones, so that a migration stands without kb's code of another day."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def migrate(connection: Connection) -> None:
    """Run the steps in the transaction that `connection` is in."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        compare_server_default=True,
        render_item=render_item,
        include_name=is_ours,
    )
    context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    engine = open_database(context.get_x_argument(as_dictionary=True)["db"], create=True)
    with engine.begin() as opened:
        migrate(opened)
