"""Settings of a workspace: `workspace.yaml` in its folder; how e-mail is sent may stand in the environment instead."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo, available_timezones

import yaml
from pydantic import ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator

from desireline.errors import BadQuestion
from desireline.model.definition import Strict

FILE: Final = "workspace.yaml"

ENVIRONMENT: Final = "DESIRELINE_SMTP_"
"""What the names of variables begin with that win over the file, such as `DESIRELINE_SMTP_PASSWORD`."""

_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Mail(Strict):
    """The server that takes e-mail from us.

    Attributes:
        security: `starttls` and `tls` check the server's certificate; `none` sends no password but to this machine.
        sender: the address that e-mails come from.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    host: str = Field(min_length=1, max_length=253)
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password: SecretStr | None = None
    sender: str = Field(pattern=r"^[^\s@<>]+@[^\s@<>]+$", max_length=320)

    @model_validator(mode="after")
    def _not_in_the_open(self) -> "Mail":
        if self.security == "none" and self.user is not None and self.host not in _HERE:
            raise ValueError("security: starttls or tls where there is a user")
        return self


class Webhooks(Strict):
    """`allowed_hosts`: names and addresses inside the organisation's own network that may be called all the same."""

    allowed_hosts: list[str] = Field(default_factory=list, max_length=100)


class Settings(Strict):
    """What holds for all of a workspace.

    Attributes:
        zone: the IANA name that times without an offset are read in, unless a mapping says otherwise.
        mail: fields of `Mail`; `mail_of` reads them.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    zone: str = "UTC"
    mail: dict[str, Any] | None = Field(default=None, repr=False)
    webhooks: Webhooks = Webhooks()

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"'{zone}' is no time zone name such as Europe/Warsaw")
        return ZoneInfo(zone).key


def load(root: Path) -> Settings:
    """The settings, or the defaults where there is no file.

    Raises:
        BadQuestion: the file makes no sense. What stands in it is not said: it may be the password.
    """
    file = root / FILE
    if not file.exists():
        return Settings()
    try:
        return Settings.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")) or {})
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False)[0]
        where, why = ".".join([FILE, *(str(part) for part in first["loc"])]), first["msg"]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        where, why = f"{FILE}, line {line}", "YAML"
    except (yaml.YAMLError, UnicodeDecodeError):
        where, why = FILE, "YAML, UTF-8"
    raise BadQuestion(parameter=where, given="…", expected=why)


def mail_of(settings: Settings, environment: Mapping[str, str] = os.environ) -> Mail | None:
    """How e-mail is sent; None if it was not set up.

    Raises:
        BadQuestion: a setting makes no sense. What it is is not said: it may be the password.
    """
    of_environment = {
        name: environment[ENVIRONMENT + name.upper()] for name in Mail.model_fields
        if ENVIRONMENT + name.upper() in environment
    }  # fmt: skip
    given = {**(settings.mail or {}), **of_environment}
    if not given:
        return None
    try:
        return Mail.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False)[0]
        name = ".".join(["mail", *(str(part) for part in first["loc"])])
        raise BadQuestion(parameter=name, given="…", expected=first["msg"]) from None


def save(root: Path, settings: Settings) -> None:
    """Write the settings."""
    root.mkdir(parents=True, exist_ok=True)
    file = root / FILE
    file.write_text(yaml.safe_dump({**settings.model_dump(exclude_defaults=True), "zone": settings.zone}))
    if settings.mail is not None:
        file.chmod(0o600)  # it may hold a password
