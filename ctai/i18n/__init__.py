"""Languages: sentences, numbers, dates and names as a reader of each language expects them."""

from ctai.i18n.catalogue import mark, translate, translate_plural
from ctai.i18n.languages import LANGUAGES, LanguageUnknown, best_language, direction

__all__ = [
    "LANGUAGES",
    "LanguageUnknown",
    "best_language",
    "direction",
    "mark",
    "translate",
    "translate_plural",
]
