"""What figures an organisation steers by, each computed from counts that add up."""
