"""What a reader sees: domain values become embeds and components. No queries."""
