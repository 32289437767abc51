"""Settings of the house: read from the environment once, at start, and checked.

The names are the promises of the README's table. Everything a house writes lies below `MALOCA_INSTANCE`;
everything that differs between two networks and that a secretariat may edit is not here but in the database.
"""

import secrets
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent

LANGUAGES = ("ar", "en", "es", "fr", "pt")
"""Languages of the pages, in the order of the foot of every page (by their own names, Arabic first)."""

COMPLETE_LANGUAGES = LANGUAGES
"""Languages whose catalogues must be whole for `make check`: all of them."""


class Settings(BaseSettings):
    """All settings in one object, read from `MALOCA_*` and from the four well-known names."""

    model_config = SettingsConfigDict(env_prefix="MALOCA_", extra="forbid", frozen=True)

    instance: Path = Field(default=ROOT / "instance")
    database_url: str = Field(default="", validation_alias=AliasChoices("DATABASE_URL", "database_url"))
    secret_key: str = Field(default="", validation_alias=AliasChoices("SECRET_KEY", "secret_key"))
    mail_url: str = Field(default="", validation_alias=AliasChoices("MAIL_URL", "mail_url"))
    port: int = Field(default=8000, ge=1, le=65535, validation_alias=AliasChoices("PORT", "port"))

    base_url: str = ""
    mail_from: str = "Maloca <maloca@localhost>"
    house_name: str = "Maloca"
    languages: Annotated[tuple[str, ...], NoDecode] = LANGUAGES
    pseudo_language: bool = False
    example_password: str = ""
    max_request_bytes: int = Field(default=2_000_000, ge=10_000)
    max_file_bytes: int = Field(default=10_000_000, ge=10_000, le=1_000_000_000)
    behind_proxies: int = Field(default=0, ge=0, le=5)
    outbound_ports: Annotated[tuple[int, ...], NoDecode] = ()
    outbound_test_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    https: bool = False
    testing: bool = False

    @field_validator("instance")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @field_validator("languages", "outbound_ports", "outbound_test_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(filter(None, value.split(","))) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _no_trials_in_earnest(self) -> "Settings":
        """Hosts that are asked without TLS and inside private networks have no place in a house on the internet."""
        if self.https and self.outbound_test_hosts:
            raise ValueError("MALOCA_OUTBOUND_TEST_HOSTS is for trials: not together with MALOCA_HTTPS")
        return self

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database: `DATABASE_URL`, else one SQLite file in the instance folder."""
        if not self.database_url:
            return f"sqlite:///{self.instance / 'maloca.sqlite3'}"
        for scheme in ("postgresql://", "postgres://"):
            if self.database_url.startswith(scheme):
                return "postgresql+psycopg://" + self.database_url.removeprefix(scheme)
        return self.database_url

    @property
    def address(self) -> str:
        """Where the house is reached from outside; mails and calendar files link to it. No slash at its end."""
        return (self.base_url or f"http://127.0.0.1:{self.port}").rstrip("/")


def read_secret_key(settings: Settings) -> str:
    """Return the signing key: `SECRET_KEY`, else a key made once and kept in the instance folder (mode 0600)."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.instance / "secret_key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        settings.instance.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"secret_key.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass  # another process of this first start was quicker: its key counts
        finally:
            fresh.unlink()
        return path.read_text(encoding="ascii").strip()
