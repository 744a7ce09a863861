"""The option `.ci/run` loads: a skip is a failure, and its reason is shown."""

import os
import subprocess
import sys
from pathlib import Path

PLANTED = {
    "test_one.py": "import pytest\ndef test_a(): pytest.skip('no server')",
    "test_two.py": "import pytest\n@pytest.mark.skip(reason='no browser')\ndef test_b(): ...",
    "test_three.py": "import pytest\npytest.skip('no material', allow_module_level=True)",
    "test_four.py": "def test_c(): ...",
}
OPTIONS = ("-q", "-p", "no:cacheprovider", "-c", os.devnull, "--continue-on-collection-errors")


def test_every_kind_of_skip_fails_with_its_reason_and_the_rest_passes(tmp_path: Path) -> None:
    for name, source in PLANTED.items():
        (tmp_path / name).write_text(source + "\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *OPTIONS, "-p", "tests.plugins.no_skips", str(tmp_path)],
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    # A test that skips itself fails; what is skipped before it starts is an error.
    assert "1 failed, 1 passed, 2 errors" in done.stdout
    for reason in ("no server", "no browser", "no material"):
        assert f"Nothing may be skipped here. Skipped: {reason}" in done.stdout
