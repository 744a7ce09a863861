"""Where the files beside the code live, in a checkout and in an installed wheel."""

from pathlib import Path

PACKAGE = Path(__file__).parent.parent


def bundled(name: str) -> Path:
    """Return the folder `templates`, `migrations` or `seed`: inside the wheel, or at the top of the checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name
