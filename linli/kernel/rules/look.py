"""How somebody wants pages to look: 长辈版, 无障碍, theme, keys; a short list of words kept in one cookie."""

from dataclasses import dataclass

COOKIE = "linli_look"
CHOICES = ("elder", "contrast", "dark", "light", "nokeys")


@dataclass(frozen=True)
class Look:
    """The choices in force for one request."""

    chosen: frozenset[str] = frozenset()

    @property
    def elder(self) -> bool:
        """Tell whether 长辈版 is on."""
        return "elder" in self.chosen

    @property
    def contrast(self) -> bool:
        """Tell whether the strongest contrast is on."""
        return "contrast" in self.chosen

    @property
    def theme(self) -> str:
        """Return the theme somebody has chosen, or nothing."""
        return "dark" if "dark" in self.chosen else "light" if "light" in self.chosen else ""

    @property
    def keys(self) -> bool:
        """Tell whether single-key shortcuts are on."""
        return "nokeys" not in self.chosen


def read_look(cookie: str) -> Look:
    """Read the cookie; words that are not known are left out."""
    return Look(frozenset(cookie.split(".")) & frozenset(CHOICES))


def toggle_look(look: Look, choice: str) -> str:
    """Return the cookie after one choice was switched; dark and light exclude each other; other words are ignored."""
    if choice not in CHOICES:
        return _cookie(look.chosen)
    other = {"dark": "light", "light": "dark"}.get(choice, "")
    return _cookie((look.chosen ^ {choice}) - {other})


def _cookie(chosen: frozenset[str]) -> str:
    return ".".join(word for word in CHOICES if word in chosen)
