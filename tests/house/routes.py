"""Every route with its methods and who may use it. `python -m tests.house.routes` writes the list anew."""

from pathlib import Path

from flask import Flask

from resource_hub.app import create_app
from resource_hub.core.db import Database
from resource_hub.settings import Settings
from resource_hub.web.shared.guards import policy_of

LIST = Path(__file__).with_name("routes.txt")
_NOT_TOLD = {"HEAD", "OPTIONS"}


def an_app() -> Flask:
    """Make the application beside an empty database in memory."""
    settings = Settings(secret_key="t" * 32, data_key="AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
    return create_app(settings, database=Database.from_url("sqlite://"))


def routes(app: Flask) -> list[str]:
    """Return a line for each route, sorted: address, methods, policy."""
    return sorted(
        f"{rule.rule}  {' '.join(sorted((rule.methods or set()) - _NOT_TOLD))}  {policy.name if policy else 'none'}"
        for rule in app.url_map.iter_rules()
        for policy in [policy_of(app.view_functions[rule.endpoint])]
    )


def main() -> None:
    """Write the list."""
    LIST.write_text("\n".join(routes(an_app())) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
