# What is said of a story in a quiet line.

fact-language = In {$name}
fact-warnings = Warnings: {$warnings}
