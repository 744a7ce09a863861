"""`resource-hub db`: the schema up, down, and checked."""

import click

from resource_hub.cli.shared import Shell, pass_shell
from resource_hub.core import migrations
from resource_hub.core.errors import Refused


@click.group("db")
def command() -> None:
    """Bring the database's schema up or down, or check it."""


@command.command()
@pass_shell
def upgrade(shell: Shell) -> None:
    """Bring the schema up to what the code expects."""
    migrations.upgrade(shell.database.engine)
    with shell.read() as work:
        click.echo(f"The schema stands at {migrations.current(work.session.connection())}.", err=True)


@command.command()
@click.argument("revision", metavar="REV")
@pass_shell
def downgrade(shell: Shell, revision: str) -> None:
    """Bring the schema down to REV (`base` for nothing at all). Data of what is taken away is lost."""
    if revision not in {"base", *migrations.revisions()}:
        message = f"{revision}: there is no such revision; use base, {', '.join(migrations.revisions())}"
        raise click.BadParameter(message, param_hint="REV")
    migrations.downgrade(shell.database.engine, revision)


@command.command()
@pass_shell
def check(shell: Shell) -> None:
    """Check that the schema stands where the code expects it."""
    newest = migrations.revisions()[-1]
    with shell.database.engine.connect() as connection:
        stands = migrations.current(connection)
        if stands != newest:
            raise Refused(
                f"The schema stands at {stands}, the code expects {newest}. Run: resource-hub db upgrade",
                code="schema_behind",
            )
        differences = migrations.differences(connection)
    if differences:
        raise Refused("\n".join(differences), code="schema_differs")
