"""Numbers that cannot be true: room, units, ages, costs, years."""

import re
from collections.abc import Iterator
from datetime import date

from resource_hub.exchange.hsds.lint.sense.codes import CURRENCIES
from resource_hub.exchange.hsds.lint.values import Record, Remark

OLDEST = 120
FIRST_YEAR = 1500

# Mass, length, area and volume, by their names, symbols and UN/CEFACT codes.
_MEASURES = re.compile(
    r"((kilo|milli|centi|deci|hecto|mega)?(gram(me)?|met(er|re)|lit(er|re))|tonne|ton|pound|ounce|stone|inch|foot|feet|"
    r"yard|mile|gallon|pint|quart|acre|kgs?|kgm|grm|lbs?|lbr|oz|onz|mtr|km|kmt|cm|cmt|ltr|gll|mtk|mtq)s?",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(beds?|bunks?|cots?|cribs?|places?|seats?|slots?|spots?|rooms?|apartments?|appointments?|vacanc(y|ies))\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(kilograms?|kilos?|kgs?|grams?|pounds?|lbs?|ounces?|oz|tons?|tonnes?|weight|liters?|litres?)\b", re.IGNORECASE
)


def check_capacity(record: Record, _today: date) -> Iterator[Remark]:
    """Check how much room a service says it has, and in what unit."""
    available, maximum = record.number("available"), record.number("maximum")
    if available is not None and maximum is not None and available > maximum:
        text = f"{available:g} available of at most {maximum:g}. Correct one of the two."
        yield Remark("over_maximum", "available", text)
    for name, number in (("available", available), ("maximum", maximum)):
        if number is not None and number < 0:
            yield Remark("negative_number", name, "There cannot be less than nothing. Correct it.")
    described = record.text("description")[:2000]
    if _COUNTED.search(described) and not _MEASURED.search(described):
        for unit in record.inside("unit"):
            words = (str(unit.get(name, ""))[:40].strip() for name in ("name", "identifier"))
            if any(_MEASURES.fullmatch(word) for word in words):
                text = "The description counts things, the unit measures mass, length or volume. Name what is counted."
                yield Remark("wrong_unit", "unit", text)


def check_ages(record: Record, _today: date) -> Iterator[Remark]:
    """Check the ages that a service is for."""
    ages = {name: record.number(name) for name in ("minimum_age", "maximum_age")}
    youngest, oldest = ages.values()
    if youngest is not None and oldest is not None and youngest > oldest:
        yield Remark("ages_reversed", "minimum_age", f"From {youngest:g} to {oldest:g} is nobody. Exchange the two.")
    for name, age in ages.items():
        if age is not None and age < 0:
            yield Remark("negative_number", name, "Nobody is younger than 0. Correct it.")
        elif age is not None and age > OLDEST:
            text = f"Nobody is {age:g} years old. Leave the field out where there is no limit."
            yield Remark("age_implausible", name, text)


def check_cost(record: Record, _today: date) -> Iterator[Remark]:
    """Check the currency and amount of a cost."""
    currency, amount = record.text("currency"), record.number("amount")
    if currency and currency.upper() not in CURRENCIES:
        yield Remark("bad_currency", "currency", "Use the three letters of ISO 4217, like USD.")
    if amount is not None and amount < 0:
        yield Remark("negative_number", "amount", "A cost cannot be less than nothing. Correct it.")


def check_year(record: Record, today: date) -> Iterator[Remark]:
    """Check the year in which an organization was founded."""
    year = record.number("year_incorporated")
    if year is not None and not (FIRST_YEAR <= year <= today.year and year == int(year)):
        text = f"Write a year of four digits, {FIRST_YEAR} to {today.year}."
        yield Remark("year_implausible", "year_incorporated", text)
