"""What the site takes in: acts on an event, and the parts of the configuration file, one plug-in each."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import slots

Text = str | Promise
LAST_MAIN = 50
Doing = Callable[[UUID, accounts.Actor, datetime, dict[str, Any]], Any]


@dataclass(frozen=True)
class DeskAct:
    """One thing an officer can do on an event: a form, an action, and a sentence before and after it.

    `open_to` tells whether it is offered on a case; what it offers the action itself must still check. `place` orders
    the acts: the lowest that is offered is the main one, if it is at most LAST_MAIN; what only helps along stands
    above that. `beside` names the main act next to which this one stands.
    `initial` fills the form. An action that refuses raises events' RefusedError, whose sentence is shown.
    """

    code: str
    label: Text
    done: Text
    do: Doing
    open_to: Callable[[events.Case, accounts.Actor], bool]
    form: type[forms.Form] = forms.Form
    consequence: Text = ""
    place: int = 100
    beside: str = ""
    initial: Callable[[events.Case], Mapping[str, Any]] = lambda _found: {}


class ConfigPart(ABC):
    """A part of what a county sets up, in the one readable file of the whole configuration 配置文件.

    Data are mappings, lists, text, numbers and booleans only. `capability` is what somebody needs to take it in.
    `note` stands above the part as a comment of the file.
    """

    code: str
    label: Text
    capability: str
    place: int = 100
    note: Text = ""

    def left_out(self, by: accounts.Actor) -> Text:
        """Return why this person can't take the part in; empty where they can."""
        return "" if by.can(self.capability) else _("Your post may not change this part; it is left out.")

    @abstractmethod
    def read(self, *, now: datetime) -> Any:
        """Return what is set up, in an order that stays the same."""

    @abstractmethod
    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:
        """Return a sentence for each thing that would change. Raises ConfigRefusedError where the data are wrong."""

    @abstractmethod
    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Set it up so. What is versioned becomes a draft; nothing that the file does not name is taken away."""


class ConfigRefusedError(ValueError):
    """The file, or a part of it, can't be read; the message is the sentence."""


desk_acts: slots.Slot[DeskAct] = slots.Slot("desk act")
config_parts: slots.Slot[ConfigPart] = slots.Slot("part of the configuration")


def acting(action: Callable[..., Any], **fixed: Any) -> Doing:
    """Return an act that hands everything the form says to one action of events."""

    def doing(event_id: UUID, by: accounts.Actor, now: datetime, said: dict[str, Any]) -> Any:
        return action(event_id=event_id, by=by, now=now, **said, **fixed)

    return doing


def at_step(name: str) -> Callable[[events.Case, accounts.Actor], bool]:
    """Return the condition "this step of the state table is possible now, for this person"."""
    return lambda found, _actor: name in found.steps


def never(_found: events.Case, _actor: accounts.Actor) -> bool:
    """Tell that an act is not offered among those of the event: its form stands elsewhere on the page."""
    return False
