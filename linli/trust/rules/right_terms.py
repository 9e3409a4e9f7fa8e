"""Within how many working days each right of the person is answered 办理期限, and on what basis."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.trust.rules.refusals import RightRefusedError

MOST_DAYS, LONGEST = 60, 200


@dataclass(frozen=True, slots=True)
class RightTerm:
    """The term of one right: working days, and the law or rule that sets it."""

    days: int
    basis: str


def right_terms_from(content: Any, *, kinds: Collection[str]) -> dict[str, RightTerm]:
    """Return the term of every right from plain data. Raises RightRefusedError where one is missing or unfit."""
    if not isinstance(content, Mapping) or set(content) != set(kinds):
        raise RightRefusedError(_("The terms are of these rights, each of them: %(names)s.")
                                % {"names": ", ".join(sorted(kinds))})  # fmt: skip
    return {kind: _term(content[kind]) for kind in kinds}


def right_terms_content(terms: Mapping[str, RightTerm]) -> dict[str, Any]:
    """Return terms as plain data."""
    return {kind: asdict(term) for kind, term in terms.items()}


def _term(said: Any) -> RightTerm:
    wrong = RightRefusedError(_("A term is a whole number of working days, 1 to 60, and the basis on which it rests."))
    if not isinstance(said, Mapping) or set(said) != {"days", "basis"}:
        raise wrong
    days, basis = said["days"], said["basis"]
    if type(days) is not int or not 1 <= days <= MOST_DAYS:
        raise wrong
    if not isinstance(basis, str) or not 0 < len(basis.strip()) <= LONGEST:
        raise wrong
    return RightTerm(days, basis.strip())
