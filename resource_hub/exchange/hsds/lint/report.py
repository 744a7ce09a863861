"""What was found, counted by kind; of each kind only so many are kept, so that memory stays bounded."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from resource_hub.exchange.hsds.lint.rules import RULES
from resource_hub.exchange.hsds.lint.values import Finding, Remark, Severity

MOST_OF_A_KIND = 100
MOST = 10_000


@dataclass(frozen=True, order=True)
class Kind:
    """Findings that are mended in the same way: one rule, one file, one field."""

    severity: Severity
    code: str
    file: str
    field: str


@dataclass
class Report:
    """The findings of one feed. `soft` turns errors into warnings, for what a profile leaves open."""

    profile: str = "core"
    kind: str = ""
    read: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    counts: Counter[Kind] = field(default_factory=Counter)
    _kept: dict[Kind, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    _total: int = 0

    def add(self, remark: Remark, file: str, where: str = "", *, soft: bool = False) -> None:
        """Add a finding; counts always, keeps it while there is room."""
        severity = RULES[remark.code]
        if soft and severity is Severity.ERROR:
            severity = Severity.WARNING
        kind = Kind(severity, remark.code, file, remark.field)
        self.counts[kind] += 1
        if self.counts[kind] <= MOST_OF_A_KIND and self._total < MOST:
            self._kept[kind].append(Finding(severity, remark.code, file, where, remark.field, remark.text))
            self._total += 1

    def extend(self, remarks: Iterable[Remark], file: str, where: str = "", *, soft: bool = False) -> None:
        """Add several findings of one place."""
        for remark in remarks:
            self.add(remark, file, where, soft=soft)

    def total(self, severity: Severity) -> int:
        """Return how many findings there are of a severity."""
        return sum(count for kind, count in self.counts.items() if kind.severity is severity)

    def kinds(self) -> Iterator[tuple[Kind, int, list[Finding]]]:
        """Return each kind with its count and its first findings, the gravest first, then as they were found."""
        order = list(Severity)
        for kind in sorted(self.counts, key=lambda kind: order.index(kind.severity)):
            yield kind, self.counts[kind], self._kept.get(kind, [])
