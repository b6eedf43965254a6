"""Kinds of journeys as a mixture of Markov chains."""
