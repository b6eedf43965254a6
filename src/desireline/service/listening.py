"""What comes of listening to customers, as properties of a workspace: promises and FAQ candidates."""

from typing import TYPE_CHECKING

from desireline.service.questioning import Questioning

if TYPE_CHECKING:
    from desireline.service.faq import Faq
    from desireline.service.promises import PromisesDoor


class Listening(Questioning):
    """The part of a workspace that compares what is said with what is asked."""

    @property
    def promises(self) -> "PromisesDoor":
        """What messages promise, and where they contradict each other."""
        from desireline.service.promises import PromisesDoor

        return PromisesDoor(self)

    @property
    def faq(self) -> "Faq":
        """Questions that an article could answer, and what articles changed."""
        from desireline.service.faq import Faq

        return Faq(self)
