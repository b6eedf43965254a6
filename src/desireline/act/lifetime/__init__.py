"""How long customers stay and what they will spend: BG/NBD, Gamma-Gamma, sBG."""
