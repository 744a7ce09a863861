"""The smaller parts of a service: languages, documents, price."""

from resource_hub.exchange.demo.draws import Draws
from resource_hub.exchange.demo.recipes import ServiceRecipe
from resource_hub.exchange.demo.sheet import Sheet
from resource_hub.inventory.models import CostOption, Language, RequiredDocument

_ENGLISH_STATED = 0.9
# Services for newcomers speak what is spoken in the market; the commonest of it nearly always.
_MORE = 4
_NEARLY = 0.95


def add_languages(sheet: Sheet, recipe: ServiceRecipe, key: str, service_id: str) -> None:
    """Add the languages that a service speaks; some say nothing about it."""
    draws = sheet.draws(key)
    more = _MORE if recipe.many_languages else 1
    chances = {"en": _ENGLISH_STATED} | {tag: min(_NEARLY, p * more) for tag, p in sheet.market.languages.items()}
    for tag, probability in chances.items():
        if draws.chance(f"speaks {tag}", probability):
            name = sheet.recipes.details["languages"][tag]
            sheet.list_record(Language, key, tag, service_id=service_id, code=tag, name=name)


def add_documents(sheet: Sheet, recipe: ServiceRecipe, key: str, service_id: str) -> None:
    """Add what to bring."""
    kind = sheet.draws(key).pick("documents", recipe.documents)
    for document, fact in sheet.recipes.details["documents"][kind].get("papers", []):
        fields = {"document": document, "fact": fact or None}
        sheet.list_record(RequiredDocument, key, document[:40], service_id=service_id, **fields)


def add_fee(sheet: Sheet, recipe: ServiceRecipe, key: str, service_id: str) -> str | None:
    """Add what it costs, and return it in words; some listings do not say that they are free."""
    draws = sheet.draws(key)
    fee = sheet.recipes.details["fees"][draws.pick("fee", recipe.fees)]
    if "words" in fee:
        sheet.list_record(
            CostOption,
            key,
            service_id=service_id,
            option=fee["text"],
            currency="USD" if "amount" in fee else None,
            amount=fee.get("amount"),
            amount_description=fee["words"],
        )
    elif draws.chance("price unsaid", 0.2):
        return None
    text: str = fee["text"]
    return text


def interpretation(sheet: Sheet, draws: Draws) -> str | None:
    """Return how a service interprets, where it says so."""
    if not draws.chance("interprets", 0.4):
        return None
    text: str = draws.pick("interpretation", sheet.recipes.details["interpretation"]["texts"])
    return text
