"""Writes reference pages from the program: commands, questions, documents, HTTP and errors."""

import inspect
import json
import typing
from collections.abc import Collection, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import map_schema
import typer
from pydantic import BaseModel

from desireline.cli.app import app
from desireline.errors import DesirelineError
from desireline.http.app import create_app
from desireline.i18n import catalogue, translate
from desireline.maps import cells, into, notation
from desireline.maps import out as map_out
from desireline.maps.commands import COMMANDS
from desireline.maps.commands import base as map_command
from desireline.model.question import Asked, Filters, Result
from desireline.service.questions import QUESTIONS, request_model, result_model

Mode = Literal["validation", "serialization"]

GENERATED = "<!-- Written by `make docs` from the program. Change the program, not this page. -->"


def pages() -> dict[str, str]:
    """File name → text of every generated page."""
    return {
        "commands.md": _page("Commands", _commands()),
        "questions.md": _page("Questions", _questions()),
        "definition.md": _page("The definition document", _document("desireline.model.definition", "Definition")),
        "segment.md": _page("The segment document", _document("desireline.model.segment", "Segment")),
        "mapping.md": _page("The mapping document", _document("desireline.model.mapping", "Mapping")),
        "map.md": _page("The map document", _document("desireline.model.journey_map", "MapFile")),
        "measured.md": _page(
            "The figures of a map", _document("desireline.model.measured", "Measured", "serialization")
        ),
        "http.md": _page("HTTP", _http()),
        "errors.md": _page("Errors", _errors()),
        "map-commands.md": _page("Commands to maps", _map_commands()),
        "map-formats.md": _page("Formats of maps", _map_formats()),
        "map.schema.json": map_schema.schema(),
    }


def _page(title: str, parts: Iterator[str]) -> str:
    return "\n\n".join([f"# {title}", GENERATED, *(part.strip() for part in parts if part.strip())]) + "\n"


