"""What only a real browser can show: the pages by keyboard, at 360 px, and checked with axe."""

import pytest

# What helps the tests says what it found when it fails, as they do.
pytest.register_assert_rewrite(*(f"tests.browser.{name}" for name in ("checks", "serving", "watching", "ways")))
