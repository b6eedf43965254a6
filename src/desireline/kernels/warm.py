"""Fill the compile cache: after this the first question of a new process costs hundredths of a second."""

import numpy as np


def warm() -> None:
    """Call every kernel once on tiny arrays; what is compiled for them is kept on disk next to the package."""
    _warm_building()
    _warm_questions()
    _warm_periods()
    _warm_scanning()
    _warm_maps()
    _warm_conformance()
    _warm_personas()
    _warm_obstacles()
    _warm_discovery()
    _warm_texts()
    _warm_picking()


def _warm_building() -> None:
    from desireline.kernels.dedup import first_occurrences
    from desireline.kernels.dense import dense_ids, first_rows
    from desireline.kernels.gather import gather
    from desireline.kernels.placing import placed
    from desireline.kernels.recode import recode
    from desireline.kernels.sort import sort_events
    from desireline.kernels.union import components
    from desireline.kernels.weave import Sorted, weave, woven

    unit, time, arrival = np.array([1, 0, 0], np.int32), np.array([5, 4, 3]), np.arange(3)
    _, order = sort_events(unit, time, arrival, 2)
    rows = Sorted(np.array([0, 2, 3]), arrival, arrival)
    plan = weave(np.arange(2, dtype=np.int32), rows, rows)
    for dtype in (np.int32, np.int64, np.float64):
        gather(unit.astype(dtype), order)
        woven(plan, unit.astype(dtype), unit.astype(dtype), order, 0, 6)
    first_occurrences(time, arrival)
    first_rows(dense_ids(time)[1], 0, 3)
    components(unit, unit, 2)
    recode(unit, unit, 2, 3)
    placed(time, time, unit)


def _warm_questions() -> None:
    from desireline.kernels import durations, funnel, touching, trials

    offsets, time, code = np.array([0, 2, 3]), np.arange(3), np.array([0, 1, 0], np.int32)
    label, labels = np.array([0, 1], np.int32), 2
    funnel.funnel(offsets, time, code, np.array([1, 2], np.uint32), 2, None)
    _warm_funnels()
    _warm_paths()
    durations.durations(offsets, time, code, label, 0, 1)
    touching.first_rows(offsets, code, label > 0)
    touching.units_touching(offsets, code, label > 0)
    touching.tally(code, labels)
    trials.trials(time, time, code.astype(np.uint8), time)
    _warm_segments()
    _warm_credit()
    _warm_hazards()


def _warm_paths() -> None:
    from desireline.kernels import flow, paths, transitions, variants
    from desireline.kernels.rare_transitions import sparse_transitions

    offsets, time, code = np.array([0, 2, 3]), np.arange(3), np.array([0, 1, 0], np.int32)
    label, labels = np.array([0, 1], np.int32), 2
    transitions.transitions(offsets, time, code, label, labels, collapse=False, medians=True)
    transitions.units_with_transition(offsets, code, label, (0, 1), collapse=False)
    sparse_transitions(offsets, time, code, label, labels, collapse=False, medians=True)
    sequences = variants.Sequences(offsets, code, label, label, collapse=False)
    sequences.count()
    sequences.first_in_order(np.arange(2), 1)
    sequences.equal_to([0])
    found = paths.walks(offsets, code, label, 0, 1, 1, collapse=False, until=1)
    flow.node_counts(found.steps, labels)
    flow.link_counts(found.steps, np.zeros((3, labels + 1), np.int32), 1)
    flow.graph_counts(found.steps, np.zeros(labels + 2, np.int32), 1, 1)
    flow.visitors(found.steps, np.zeros(labels + 2, np.int32), 1, 0)


def _warm_funnels() -> None:
    from desireline.kernels import funnel_chains, funnel_exclusions, funnel_postings, funnel_sets, postings
    from desireline.kernels.funnel_rules import FIRST, Events, Rules, Values

    steps = np.array([[-1, 0], [-1, -1], [0, 1], [0, 0], [1, 1]])
    events = Events(np.array([0, 2, 3]), np.arange(3), np.array([0, 1, 0], np.int32))
    values = Values(np.array([0, 1, 0], np.int32), FIRST, -1, 2)
    rules = Rules(np.array([1, 2]), np.array([True, True]), steps, np.zeros((2, 0), np.int64), 0, 0, -1, strict=False)
    funnel_chains.chains(events, rules, values)
    funnel_exclusions.losing(events, rules)
    funnel_sets.sets(events, rules, values)
    funnel_sets.losing(events, rules)
    funnel_postings.funnel(postings.postings(*events, np.array([0, 1], np.int8), 2) * 2, None)


