"""Every message has its Chinese, and every Chinese sentence is a message."""

import ast
import re

import pytest

from tests.house.exceptions import allowed
from tests.house.reading import domain, domains, name_of, of_kind, product_files, refuse, storey, tree
from tools import messages

CHINESE = re.compile(r"[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")
LANGUAGE_IS_THE_MATTER = {"rules", "sample"}  # patterns that read Chinese, code tables, made-up examples
TAGS = re.compile(
    r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>"
    r"|{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
NOTES = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", re.DOTALL)
ATTRIBUTES = re.compile(r"{%\s*block \w*attributes\s*%}(.*?){%\s*endblock[^%]*%}", re.DOTALL)
SPOKEN = re.compile(r"""\b(?:alt|title|placeholder|aria-label|aria-description|content-label)="([^"]*)\"""")
ELEMENT = re.compile(r"<[^>]*>", re.DOTALL)
WORD = re.compile(r"[A-Za-z]{2,}")
SAME_IN_EVERY_LANGUAGE = {"linli", "km", "html", "doctype", "nbsp", "middot", "rarr", "larr", "times", "hellip", "copy"}


@pytest.mark.parametrize("name", domains())
def test_messages_are_complete(name):
    refuse(messages.problems(name), f"Run `python tools/messages.py update {name}` and fill in the Chinese.")


def test_no_message_is_said_in_two_ways():
    refuse(messages.differing(), "Django reads all catalogues as one: the same English has the same Chinese.")


def docstrings(module):
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in (one for kind in holders for one in of_kind(module)[kind]):
        for statement in node.body:  # a string below a field is its description
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                yield statement.value


def official_terms(module):
    """Yield the labels inside choices: the official term stands beside the English word."""
    for node in of_kind(module)[ast.ClassDef]:
        if any(getattr(base, "attr", "").endswith("Choices") for base in node.bases):
            yield from of_kind(node)[ast.Constant]


def chinese_literals(path):
    module = tree(path)
    exempt = {id(node) for node in [*docstrings(module), *official_terms(module)]}
    for node in of_kind(module)[ast.Constant]:
        if isinstance(node.value, str) and id(node) not in exempt and CHINESE.search(node.value):
            yield node.lineno


def test_no_chinese_sentence_is_fixed_in_code():
    problems = [
        f"{name_of(path)}:{line}"
        for path in product_files()
        if storey(path) not in LANGUAGE_IS_THE_MATTER and not allowed("chinese", name_of(path))
        for line in chinese_literals(path)
    ]
    refuse(problems, "Write the sentence in English with gettext and its Chinese in the .po; patterns belong in rules.")


def test_no_chinese_sentence_is_fixed_in_templates():
    problems = [
        name_of(path)
        for path in product_files(".html")
        if CHINESE.search(NOTES.sub("", path.read_text("utf-8"))) and not allowed("chinese", name_of(path))
    ]
    refuse(problems, "Write {% translate %} with English words and the Chinese in the .po.")


def unmarked_words(text):
    rest = TAGS.sub(" ", ATTRIBUTES.sub(r"<b \1>", text))
    spoken = " ".join(match.group(1) for match in SPOKEN.finditer(rest))
    shown = ELEMENT.sub(" ", rest)
    return sorted({w for w in WORD.findall(f"{spoken} {shown}") if w.lower() not in SAME_IN_EVERY_LANGUAGE})


def test_every_word_on_a_page_can_be_translated():
    problems = [
        f"{name_of(path)}: {' '.join(words[:8])}"
        for path in product_files(".html")
        if (words := unmarked_words(path.read_text("utf-8"))) and not allowed("words", name_of(path))
    ]
    refuse(problems, "Put every word that people read or hear into {% translate %} or {% blocktranslate trimmed %}.")


def test_domains_with_words_are_in_the_house():
    assert {domain(path) for path in product_files()} <= {*domains(), "__init__.py", "__main__.py"}


def test_a_missing_translation_is_found(tmp_path):
    folder = tmp_path / "linli" / "pond"
    folder.mkdir(parents=True)
    (folder / "apps.py").write_text('from django.utils.translation import gettext as _\nname = _("Pond")\n')
    (folder / "page.html").write_text(
        '{% load i18n %}\n  <p>{% translate "Fish" %}</p>\n{% blocktrans %}{{ n }} frogs{% endblocktrans %}'
    )
    assert len(messages.problems("pond", tmp_path)) == 3
    assert messages.update("pond", tmp_path) == 3
    path = messages.catalog_path("pond", root=tmp_path)
    text = path.read_text("utf-8").replace('msgid "Pond"\nmsgstr ""', 'msgid "Pond"\nmsgstr "池塘"')
    text = text.replace('msgid "Fish"\nmsgstr ""', 'msgid "Fish"\nmsgstr "鱼,很多鱼"')
    path.write_text(text + '\n#~ msgid "Old"\n#~ msgstr "旧"\n', "utf-8")
    found = "\n".join(messages.problems("pond", tmp_path))
    assert "half-width punctuation" in found
    assert "obsolete entry" in found
    assert "not translated" in found
    assert "'Pond'" not in found
    assert len(messages.compile_messages(tmp_path)) == 1


def test_unmarked_words_are_found():
    assert unmarked_words("<p>{% translate 'Fish' %} Hello</p>") == ["Hello"]
    assert unmarked_words('<img alt="A duck" src="duck.png">') == ["duck"]
    assert unmarked_words('{% block body_attributes %} class="desk" title="Duck"{% endblock %}') == ["Duck"]
    assert unmarked_words('<img alt="{% translate "A duck" %}"> {{ name }} <!-- note -->') == []
