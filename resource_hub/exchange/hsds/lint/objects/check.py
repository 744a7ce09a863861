"""Objects, lists and pages checked with everything that stands in them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from resource_hub.exchange.hsds.lint import schema
from resource_hub.exchange.hsds.lint.objects.pages import check_page
from resource_hub.exchange.hsds.lint.objects.profiles import Demands
from resource_hub.exchange.hsds.lint.objects.walk import Spot, walk
from resource_hub.exchange.hsds.lint.report import Report
from resource_hub.exchange.hsds.lint.sense.all import check as check_sense
from resource_hub.exchange.hsds.lint.twins import Twins
from resource_hub.exchange.hsds.lint.values import Remark
from resource_hub.exchange.hsds.values import Table


@dataclass
class Objects:
    """Checks the objects of one feed; `whole` lists hold all there is, so references must lead to objects in them."""

    report: Report
    demands: Demands
    today: date
    twins: Twins = field(default_factory=Twins)

    def check_list(self, table: Table, objects: Iterable[tuple[str, object]], file: str, *, whole: bool) -> None:
        """Check the objects of a list, each with its path."""
        ids: dict[str, str] = {}
        parents: list[tuple[str, str, str]] = []
        for where, one in objects:
            if not isinstance(one, dict):
                self._add(table, [Remark("wrong_type", "", f"This must be a {table.name}, an object.")], file, where)
                continue
            identity = one.get("id")
            if isinstance(identity, str) and ids.setdefault(identity, where) != where:
                text = f"{ids[identity]} has the same id. Each object needs one of its own."
                self._add(table, [Remark("duplicate_id", "id", text)], file, where)
            if whole:
                parents.extend(_parents(table, one, where))
            self.check_object(table, one, file, where)
        for name, parent, where in parents:
            if parent not in ids:
                text = "No object of this list has this id. Add the parent, or leave it out."
                self._add(table, [Remark("parent_missing", name, text)], file, where)

    def check_object(self, table: Table, values: Mapping[str, object], file: str, where: str = "") -> None:
        """Check an object and everything in it."""
        self.report.read[table.name] += 1
        for spot in walk(table, values, where, self.demands.nested):
            self._add(table, self._remarks(spot), file, spot.where)

    def check_page(self, table: Table, page: Mapping[str, object], file: str) -> None:
        """Check the page around a list."""
        self._add(table, check_page(page), file, "")

    def _remarks(self, spot: Spot) -> Iterator[Remark]:
        record = spot.record
        yield from schema.check_required(record, self.demands.required(record.table))
        yield from schema.check(record, self.demands.also(record.table))
        yield from spot.remarks
        yield from check_sense(record, self.today)
        yield from self.twins.check(record)

    def _add(self, table: Table, remarks: Iterable[Remark], file: str, where: str) -> None:
        for remark in remarks:
            self.report.add(remark, file, where, soft=self.demands.soft(table, remark.code))


def _parents(table: Table, values: Mapping[str, object], where: str) -> list[tuple[str, str, str]]:
    return [
        (column.name, value, where)
        for column in table.columns
        if column.of == table.name and isinstance(value := values.get(column.name), str) and value
    ]