def _warm_credit() -> None:
    from desireline.kernels import attribution, attribution_members, log_rank, micro_conversions, pasts

    offsets, time, code = np.array([0, 2, 3]), np.arange(3), np.array([0, 1, 0], np.int32)
    touch, goal, nothing = np.array([0, attribution.GOAL], np.int32), np.array([False, True]), np.zeros(0)
    walks = attribution.Walks(offsets, time, code, np.zeros(2, np.int32), nothing, nothing, True)
    asked = attribution.Asked(touch, 1, np.array([False]), 1, attribution.NO_WINDOW, 1.0, False)
    attribution.path_sums(walks, asked, 1)
    attribution_members.marks(offsets, time, code, touch, attribution.NO_WINDOW, 0)
    micro_conversions.reach(offsets, code, goal, np.array([0, 1, 1]), np.zeros(1, np.int32), 1)
    micro_conversions.marks(offsets, code, goal, ~goal)
    log_rank.log_rank(time, np.array([True, False, True]), code, 2)
    pasts.counts(offsets[:2], offsets[1:], code, touch, 3)
    pasts.sums(offsets[:2], offsets[1:], np.zeros(3))


def _warm_hazards() -> None:
    from desireline.kernels import hazards, micro_landmark, risk_rows, risk_tally

    offsets, time, code = np.array([0, 2, 3]), np.arange(3), np.array([0, 1, 0], np.int32)
    label, goal = np.array([0, -1], np.int32), np.array([False, True])
    rows = risk_rows.risk_rows(offsets, time, code, label, goal, goal, 1, 9)
    risk_tally.tally_steps(offsets, label[code], rows.outcome, rows.step, 1, 3, 3)
    first = (rows.step == 1).astype(np.int8)
    steps = hazards.Steps(offsets, np.arange(3), label[code], rows.outcome, first, code[None])
    layout = hazards.Layout(4, 1, 2, 3, 1.0)
    hazards.newton_sums(steps, layout, np.zeros((1, 4)))
    hazards.clustered_sums(steps, layout, np.zeros((1, 4)))
    codes = micro_landmark.Codes(goal, np.array([0, 1, 1]), np.zeros(1, np.int32), 1)
    micro_landmark.landmark(offsets, time, code, codes, 0, 1)
    micro_landmark.histories(offsets, code, codes, np.arange(2))
    micro_landmark.risk_sets(offsets, code, codes, rows.outcome, np.zeros(3, np.int32), 1)


def _warm_segments() -> None:
    from desireline.kernels import masks
    from desireline.kernels.behaviour import behaviour

    offsets, time, code = np.array([0, 2, 3]), np.arange(3), np.array([0, 1, 0], np.int32)
    table = np.array([False, True])
    behaviour(offsets, time, code, table, where=masks.look_up(code, table))
    masks.look_up(code, table, time)
    masks.spread(offsets, table)
    masks.count_in_units(offsets, np.zeros(3, np.bool_))


def _warm_periods() -> None:
    from desireline.kernels import lifecycle, periods, retention, sessions, stickiness, switches

    offsets, time, code = np.array([0, 2, 3]), np.arange(3), np.array([0, 1, 0], np.int32)
    label, wanted = np.array([0, 1], np.int32), np.array([True, True])
    sessions.count_sessions(offsets, time, code, label, np.array([1, 1]))
    sessions.list_sessions(offsets, time, code, label, np.array([1, 1]))
    when, columns = periods.periods_from(np.array([0, 2, 5])), retention.Columns(label, 2, last_only=False)
    comings = retention.Comings(offsets, time, code, label.astype(np.uint8), code, when, again=False)
    retention.count_returns(comings, columns, 2)
    retention.units_returning(comings, columns, np.ones((2, 2), np.bool_), 0)
    lifecycle.lifecycle(offsets, time, code, wanted, when)
    lifecycle.units_in_lifecycle(offsets, time, code, wanted, when, 0, 0)
    stickiness.stickiness(offsets, time, code, wanted, when, label, 2)
    stickiness.active_days(offsets, time, code, wanted, when, label, 0)
    topics = switches.Topics(label, label, by_event=False, n=2, also_n=2)
    switches.switch_topics(offsets, time, code, label, np.array([[-1, 0], [1, -1]]), topics, 1)
    switches.channel_sets(offsets, code, label, 2)


