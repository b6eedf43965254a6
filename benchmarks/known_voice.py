"""How well languages, sentiment and topics are told on public data, against the bars of the literature.

Usage: python benchmarks/known_voice.py [--data DIR] [--seeds 5] [--json FILE]
                                        [--only language|sentiment|topics|coverage|rival]

DIR has polemo2_pl, parlasent_bcs and banking77. Bars: PolEmo 2.0 positive/negative on its development
texts, mean of seeds, macro-F1 >= .89 from 500 labels and >= .93 from all; Banking77 train in 77 groups, NMI >= .60.
ParlaSent (three labels, sentences of Croatian members of parliament) is reported only. The script ends with 1 if a bar
is missed. `--only rival` measures lingua and simplemma beside py3langid, if they are installed.
"""

import argparse
import csv
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.metrics import adjusted_rand_score, f1_score, normalized_mutual_info_score

from desireline.voice.faq.coverage import THRESHOLD, similarity
from desireline.voice.language import language
from desireline.voice.sentiment.learning import learn
from desireline.voice.topics.grouping import grouped
from desireline.voice.topics.space import space_of

DATA = Path(os.environ.get("DESIRELINE_DATA", Path(__file__).resolve().parent.parent.parent / "shared" / "data"))
ARTICLES = Path(__file__).resolve().parent.parent / "tests" / "cases" / "articles.yaml"
DOMAINS = ("hotels", "medicine", "products", "reviews")
Row = dict[str, Any]


def polemo(data: Path, part: str) -> tuple[list[str], list[str]]:
    rows = []
    for domain in DOMAINS:
        lines = (data / "polemo2_pl" / f"{domain}.text.{part}.txt").read_text("utf-8").splitlines()
        rows += [line.rsplit(" ", 1) for line in lines if line.endswith(("_plus_m", "_minus_m"))]
    return [text for text, _ in rows], ["positive" if "plus" in label else "negative" for _, label in rows]


