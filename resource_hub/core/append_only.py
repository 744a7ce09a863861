"""Tables whose rows are never changed or deleted, held by triggers on both databases."""

from sqlalchemy import Connection


def protect(connection: Connection, table: str) -> None:
    """Make the database refuse to change or delete rows of a table."""
    for statement in _sqlite(table) if connection.dialect.name == "sqlite" else _postgresql(table):
        connection.exec_driver_sql(statement)


def unprotect(connection: Connection, table: str) -> None:
    """Take back what `protect` did; on SQLite the triggers go with the table."""
    if connection.dialect.name == "sqlite":
        for act in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER {table}_no_{act}")
    else:
        connection.exec_driver_sql(f"DROP TRIGGER {table}_append_only ON {table}")
        connection.exec_driver_sql(f"DROP FUNCTION {table}_append_only")


def _sqlite(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
        for act in ("update", "delete")
    ]


def _postgresql(table: str) -> list[str]:
    return [
        (
            f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION 'rows of {table} are never changed'; END $$"
        ),
        (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
        ),
    ]
