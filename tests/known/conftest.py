"""Workspaces of real data sets, each imported once for all tests."""

from pathlib import Path

import pytest

from desireline.service.workspace import Workspace


@pytest.fixture(scope="session")
def loans(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """BPI Challenge 2012: loan applications at a Dutch bank."""
    ws = Workspace(tmp_path_factory.mktemp("loans"))
    ws.import_files([data / "bpic2012_loan_application" / "bpic2012.xes.gz"], "loans")
    return ws


@pytest.fixture(scope="session", params=["receipt.csv", "08_receipt.xes.gz"])
def permits(request: pytest.FixtureRequest, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Receipt phase of environmental permits at a Dutch municipality, once from CSV and once from XES."""
    ws = Workspace(tmp_path_factory.mktemp("permits"))
    ws.import_files([data / "receipt_permit_multichannel" / request.param], "permits")
    return ws
