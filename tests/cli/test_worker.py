"""The worker sends, expires and raises what is due; once, or until it is told to end."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from resource_hub.accounts.models import Notice
from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.capacity.models import Hold
from resource_hub.cli.shared import Shell
from resource_hub.cli.worker import command
from resource_hub.core.clock import utc_now
from resource_hub.core.encryption import new_key
from resource_hub.core.ids import new_id
from tests.handoff.stories import a_handoff, a_story


@pytest.fixture
def instance(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of its own, where a handoff was asked for two weeks ago and nobody has answered."""
    monkeypatch.setenv("RESOURCE_HUB_INSTANCE", str(tmp_path))
    monkeypatch.delenv("RESOURCE_HUB_DATABASE_URL", raising=False)
    shell = Shell()
    shutil.copy(migrated_file, tmp_path)
    with shell.database.write() as session:
        then = utc_now() - timedelta(days=14)
        work = Work(session, SYSTEM, then, shell.vault, new_id)
        a_handoff(work, a_story(work))
    shell.database.engine.dispose()
    return tmp_path


def run() -> str:
    shell = Shell()
    done = CliRunner().invoke(command, ["--once"], obj=shell, catch_exceptions=False)
    assert done.exit_code == 0
    assert done.stdout == ""
    shell.database.engine.dispose()
    return done.stderr.strip()


def said(
    *,
    expired: int = 0,
    raised: int = 0,
    proposed: int = 0,
    asked: int = 0,
    priced: int = 0,
    suggested: int = 0,
    sent: int = 0,
) -> str:
    """The line about one round."""
    return (
        f"holds expired: {expired}, overdue raised: {raised}, next best proposed: {proposed}, "
        f"requests forgotten: 0, organizations asked: {asked}, "
        f"markets priced: {priced}, imports done: 0, looked through for needs: {suggested}, "
        f"notices sent: {sent}, to try again: 0"
    )


def test_one_round_expires_raises_and_sends_and_the_second_has_nothing_to_do(instance: Path) -> None:
    first, second = run(), run()

    assert first == said(expired=1, raised=1, proposed=1, asked=3, priced=1, suggested=2, sent=7)
    assert second == said()
    assert len(list((instance / "outbox").glob("*.eml"))) == 7
    shell = Shell()
    with shell.database.read() as session:
        assert session.scalars(select(Hold.state)).all() == ["expired"]
        assert {notice.kind for notice in session.scalars(select(Notice))} == {
            "handoff.requested",
            "handoff.overdue",
            "handoff.reminder",
            "handoff.next_best",
            "still-right",
        }
    shell.database.engine.dispose()


def test_nothing_in_the_outbox_says_who_or_what(instance: Path) -> None:
    run()

    for file in (instance / "outbox").iterdir():
        for secret in ("Maria", "Quintero", "food", "Food", "walker"):
            assert secret not in file.read_text()


def test_in_production_without_a_sender_notices_wait_and_that_is_said(
    instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESOURCE_HUB_DATA_KEY", (instance / "data_key").read_text() or new_key())
    monkeypatch.setenv("RESOURCE_HUB_SECRET_KEY", "s" * 40)
    monkeypatch.setenv("RESOURCE_HUB_ENV", "production")

    assert run().endswith("notices waiting: 4 (no sender is set up for production)")
    assert not (instance / "outbox").exists()


def test_it_ends_when_it_is_told_to(instance: Path) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-c", "from resource_hub.cli import main; main()", "worker"],
        stderr=subprocess.PIPE,
        env=os.environ | {"RESOURCE_HUB_INSTANCE": str(instance)},
        text=True,
    )
    assert worker.stderr
    line = worker.stderr.readline()
    worker.send_signal(signal.SIGTERM)
    _out, rest = worker.communicate(timeout=60)

    assert "notices sent: 7" in line
    assert (worker.returncode, rest) == (0, "")
