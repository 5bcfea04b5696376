"""What is posted on a schedule: when it is due, what has been begun, and how it is posted once."""
