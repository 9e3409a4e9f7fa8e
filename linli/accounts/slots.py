"""How other domains extend accounts: capabilities of posts, and channels that carry messages to people."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from django.utils.functional import Promise

from linli.kernel import slots as kernel


@dataclass(frozen=True)
class Capability:
    """Something that a post may allow 权限: `code` is `<domain>.<verb>`, `label` says it to an administrator."""

    code: str
    label: str | Promise


class Channel(ABC):
    """A way to carry a short text to a phone 消息通道. Raise any exception when the text could not be handed over."""

    code: str

    @abstractmethod
    def send(self, to: str, text: str) -> None:
        """Hand the text over for this mobile number."""


capabilities: kernel.Slot[Capability] = kernel.Slot("capability")
channels: kernel.Slot[Channel] = kernel.Slot("channel")
