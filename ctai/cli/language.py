"""The language of the command line: that of the terminal, where it is one of ours."""

import os

from ctai.i18n import best_language, translate

LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where POSIX keeps the language of messages: the first that is set counts."""


def current() -> str:
    """Give the language to speak; English where the terminal's locale is none of the six."""
    locale = next((os.environ[name] for name in LOCALE if os.environ.get(name)), "")
    return best_language(locale.partition(".")[0].partition("@")[0])


def t(message: str, /, **places: object) -> str:
    """Say a sentence in the terminal's language, with its {places} filled."""
    return translate(current(), message, **places)
