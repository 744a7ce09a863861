"""What people read who answer alone is at the sixth year of school or below, in English and in Spanish."""

import re
from html import unescape

from flask import Flask

from resource_hub.accounts.work import Work
from resource_hub.screening import service
from tests.conftest import as_actor
from tests.factories import a_person
from tests.handoff.stories import Story
from tests.screening.readability import fernandez_huerta, flesch_kincaid_grade, inflesz
from tests.web.conftest import page, send


def sentences(html: str) -> str:
    """Return the text of a page, each block as a sentence; what only lists names and numbers of others is left out."""
    main = html.partition("<main")[2].partition("</main>")[0].partition(">")[2]
    main = re.sub(r"<ol class=\"results\">.*?</ol>|<input[^>]*>", "", main, flags=re.DOTALL)
    blocks = re.split(r"</?(?:h\d|p|li|label|legend|button|div|section|fieldset|form|ul|ol)\b[^>]*>", main)
    texts = (re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", block))).strip() for block in blocks)
    return " ".join(text if text[-1] in ".?!" else f"{text}." for text in texts if text)


def shown(app: Flask, work: Work, story: Story, language: str) -> list[str]:
    """Return every page of a visit, with danger and without."""
    mine = as_actor(work, story.coordinator)
    person = a_person(mine, story.market, postal_code="21201")
    client = app.test_client()
    client.set_cookie("language", language)
    found = [page(client.get("/screen")).html, page(client.get("/screen/over")).html]
    send(client, "/screen", code=service.invite(mine, person.id, "short-screener"))
    found.append(page(client.get("/screen/questions/1")).html)
    position = page(client.get("/screen/questions/1")).hidden("position")
    send(client, "/screen/questions/1", position=position, **{"item.food": "most", "item.safety": "yes"})
    found.append(page(client.get("/screen/questions/help")).html)
    send(client, "/screen/questions/help", **{"help.food-insecurity": "yes", "help.stress": "yes"})
    found += [page(client.get(f"/screen/{name}")).html for name in ("menu", "order", "list")]
    return [sentences(html) for html in found]


def test_the_pages_read_easily_in_english(app: Flask, work: Work, story: Story) -> None:
    texts = shown(app, work, story, "en")

    assert "What would help you today?" in " ".join(texts)
    assert flesch_kincaid_grade(" ".join(texts)) <= 6
    for text in texts:
        assert flesch_kincaid_grade(text) <= 6, text


def test_the_pages_read_easily_in_spanish(app: Flask, work: Work, story: Story) -> None:
    texts = shown(app, work, story, "es")

    assert "¿Qué le ayudaría hoy?" in " ".join(texts)
    assert fernandez_huerta(" ".join(texts)) >= 70
    assert inflesz(" ".join(texts)) >= 65