def _table(head: list[str], rows: list[list[str]]) -> str:
    def line(cells: list[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"

    return "\n".join([line(head), "|" + "---|" * len(head), *map(line, rows)])


# --- documents and questions -------------------------------------------------------------------------------------


def _type(schema: dict[str, Any]) -> str:
    """A JSON Schema type in a few words."""
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[-1]
    if "const" in schema or "enum" in schema:
        return ", ".join(f"`{json.dumps(v)}`" for v in schema.get("enum", [schema.get("const")]))
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    kind = schema.get("type", "any")
    if kind == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"{_type(schema['additionalProperties'])} by name"
    named = {
        "string": schema.get("format", "text").replace("-", " and "),
        "number": "number",
        "integer": "whole number",
    }
    return str(named.get(kind, kind))


def _fields(model: type[BaseModel], mode: Mode, without: Collection[str] = ()) -> str:
    schema = model.model_json_schema(mode=mode)
    asked = mode == "validation"
    rows = []
    for name, field in schema.get("properties", {}).items():
        if name not in without:
            default = _default(model, name, name in schema.get("required", []))
            rows.append([f"`{name}`", _type(field), *([default] if asked else []), field.get("description", "")])
    head = ["field", "type", *(["default"] if asked else []), "meaning"]
    if not any(row[-1] for row in rows):
        head, rows = head[:-1], [row[:-1] for row in rows]
    return _table(head, rows) if rows else ""


def _default(model: type[BaseModel], name: str, required: bool) -> str:
    if required:
        return "required"
    field = next(f for n, f in model.model_fields.items() if name in (n, f.alias))
    value = field.get_default(call_default_factory=True)
    return f"`{value.model_dump_json(exclude_defaults=True) if isinstance(value, BaseModel) else json.dumps(value)}`"


def _described(thing: object) -> str:
    """A docstring as Markdown: sections of Google style become lists."""
    text = inspect.cleandoc(getattr(thing, "__doc__", None) or "")
    lines, inside = [], False
    for line in text.splitlines():
        if line in {"Attributes:", "Args:", "Returns:", "Raises:"}:
            inside = True
        elif inside and line.startswith("    ") and not line.startswith("     "):
            name, _, said = line.strip().partition(":")
            lines.append(f"- `{name}`: {said.strip()}")
        elif line.startswith(">>>"):
            break
        else:
            lines.append(line.strip())
    return "\n".join(lines)


def _used(model: type[BaseModel], seen: dict[str, type[BaseModel]]) -> dict[str, type[BaseModel]]:
    """The models that a model's fields name, in the order of their first use."""
    for field in model.model_fields.values():
        for part in _arguments(field.annotation):
            if inspect.isclass(part) and issubclass(part, BaseModel) and part.__name__ not in seen:
                seen[part.__name__] = part
                _used(part, seen)
    return seen


def _arguments(annotation: object) -> Iterator[object]:
    yield annotation
    for part in typing.get_args(annotation):
        yield from _arguments(part)


def _document(module: str, name: str, mode: Mode = "validation") -> Iterator[str]:
    home = import_module(module)
    root: type[BaseModel] = getattr(home, name)
    yield _described(home)
    for part in [root, *_used(root, {}).values()]:
        yield f"## {part.__name__}\n\n{_described(part)}\n\n{_fields(part, mode)}"


def _questions() -> Iterator[str]:
    yield (
        "The same question is a command (`desireline funnel … --json`), an HTTP request (`POST /api/questions/funnel`) "
        "and a call in Python (`workspace.funnel(…)`). Fields and answers are equal on all three."
    )
    yield f"## What every question takes\n\n{_described(Asked)}\n\n{_fields(Asked, 'validation')}"
    yield f"`Filters`: {_described(Filters)}\n\n{_fields(Filters, 'validation')}"
    yield f"## What every answer says\n\n{_described(Result)}\n\n{_fields(Result, 'serialization')}"
    for question in QUESTIONS:
        home = import_module(f"desireline.analyze.{question}")
        request, result = request_model(question), result_model(question)
        own = {name: part for name, part in _used(result, {}).items() if part.__module__ == home.__name__}
        yield f"## {question}\n\n{_described(home)}"
        yield f"### {question}: asked\n\n{_described(request)}"
        yield _fields(request, "validation", set(Asked.model_fields))
        yield f"### {question}: answered\n\n{_described(result)}"
        yield _fields(result, "serialization", set(Result.model_fields))
        for part in own.values():
            yield f"`{part.__name__}`: {_described(part)}\n\n{_fields(part, 'serialization')}"


# --- surfaces ----------------------------------------------------------------------------------------------------


def _commands() -> Iterator[str]:
    root = typer.main.get_command(app)
    yield "`desireline COMMAND --help` says the same on the command line."
    yield from _command(root, "desireline")


def _command(command: Any, name: str) -> Iterator[str]:
    yield f"## {name}\n\n{inspect.cleandoc(command.help or '')}"
    rows = [_parameter(p) for p in command.params if p.name != "help" and not getattr(p, "hidden", False)]
    if rows:
        yield _table(["argument or option", "meaning", "default"], rows)
    for child in sorted(getattr(command, "commands", {})):
        if not command.commands[child].hidden:
            yield from _command(command.commands[child], f"{name} {child}")


def _parameter(parameter: Any) -> list[str]:
    choices = [a for part in _arguments(parameter.type_descriptor.annotation) for a in _choices(part)]
    value = parameter.metavar or "|".join(choices)
    if parameter.param_type_name == "option":
        names = ", ".join(f"`{one}`" for one in [*parameter.opts, *parameter.secondary_opts])
        shown = f"{names} `{value}`" if value else names
    else:
        shown = f"`{parameter.metavar or parameter.name.upper()}`"
    default = parameter.default
    unset = callable(default) or default in (None, (), []) or default is False
    stated = "required" if parameter.required else "" if unset else f"`{default}`"
    return [shown, getattr(parameter, "help", None) or "", stated]


def _choices(annotation: object) -> list[str]:
    return [str(a) for a in typing.get_args(annotation)] if typing.get_origin(annotation) is Literal else []


def _map_commands() -> Iterator[str]:
    sentences = catalogue("en")
    yield (
        'Every change to a map is a command: `{"do": NAME, …}` with the fields below. The editor, '
        "`POST /api/maps/{id}/commands` and `desireline map apply` take the same ones. Commands that are sent together "
        "are done all or none, as one version; each has an inverse, which undo sends. What they bring is described in "
        "[the map document](map.md); missing fields get its defaults."
    )
    yield "A command that the map cannot take is refused with `command_refused` and one of these reasons:"
    marks = "map.refused."
    yield _table(
        ["reason", "meaning"],
        [[f"`{key.removeprefix(marks)}`", str(text)] for key, text in sentences.items() if key.startswith(marks)],
    )
    for name, command in COMMANDS.items():
        yield f"## {name}\n\n{_described(command)}\n\n{_fields(command, 'validation', {'do'})}"
        if command.settable:
            yield f"Can be set: {', '.join(f'`{field}`' for field in command.settable)}."
    head = map_command.StageHead
    yield f"## {head.__name__}\n\n{_described(head)}\n\n{_fields(head, 'validation')}"


def _http() -> Iterator[str]:
    schema = create_app(Path("desireline-data")).openapi()
    yield inspect.cleandoc(schema["info"].get("description", ""))
    yield "The full description, with the shape of every body, is served at `/api/openapi.json`."
    rows = [
        [
            f"`{method.upper()} {path}`",
            inspect.cleandoc(operation.get("description", operation["summary"])).split("\n\n")[0],
        ]
        for path, methods in schema["paths"].items()
        if path.startswith("/api")
        for method, operation in methods.items()
    ]
    yield _table(["request", "answer"], rows)


def _errors() -> Iterator[str]:
    def below(error: type[DesirelineError]) -> Iterator[type[DesirelineError]]:
        for child in error.__subclasses__():
            yield child
            yield from below(child)

    yield (
        "Every refusal has a stable code. The command line prints the sentence and ends with 1; HTTP answers with the "
        'status and `{"error": {"code", "message", "details"}}`; Python raises the class from `desireline.errors`. '
        "A wrong use of the command line ends with 2."
    )
    sentences = catalogue("en")
    rows = [
        [f"`{e.code}`", f"`{e.__name__}`", str(e.http_status), f"{_first_line(e)} *{sentences[f'errors.{e.code}']}*"]
        for e in sorted(set(below(DesirelineError)), key=lambda e: e.code)
    ]
    yield _table(["code", "class", "HTTP", "when, and *what it says*"], rows)


def _map_formats() -> Iterator[str]:
    """Formats that maps are written in and read from. A reader's module bears the name of its format."""
    yield (
        "A map is written in any of these formats and read from those with “yes”. JSON and YAML hold all of the "
        "document. Figures are counted, never imported: a measured one is left out when it is read back, or becomes a "
        "typed one, which never looks the same."
    )
    modules = {name: import_module(f"desireline.maps.out.{form.module}") for name, form in map_out.FORMATS.items()}
    read = {name: import_module(f"desireline.maps.into.{_READERS.get(name, name)}") for name in into.FORMATS}
    names = {"md": "markdown"}
    rows = []
    for name, form in map_out.FORMATS.items():
        lost = "; ".join(translate("en", f"map.loses.{code}") for code in form.loses())
        back = "yes" if names.get(name, name) in read else "no"
        rows.append([f"`{name}`", f"`{form.suffix}`", back, _first_line(modules[name]), lost])
    rows += [
        [f"`{name}`", f"`{into.FORMATS[name][0]}`", "only", _first_line(module), ""]
        for name, module in read.items()
        if name not in {names.get(out, out) for out in map_out.FORMATS}
    ]
    yield _table(["format", "ending", "read back", "what it is", "what it cannot hold"], rows)
    yield f"## Cards as text\n\n{_described(notation)}\n\n{_described(cells)}"
    for name, module in read.items():
        written = modules.get({"markdown": "md"}.get(name, name))
        told = [_described(written)] if written else []
        yield f"## {name}\n\n" + "\n\n".join([*told, _described(module)])
    yield f"## Columns of a table\n\n{_described(into.GridColumns)}\n\n{_fields(into.GridColumns, 'validation')}"


_READERS = {"csv": "csv_grid", "xlsx": "xlsx_grid", "yaml": "yaml_folder"}


def _first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").split("\n")[0]
