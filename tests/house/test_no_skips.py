"""The option `.ci/run` loads: a skip is a failure, and its reason is shown."""

import subprocess
import sys
from pathlib import Path

import pytest

SKIPS = {
    "in the test": "import pytest\ndef test_it(): pytest.skip('no server')",
    "by a mark": "import pytest\n@pytest.mark.skip(reason='no server')\ndef test_it(): ...",
    "of the whole file": "import pytest\npytest.skip('no server', allow_module_level=True)",
}


def run(folder: Path, source: str, *options: str) -> subprocess.CompletedProcess[str]:
    file = folder / "test_planted.py"
    file.write_text(source + "\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "/dev/null", *options, str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("source", SKIPS.values(), ids=SKIPS)
def test_a_skip_fails_with_its_reason(tmp_path: Path, source: str) -> None:
    done = run(tmp_path, source, "-p", "tests.plugins.no_skips")
    assert done.returncode != 0
    assert "Nothing may be skipped here." in done.stdout
    assert "no server" in done.stdout


def test_what_is_not_skipped_still_passes(tmp_path: Path) -> None:
    assert run(tmp_path, "def test_it(): ...", "-p", "tests.plugins.no_skips").returncode == 0
