"""`resource-hub audit`: the audit log."""

import click

from resource_hub.accounts import audit
from resource_hub.cli.shared import Shell, pass_shell
from resource_hub.core.errors import Fault, Refused


@click.group("audit")
def command() -> None:
    """Look after the audit log."""


@command.command()
@pass_shell
def verify(shell: Shell) -> None:
    """Check every chain; names the first bad row of each that is broken."""
    with shell.read() as work:
        broken = audit.verify(work.session, work.vault)
    if broken:
        faults = tuple(
            Fault(f"chain {link.chain}, row {link.position}", link.reason, f"{link.reason}; restore it from a backup")
            for link in broken
        )
        raise Refused("The audit log is broken.", code="audit_broken", faults=faults)
    click.echo("Every chain of the audit log is whole.", err=True)
