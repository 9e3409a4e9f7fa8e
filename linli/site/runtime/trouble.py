"""What stops a node from running, said in one sentence: what is wrong, why, what to do."""

import gettext
import os
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[1] / "locale"


class Trouble(Exception):  # noqa: N818  it is what an operator is told, not a programmer's error
    """Ends a command with one sentence instead of a traceback. The sentence is marked with `gettext_noop`."""

    def __init__(self, sentence: str, **words: object) -> None:
        """Keep the sentence, with {names} for the words that differ from case to case."""
        super().__init__(sentence)
        self.sentence = sentence
        self.words = words

    def __str__(self) -> str:
        """Return the sentence in the terminal's language; in English and Chinese where the terminal names none.

        Django's own translation is not used: this is said before settings can be read.
        """
        language = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "C"
        if language.startswith("zh"):
            return self._in("zh_Hans")
        if language.split(".")[0] in {"C", "POSIX"}:
            return "\n".join(dict.fromkeys([self._in("en"), self._in("zh_Hans")]))
        return self._in("en")

    def _in(self, language: str) -> str:
        known = gettext.translation("django", str(LOCALE), [language], fallback=True)
        return known.gettext(self.sentence).format(**self.words)
