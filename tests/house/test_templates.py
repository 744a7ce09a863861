"""Templates compile and use only what they are given; inputs have labels; nothing runs inline or comes from afar."""

import re
from functools import cache

import pytest
from jinja2 import StrictUndefined, UndefinedError, meta, nodes

from tests.house.markup import (
    APP,
    ENVIRONMENT,
    FOLDER,
    HTML,
    NAMES,
    Element,
    Render,
    context_names,
    elements,
    renders,
    targets,
    tree,
)

RENDERS = list(renders())
GLOBALS = set(ENVIRONMENT.globals)
CONTEXT = context_names()
MARKS = {"_", "gettext", "ngettext"}
LOADED = {"script", "img", "link", "iframe", "source", "video", "audio", "embed", "object", "use", "track", "input"}
# Names of languages stand in the language itself; our name and units are the same in every language.
NOT_TRANSLATED = {"Resource Hub", "English", "Español", "km", "min"}


@cache
def reached(name: str) -> frozenset[str]:
    """Return a template with all that it extends or includes."""
    kinds = (nodes.Extends, nodes.Include)
    direct = {
        str(node.template.value)
        for node in tree(name).find_all(kinds)
        if isinstance(node, nodes.Extends | nodes.Include) and isinstance(node.template, nodes.Const)
    }
    return frozenset({name}).union(*(reached(one) for one in direct))


@cache
def stored(name: str) -> frozenset[str]:
    """Return the names that a template sets, imports or defines; what it includes sees them too."""
    names = {node.name for node in tree(name).find_all(nodes.Name) if node.ctx in {"store", "param"}}
    imported = {
        one if isinstance(one, str) else one[1] for node in tree(name).find_all(nodes.FromImport) for one in node.names
    }
    return frozenset(names | imported | {macro.name for macro in tree(name).find_all(nodes.Macro)})


@cache
def undeclared(name: str) -> frozenset[str]:
    """Return the names that a template uses and does not make itself."""
    return frozenset(meta.find_undeclared_variables(tree(name)))


def offered(name: str) -> set[str]:
    """Return what can be imported from a template."""
    top = tree(name).body
    return {node.name for node in top if isinstance(node, nodes.Macro)} | {
        target.name for node in top if isinstance(node, nodes.Assign) for target in node.find_all(nodes.Name)
    }


def tags() -> list[tuple[str, Element]]:
    """Return the tags of all pages, each with the name of its template."""
    return [(name, one) for name in HTML for one in elements(name)]


def calls(name: str, functions: set[str]) -> list[nodes.Call]:
    return [
        call
        for call in tree(name).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in functions
    ]


def test_every_template_compiles() -> None:
    assert [ENVIRONMENT.get_template(name).name for name in NAMES] == NAMES


def test_an_unknown_name_is_an_error_and_never_an_empty_place() -> None:
    assert ENVIRONMENT.undefined is StrictUndefined
    with APP.test_request_context("/"), pytest.raises(UndefinedError):
        ENVIRONMENT.from_string("{{ nobody_gave_this }}").render()


def missing(render: Render) -> set[str]:
    """Return the names that a template uses and is not given, each with the template that uses it."""
    family = reached(render.template)
    known = CONTEXT | render.names | set[str]().union(*(stored(one) for one in family))
    return {f"{one}: {name}" for one in family for name in undeclared(one) - known}


def test_a_template_is_given_every_name_that_it_uses() -> None:
    assert {render.place: missing(render) for render in RENDERS if missing(render)} == {}


def test_a_template_uses_every_name_that_it_is_given() -> None:
    used = {render: set[str]().union(*(undeclared(one) for one in reached(render.template))) for render in RENDERS}
    assert [f"{one.place}: {sorted(one.names - used[one])}" for one in RENDERS if not one.names <= used[one]] == []


def test_every_template_is_used_by_a_page_or_by_another_template() -> None:
    named = {render.template for render in RENDERS} | {target for one in NAMES for target in targets(one)}
    assert [name for name in NAMES if name not in named and not name.startswith("notices/")] == []


def test_what_a_template_builds_on_exists() -> None:
    built_on = [(name, target) for name in NAMES for target in targets(name)]
    assert [(name, target) for name, target in built_on if not (FOLDER / target).is_file()] == []


def test_what_a_template_imports_is_offered_and_needs_no_more_than_it_gets() -> None:
    imports = [(name, node) for name in NAMES for node in tree(name).find_all(nodes.FromImport)]
    for name, node in imports:
        assert isinstance(node.template, nodes.Const), name
        source_of = str(node.template.value)
        wanted = {one if isinstance(one, str) else one[0] for one in node.names}
        assert wanted <= offered(source_of), f"{name} imports from {source_of} what it does not have"
        known = CONTEXT if node.with_context else GLOBALS
        unknown = undeclared(source_of) - known
        assert not unknown, f"{name}: import from {source_of} with context, it uses {sorted(unknown)}"


