"""Sums for hazards of several outcomes at once: scores, information and their clustered products."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import F64, I8, I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import WORKERS, each, ranges

FEW_ROWS = 50_000
HIGHEST = 5.0
LEAST = 1e-300
"""Of the linear predictor, beyond which a step has its outcome for certain; and of a risk, so that it has a log."""


class Steps(NamedTuple):
    """The steps of units, in the order of their events.

    Attributes:
        offsets: int64[units + 1].
        cluster: int64[clusters + 1], units of each cluster; units of one person lie together.
        exposure: int32[events], what a step is at; -1 for events that are none.
        outcome: int8[events], from 1 the outcomes, 0 none of them; negative: not observed, or no step.
        first: bool-like int8[events], 1 where a journey begins.
        bins: int32[covariates, events], the parameter that is on for each covariate, -1 for its reference.
    """

    offsets: I64
    cluster: I64
    exposure: I32
    outcome: I8
    first: I8
    bins: npt.NDArray[np.int32]


class Layout(NamedTuple):
    """Where parameters stand: covariates first, then `now` for each exposure, then `met` for each (-1: none)."""

    parameters: int
    exposures: int
    now: int
    met: int
    prior: float


class Met(NamedTuple):
    """Room for what a journey has met: int32[exposures] listed, int32[exposures] counted; float64, its weight."""

    listed: I32
    counted: I32
    at: I32
    value: F64


@compiled
def _design(steps: Steps, layout: Layout, i: int, known: int, met: Met) -> int:
    """Write the parameters that are on at a step, with their values; how many they are."""
    n, total = 0, 0
    for c in range(steps.bins.shape[0]):
        if steps.bins[c, i] >= 0:
            met.at[n], met.value[n] = steps.bins[c, i], 1.0
            n += 1
    met.at[n], met.value[n] = layout.now + steps.exposure[i], 1.0
    n += 1
    if layout.met >= 0:
        for k in range(known):
            total += met.counted[met.listed[k]]
        for k in range(known):
            share = met.counted[met.listed[k]] / (total + layout.prior)
            met.at[n], met.value[n] = layout.met + met.listed[k], share * (1.0 + layout.prior)
            n += 1
    return n


@compiled
def _meet(steps: Steps, i: int, known: int, met: Met) -> int:
    """Note the exposure of a step among those met; how many distinct ones are met by now."""
    if steps.first[i]:
        for k in range(known):
            met.counted[met.listed[k]] = 0
        known = 0
    x = steps.exposure[i]
    if met.counted[x] == 0:
        met.listed[known] = x
        known += 1
    met.counted[x] += 1
    return known


@compiled
def _forget(known: int, met: Met) -> None:
    for k in range(known):
        met.counted[met.listed[k]] = 0


@compiled
def _pull(met: Met, n: int, theta: F64, happened: bool) -> tuple[float, float, float]:
    """Score and information of one step with regard to its linear predictor, and its log-likelihood."""
    eta = 0.0
    for k in range(n):
        eta += theta[met.at[k]] * met.value[k]
    rate = np.exp(min(eta, HIGHEST))
    missing, risk = np.exp(-rate), max(-np.expm1(-rate), LEAST)
    return (
        (rate * missing / risk if happened else -rate),
        rate * rate * missing / risk,
        (np.log(risk) if happened else -rate),
    )


@compiled
def _newton(
    steps: Steps, layout: Layout, theta: F64, lo: int, hi: int, met: Met, likelihood: F64, score: F64, information: F64
) -> None:
    for u in range(steps.cluster[lo], steps.cluster[hi]):
        known = 0
        for i in range(steps.offsets[u], steps.offsets[u + 1]):
            if steps.exposure[i] < 0:
                continue
            known = _meet(steps, i, known, met)
            if steps.outcome[i] < 0:
                continue
            n = _design(steps, layout, i, known, met)
            for y in range(len(theta)):
                pull, weight, log_chance = _pull(met, n, theta[y], steps.outcome[i] == y + 1)
                likelihood[y] += log_chance
                for k in range(n):
                    score[y, met.at[k]] += pull * met.value[k]
                    part = weight * met.value[k]
                    for j in range(k + 1):
                        information[y, met.at[k], met.at[j]] += part * met.value[j]
        _forget(known, met)


@compiled
def _own_score(
    steps: Steps, layout: Layout, theta: F64, u: int, met: Met, own: F64, touched: I32, on: I8, many: int
) -> int:
    """Add a unit's score to that of its cluster; how many parameters the cluster has touched by now."""
    known = 0
    for i in range(steps.offsets[u], steps.offsets[u + 1]):
        if steps.exposure[i] >= 0:
            known = _meet(steps, i, known, met)
        if steps.exposure[i] < 0 or steps.outcome[i] < 0:
            continue
        n = _design(steps, layout, i, known, met)
        for k in range(n):
            if not on[met.at[k]]:
                on[met.at[k]], touched[many] = 1, met.at[k]
                many += 1
        for y in range(len(theta)):
            pull, _, _ = _pull(met, n, theta[y], steps.outcome[i] == y + 1)
            for k in range(n):
                own[y, met.at[k]] += pull * met.value[k]
    _forget(known, met)
    return many


