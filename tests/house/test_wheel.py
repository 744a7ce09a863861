"""An installed wheel is whole: pages, schema, seeds and built assets are inside."""

import subprocess
import sys
import zipfile

import pytest

from tests.house.tree import ROOT, relative, text_files


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.parametrize("folder", ["templates", "migrations", "seed"])
def test_what_lies_beside_the_code_lies_in_the_wheel(contents: set[str], folder: str) -> None:
    wanted = {f"resource_hub/{relative(path)}" for path in text_files(folder)}
    assert wanted
    assert wanted - contents == set()


@pytest.mark.parametrize("file", ["core/data/postal_codes.csv", "web/shared/static/build/site.css"])
def test_what_is_built_lies_in_the_wheel(contents: set[str], file: str) -> None:
    assert f"resource_hub/{file}" in contents


def test_every_translation_lies_in_the_wheel(contents: set[str]) -> None:
    translations = (ROOT / "resource_hub/translations").glob("*/LC_MESSAGES/*.po")
    compiled = {path.with_suffix(".mo").relative_to(ROOT).as_posix() for path in translations}
    assert compiled - contents == set()


def test_tests_do_not_lie_in_the_wheel(contents: set[str]) -> None:
    assert [name for name in contents if name.startswith("tests/")] == []
