"""Questions that an article could answer, and what articles changed."""

from desireline.service.faq.door import Faq

__all__ = ["Faq"]
