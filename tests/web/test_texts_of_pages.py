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


FILTERS = """{{ "name" | shared_field }}, {{ "food-insecurity" | need_name }}, {{ "veteran" | fact_name }},
{{ "en" | language_name }}, {{ 400 | age }}, {{ "requested" | words("status") }}, {{ true | fact_value("veteran") }}"""


def test_what_stands_fast_in_a_template_is_said_to_each_reader_in_their_language(app: Flask) -> None:
    template = app.jinja_env.from_string(FILTERS)
    said = {}
    for language in ("en", "es", "en"):
        with app.test_request_context("/", headers={"Accept-Language": language}):
            said[language] = template.render().replace("\n", " ").split(", ")

    assert said["en"][:2] == ["Name", "Food"]
    assert [pair for pair in zip(said["en"], said["es"], strict=True) if pair[0] == pair[1]] == []


def test_every_filter_of_ours_waits_for_the_reader(app: Flask) -> None:
    ours = {name for name, function in app.jinja_env.filters.items() if "resource_hub" in function.__module__}

    assert len(ours) > 10
    for name in ours:
        assert app.jinja_env.filters[name].__dict__.get("jinja_pass_arg"), name
