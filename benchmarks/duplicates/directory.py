"""An invented directory with planted duplicates: typos, moved words, other phones, legal forms, fields left out."""

import random
from dataclasses import replace

from resource_hub.inventory.rules.duplicates.fields import Fields

# The shares of names of usual words only, and of records with a website.
USUAL, WITH_SITE = 0.1, 0.5
_FIRST_WORDS = "Harbor Grace Bright Cedar River Hope Maple Summit Liberty Union Valley Willow Garden Bridge Anchor"
_KINDS = (
    "Community Center|Food Pantry|Health Clinic|Family Services|Baptist Church|Legal Aid|Senior Center|Youth Club|"
    "Housing Coalition|Learning Center|Mission|Soup Kitchen"
)
_STREET_WORDS = "Main Oak Elm Pine Park Lake Hill Church Mill Spring Market Cherry Walnut Franklin Jackson Grove"
_FIRST, _KIND, _STREETS = _FIRST_WORDS.split(), _KINDS.split("|"), _STREET_WORDS.split()


def directory(size: int, planted: int, seed: int = 1) -> tuple[list[Fields], set[tuple[int, int]]]:
    """Return so many organizations, of which the last `planted` are others once more, and those pairs."""
    chance = random.Random(seed)  # noqa: S311 - the draws are not secret
    records = [_one(chance, number) for number in range(size - planted)]
    pairs = set()
    for again in chance.sample(range(len(records)), planted):
        pairs.add((again, len(records)))
        records.append(_changed(records[again], chance))
    return records, pairs


def _one(chance: random.Random, number: int) -> Fields:
    town = chance.randrange(400)
    # A word of its own for most names: real directories have as many.
    own = "".join(chance.choice(("ba", "ko", "ri", "ten", "mar", "lo", "vis", "dan", "el", "shu")) for _ in range(3))
    name = f"{own.title()} {chance.choice(_FIRST)} {chance.choice(_KIND)}"
    if chance.random() < USUAL:
        name = f"{chance.choice(_FIRST)} {chance.choice(_KIND)}"
    return Fields(
        name=name,
        address_1=f"{chance.randrange(1, 9900)} {chance.choice(_STREETS)} {chance.choice(('St', 'Ave', 'Rd'))}",
        city=f"Town {town}",
        state_province="MD",
        postal_code=f"{20000 + town}",
        phone=f"410{2_000_000 + number:07}",
        website=f"https://www.{own}{number}.example.org" if chance.random() < WITH_SITE else "",
    )


def _changed(record: Fields, chance: random.Random) -> Fields:
    name = record.name
    at = chance.randrange(1, len(name) - 1)
    changed = chance.choice(
        (name.upper(), f"The {name}, Inc.", name[:at] + name[at + 1 :], " ".join(reversed(name.split())), name)
    )
    other = {
        "phone": chance.choice((record.phone, "", f"443{chance.randrange(2_000_000, 9_000_000)}")),
        "website": chance.choice((record.website, "")),
        "address_1": chance.choice((record.address_1, record.address_1.replace(" St", " Street") + ", Suite 2")),
        "postal_code": chance.choice((record.postal_code, "")),
    }
    return replace(record, name=changed, **other)
