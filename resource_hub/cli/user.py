"""`resource-hub user`: the people who sign in."""

import click

from resource_hub.accounts import queries, service
from resource_hub.accounts.rules import SHORTEST_PASSWORD
from resource_hub.accounts.values import NewUser, Role
from resource_hub.cli.shared import Shell, as_json, pass_shell, print_json
from resource_hub.core.errors import NotFound
from resource_hub.inventory.models import Organization
from resource_hub.inventory.queries import get_market


@click.group("user")
def command() -> None:
    """Add and list the people who sign in."""


@command.command()
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--name", default="", help="The name that others see; the part before @ if not given.")
@click.option("--market", "markets", multiple=True, metavar="SLUG", help="A market that the user sees; repeatable.")
@click.option("--organization", metavar="ID", help="The organization of a partner.")
@click.password_option(help=f"At least {SHORTEST_PASSWORD} characters; asked for if not given.")
@pass_shell
def add(
    shell: Shell, email: str, role: str, name: str, markets: tuple[str, ...], organization: str | None, password: str
) -> None:
    """Add a user who signs in with EMAIL."""
    with shell.write() as work:
        market_ids = {get_market(work.session, slug).id for slug in markets}
        if organization:
            found = work.session.get(Organization, organization)
            if found is None:
                raise NotFound(f"organization: there is none with the id {organization[:60]}")
            market_ids.add(found.market_id)
        new = NewUser(email, name or email.partition("@")[0], Role(role), password, frozenset(market_ids), organization)
        user = service.add_user(work, new)
    click.echo(user.id)


@command.command("list")
@as_json
@pass_shell
def list_(shell: Shell, *, as_json: bool) -> None:
    """List the users with their role."""
    with shell.read() as work:
        rows = [
            {"id": user.id, "email": user.email, "name": user.name, "role": user.role, "active": user.active}
            for user in queries.list_users(work.session)
        ]
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            click.echo(f"{row['email']:<40} {row['role']:<16} {row['name']}")
