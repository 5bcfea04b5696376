# What is said of a story in a quiet line.

fact-language = In {$language}
fact-warnings = ⚠️ {$warnings}
