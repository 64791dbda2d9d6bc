"""Settings: read once from the environment, checked, then never changed."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
SHORTEST_KEY_BYTES = 32


class SettingsUnusable(ValueError):
    """A setting that the system refuses to start with.

    `message` is the English sentence and the key of its translation, its `{places}` filled from
    `places`.
    """

    def __init__(self, message: str, **places: str) -> None:
        self.message, self.places = message, places
        super().__init__(message.format_map(places))


@dataclass(frozen=True)
class Settings:
    """What the operator decides; every field has its environment variable in README.md.

    `cookie_key` signs the sign-in cookie (at least 32 bytes); `session_hours` is how long it
    holds; `attempts` wrong passwords lock an account for `lock_minutes`.
    """

    database_url: str
    cookie_key: str
    session_hours: float = 8.0
    attempts: int = 5
    lock_minutes: int = 15
    secure_cookie: bool = False


def from_environment(environment: Mapping[str, str], data: Path = DATA) -> Settings:
    """Read the settings; SettingsUnusable says which variable to mend and how."""
    key = environment.get("CTAI_COOKIE_KEY") or _kept_key(data / "cookie.key")
    if len(key.encode()) < SHORTEST_KEY_BYTES:
        raise SettingsUnusable(
            "CTAI_COOKIE_KEY has {seen} bytes. Give at least {wanted}, such as the output of: "
            "{command}",
            seen=str(len(key.encode())),
            wanted=str(SHORTEST_KEY_BYTES),
            command="python -c 'import secrets; print(secrets.token_hex(32))'",
        )
    return Settings(
        database_url=environment.get("CTAI_DATABASE_URL") or f"sqlite:///{data / 'ctai.db'}",
        cookie_key=key,
        session_hours=_number(environment, "CTAI_SESSION_HOURS", 8.0),
        attempts=int(_number(environment, "CTAI_ATTEMPTS", 5)),
        lock_minutes=int(_number(environment, "CTAI_LOCK_MINUTES", 15)),
        secure_cookie=environment.get("CTAI_SECURE_COOKIE", "") == "1",
    )


def _number(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name, "")
    try:
        value = float(text) if text else default
    except ValueError as error:
        raise SettingsUnusable(
            "{name} is “{seen}”. Give a number.", name=name, seen=text
        ) from error
    if value <= 0:
        raise SettingsUnusable(
            "{name} is “{seen}”. Give a number above zero.", name=name, seen=text
        )
    return value


def _kept_key(path: Path) -> str:
    """Read the machine's own key, or make one that only its owner can read."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(SHORTEST_KEY_BYTES))
    return path.read_text(encoding="ascii").strip()


@cache
def settings() -> Settings:
    """Give this process's settings."""
    return from_environment(os.environ)