def _warm_scanning() -> None:
    from desireline.kernels import episodes, periods, scan, visits

    offsets, time, code = np.array([0, 2, 3]), np.arange(3), np.array([0, 1, 0], np.int32)
    label, days = np.array([0, 1], np.int32), periods.periods_from(np.array([0, 2, 5]))
    found = episodes.episodes(offsets, time, code, label, np.zeros((2, 2), np.int32), days, 5)
    starts = episodes.Starts(np.array([0, 1]), label[:1], np.array([0]), np.array([0, 1]), 1)
    episodes.exchanged(starts, found.edges[:2], found.day, found.pair, label, 1, 1, 1)
    episodes.units_with(found.unit[:1], found.edges[:2], found.pair, 0, np.ones(1, np.bool_), 2)
    table = np.zeros((visits.KINDS, 2), np.int32)
    watch = visits.Watch(label, label > 0, table, table.astype(np.int64))
    seen = visits.visits(offsets, time, code, watch, 9)
    grid = visits.Grid(table, np.zeros((1, 3), np.uint8), 2, days)
    visits.tabulate(time, code, seen, watch, grid, np.zeros((0, 4), np.int64))
    visits.marked(offsets, code, seen, label, 0, 0, np.ones(3, np.bool_))
    ones = np.ones((1, 3))
    series = scan.Series(ones, ones, ones, np.array([True]))
    scan.scan(series, scan.Scanning(np.array([1]), 1, 1))


def _warm_maps() -> None:
    from desireline.kernels import crossings, journeys, meetings, presence, stages

    offsets, time, code = np.array([0, 2, 3]), np.arange(3), np.array([0, 1, 0], np.int32)
    label, closes = np.array([0, 1], np.int32), np.array([False, True])
    journeys.journeys(offsets, time, code, closes, closes, 1)
    events, tables = stages.Events(offsets, time, code), stages.Tables(label, label, label, closes)
    stages.count_stages(events, tables, (2, 2, 2), 0)
    stages.one_stage(events, tables, 0, 0)
    stages.switched(events, tables, (0, 0, 1))
    crossings.crossings(events, tables, label, np.zeros((2, 2, 2), np.int32), 0)
    none, one = np.zeros(3, np.int32), np.zeros(1, np.int64)
    false, edges = np.array([False]), np.array([0, 5])
    things = meetings.Things(none, none[:0], none, none[:0], false, one, one, false, none[:1])
    meetings.count_meetings(events, things, meetings.Ends(label, label, 2, closes, 0, 0, edges))
    presence.presence(events, none, none[:0], 1, edges)


