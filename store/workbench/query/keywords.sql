-- Single words only. Units of intervals are names of columns more often than keywords, and are left out.
SELECT DISTINCT arrayJoin(splitByChar(' ', keyword)) AS word
FROM system.keywords
WHERE match(word, '^[A-Z_]{2,}$') AND word NOT IN
(
    'NANOSECOND', 'MICROSECOND', 'MILLISECOND', 'SECOND', 'MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR',
    'DATE', 'TIMESTAMP', 'TIME', 'VERSION', 'TYPE', 'NAME', 'COMMENT', 'STATUS', 'SOURCE', 'KIND', 'ID'
)
ORDER BY word
