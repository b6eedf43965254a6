"""A person's invitations and the answers that wait, deleted; what has reached the data stays there."""

import json
from collections.abc import Sequence

from desireline.model.invitation import Erased
from desireline.service.forms.inviting import names
from desireline.store.paths import Paths
from desireline.store.records.forms import FormRecords, StoredAnswer


def erase(paths: Paths, records: FormRecords, everyone: Sequence[str]) -> Erased:
    """Delete what names a person.

    Args:
        paths: of the workspace: meanwhile no answer is brought into the data.
        records: of forms.
        everyone: all identifiers of the person, `type:value`.

    Raises:
        WorkspaceBusy: another one writes.
    """
    named = set(everyone)
    with paths.writing():
        answers = [one.id for one in records.waiting() if named & _named(one)]
        invitations = records.erase(sorted(named), answers)
    return Erased(identifiers=sorted(named), invitations=invitations, answers=len(answers))


def _named(answer: StoredAnswer) -> set[str]:
    return {name for row in json.loads(answer.document or "[]") for name in names(row["identifiers"])}
