-- The answers of the newest week that began by a day, one a claim: of two versions of a definition in one week, the later.
SELECT claim, definition, week, code, word, body, answered_at
FROM answers FINAL
WHERE week <= {day:Date}
ORDER BY claim, week DESC, version DESC
LIMIT 1 BY claim
