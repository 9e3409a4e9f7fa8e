"""The acts that are open on a case, each with its form."""

from dataclasses import dataclass

from django import forms

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.slots import LAST_MAIN, DeskAct, Text, desk_acts


@dataclass(frozen=True)
class Act:
    """One act as the page shows it. `weight`: main (the one primary button), beside (next to it), or quiet."""

    name: str
    label: Text
    form: forms.Form
    weight: str
    consequence: Text

    @property
    def asks(self) -> bool:
        """Whether something is to be filled in before it is done."""
        return bool(self.form.fields)


def acts_of(found: events.Case, actor: accounts.Actor, bound: tuple[str, forms.Form] | None = None) -> list[Act]:
    """Return the acts in the order of use.

    `bound` is a form that was refused: it stays with what was typed, even where its act is not open any more.
    """
    known = dict([bound]) if bound else {}
    open_now = (act for act in desk_acts.all() if act.code in known or act.open_to(found, actor))
    offered = sorted(open_now, key=lambda act: act.place)
    return [
        Act(act.code, act.label, known.get(act.code) or fresh(act, found), _weight(act, offered[0]), act.consequence)
        for act in offered
    ]


def fresh(act: DeskAct, found: events.Case) -> forms.Form:
    """Return the act's form, filled with what is known."""
    return act.form(initial=dict(act.initial(found)), prefix=act.code)


def _weight(act: DeskAct, first: DeskAct) -> str:
    if first.place > LAST_MAIN:
        return "quiet"
    if act is first:
        return "main"
    return "beside" if act.beside == first.code else "quiet"