@compiled
def _clustered(
    steps: Steps, layout: Layout, theta: F64, lo: int, hi: int, met: Met, own: F64, touched: I32, on: I8, score: F64,
    meat: F64,
) -> None:  # fmt: skip
    for c in range(lo, hi):
        many = 0
        for u in range(steps.cluster[c], steps.cluster[c + 1]):
            many = _own_score(steps, layout, theta, u, met, own, touched, on, many)
        for y in range(len(theta)):
            for k in range(many):
                part = own[y, touched[k]]
                score[y, touched[k]] += part
                for j in range(k + 1):
                    meat[y, touched[k], touched[j]] += part * own[y, touched[j]]
        for k in range(many):
            on[touched[k]] = 0
            own[:, touched[k]] = 0.0


def _frozen(steps: Steps) -> Steps:
    return Steps(
        frozen(steps.offsets), frozen(steps.cluster), frozen(steps.exposure), frozen(steps.outcome),
        frozen(steps.first), frozen(steps.bins),
    )  # fmt: skip


def _room(steps: Steps, layout: Layout) -> Met:
    most = layout.exposures + len(steps.bins) + 1
    return Met(
        np.zeros(layout.exposures, np.int32), np.zeros(layout.exposures, np.int32), np.zeros(most, np.int32),
        np.zeros(most),
    )  # fmt: skip


def _pieces(steps: Steps) -> list[tuple[int, int]]:
    clusters = len(steps.cluster) - 1
    return ranges(clusters, WORKERS * 4 if len(steps.exposure) >= FEW_ROWS else 1)


def _whole(product: F64) -> F64:
    """A symmetric matrix from sums that went into either half."""
    low = np.tril(product, -1) + np.transpose(np.triu(product, 1), (0, 2, 1))
    return low + np.transpose(low, (0, 2, 1)) + product * np.eye(product.shape[1])


def newton_sums(steps: Steps, layout: Layout, theta: F64) -> tuple[F64, F64, F64]:
    """Log-likelihood (float64[outcomes]), score ([outcomes, parameters]) and expected information ([…, parameters]).

    Of discrete-time hazards 1 - exp(-exp(x theta)), each outcome against all else (Prentice and Gloeckler 1978).
    """
    steps, theta = _frozen(steps), frozen(theta)

    def part(lo: int, hi: int) -> tuple[F64, F64, F64]:
        sums = np.zeros(len(theta)), np.zeros(theta.shape), np.zeros((*theta.shape, layout.parameters))
        _newton(steps, layout, theta, lo, hi, _room(steps, layout), *sums)
        return sums

    likelihoods, scores, informations = zip(*each(part, _pieces(steps)), strict=True)
    return np.sum(likelihoods, axis=0), np.sum(scores, axis=0), _whole(np.sum(informations, axis=0))


def clustered_sums(steps: Steps, layout: Layout, theta: F64) -> tuple[F64, F64]:
    """Score (float64[outcomes, parameters]), and products of those of each cluster, summed ([…, parameters])."""
    steps, theta = _frozen(steps), frozen(theta)

    def part(lo: int, hi: int) -> tuple[F64, F64]:
        score, meat = np.zeros(theta.shape), np.zeros((*theta.shape, layout.parameters))
        own, touched = np.zeros(theta.shape), np.zeros(layout.parameters, np.int32)
        on = np.zeros(layout.parameters, np.int8)
        room = _room(steps, layout)
        _clustered(steps, layout, theta, lo, hi, room, own, touched, on, score, meat)
        return score, meat

    scores, products = zip(*each(part, _pieces(steps)), strict=True)
    return np.sum(scores, axis=0), _whole(np.sum(products, axis=0))
