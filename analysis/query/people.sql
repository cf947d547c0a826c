-- How many persons stand behind each side of a comparison; below five a group is not spoken of.
SELECT
    uniqExactArrayIf(people, author_class = 'ai_agent') AS agent,
    uniqExactArrayIf(people, author_class = 'ai_assisted') AS assisted,
    uniqExactArrayIf(people, author_class IN ('ai_agent', 'ai_assisted')) AS ai,
    uniqExactArrayIf(people, author_class IN ('human', 'unknown')) AS reference
FROM changes FINAL
WHERE mature
