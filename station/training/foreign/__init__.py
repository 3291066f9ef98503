"""Models that others taught: recognised, asked, and made into the one form of this station."""
