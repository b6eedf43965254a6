"""Settings of a workspace: `workspace.yaml` in its folder."""

from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import yaml
from pydantic import field_validator

from desireline.model.definition import Strict


class Settings(Strict):
    """`zone` is the IANA name that times without an offset are read in, unless a mapping says otherwise."""

    zone: str = "UTC"

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"'{zone}' is no time zone name such as Europe/Warsaw")
        return ZoneInfo(zone).key


def load(root: Path) -> Settings:
    """The settings, or the defaults where there is no file."""
    file = root / "workspace.yaml"
    return Settings.model_validate(yaml.safe_load(file.read_text()) or {}) if file.exists() else Settings()


def save(root: Path, settings: Settings) -> None:
    """Write the settings."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "workspace.yaml").write_text(yaml.safe_dump(settings.model_dump()))
