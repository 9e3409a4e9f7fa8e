"""What a designer may put into a form: every element of the dictionary that such a row can ask for, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from linli.registry import api as registry
from linli.sheets.queries.meanings import dictionary
from linli.sheets.rules.designs import OWN, DesignColumn
from linli.sheets.rules.transforms import Transform, made
from linli.sheets.rules.wording import path_words, paths_for, usual_transform


@dataclass(frozen=True, slots=True)
class Offer:
    """An element by its path: what it is called, who owns it, how it is usually written."""

    path: str
    words: str
    owner: str
    transform: Transform


def offers(kind: str) -> dict[str, Offer]:
    """Return what a form of a kind may ask for, by path."""
    known = {(one.kind, one.code): one for one in dictionary()}
    found = {}
    for path in paths_for(kind, list(known.values())):
        one = known[(registry.kind_at(path), path.rpartition(".")[2])]
        found[path] = Offer(path, path_words(path, one.label), one.owner, usual_transform(one))
    return found


def taken(kind: str, words: str) -> DesignColumn | None:
    """Return the column that somebody means by words; None where nothing is called so.

    A number of the row is "No." in the language of the page; a plus sign begins a column that no element answers.
    """
    clean = words.strip()
    if clean == _("No."):
        return DesignColumn((clean,), "", made("row_number"))
    if clean[:1] in OWN and clean[1:].strip():
        return DesignColumn((clean[1:].strip()[:200],), "", made("blank"))
    for one in offers(kind).values():
        if clean == one.words:
            return DesignColumn((one.words.replace(" · ", ""),), one.path, one.transform)
    return None
