"""What a touchpoint or an obstacle may cost: conversions, money and satisfaction at stake, adjusted, with intervals."""
