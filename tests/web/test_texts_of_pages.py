"""A text of a page is said in the reader's language, and what is filled in is safe where it stands."""

import pytest
from flask import Flask, render_template_string

from resource_hub.web.shared.language import speak

SOURCE = '{% autoescape safe %}{{ _("Compare %(name)s", name=name) }}{% endautoescape %}'


@pytest.mark.parametrize(
    ("language", "safe", "said"),
    [
        ("en", True, "Compare &lt;b&gt;"),
        ("en", False, "Compare <b>"),
        ("es", True, "Comparar &lt;b&gt;"),
        ("es", False, "Comparar <b>"),
    ],
)
def test_a_text_is_said(app: Flask, language: str, safe: bool, said: str) -> None:  # noqa: FBT001 - a case
    with app.test_request_context("/", headers={"Accept-Language": language}):
        assert render_template_string(SOURCE, safe=safe, name="<b>") == said


def test_an_answer_in_another_language_than_the_readers(app: Flask) -> None:
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        assert render_template_string(SOURCE, safe=True, name="x") == "Compare x"
        speak("es")
        assert render_template_string(SOURCE, safe=True, name="x") == "Comparar x"
