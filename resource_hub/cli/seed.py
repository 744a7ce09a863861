"""`resource-hub seed`: the demo markets and accounts."""

import click

from resource_hub.cli.shared import Shell, pass_shell, progress
from resource_hub.core.errors import Refused
from resource_hub.exchange.demo import load


@click.group("seed")
def command() -> None:
    """Fill the database with a demo."""


@command.command()
@click.option("--if-empty", is_flag=True, help="Do nothing when there is any market.")
@pass_shell
def demo(shell: Shell, *, if_empty: bool) -> None:
    """Load two invented markets with demo accounts and people; a second time changes nothing."""
    with shell.write() as work:
        if if_empty and load.has_markets(work):
            return
        if shell.settings.production:
            text = "The demo has known passwords and is not loaded in production. Set RESOURCE_HUB_ENV=development."
            raise Refused(text, code="demo_in_production")
        loaded = load.load_demo(work, lambda batches: progress(batches, total=len(batches), unit="batches"))
    if loaded:
        click.echo(f"Loaded the demo: {', '.join(loaded)}.", err=True)
    else:
        click.echo("The demo is there already; nothing was changed.", err=True)
