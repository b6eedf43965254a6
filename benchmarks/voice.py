"""How long many comments take: language, sentiment by a model of one's own, and topics.

Usage: python benchmarks/voice.py [--data DIR] [--comments 100000] [--json FILE]

Comments are made of the sentences of Banking77, Polish reviews (PolEmo 2.0) and Croatian speeches (ParlaSent) in DIR:
two sentences of one source, drawn at random, so that nearly all differ. One in twenty has a score beside it that its
label gives; the rest is judged. The bar is 60 seconds for 100,000 comments on 2 cores.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import known_voice
import numpy as np

from desireline.voice.language import languages
from desireline.voice.sentiment.judging import judge
from desireline.voice.texts import readable
from desireline.voice.topics.finding import described, find

BAR = 60.0


def comments(data: Path, n: int) -> tuple[list[str], list[str | None]]:
    rng = np.random.default_rng(0)
    reviews, labels = known_voice.polemo(data, "train")
    polish = [(part, label) for text, label in zip(reviews, labels, strict=True) for part in text.split(" . ")]
    english = [(text, "negative" if "not" in text or "wrong" in text else "positive")
               for text in known_voice.banking(data)[0]]  # fmt: skip
    croatian = [(row["sentence"], row["label"].lower()) for row in known_voice.parlasent(data)]
    texts, known = [], []
    for source, share in ((english, 0.5), (polish, 0.35), (croatian, 0.15)):
        for a, b in rng.integers(0, len(source), (round(n * share), 2)).tolist():
            texts.append(f"{source[a][0]} {source[b][0]}")
            same = source[a][1] == source[b][1] and source[a][1] in {"positive", "negative"}
            known.append(source[a][1] if same and rng.random() < 0.05 else None)
    return texts, known


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=known_voice.DATA)
    parser.add_argument("--comments", type=int, default=100_000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    texts, known = comments(given.data, given.comments)
    languages(texts[:100])
    rows, begun, busy = [], time.perf_counter(), time.process_time()

    def done(step: str) -> None:
        nonlocal begun, busy
        seconds, cores = time.perf_counter() - begun, time.process_time() - busy
        rows.append({"what": step, "comments": len(texts), "seconds": seconds, "core_seconds": cores})
        print(f"{step:10} {seconds:6.1f} s  {cores:6.1f} s of cores", flush=True)
        begun, busy = time.perf_counter(), time.process_time()

    tongues = languages([readable(text) for text in texts])
    done("language")
    judge(texts, tongues, known)
    done("sentiment")
    for tongue in ("en", "pl", "hr"):
        described(find([t for t, of in zip(texts, tongues, strict=True) if of == tongue], tongue), asked=False)
    done("topics")
    total = sum(row["seconds"] for row in rows)
    print(f"{len(texts)} comments, {sum(map(len, texts)) / len(texts):.0f} letters each: {total:.1f} s")
    if given.json:
        given.json.write_text(json.dumps({"benchmark": "voice", "results": rows}, indent=1))
    return int(total > BAR * given.comments / 100_000)


if __name__ == "__main__":
    sys.exit(main())
