"""Everything that is done with journey maps; `Maps` is the door."""

from desireline.service.maps.door import Maps

__all__ = ["Maps"]
