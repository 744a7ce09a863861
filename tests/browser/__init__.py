"""Tests in a real browser. What helps them says what it found when it fails, as the tests do."""

import pytest

pytest.register_assert_rewrite(*(f"tests.browser.{name}" for name in ("checks", "serving", "watching", "ways")))
