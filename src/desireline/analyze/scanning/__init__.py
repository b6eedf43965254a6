"""What changes with time: changes that stay, and troubles that begin and end."""
