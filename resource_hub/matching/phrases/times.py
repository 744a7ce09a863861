"""Times, days, ages and durations in words, as people say them."""

from datetime import date, datetime

from resource_hub.core.language import Translate
from resource_hub.core.language import marked as _

_WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
_MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)
_WEEK, _HOUR, _NOON = 7, 60, 12
_MONTH_DAYS, _YEAR_DAYS = 30.4, 365.25
# From here on there are two months, two years: none of these is said of one.
_WEEKS_UNTIL, _MONTHS_UNTIL = 61, 731


def clock(moment: datetime, translate: Translate) -> str:
    """Return the time of day: "9 am", "5:30 pm", "noon"."""
    if moment.minute == 0 and moment.hour % _NOON == 0:
        return translate("noon") if moment.hour else translate("midnight")
    hour = str((moment.hour - 1) % _NOON + 1)
    time = f"{hour}:{moment.minute:02d}" if moment.minute else hour
    return translate("%(time)s am", time=time) if moment.hour < _NOON else translate("%(time)s pm", time=time)


def coming(moment: datetime, now: datetime, translate: Translate) -> str:
    """Return a time to come, seen from now (both in one zone): "tomorrow at 9 am", "on Tuesday at noon"."""
    days = (moment.date() - now.date()).days
    time = clock(moment, translate)
    if days <= 1:
        return translate("tomorrow at %(time)s", time=time) if days else translate("today at %(time)s", time=time)
    weekday = translate(_WEEKDAYS[moment.weekday()])
    if days < _WEEK:
        return translate("on %(weekday)s at %(time)s", weekday=weekday, time=time)
    month = translate(_MONTHS[moment.month - 1])
    return translate(
        "on %(weekday)s, %(month)s %(day)s at %(time)s", weekday=weekday, month=month, day=moment.day, time=time
    )


def calendar_date(day: date, translate: Translate) -> str:
    """Return a date: "October 1, 2026"."""
    month = translate(_MONTHS[day.month - 1])
    return translate("%(month)s %(day)s, %(year)s", month=month, day=day.day, year=day.year)


def age(days: int, translate: Translate) -> str:
    """Return how long ago: "today", "3 weeks ago", "8 months ago"."""
    if days <= 1:
        return translate("yesterday") if days == 1 else translate("today")
    if days < 2 * _WEEK:
        return translate("%(count)s days ago", count=days)
    if days < _WEEKS_UNTIL:
        return translate("%(count)s weeks ago", count=days // _WEEK)
    if days < _MONTHS_UNTIL:
        return translate("%(count)s months ago", count=int(days / _MONTH_DAYS))
    return translate("%(count)s years ago", count=int(days / _YEAR_DAYS))


def days(count: int, translate: Translate) -> str:
    """Return a number of days: "1 day", "14 days"."""
    return translate("1 day") if count == 1 else translate("%(count)s days", count=count)


def duration(minutes: int, translate: Translate) -> str:
    """Return minutes as people say them: "12 minutes", "1 h 40 min"."""
    if minutes == 1:
        return translate("1 minute")
    if minutes <= _HOUR:
        return translate("%(count)s minutes", count=minutes)
    hours, rest = divmod(minutes, _HOUR)
    return translate("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)
