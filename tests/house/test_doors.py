"""The doors: one domain sees another only through its `api`, `facts` or `slots`, and says so by the module."""

import ast

import pytest

from tests.house.reading import (
    DOORS,
    HOUSE,
    domain,
    domains,
    graph,
    height,
    name_of,
    of_kind,
    product_files,
    refuse,
    storey,
    tracked,
    tree,
)

MAIN = HOUSE / "__main__.py"  # hands over to the command of site
FORBIDDEN = {
    "django.test": "the test client is for tests: call the other domain's api",
    "django.apps.apps.get_model": "a model of another domain is reached through its api",
    "django.urls.resolve": "a page is not called from inside the process: call the api",
}

SHARED_BY_TESTS = (["tests", "factories"], ["tests", "deliver"])


def room(module):
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in domains() else None


def test_imports_across_domains_end_at_a_door():
    problems = []
    for importer in sorted(graph().modules):
        for imported in sorted(graph().find_modules_directly_imported_by(importer)):
            here, there = room(importer), room(imported)
            if here is None or there is None or here == there or ".migrations." in importer:
                continue  # a migration names a default where it is defined, as Django writes it
            door = imported.split(".")[2:]
            between_tests = door in SHARED_BY_TESTS and ".tests." in importer
            if not between_tests and not (len(door) == 1 and door[0] in DOORS):
                problems.append(f"{importer} imports {imported}")
    refuse(problems, "Import `from linli.<domain> import api` (or facts, or slots), nothing deeper.")


def test_across_domains_the_module_is_imported_not_names():
    problems = []
    for path in product_files():
        for node in of_kind(tree(path))[ast.ImportFrom]:
            if node.level or not node.module:
                continue
            parts = node.module.split(".")
            across = len(parts) > 2 and parts[1] in domains() and parts[1] != domain(path)
            if parts[0] == "linli" and across and path != MAIN:
                problems.append(f"{name_of(path)}:{node.lineno} from {node.module} import ...")
    refuse(problems, "Across a border write `from linli.kernel import api as kernel`, then `kernel.name`.")


def imported_names(module):
    for node in of_kind(module)[ast.Import]:
        yield from ((alias.name, node.lineno) for alias in node.names)
    for node in of_kind(module)[ast.ImportFrom]:
        if node.module:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def called_names(module):
    for node in of_kind(module)[ast.Attribute]:
        if node.attr == "get_model":
            yield "django.apps.apps.get_model", node.lineno


def test_no_way_around_the_doors():
    problems = []
    for path in product_files():
        used = [*imported_names(tree(path)), *called_names(tree(path))]
        for name, line in used:
            for forbidden, advice in FORBIDDEN.items():
                if name == forbidden or name.startswith(f"{forbidden}."):
                    problems.append(f"{name_of(path)}:{line} {name}: {advice}")
    refuse(problems, "A way around the doors:")


def modules_by_text(module):
    for node in of_kind(module)[ast.Call]:
        if node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in {"import_module", "import_string", "__import__"}:
                yield str(node.args[0].value), node.lineno


def test_no_import_hides_in_a_string():
    problems = [
        f"{name_of(path)}:{line} {text}"
        for path in product_files()
        for text, line in modules_by_text(tree(path))
        if text.startswith("linli.")
    ]
    refuse(problems, "Write an import that the walls can see.")


def url_names(path):
    for node in of_kind(tree(path))[ast.Call]:
        if not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        target = node.args[0]
        if name in {"reverse", "reverse_lazy", "redirect", "resolve_url"} and isinstance(target, ast.Constant):
            yield str(target.value), node.lineno


@pytest.mark.parametrize("here", domains())
def test_links_point_down(here):
    problems = []
    for path in (p for p in product_files() if domain(p) == here):
        for target, line in url_names(path):
            there = target.partition(":")[0] if ":" in target else None
            if there in domains() and height(there) > height(here):
                problems.append(f"{name_of(path)}:{line} {target}")
    refuse(problems, "A domain links to its own pages and to those below it; desks above it compose panels.")


def test_every_domain_has_its_doors_in_one_file_each():
    deep = [
        name_of(path)
        for path in tracked()
        if path.suffix == ".py" and path.parent.name in DOORS and path.parent.parent.name in domains()
    ]
    refuse(deep, "A door is one module, not a package.")


def targets(node):
    return node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]


def api_files():
    return [path for path in product_files() if storey(path) == "api"]


def test_api_lists_what_it_offers():
    problems = [
        name_of(path)
        for path in api_files()
        if not any(any(getattr(target, "id", "") == "__all__" for target in targets(node)) for node in tree(path).body)
    ]
    refuse(problems, "api.py says with __all__ what it offers.")
