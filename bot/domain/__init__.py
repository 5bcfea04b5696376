"""Values and rules, one module for each noun. Pure functions: no Discord, no database, no language."""
