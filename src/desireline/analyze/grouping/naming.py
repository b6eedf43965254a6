"""Names of groups from measured behaviour, in every language that we speak; never ages, genders or names of people."""

from collections import Counter

from desireline.analyze.grouping.traits import NAMING, Told, named_after
from desireline.i18n import LANGUAGES, translate

HOW = {
    ("activity", True): "frequent", ("activity", False): "occasional", ("pace", True): "unhurried",
    ("pace", False): "quick", ("repeats", True): "repeating", ("repeats", False): "direct",
    ("visit_length", True): "long_visits", ("visit_length", False): "short_visits", ("journeys", True): "returning",
    ("journeys", False): "once", ("recency", True): "long_absent", ("recency", False): "recent",
    ("value", True): "high_value", ("value", False): "low_value", ("weekend", True): "weekend",
    ("weekend", False): "weekdays", ("evening", True): "evening", ("evening", False): "daytime",
}  # fmt: skip
"""The word for more (True) or less of a behaviour; `personas.how.<word>` in the catalogues."""


def names(told: list[list[Told]]) -> list[dict[str, str]]:
    """The names of each group by language; where two would be the same, they are numbered."""
    found = [{language: _name(language, named_after(listed)) for language in LANGUAGES} for listed in told]
    for language in LANGUAGES:
        often, seen = Counter(one[language] for one in found), Counter[str]()
        for one in found:
            name = one[language]
            seen[name] += 1
            if often[name] > 1:
                one[language] = f"{name} ({seen[name]})"
    return found


def _name(language: str, listed: list[Told]) -> str:
    how = [translate(language, f"personas.how.{_word(t)}") for t in listed if t.name is None]
    what = list(dict.fromkeys(t.name for t in listed if t.name is not None))[:NAMING]
    told = ", ".join(translate(language, "personas.name.quoted", name=name) for name in what)
    if not how and not what:
        name = translate(language, "personas.name.average")
    elif not what:
        name = ", ".join(how)
    elif not how:
        name = translate(language, "personas.name.what", what=told)
    else:
        name = translate(language, "personas.name.both", how=", ".join(how), what=told)
    return name[:1].upper() + name[1:]


def _word(told: Told) -> str:
    return HOW[told.behaviour, (told.log2_ratio or 0) > 0]
