"""Templates keep the same walls as code: they include their own and the kernel's, and link downward."""

import re

from tests.house.reading import domain, domains, height, name_of, product_files, refuse

INCLUDED = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
LINKED = re.compile(r"""{%\s*url\s+["']([^"']+)["']""")
LIBRARIES = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")
ELSEWHERE = re.compile(r"""(?:src|href|action|hx-get|hx-post|data-src)\s*=\s*["'](?:https?:)?//""")


def test_templates_stand_in_the_folder_of_their_domain():
    problems = [
        name_of(path)
        for path in product_files(".html")
        if "templates" in path.parts
        and path.parts[path.parts.index("templates") + 1] not in {domain(path), "account", "mfa", "allauth", "django"}
        and not (domain(path) in {"kernel", "site"} and path.parent.name == "templates")
    ]
    refuse(problems, "A template stands in templates/<domain>/, so that its name says whose it is.")


def test_templates_include_their_own_and_the_kernels():
    problems = [
        f"{name_of(path)}: {target}"
        for path in product_files(".html")
        for target in INCLUDED.findall(path.read_text("utf-8"))
        if target.split("/")[0] in set(domains()) - {domain(path), "kernel"}
    ]
    refuse(problems, "Include only your own and the kernel's templates; a desk asks domains for panels through a slot.")


def test_templates_link_downward():
    problems = [
        f"{name_of(path)}: {target}"
        for path in product_files(".html")
        for target in LINKED.findall(path.read_text("utf-8"))
        if (there := target.partition(":")[0]) in domains() and ":" in target and height(there) > height(domain(path))
    ]
    refuse(problems, "A page links to its own domain and to those below.")


def test_pages_ask_no_other_host():
    problems = [name_of(path) for path in product_files(".html") if ELSEWHERE.search(path.read_text("utf-8"))]
    refuse(problems, "Serve it from the product itself.")
