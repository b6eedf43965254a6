"""Groups of planted topics, their names, and changes by hand that hold on more data."""

import datetime as dt
import warnings
from itertools import permutations

import numpy as np
import pytest

from desireline.model.topics import NewTopicEdit, TopicEdit
from desireline.voice.topics.editing import edited, fields_of
from desireline.voice.topics.finding import described, find
from desireline.voice.topics.grouping import clustered

WORDS = {
    "delivery": ["parcel", "courier", "delivered late", "shipping box", "driver", "doorstep"],
    "refund": ["refund", "money back", "returned item", "reimbursement", "cashback account", "credit note"],
    "login": ["password", "login page", "account locked", "reset link", "two factor code", "username"],
}
FRAMES = ["I have a problem with the {} and the {}", "Please help, my {} or {} is wrong", "Why is {} without {}?"]


def planted(per_topic, seed):
    rng = np.random.default_rng(seed)
    texts, truth = [], []
    for topic, words in WORDS.items():
        for n in range(per_topic):
            a, b = rng.choice(words, 2, replace=False)
            texts.append(FRAMES[n % 3].format(a, b) + f" (order {seed}{n})")
            truth.append(topic)
    return texts, np.array(truth)


@pytest.fixture(scope="module")
def found():
    texts, truth = planted(60, 1)
    return find([*texts, "", "👍", texts[0].upper()], "en", 3), truth


def change(found, kind, groups, number=0, **fields):
    asked = NewTopicEdit(kind=kind, topics=[found.id_of(group) for group in groups], **fields)
    when = dt.datetime(2026, 1, 1, 12, number, tzinfo=dt.UTC)
    own = {"id": f"t-{number:012}", "name": f"{kind} {number}", "author": "local", "created": when, "changed": when}
    return TopicEdit.model_validate({**fields_of(found, asked, groups), **own})


def topic_of(found, truth, name):
    return int(np.bincount(found.of_texts()[: len(truth)][truth == name]).argmax())


def test_planted_topics_are_found_and_named(found):
    groups, truth = found
    label = groups.of_texts()
    for name, words in WORDS.items():
        group = topic_of(groups, truth, name)
        assert (label[: len(truth)][truth == name] == group).mean() > 0.95
        told = described(groups, asked=True).topics[group]
        assert set(" ".join(told.words).split()) <= set(" ".join(words).split()) | {"order"}
        assert len(set(told.quotes)) == 3
    assert label[-3:].tolist() == [-1, -1, label[0]]
    shares = described(groups, asked=True)
    assert sum(topic.size for topic in shares.topics) == shares.texts == len(truth) + 1
    assert shares.repeated == 1
    assert shares.empty == 2
    assert all(topic.stability > 0.8 for topic in shares.topics)


def test_few_texts_are_not_grouped():
    told = described(find(["good", "bad", "good!"] * 100, "en"), asked=False)
    assert (told.refused, told.topics, told.agreement) == ("too_few_texts", [], None)


def test_a_rename_finds_its_topic_in_other_texts(found):
    groups, truth = found
    edit = change(groups, "rename", [topic_of(groups, truth, "refund")], title="Money back")
    texts, later = planted(90, 2)
    again = find(texts, "en", 3)
    after = edited(again, [edit])
    assert (after.applied, after.waiting) == (1, 0)
    named = {topic.name for topic in described(after.found, asked=True).topics if topic.named}
    assert named == {"Money back"}
    assert after.found.titles == {topic_of(after.found, later, "refund"): "Money back"}


def test_a_merge_holds_and_a_later_split_takes_it_apart(found):
    groups, truth = found
    pair = [topic_of(groups, truth, "refund"), topic_of(groups, truth, "login")]
    merge = change(groups, "merge", pair, 1, title="Account")
    merged = edited(groups, [merge]).found
    assert merged.k == 2
    assert merged.titles[0] == "Account"
    assert merged.sizes().tolist() == [120, 61]
    split = change(merged, "split", [0], 2, parts=2)
    apart = edited(groups, [split, merge]).found
    assert apart.k == 3
    assert topic_of(apart, truth, "refund") != topic_of(apart, truth, "login")


def test_texts_are_moved_by_their_words(found):
    groups, truth = found
    goal = topic_of(groups, truth, "login")
    text = groups.texts.words[0]
    after = edited(groups, [change(groups, "move", [goal], texts=[text.upper() + "!"])]).found
    assert after.of_texts()[0] == topic_of(after, truth, "login")
    assert after.of_texts()[-1] == after.of_texts()[0]
    assert (after.of_texts()[1 : len(truth)][truth[1:] == "delivery"] != after.of_texts()[0]).all()


def test_an_edit_of_a_topic_that_is_gone_waits(found):
    groups, truth = found
    edit = change(groups, "hide", [topic_of(groups, truth, "refund")])
    other = find([f"zebra giraffe {n} lion" if n % 2 else f"tulip {n} rose daisy" for n in range(60)], "en", 2)
    after = edited(other, [edit])
    assert (after.applied, after.waiting) == (0, 1)
    assert after.found.hidden == frozenset()


def test_points_that_fall_together_are_fewer_groups_without_a_warning():
    points = np.repeat(np.eye(2, dtype=np.float32), 3, axis=0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        label = clustered(points, 4, seed=0)
    assert [len(set(label[:3])), len(set(label[3:])), len(set(label))] == [1, 1, 2]


def test_the_largest_topic_stands_first_with_repeated_texts_counted():
    """Sixty different texts about parcels, thirty about refunds of which one is written a hundred times over."""
    parcels, refunds = (list(permutations(WORDS[topic], 3)) for topic in ("delivery", "refund"))
    texts = [" and ".join(words) for words in [*parcels[::2], *refunds[::4], *[refunds[0]] * 99]]
    told = described(find(texts, "en", 2), asked=True).topics
    assert [topic.size for topic in told] == [129, 60]
    assert "refund" in " ".join(told[0].words)
