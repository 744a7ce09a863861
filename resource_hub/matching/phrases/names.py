"""Names inside sentences: lists, languages, values of facts."""

from collections.abc import Iterable, Mapping

from babel import Locale

from resource_hub.core.language import Translate
from resource_hub.core.language import marked as _

LANGUAGES: Mapping[str, str] = {
    "am": _("Amharic"),
    "ar": _("Arabic"),
    "ase": _("American Sign Language"),
    "en": _("English"),
    "es": _("Spanish"),
    "fa": _("Persian"),
    "fr": _("French"),
    "hi": _("Hindi"),
    "ht": _("Haitian Creole"),
    "ko": _("Korean"),
    "ne": _("Nepali"),
    "pt": _("Portuguese"),
    "ru": _("Russian"),
    "so": _("Somali"),
    "sw": _("Swahili"),
    "tl": _("Tagalog"),
    "uk": _("Ukrainian"),
    "ur": _("Urdu"),
    "vi": _("Vietnamese"),
    "zh": _("Chinese"),
}
CHOICES: Mapping[tuple[str, str], str] = {
    ("insurance", "none"): _("people without health insurance"),
    ("insurance", "medicaid"): _("people with Medicaid"),
    ("insurance", "medicare"): _("people with Medicare"),
    ("insurance", "private"): _("people with private health insurance"),
    ("insurance", "other"): _("people with other health insurance"),
    ("gender", "female"): _("women"),
    ("gender", "male"): _("men"),
    ("gender", "other"): _("people of another gender"),
}


def language(tag: str, translate: Translate) -> str:
    """Return the name of a language; its English name where we have no translation, its tag where it has none."""
    return translate(LANGUAGES[tag]) if tag in LANGUAGES else str(Locale("en").languages.get(tag, tag))


def listed(names: Iterable[str], translate: Translate) -> str:
    """Return names in a row."""
    return ", ".join(translate(name) for name in names)


def either(names: Iterable[str], translate: Translate) -> str:
    """Return "a", "a or b", "a, b or c"."""
    *first, last = [translate(name) for name in names]
    return translate("%(first)s or %(last)s", first=", ".join(first), last=last) if first else last