def _warm_conformance() -> None:
    from desireline.kernels import alignment, condensing, deviations, straying

    offsets, code = np.array([0, 2, 3]), np.array([0, 1, 0], np.int32)
    label, one = np.array([0, 2], np.int32), np.array([0], np.int32)
    plan = alignment.plan_of(label // 2, one, one.reshape(1, 1), one + 1, 1, 3)
    condensed = condensing.condense(offsets, code, label, 1, 1, np.array([False, True]))
    first = condensed.firsts(2)
    aligned = deviations.align(condensed, np.zeros(1, np.int64), np.ones(1, np.int64), plan)
    straying.stray(offsets, code, label, plan, condensed, aligned, first)


def _warm_obstacles() -> None:
    from desireline.kernels import answers, clicks, endings, hits, loops, repeats, waits
    from desireline.kernels.switches import Topics

    offsets, time, code = np.array([0, 2, 3]), np.arange(3), np.array([0, 1, 0], np.int32)
    label, rows, codes = np.array([0, 1], np.int32), np.array([True, False, True]), np.array([False, True])
    none, one = np.zeros(0, np.int32), np.array([1])
    events, kind = hits.Events(offsets, time, code, label), np.zeros(2, np.int8)
    hits.tally(events, 2, rows, None, 3, 1, 1)
    hits.expected_people(events, rows, np.zeros((1, 2)), kind)
    hits.by_kind(events, 2, rows, rows, kind, 1)
    hits.units_with(events, rows, 0)
    clicks.rage(offsets, time, code, none, rows, True, 1, 3)
    clicks.dead(offsets, time, code, code, rows, 1, 2)
    clicks.failed(offsets, time, rows, ~rows, 1)
    loops.ping_pong(offsets, time, code, label, 1)
    length = loops.runs(offsets, time, code, label, 1)
    loops.lengths(offsets, code, label, 2, length, 3)
    loops.longer(offsets, code, label, length, np.array([1, 1]))
    waits.long_waits(offsets, time, code, label, np.array([0, 1, 1]), one, np.ones(1))
    repeats.repeated_contacts(offsets, time, code, label, rows, none, 0, 1, 1, 3)
    repeats.again_elsewhere(offsets, time, code, label, Topics(label, label, False, 2, 2), 1)
    answers.unanswered(offsets, time, rows, ~rows, one, none, 3)
    answers.led_to(offsets, time, code, np.array([1, -1]), ~rows, 3)
    slot, silent = endings.endings(offsets, time, code, label, codes, 1, 3, 0, 1)
    endings.by_slot(offsets, code, label, 2, slot, 4 * endings.STEPS, silent)
    endings.in_weeks(offsets, code, label, slot, np.zeros((2, 4), np.bool_))
    endings.before_goal(offsets, time, code, label, codes, 1)


def _warm_discovery() -> None:
    from desireline.kernels import journey_types, precedence, touching

    offsets, code, label = np.array([0, 2, 3]), np.array([0, 1, 0], np.int32), np.array([0, 1], np.int32)
    journey_types.assign(offsets, code, np.zeros(2), np.zeros((2, 2, 2)))
    precedence.precedence(offsets, code, label, 2)
    precedence.surroundings(offsets, code, label, label, 2)
    touching.people_meeting(offsets, code, label, 2)


def _warm_personas() -> None:
    from desireline.kernels import habits, normal_scores, residuals

    events = habits.Events(np.array([0, 2, 3]), np.arange(3), np.array([0, 1, 0], np.int32), np.zeros(0))
    label, counts, places = np.array([0, 1], np.int32), np.array([0, 1], np.int32), np.array([0.2, 0.7])
    habits.habits(events, habits.Tables(label, label, label), (2, 2), habits.Clock(np.zeros(1, np.int64), 1, 1, 0, 5))
    residuals.places(counts, counts + 1, 0.5, 0.1, places)
    normal_scores.normal_scores(places, places, places, 0, np.zeros((2, 1)))


def _warm_texts() -> None:
    from desireline.kernels import ngrams
    from desireline.kernels.arrays import frozen

    offsets, letters = frozen(np.array([0, 2])), frozen(np.array([97, 98], np.uint32))
    found, ends = np.zeros(32, np.int32), np.zeros(1, np.int64)
    ngrams.char_ngrams(offsets, letters, 2, 3, 8, 0, 1, found, ends)
    ngrams.word_ngrams(offsets, letters, frozen(np.ones(2, np.bool_)), 2, 8, 0, 1, found, ends)
    ngrams.counted(found[:1], ends, np.zeros(1, np.int32))
    indices, data = frozen(np.zeros(1, np.int32)), frozen(np.ones(1, np.float32))
    ngrams.times_dense(
        frozen(np.array([0, 1])), indices, data, frozen(np.ones((1, 1), np.float32)), 0, 1, np.zeros((1, 1), np.float32)
    )


def _warm_picking() -> None:
    from desireline.kernels import picking

    offsets, time, one = np.array([0, 2, 3]), np.arange(3), np.ones(3)
    _, unit, times = picking.pick(offsets, time, np.array([0, 1, 0], np.int32), np.array([True, True]))
    picking.first_of_periods(unit, times, np.array([0, 3]))
    picking.customer_sums(unit, times, one, one, np.array([0, 3]))
