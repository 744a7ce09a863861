"""What the benchmarks print for people: figures in columns, and what is missing."""

from collections.abc import Iterable, Mapping, Sequence


def table(titles: Sequence[str], rows: Iterable[Sequence[str | float]]) -> str:
    """Return rows below their titles, names to the left, numbers to the right."""
    texts = [titles, *([_text(cell) for cell in row] for row in rows)]
    widths = [max(len(row[place]) for row in texts) for place in range(len(titles))]
    return "\n".join(_line(row, widths) for row in texts)


def missing_lines(missing: Mapping[str, str]) -> list[str]:
    """Return a line for each peer that was not there."""
    return [f"missing: {name}: {why}" for name, why in missing.items()]


def _text(cell: str | float) -> str:
    return cell if isinstance(cell, str) else f"{cell:,.2f}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *numbers = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
    return "  ".join([first.strip().ljust(widths[0]), *numbers])
