INSERT INTO answers (claim, definition, week, code, word, body, answered_at, version)