def parlasent(data: Path) -> list[dict[str, str]]:
    lines = (data / "parlasent_bcs" / "ParlaSent_BCS.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def banking(data: Path) -> tuple[list[str], list[str]]:
    with (data / "banking77" / "train.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], [row["category"] for row in rows]


def samples(data: Path) -> dict[str, list[str]]:
    rng = np.random.default_rng(0)
    croatian = [row["sentence"] for row in parlasent(data) if row["country"] == "HR"]
    every = {"pl": polemo(data, "dev")[0], "hr": croatian, "en": banking(data)[0]}
    return {tongue: [texts[i] for i in rng.permutation(len(texts))[:500]] for tongue, texts in every.items()}


def languages(data: Path, detectors: dict[str, Callable[[str], str]]) -> list[Row]:
    rows = []
    for name, detect in detectors.items():
        detect("to begin with")
        for tongue, texts in samples(data).items():
            for words in (3, 6, 10_000):
                cut = [" ".join(text.split()[:words]) for text in texts]
                begun = time.process_time()
                right = sum(detect(text) == tongue for text in cut)
                spent = (time.process_time() - begun) / len(cut) * 1e6
                rows.append({"task": f"language {tongue}, {words} words", "engine": name, "value": right / len(cut),
                             "microseconds": round(spent)})  # fmt: skip
    return rows


def rivals() -> dict[str, Callable[[str], str]]:
    from lingua import Language, LanguageDetectorBuilder
    from simplemma.language_detector import langdetect

    names = ["ENGLISH", "POLISH", "CROATIAN", "BOSNIAN", "SERBIAN", "GERMAN", "FRENCH", "SPANISH", "ITALIAN", "CZECH",
             "SLOVAK", "SLOVENE", "UKRAINIAN", "RUSSIAN", "DUTCH", "PORTUGUESE"]  # fmt: skip
    detector = LanguageDetectorBuilder.from_languages(*(getattr(Language, name) for name in names)).build()
    same = {"bs": "hr", "sr": "hr", "hbs": "hr"}

    def lingua(text: str) -> str:
        found = detector.detect_language_of(text)
        code = found.iso_code_639_1.name.lower() if found else "other"
        return same.get(code, code)

    def simplemma(text: str) -> str:
        code = max(langdetect(text, lang=("en", "pl", "hbs")), key=lambda one: one[1] * (one[0] != "unk"))[0]
        return same.get(code, code)

    return {"py3langid": language, "lingua": lingua, "simplemma": simplemma}


def sentiment(data: Path, seeds: int) -> list[Row]:
    texts, labels = polemo(data, "train")
    others, truth = polemo(data, "dev")
    rows = []
    for size, bar in ((500, 0.89), (len(texts), 0.93)):
        values, measured = [], []
        for seed in range(seeds):
            some = np.random.default_rng(seed).permutation(len(texts))[:size]
            own = learn([texts[i] for i in some], [labels[i] for i in some], seed)
            said = [own.labels[place] for place in own.probabilities(others).argmax(axis=1)]
            values.append(f1_score(truth, said, average="macro"))
            measured.append(own.quality.macro_f1)
        rows.append({"task": f"PolEmo 2.0 positive/negative, {size} labels, macro-F1", "engine": "Desireline",
                     "value": float(np.mean(values)), "own_quality": float(np.mean(measured)), "bar": bar})  # fmt: skip
    return [*rows, *_parliament(data)]


def _parliament(data: Path) -> list[Row]:
    sentences = [(row["sentence"], row["label"].lower()) for row in parlasent(data)]
    own = learn([text for text, _ in sentences], [label for _, label in sentences])
    return [{"task": f"ParlaSent, three labels, {own.quality.n}, macro-F1 cross-fitted", "engine": "Desireline",
             "value": own.quality.macro_f1, "decided": own.quality.decided}]  # fmt: skip


def topics(data: Path, seeds: int) -> list[Row]:
    texts, intents = banking(data)
    likeness, rand, spent = [], [], []
    for seed in range(seeds):
        begun = time.process_time()
        found = grouped(space_of(texts, seed), 77, seed).label
        spent.append(time.process_time() - begun)
        likeness.append(normalized_mutual_info_score(intents, found))
        rand.append(adjusted_rand_score(intents, found))
    return [{"task": "Banking77 train, 77 groups, NMI", "engine": "Desireline", "value": float(np.mean(likeness)),
             "adjusted_rand": float(np.mean(rand)), "core_seconds": float(np.mean(spent)), "bar": 0.60}]  # fmt: skip


def coverage(data: Path, seeds: int) -> list[Row]:
    """Shares of topics whose own article, and for which another one, reaches the threshold."""
    texts, intents = banking(data)
    names = sorted(set(intents))
    found = []
    for seed in range(seeds):
        order = np.random.default_rng(seed).permutation(len(texts))
        cut = len(texts) * 2 // 3
        kept: dict[str, list[str]] = {name: [] for name in names}
        for row in order[cut:]:
            kept[intents[row]].append(texts[row])
        topic = np.array([names.index(intents[row]) for row in order[:cut]])
        articles = [" ".join(kept[name][:10]) for name in names]
        found.append(_reached(similarity([texts[row] for row in order[:cut]], topic, len(names), articles)))
    reviews = [_reached(_reviews(data, seed)) for seed in range(seeds)]
    rows = [_covered("Banking77, 77 topics", found), _covered("PolEmo 2.0, four kinds of reviews", reviews)]
    for tongue, cases in yaml.safe_load(ARTICLES.read_text("utf-8")).items():
        said = [text for case in cases.values() for text in case["enquiries"]]
        topic = np.repeat(np.arange(len(cases)), [len(case["enquiries"]) for case in cases.values()])
        near = similarity(said, topic, len(cases), [case["article"] for case in cases.values()])
        rows.append(_covered(f"made up {tongue}, {len(cases)} topics", [_reached(near)]))
    return rows


def _reviews(data: Path, seed: int) -> np.ndarray:
    """150 reviews of each kind are its topic, ten others its article."""
    said, articles = [], []
    for domain in DOMAINS:
        lines = (data / "polemo2_pl" / f"{domain}.text.train.txt").read_text("utf-8").splitlines()
        mixed = [lines[row].rsplit(" ", 1)[0] for row in np.random.default_rng(seed).permutation(len(lines))]
        said += mixed[:150]
        articles.append(" ".join(mixed[150:160]))
    return similarity(said, np.repeat(np.arange(len(DOMAINS)), 150), len(DOMAINS), articles)


def _reached(near: np.ndarray) -> tuple[float, float]:
    other = np.where(np.eye(len(near), dtype=bool), -1, near)
    return float((np.diag(near) >= THRESHOLD).mean()), float((other.max(axis=1) >= THRESHOLD).mean())


def _covered(task: str, found: list[tuple[float, float]]) -> Row:
    own, other = np.mean(found, axis=0)
    return {"task": f"articles cover topics: {task}", "engine": "Desireline", "value": float(own),
            "other": float(other)}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--only", choices=("language", "sentiment", "topics", "coverage", "rival"))
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    parts: dict[str, Callable[[], list[Row]]] = {
        "language": lambda: languages(given.data, {"py3langid": language}),
        "sentiment": lambda: sentiment(given.data, given.seeds),
        "topics": lambda: topics(given.data, given.seeds),
        "coverage": lambda: coverage(given.data, given.seeds),
        "rival": lambda: languages(given.data, rivals()),
    }
    wanted = [given.only] if given.only else ["language", "sentiment", "topics", "coverage"]
    rows = [row for name in wanted for row in parts[name]()]
    for row in rows:
        print("  ".join(f"{name}={value:.4f}" if isinstance(value, float) else f"{name}={value}"
                        for name, value in row.items()))  # fmt: skip
    if given.json:
        given.json.write_text(json.dumps(rows, indent=1))
    return int(any(row["value"] < row["bar"] for row in rows if "bar" in row))


if __name__ == "__main__":
    sys.exit(main())
