"""An instrument asked page by page, for staff and for people alone: what a page shows, and saving what it sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import request
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from resource_hub.accounts.work import Work
from resource_hub.core.errors import Conflict, Invalid, NotFound
from resource_hub.inventory.models import Market
from resource_hub.matching.values.wording import Helpline
from resource_hub.screening import queries, service
from resource_hub.screening.rules.enabling import asked
from resource_hub.screening.rules.paging import next_page, page_before, pages_of
from resource_hub.screening.values import NEED_OF, Draft, Instrument, Item, Kind, Result, WantsHelp, text_in
from resource_hub.web.shared.asking import PREFIX, Asked, questions_of
from resource_hub.web.shared.forms import Form
from resource_hub.web.shared.hub import current_work
from resource_hub.web.shared.language import current_language
from resource_hub.web.shared.safety import help_now

WISH = "help."
# Sent once for each question that the reader saw, so that one which an answer brings up is not passed over.
SHOWN = "shown"


@dataclass(frozen=True)
class QuestionPage:
    """A page of a screening under way: its questions, what was answered, and help where answers mean danger."""

    draft: Draft
    number: int
    count: int
    title: str
    label: str
    introduction: str
    questions: tuple[Asked, ...]
    asked: frozenset[str]
    sent: MultiDict[str, str]
    before: int | None
    helplines: tuple[Helpline, ...]


def page_of(draft: Draft, number: int, market: Market, *, keep_sent: bool = False) -> QuestionPage:
    """Return a page of a screening under way; with `keep_sent`, as the form that was sent just now left it."""
    instrument, language = queries.instrument_of(current_work(), draft.id), current_language()
    pages = pages_of(instrument)
    if not 0 < number <= len(pages):
        raise NotFound(gettext("There is no such page."))
    codes = frozenset(pages[number - 1])
    return QuestionPage(
        draft=draft,
        number=number,
        count=len(pages),
        title=text_in(instrument.title, language),
        label=text_in(instrument.label, language),
        introduction=text_in(instrument.introduction, language),
        questions=tuple(one for one in questions_of(instrument, language) if one.code in codes),
        asked=asked(instrument, draft.answers.given),
        sent=request.form if keep_sent else _answered(draft),
        before=page_before(instrument, draft.answers.given, number),
        helplines=helplines_of(draft, instrument, market),
    )


def helplines_of(draft: Draft, instrument: Instrument, market: Market) -> tuple[Helpline, ...]:
    """Return whom to call, where an answer given so far means danger."""
    return help_now(instrument, draft.answers, service.so_far(current_work(), draft).dangers, market)


def save_page(work: Work, draft: Draft, number: int, form: Form) -> Draft | None:
    """Save what a page sent; None where it was refused, and the form says why."""
    instrument = queries.instrument_of(work, draft.id)
    pages = pages_of(instrument)
    if not 0 < number <= len(pages):
        raise NotFound(gettext("There is no such page."))
    on_page = pages[number - 1]
    answers = {item.code: _sent(item) for item in instrument.questions if item.code in on_page}
    try:
        return service.save(work, draft.id, answers, {}, position=_position())
    except Invalid:
        form.form_errors.append(gettext("Some answers do not fit. Look at the numbers and dates."))
    except Conflict as refusal:
        form.blame(refusal)
    return None


def page_after(before: Draft, saved: Draft, number: int) -> int | None:
    """Return the page to show when one was saved: the same where an answer brought up a question; None at the end."""
    instrument = queries.instrument_of(current_work(), saved.id)
    pages = pages_of(instrument)
    on_page = set(pages[number - 1]).intersection(item.code for item in instrument.questions)
    brought_up = asked(instrument, saved.answers.given) - asked(instrument, before.answers.given)
    if (on_page & brought_up) - set(request.form.getlist(SHOWN)):
        return number
    return next_page(instrument, saved.answers.given, number)


def first_page(draft: Draft) -> int:
    """Return the page to begin with, or to go on with: the first on which nothing was answered."""
    instrument = queries.instrument_of(current_work(), draft.id)
    answered = {one.item for one in draft.answers.given}
    number = next_page(instrument, draft.answers.given, 0)
    while number is not None and answered.intersection(pages_of(instrument)[number - 1]):
        later = next_page(instrument, draft.answers.given, number)
        if later is None:
            break
        number = later
    return number or 1


def risks_of(draft: Draft) -> tuple[str, ...]:
    """Return the needs that answers given so far show a risk of, in the instrument's order."""
    found = service.so_far(current_work(), draft).results
    return tuple(dict.fromkeys(NEED_OF.get(one.domain, one.domain) for one in found if one.result is Result.POSITIVE))


def wishes_sent() -> dict[str, WantsHelp]:
    """Return what a form says about wanting help, by need."""
    known = {wish.value for wish in WantsHelp}
    sent = ((name.removeprefix(WISH), wish) for name, wish in request.form.items() if name.startswith(WISH))
    return {code: WantsHelp(wish) for code, wish in sent if wish in known}


def help_texts(draft: Draft) -> tuple[str, Mapping[str, str]]:
    """Return the question about help and its answers, as the instrument words them."""
    instrument, language = queries.instrument_of(current_work(), draft.id), current_language()
    answers = {code: text_in(texts, language) for code, texts in instrument.help_answers.items()}
    return text_in(instrument.help_question, language), answers


def _sent(item: Item) -> list[str]:
    values = [value.strip() for value in request.form.getlist(PREFIX + item.code) if value.strip()]
    # What is written into the box beside the choices counts more than the choice.
    return values[-1:] if item.kind is Kind.OPEN_CHOICE and not item.several else values


def _position() -> int:
    typed = request.form.get("position", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < len("1000000") else -1


def _answered(draft: Draft) -> MultiDict[str, str]:
    given: Iterable[tuple[str, str]] = ((PREFIX + one.item, one.answer) for one in draft.answers.given)
    return MultiDict(given)
