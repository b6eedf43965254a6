"""Customer lifetime value: of files, which need no workspace, and of a workspace's own customers."""

from desireline.service.lifetime.contracts import fit_contracts
from desireline.service.lifetime.fitting import Fitted, Wanted, fit_clv
from desireline.service.lifetime.own import Buying, fit_own

__all__ = ["Buying", "Fitted", "Wanted", "fit_clv", "fit_contracts", "fit_own"]
