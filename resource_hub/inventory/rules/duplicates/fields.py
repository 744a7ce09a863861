"""What is compared of a record: its fields as published, and as they are read."""

from dataclasses import dataclass

# What is longer is cut before anything is compared, so that no text makes a comparison slow.
LONGEST_FIELD = 300


@dataclass(frozen=True)
class Fields:
    """A record as published; empty text is a field that is not there. Coordinates are in degrees."""

    name: str = ""
    address_1: str = ""
    address_2: str = ""
    city: str = ""
    state_province: str = ""
    postal_code: str = ""
    phone: str = ""
    website: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Name:
    """A name's words in the form that is compared, what each weighs, its initials, and the words that name a part.

    `part` holds the telling words behind a comma, dash or colon: of “Harbor College, Career Center” those of “career”.
    """

    words: tuple[str, ...]
    weights: tuple[float, ...]
    joined: str
    initials: frozenset[str]
    acronyms: frozenset[str]
    part: frozenset[str]

    @property
    def distinctive(self) -> frozenset[str]:
        """The words that tell this name from others."""
        return frozenset(word for word, weight in zip(self.words, self.weights, strict=True) if weight >= 1)


@dataclass(frozen=True)
class Street:
    """A street address: house number, the street's words, the unit inside the building, or a PO box."""

    number: str = ""
    words: tuple[str, ...] = ()
    unit: str = ""
    box: str = ""

    @property
    def is_known(self) -> bool:
        """Whether it says where to go."""
        return bool(self.words)


@dataclass(frozen=True)
class Site:
    """A website: its host without www, the path, and whether many organizations share the host."""

    host: str = ""
    path: str = ""
    shared: bool = False


@dataclass(frozen=True)
class Entry:
    """A record as it is compared."""

    name: Name
    street: Street
    city: str
    state: str
    zip: str
    phones: frozenset[str]
    site: Site
    point: tuple[float, float] | None
