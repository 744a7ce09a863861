"""`resource-hub export`: a market's directory as HSDS 3.2."""

from pathlib import Path

import click

from resource_hub.cli.shared import Shell, pass_shell, progress
from resource_hub.exchange.hsds.writing import service
from resource_hub.exchange.hsds.writing.values import Format, Request


@click.command("export")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--market", required=True, metavar="SLUG", help="The market to export.")
@click.option(
    "--format", "layout", type=click.Choice([one.value for one in Format]), required=True, help="What to write."
)
@click.option("--include-confidential", is_flag=True, help="Write confidential locations too. Not for the public.")
@click.option("--force", is_flag=True, help="Replace what is there.")
@pass_shell
def command(shell: Shell, path: Path, market: str, layout: str, *, include_confidential: bool, force: bool) -> None:
    """Export a market to PATH: HSDS 3.2 tables (a folder, or a .zip by its name), JSON, or a JSON object per line."""
    request = Request(path, market, Format(layout), include_confidential=include_confidential, force=force)
    with shell.read() as work:
        service.export_directory(work, request, lambda parts: progress(parts, total=None, unit="parts"))