def test_every_address_that_a_template_builds_exists() -> None:
    built = [(name, call) for name in NAMES for call in calls(name, {"url_for"})]
    for name, call in built:
        assert isinstance(call.args[0], nodes.Const), f"{name}:{call.lineno}: name the endpoint in place"
        rules = [rule for rule in APP.url_map.iter_rules() if leads_to(endpoint_of(call), rule.endpoint)]
        given = {word.key for word in call.kwargs}
        assert any(rule.arguments - set(rule.defaults or ()) <= given for rule in rules), f"{name}:{call.lineno}"


def leads_to(asked: str, endpoint: str) -> bool:
    """Say whether an address is meant: `.show` is the page of that name beside the one that is shown."""
    return endpoint.endswith(asked) if asked.startswith(".") else endpoint == asked


def endpoint_of(call: nodes.Call) -> str:
    return str(getattr(call.args[0], "value", ""))


def test_a_text_for_the_catalogues_stands_in_place() -> None:
    marked = [(name, call) for name in NAMES for call in calls(name, MARKS)]
    assert [f"{name}:{call.lineno}" for name, call in marked if not isinstance(call.args[0], nodes.Const)] == []


def test_every_text_is_marked_for_the_catalogues() -> None:
    read = ("aria-label", "alt", "title", "placeholder")
    texts = [
        (f"{name}:{one.line}", text)
        for name, one in tags()
        for text in (*one.words, *(one.attributes[attribute] for attribute in read if attribute in one.attributes))
    ]
    bare = [(where, re.sub(r"⟦.*?⟧", " ", text, flags=re.DOTALL).strip(" \n–·|")) for where, text in texts]
    assert [f"{where} {text}" for where, text in bare if has_words(text)] == []


def has_words(text: str) -> bool:
    is_file = re.fullmatch(r"[\w-]+\.[a-z]+", text)
    return bool(re.search(r"[^\W\d_]{2}", text)) and " ".join(text.split()) not in NOT_TRANSLATED and not is_file


def has_label(one: Element, everything: list[Element]) -> bool:
    if one.attributes.get("aria-label") or one.attributes.get("aria-labelledby"):
        return True
    if any(outer.tag == "label" for outer in one.around):
        return True
    labels = {other.attributes.get("for") for other in everything if other.tag == "label"}
    return bool(one.attributes.get("id")) and one.attributes["id"] in labels


def asks(one: Element) -> bool:
    is_asked = one.attributes.get("type") not in {"hidden", "submit", "button"}
    return one.tag in {"input", "select", "textarea"} and is_asked


def test_every_input_has_a_label() -> None:
    asked = [(name, one) for name, one in tags() if asks(one)]
    assert [f"{name}:{one.line} <{one.tag}>" for name, one in asked if not has_label(one, elements(name))] == []


def test_nothing_runs_or_is_styled_inline() -> None:
    for name, one in tags():
        where = f"{name}:{one.line} <{one.tag}>"
        assert one.tag != "style", where
        assert one.tag != "script" or ("src" in one.attributes and not "".join(one.words).strip()), where
        assert not [attribute for attribute in one.attributes if attribute == "style" or attribute.startswith("on")], (
            where
        )
        addresses = (one.attributes.get(attribute, "") for attribute in ("href", "src", "action", "formaction"))
        assert not [address for address in addresses if address.strip().lower().startswith("javascript:")], where


def test_nothing_is_loaded_from_another_site() -> None:
    for name, one in tags():
        if one.tag in LOADED:
            for attribute in ("src", "href", "srcset", "data", "poster"):
                assert not re.match(r"(https?:)?//", one.attributes.get(attribute, "").strip()), f"{name}:{one.line}"


def carries_its_token(name: str, form: Element) -> bool:
    inside = [one for one in elements(name) if form in one.around]
    words = "".join([*form.words, *(word for one in inside for word in one.words)])
    tokens = [one for one in inside if one.attributes.get("name") == "csrf_token"]
    # Who opens a link to a handoff is not signed in: the link itself is what another site would have to know.
    by_link = re.fullmatch(r"⟦url_for\(by_link\.\w+, tokentoken\)⟧", form.attributes.get("action", ""))
    anonymous = name.startswith("portal/") or name == "shared/language.html" or by_link
    return bool(tokens or re.search(r"⟦(csrf|form_keys|keys)\(|hidden_tag\(", words) or anonymous)


def test_a_form_that_changes_something_carries_its_token() -> None:
    """Forms of anonymous pages need none; every other form by POST has the token as a field or through a macro."""
    forms = [(name, one) for name, one in tags() if one.tag == "form"]
    posted = [(name, form) for name, form in forms if form.attributes.get("method") == "post"]
    assert [f"{name}:{form.line}" for name, form in posted if not carries_its_token(name, form)] == []
