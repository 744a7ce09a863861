"""Why each factor of a row is what it is, as codes with what fills their sentences."""

from datetime import date
from math import isclose, isnan
from zoneinfo import ZoneInfo

from resource_hub.core.codes import NEEDS
from resource_hub.matching.rules.assess import Assessment, local_day
from resource_hub.matching.rules.beta import interval
from resource_hub.matching.rules.follow_through import ENGLISH, primary, spoken
from resource_hub.matching.rules.formula import FACTORS
from resource_hub.matching.rules.outcomes import LEAST_TOLD
from resource_hub.matching.values.columns import REPORT_KINDS, Columns
from resource_hub.matching.values.query import REMOTE, Mode, Query
from resource_hub.matching.values.ranking import Opening, OpenState, Reason, RoomShown, Travel, Truth

MAIN_WEIGHT = 0.8
SHOWN_SHARE = 0.9
ACCEPT = FACTORS.index("accept")
TIMELINESS = FACTORS.index("timeliness")


def fit(needs: tuple[str, ...], query: Query, weight: float) -> tuple[Reason, ...]:
    """Say which needs are answered, and whether the service is there for that."""
    labels = tuple(NEEDS[need] for need in needs)
    if len(query.needs) > len(needs):
        return (Reason("answers_some", {"needs": labels, "asked": len(query.needs)}),)
    return (Reason("made_for" if weight >= MAIN_WEIGHT else "also_does", {"needs": labels}),)


def listing_right(columns: Columns, row: int, query: Query) -> tuple[Reason, ...]:
    """Say when the listing was last checked, and what somebody says is wrong with it."""
    day = columns.verified_on[row]
    said = tuple(
        Reason(f"reported_{kind}")
        for kind, is_open in zip(REPORT_KINDS, columns.reported[row].tolist(), strict=True)
        if is_open
    )
    if isnan(day):
        return (Reason("never_checked"), *said)
    age = max(local_day(query.at, columns.zone) - int(day), 0)
    return (Reason("checked", {"day": date.fromordinal(int(day)), "age": age}), *said)


def accept(assessment: Assessment, row: int, room: RoomShown, today: date) -> tuple[Reason, ...]:
    """Say what is known of room, and whether a condition is open."""
    reasons = [_room(room, today)]
    if room.waiting_days:
        reasons.append(Reason("waiting", {"days": room.waiting_days}))
    requests = int(assessment.beliefs.open[row])
    if requests and room.available is None:
        reasons.append(Reason("request_open" if requests == 1 else "requests_open", {"requests": requests}))
    if assessment.doubted[row]:
        reasons.append(Reason("conditions_doubtful"))
    elif assessment.settled[row] != Truth.YES:
        reasons.append(Reason("conditions_open"))
    elif assessment.eligible[row] != Truth.YES:
        reasons.append(Reason("conditions_in_words"))
    answered, accepted = (
        round(float(sums[row])) for sums in (assessment.beliefs.answered, assessment.beliefs.accepted)
    )
    if answered:
        reasons.append(Reason("answers", {"accepted": min(accepted, answered), "answered": answered}))
    low, high = accept_interval(assessment, row)
    return (*reasons, Reason("likely", {"low": round(100 * low), "high": round(100 * high)}))


def accept_interval(assessment: Assessment, row: int) -> tuple[float, float]:
    """Return the limits between which the chance of room and a yes lies, nine times in ten."""
    value, chance = float(assessment.factors[ACCEPT, row]), float(assessment.chance[row])
    # Rounded, so that rows about which as much is known share the reckoning.
    low, high = interval(round(value / chance, 4), round(float(assessment.certainty[row]), 1), SHOWN_SHARE)
    return min(low * chance, value), max(high * chance, value)


def follow_through(
    columns: Columns, assessment: Assessment, row: int, query: Query, travel: Travel
) -> tuple[Reason, ...]:
    """Say how to get there, in which language, with which documents, and what came of it for others."""
    reasons = [_way(columns, row, query, travel), _language(columns, row, query)]
    terms = columns.of.terms[row]
    for fact, asks in columns.documents.by_fact.items():
        if asks[terms] and query.facts.get(fact) is not True:
            missing = query.facts.get(fact) is False
            reasons.append(Reason("document_missing" if missing else "document_asked", {"document": fact}))
    if columns.documents.others[terms]:
        reasons.append(Reason("papers_asked"))
    hurdles = tuple(reason for reason in reasons if reason) or (Reason("no_hurdle"),)
    return (*hurdles, *_outcomes(assessment, row))


