"""Steps at risk, one unit after the other."""


def risk_rows(units, gap, until):
    """Per unit the list of (step number, outcome) of its steps; "onward", "convert", "drop", "contact" or "censored".

    Units are lists of (time, kind): "goal", "contact" (a step too), "step", or None, which takes no part.
    """
    found = []
    for events in units:
        steps = [(time, kind) for time, kind in events if kind is not None]
        number, rows = 0, []
        for place, (time, kind) in enumerate(steps):
            if kind == "goal":
                break
            number += 1
            later = steps[place + 1] if place + 1 < len(steps) else None
            silence = (later[0] if later else until) - time > gap
            if silence:
                outcome = "drop"
            elif later is None:
                outcome = "censored"
            else:
                outcome = {"goal": "convert", "contact": "contact", "step": "onward"}[later[1]]
            rows.append((number, outcome))
            number = 0 if silence else number
        found.append(rows)
    return found
