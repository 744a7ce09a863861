"""The database: SQLite embedded, PostgreSQL to grow; sessions that read and sessions that write."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Dialect,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    make_url,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator, TypeEngine

Join = Literal["conditional_savepoint", "create_savepoint"]

BUSY_SECONDS = 10
STATEMENT_MILLISECONDS = 30_000


Listener = Callable[[Engine, set[str]], None]

_NEWS = "news"
_LOCK_NOT_AVAILABLE = "55P03"
_UNIQUE_VIOLATION = "23505"
_TAKEN_ON_SQLITE = frozenset({"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})
_log = logging.getLogger(__name__)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, stored in UTC; refuses a time without zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware instant into what the database stores."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "an instant needs a time zone"
            raise ValueError(message)
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn what the database stores into an aware instant."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The parent of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this name as a plain class attribute
        datetime: UtcDateTime(),
        bytes: LargeBinary(),
        str: String(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
        list[dict[str, Any]]: JSON(),
    }


class Database:
    """Opens sessions. Whoever opens a writing session commits it by leaving the block without an error."""

    def __init__(self, bind: Engine | Connection, *, join: Join = "conditional_savepoint") -> None:
        """Take an engine, or in tests a connection whose outer transaction is rolled back."""
        self._bind = bind
        self._join = join
        self._listeners: dict[str, Listener] = {}

    @classmethod
    def from_url(cls, url: str, folder: Path | None = None) -> "Database":
        """Connect to `sqlite:///…` or `postgresql+psycopg://…`; in `folder` processes keep what they share."""
        return cls(make_engine(url).execution_options(folder=folder))

    def listen(self, topic: str, listener: Listener) -> None:
        """Call a listener with what was announced about a topic, each time after a commit."""
        self._listeners[topic] = listener

    @property
    def engine(self) -> Engine:
        """The engine behind the sessions."""
        return self._bind.engine

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database; None for PostgreSQL, and for a database in memory."""
        url = self.engine.url
        in_file = url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}
        return Path(str(url.database)) if in_file else None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session that is rolled back at the end."""
        with self._session(writes=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open a session that commits at the end, or rolls everything back when an error leaves the block."""
        with self._session(writes=True) as session:
            yield session
            session.commit()
            self._tell(session.info.pop(_NEWS, {}))

    def _tell(self, news: dict[str, set[str]]) -> None:
        for topic, about in news.items():
            listener = self._listeners.get(topic)
            if listener:
                try:
                    listener(self.engine, about)
                except Exception:  # noqa: BLE001 - it is committed: nothing that follows may look like a failure
                    _log.exception("a listener failed", extra={"topic": topic})

    def _session(self, *, writes: bool) -> Session:
        bind = self._bind if isinstance(self._bind, Connection) else self._bind.execution_options(writes=writes)
        return Session(bind, autoflush=True, expire_on_commit=False, join_transaction_mode=self._join)


def make_engine(url: str) -> Engine:
    """Make an engine with the pragmas and timeouts that each database needs."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite_engine(url)
    options = f"-c statement_timeout={STATEMENT_MILLISECONDS} -c lock_timeout={BUSY_SECONDS * 1000}"
    return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": BUSY_SECONDS, "options": options})


@contextmanager
def waits_for_locks(session: Session, seconds: float) -> Iterator[None]:
    """Wait no longer for what others hold while the block lasts. SQLite's one lock is held since the session began."""
    if session.get_bind().dialect.name == "sqlite":
        yield
        return
    session.execute(text(f"SET LOCAL lock_timeout = {int(seconds * 1000)}"))
    yield
    session.execute(text("SET LOCAL lock_timeout TO DEFAULT"))


def is_lock_timeout(error: OperationalError) -> bool:
    """Tell whether a statement failed because somebody else held what it waited for (PostgreSQL)."""
    return getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE


def is_taken(error: IntegrityError) -> bool:
    """Tell whether a statement failed because somebody else had added a row with the same key."""
    sqlite_name: str = getattr(error.orig, "sqlite_errorname", "")
    return getattr(error.orig, "sqlstate", None) == _UNIQUE_VIOLATION or sqlite_name in _TAKEN_ON_SQLITE


def announce(session: Session, topic: str, about: str) -> None:
    """Tell whoever listens to a topic once the session is committed; what is rolled back may be announced as well."""
    session.info.setdefault(_NEWS, {}).setdefault(topic, set()).add(about)


def announced(session: Session, topic: str) -> bool:
    """Tell whether the session has something to announce about a topic."""
    return bool(session.info.get(_NEWS, {}).get(topic))


def insert_new(session: Session, table: type[Base] | Table, row: dict[str, Any]) -> bool:
    """Insert a row unless a unique key is already taken; return whether it was inserted."""
    target = _table_of(table)
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(target).values(row).on_conflict_do_nothing()
    # SQLAlchemy forgets how many rows an INSERT made unless it is asked to remember.
    return session.connection().execute(statement, execution_options={"preserve_rowcount": True}).rowcount == 1


def put_row(
    session: Session,
    table: type[Base],
    key: dict[str, Any],
    values: dict[str, Any],
    if_new: dict[str, Any] | None = None,
) -> None:
    """Insert a row, or set its values where the key is taken, whoever else does so at the same moment."""
    if not insert_new(session, table, key | values | (if_new or {})):
        session.execute(update(table).filter_by(**key).values(values))


def insert_many(session: Session, table: type[Base] | Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows that name the same columns, all of the table's that have no value otherwise.

    The values go to the driver at once: what SQLAlchemy does for each row of a long import takes longer than SQLite.
    """
    if not rows:
        return
    connection, target = session.connection(), _table_of(table)
    dialect, names = connection.dialect, list(rows[0])
    quoted = ", ".join(map(dialect.identifier_preparer.quote, names))
    marks = ", ".join(["?" if dialect.paramstyle == "qmark" else "%s"] * len(names))
    columns = [_stored(target.c[name].type, dialect, [row[name] for row in rows]) for name in names]
    named = dialect.identifier_preparer.format_table(target)
    statement = f"INSERT INTO {named} ({quoted}) VALUES ({marks})"  # noqa: S608 - names are the schema's own
    connection.exec_driver_sql(statement, list(zip(*columns, strict=True)))


def _table_of(table: type[Base] | Table) -> Table:
    target = table if isinstance(table, Table) else table.__table__
    if not isinstance(target, Table):
        message = "only a table takes rows"
        raise TypeError(message)
    return target


def _stored(kind: TypeEngine[Any], dialect: Dialect, values: list[Any]) -> list[Any]:
    process = kind.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return values
    if not isinstance(kind, UtcDateTime):
        return [process(value) for value in values]
    known = {value: process(value) for value in set(values)}
    return [known[value] for value in values]


def _sqlite_engine(url: str) -> Engine:
    file = make_url(url).database
    if file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver would begin transactions by its own rules; with None it leaves that to `_begin_sqlite`.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the write lock at once: upgrading a read lock later fails at once, without waiting its turn.
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
