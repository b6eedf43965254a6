"""What an organisation does about a journey, and whether it helped: KPIs, bets, experiments, verdicts."""
