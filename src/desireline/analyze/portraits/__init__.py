"""What is measured of the people of a persona card, beside everyone: sums over people, none of few."""
