"""What must hold of every page as it stands: nothing that axe finds, nothing that sticks out."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
UNDECIDED = "incomplete: color-contrast"
SCROLL = """share => document.querySelectorAll('.table-scroll').forEach(part => {
    part.scrollLeft = share * (part.scrollWidth - part.clientWidth); })"""


def check_with_axe(page: Page, *only: str) -> None:
    """Check the page as it stands: axe finds nothing wrong and nothing undecided, and nothing overflows.

    With the names of rules, axe looks at these only.
    """
    found = _found_by_axe(page, *only)
    for share in (0.5, 1):
        if any(line.startswith(UNDECIDED) for line in found):
            # What lies beside the seen part of a table can be judged when the table is scrolled to it.
            page.evaluate(SCROLL, share)
            scrolled = _found_by_axe(page, "color-contrast")
            found = [line for line in found if not line.startswith(UNDECIDED) or line in scrolled]
    page.evaluate(SCROLL, 0)
    assert found == []
    check_width(page)


def _found_by_axe(page: Page, *only: str) -> list[str]:
    # Run by the debugger, so the page's own security policy stays as strict as it is for everyone.
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"resultTypes": ["violations", "incomplete"]} | ({"runOnly": list(only)} if only else {})
    result = page.evaluate("options => axe.run(options)", options)
    return [
        f"{kind}: {rule['id']}: {node['html']}"
        for kind in ("violations", "incomplete")
        for rule in result[kind]
        for node in rule["nodes"]
        if not (kind == "incomplete" and rule["id"] == "color-contrast" and _is_of_a_picture(page, node["target"][0]))
    ]


def _is_of_a_picture(page: Page, target: str) -> bool:
    """Tell whether a text stands in a picture that only repeats what the table or list beside it says."""
    inside = "target => Boolean(document.querySelector(target)?.closest('svg[aria-hidden=true]'))"
    return bool(page.evaluate(inside, target))


def check_width(page: Page) -> None:
    """Check that nothing sticks out to the right of the screen."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        "the page is wider than the screen"
    )
