"""Folding: how two writings of the same word are told to be one."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Leave of a text its letters and digits: case, accents, spaces and signs do not count."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in letters if one.isalnum())
