-- The newest week with a recorded answer; 1970 when there is none.
SELECT max(week) AS week FROM answers
