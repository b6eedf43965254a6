"""A map from a folder of YAML files, as `out.yaml_folder` writes it, or from a ZIP archive of one."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, Final

import yaml

from desireline.errors import MapUnreadable
from desireline.maps.into.reading import LIMIT_MB, Read, decoded, validated

FORM: Final = "yaml"
MOST_FILES: Final = 500
_DEEPEST: Final = 30
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(file: str, data: bytes) -> Read:
    """The map of an archive. Nothing is unpacked to disk.

    Raises:
        MapUnreadable: damaged; no map; paths that lead out of the folder, too many files, or too much when unpacked.
    """
    return folder(file, unpacked(file, data, FORM, (".yaml", ".yml")))


def folder(file: str, files: Mapping[str, bytes]) -> Read:
    """The map of a folder by the paths of its files, `/` between the parts. Lanes stand in the order of their names.

    Raises:
        MapUnreadable: `map.yaml` is missing, or a file is damaged or no part of a map.
    """
    top = next((PurePosixPath(p).parent for p in sorted(files, key=len) if PurePosixPath(p).name == "map.yaml"), None)
    if top is None:
        raise MapUnreadable(file, FORM, "not_a_map", "map.yaml")
    parts = {
        str(PurePosixPath(p).relative_to(top)): data
        for p, data in files.items()
        if PurePosixPath(p).is_relative_to(top)
    }
    head = loaded(f"{file}/map.yaml", parts["map.yaml"])
    if not isinstance(head, dict):
        raise MapUnreadable(file, FORM, "not_a_map", "map.yaml")
    lanes = [loaded(f"{file}/{p}", parts[p]) for p in sorted(parts) if PurePosixPath(p).parent.name == "lanes"]
    library = loaded(f"{file}/library.yaml", parts["library.yaml"]) if "library.yaml" in parts else []
    return Read(validated(file, FORM, {**head, "lanes": lanes, "library": library or []}), [], FORM)


def unpacked(file: str, data: bytes, form: str, endings: tuple[str, ...]) -> dict[str, bytes]:
    """The files of an archive whose names end so; others and folders are passed over.

    Raises:
        MapUnreadable: damaged, or unsafe: an absolute path or `..`, too many files, or too much when unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            _check(file, form, members)
            wanted = [m for m in members if m.filename.endswith(endings) and not m.filename.startswith("__MACOSX/")]
            return {m.filename: _bytes(archive, m) for m in wanted}
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError) as error:
        raise MapUnreadable(file, form, "damaged", str(error)) from error


def _check(file: str, form: str, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_FILES:
        raise MapUnreadable(file, form, "unsafe_archive", f"{len(members)} > {MOST_FILES}")
    total = sum(m.file_size for m in members)
    if total > LIMIT_MB << 20:
        raise MapUnreadable(file, form, "unsafe_archive", f"{total >> 20} MB > {LIMIT_MB} MB")
    for member in members:
        path = PurePosixPath(member.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in member.filename or ":" in member.filename:
            raise MapUnreadable(file, form, "unsafe_archive", member.filename[:200])


def _bytes(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """At most what the archive's index promises, which was checked."""
    with archive.open(member) as opened:
        return opened.read(member.file_size)


def _check_events(file: str, text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > _DEEPEST:
            raise MapUnreadable(file, FORM, "not_a_map", "*alias" if depth <= _DEEPEST else "[[[[…]]]]")


def loaded(file: str, data: bytes) -> Any:
    """Plain values of a YAML text.

    Raises:
        MapUnreadable: no YAML; or aliases, which let a few lines unfold to gigabytes, or lists in lists without end.
    """
    text = decoded(file, FORM, data)
    try:
        _check_events(file, text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise MapUnreadable(file, FORM, "damaged", " ".join(str(error).split())) from error
