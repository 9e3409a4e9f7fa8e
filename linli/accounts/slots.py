"""How other domains extend accounts: capabilities of posts, desks they open, and channels to people."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from linli.accounts.rules.actor import Actor
from linli.kernel import facts
from linli.kernel import slots as kernel


@dataclass(frozen=True)
class Capability:
    """Something that a post may allow 权限: `code` is `<domain>.<verb>`, `label` says it to an administrator.

    Residents may hold a post only where each of its capabilities is `for_residents`. What is `never_lent` nobody does
    in place of somebody else.
    """

    code: str
    label: str | Promise
    for_residents: bool = False
    never_lent: bool = False


@dataclass(frozen=True)
class Desk:
    """A page at which people of some posts work 工作台; with `manages` one of the console 管理台.

    It is there for whoever holds any of the `capabilities`, in the order of `place`. `hint` says on the console what
    it is for. `searches` marks the list that answers the search in the header.
    """

    code: str
    label: str | Promise
    url_name: str
    capabilities: tuple[str, ...]
    place: int
    hint: str | Promise = ""
    manages: bool = False
    searches: bool = False


class Channel(ABC):
    """A way to carry a short text to somebody 消息通道. Raise any exception when it could not be handed over.

    `takes` says what its addresses are: `phone` (a mobile number of mainland China), `email` or `url`.
    """

    code: str
    label: str | Promise = ""
    takes: str = "phone"

    @abstractmethod
    def send(self, to: str, text: str) -> None:
        """Hand the text over for this address."""


class Log(ABC):
    """Writes down what was done to accounts, posts and rights 账号与权限变更记录, in the transaction of the change."""

    code: str

    @abstractmethod
    def note(self, told: facts.Fact, *, by: Actor, now: datetime) -> None:
        """Write down what a fact of accounts says."""


capabilities: kernel.Slot[Capability] = kernel.Slot("capability")
desks: kernel.Slot[Desk] = kernel.Slot("desk")
channels: kernel.Slot[Channel] = kernel.Slot("channel")
logs: kernel.Slot[Log] = kernel.Slot("log of changes")
