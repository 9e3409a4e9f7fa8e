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
        """Return the sentence in the language of the terminal. Django cannot say it: no settings are read yet."""
        return in_terminal_language(self.sentence, **self.words)


def in_terminal_language(sentence: str, **words: object) -> str:
    """Return a message in the language of the terminal; in English and Chinese where the terminal names none."""
    language = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "C"
    if language.startswith("zh"):
        return _translated(sentence, "zh_Hans", words)
    if language.split(".")[0] in {"C", "POSIX"}:
        both = (_translated(sentence, name, words) for name in ("en", "zh_Hans"))
        return "\n".join(dict.fromkeys(both))
    return _translated(sentence, "en", words)


def _translated(sentence: str, language: str, words: dict[str, object]) -> str:
    known = gettext.translation("django", str(LOCALE), [language], fallback=True)
    return known.gettext(sentence).format(**words)