def timeliness(
    opening: Opening, assessment: Assessment, columns: Columns, row: int, query: Query
) -> tuple[Reason, ...]:
    """Say when it opens, and whether that is in time; old hours are said to be old."""
    reasons = (*_opens(opening, assessment, columns, row, query), *_answer(assessment, row))
    if query.needed_by and query.needed_by > query.at:
        in_time = isclose(assessment.factors[TIMELINESS, row], 1)
        reasons = (*reasons, Reason("in_time" if in_time else "not_in_time"))
    return reasons


def _opens(opening: Opening, assessment: Assessment, columns: Columns, row: int, query: Query) -> tuple[Reason, ...]:
    if opening.state is OpenState.OPEN:
        return (Reason("open_now", {"closes": opening.closes}),)
    if opening.next_open:
        values = {"opens": opening.next_open, "now": query.at.astimezone(ZoneInfo(columns.zone))}
        return (Reason("opens_later" if opening.state is OpenState.CLOSED else "may_open", values),)
    if opening.state is OpenState.CLOSED and assessment.opens.complete[row]:
        return (Reason("no_opening"),)
    if columns.hours.stated[columns.of.hours[row]] and not assessment.believed[row]:
        return _old_hours(columns, row, query)
    return (Reason("hours_unknown"),)


def _outcomes(assessment: Assessment, row: int) -> tuple[Reason, ...]:
    record = assessment.record
    known, met, helps = (float(column[row]) for column in (record.known, record.met, record.helps))
    if helps >= 1:
        return ()
    likely = Reason("met_likely", {"share": round(100 * helps)})
    if known < LEAST_TOLD:
        return (likely,)
    return (Reason("outcomes", {"met": min(round(met), round(known)), "known": round(known)}), likely)


def _answer(assessment: Assessment, row: int) -> tuple[Reason, ...]:
    days = float(assessment.record.answer_days[row])
    if days <= 0:
        return ()
    return (Reason("answer_takes", {"days": round(days)}) if days > 1 else Reason("answer_in_a_day"),)


def _room(room: RoomShown, today: date) -> Reason:
    if room.as_of is None:
        return Reason("room_unknown")
    code = "room_" + room.status.replace("-", "_")
    if code == "room_capacity" and room.available is not None:
        code = "room_counted" if room.available else "room_none_left"
    return Reason(code, {"available": room.available, "day": room.as_of, "days_old": (today - room.as_of).days})


def _old_hours(columns: Columns, row: int, query: Query) -> tuple[Reason, ...]:
    day = columns.verified[row, 1]
    if isnan(day):
        return (Reason("hours_never_checked"),)
    return (Reason("hours_old", {"age": local_day(query.at, columns.zone) - int(day)}),)


def _way(columns: Columns, row: int, query: Query, travel: Travel) -> Reason | None:
    modes = Mode(int(columns.modes[row]))
    if modes & REMOTE:
        code = "brought_home" if modes & Mode.HOME else "by_phone" if modes & Mode.PHONE else "online"
        return Reason(code)
    if columns.confidential[row]:
        return Reason("place_confidential")
    if query.origin is None:
        return None
    if travel.minutes is None:
        return Reason("place_unknown")
    code = "way_approximate" if travel.approximate else "way" if travel.estimated else "way_measured"
    return Reason(code, {"duration": travel.minutes, "mode": travel.mode})


def _language(columns: Columns, row: int, query: Query) -> Reason | None:
    tag = primary(query.language)
    if tag == ENGLISH:
        return None
    if spoken(columns, query)[row]:
        return Reason("language_spoken", {"language": tag})
    if columns.languages.interpreted[columns.of.terms[row]]:
        return Reason("language_interpreted", {"language": tag})
    code = "language_not_listed" if columns.languages.stated[columns.of.terms[row]] else "language_unknown"
    return Reason(code, {"language": tag})
