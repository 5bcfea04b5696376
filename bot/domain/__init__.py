"""Values and rules, one module for each noun: pure functions without Discord, database or language."""
