"""What we say of the standard holds together, and fits the inventory."""

from resource_hub.exchange.hsds import standard
from resource_hub.inventory.service import schema


def test_every_object_and_reference_leads_to_a_table_that_there_is() -> None:
    tables = standard.tables()

    assert {field.of for table in tables.values() for field in table.fields.values()} - {""} <= set(tables)
    assert all(field.of for table in tables.values() for field in table.fields.values() if field.nested)


def test_every_table_has_an_id_first_and_a_file_of_its_own() -> None:
    tables = standard.tables()

    assert {next(iter(table.fields)) for table in tables.values()} == {"id"}
    assert len({table.file for table in tables.values()}) == len(tables)


def test_the_inventory_keeps_every_table_of_the_standard() -> None:
    assert set(standard.tables()) <= set(schema.tables())
