"""Days that are not as their weekday and season let expect, at a stated rate of false alarms."""
