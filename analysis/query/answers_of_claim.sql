-- All answers to a claim as they were given, oldest first.
SELECT claim, definition, week, code, word, body, answered_at
FROM answers FINAL
WHERE claim = {claim:String}
ORDER BY week, version
