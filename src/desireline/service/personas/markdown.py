"""A card as Markdown that people can read: what was typed, with who typed it, apart from what is measured."""

from collections.abc import Iterator
from typing import Any

from desireline.i18n import date, number, percent, translate
from desireline.maps.out.markdown import escaped
from desireline.model.persona import (
    MeasuredCard,
    MeasuredTrait,
    PersonaCard,
    Slider,
    TraitPart,
    TypedField,
    TypedFields,
)

UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def written(card: PersonaCard, measured: MeasuredCard | None, language: str) -> str:
    """The card in a language; `measured` None: nothing can be measured."""
    parts = [f"# {escaped(card.name)}", translate(language, f"persona.kind.{card.kind}")]
    typed = list(_typed(card, language))
    if typed:
        parts += [f"## {translate(language, 'persona.typed')}", *typed]
    parts += [f"## {translate(language, 'persona.measured')}", *_measured(measured, language)]
    return "\n\n".join(parts) + "\n"


def _typed(card: PersonaCard, language: str) -> Iterator[str]:
    for name in TypedFields.model_fields:
        field: Any = getattr(card.typed, name)
        if name != "custom" and field is not None:
            yield _field(translate(language, f"persona.field.{name}"), field, language)
    for own, field in card.typed.custom.items():
        yield _field(escaped(own), field, language)


def _field(name: str, field: TypedField[Any], language: str) -> str:
    value = field.value
    lines = value if isinstance(value, list) else value.split("\n") if isinstance(value, str) else [value.alt or "–"]
    told = [_slider(one, language) if isinstance(one, Slider) else escaped(one) for one in lines if one]
    by, at = escaped(field.origin.by), date(language, field.origin.at)
    head = f"**{name}** (_{translate(language, 'persona.typed_by', author=by, date=at)}_):"
    return f"{head} {told[0]}" if len(told) == 1 else "\n".join([head, "", *(f"- {one}" for one in told)])


def _slider(slider: Slider, language: str) -> str:
    ends = (slider.left or "", slider.right or "")
    if slider.pair is not None:
        ends = tuple(translate(language, f"persona.pole.{pole}") for pole in slider.pair.split("_"))  # type: ignore[assignment]
    scale = " ".join("●" if place == slider.value else "·" for place in range(-2, 3))
    return f"{escaped(ends[0])} {scale} {escaped(ends[1])}"


def _measured(found: MeasuredCard | None, language: str) -> Iterator[str]:
    if found is None or found.hidden is not None:
        why = "no_people" if found is None else found.hidden
        yield translate(language, f"persona.hidden.{why}", n=found.threshold if found else 0)
        return
    yield translate(language, "persona.as_of", date=date(language, found.as_of))
    for trait in found.traits:
        name = translate(language, f"persona.trait.{trait.key}")
        if trait.parts:
            yield "\n".join([f"**{name}**", "", *(f"- {_part(part, found, language)}" for part in trait.parts)])
        else:
            yield f"**{name}**: {_figure(trait, found, language)}"


def _figure(trait: MeasuredTrait, found: MeasuredCard, language: str) -> str:
    if trait.hidden is not None or trait.value is None:
        return translate(language, f"persona.hidden.{trait.hidden or 'no_people'}", n=found.threshold)

    def shown(value: float) -> str:
        if trait.unit == "share":
            return percent(language, value, 1)
        if trait.unit == "seconds":
            unit, size = next((u for u in UNITS if value >= u[1]), UNITS[-1])
            return f"{number(language, value / size, 1)} {translate(language, f'cli.unit.{unit}')}"
        return number(language, value, 0 if trait.unit == "people" else 2)

    return _with_interval(shown(trait.value), trait.low, trait.high, shown, trait.n, language)


def _part(part: TraitPart, found: MeasuredCard, language: str) -> str:
    if part.hidden is not None or part.share is None:
        why = translate(language, f"persona.hidden.{part.hidden or 'no_people'}", n=found.threshold)
        return f"{escaped(part.name)}: {why}"

    def shown(value: float) -> str:
        return percent(language, value, 1)

    told = _with_interval(shown(part.share), part.low, part.high, shown, part.n, language)
    every = "" if part.everyone is None else f"; {translate(language, 'persona.everyone', share=shown(part.everyone))}"
    return f"{escaped(part.name)}: {told}{every}"


def _with_interval(value: str, low: float | None, high: float | None, shown: Any, n: int | None, language: str) -> str:
    within = "" if low is None or high is None else f" ({shown(low)} – {shown(high)})"
    return value + within + ("" if n is None else f", n = {number(language, n)}")
