-- The first line of a description, without its links. Names of the old ways of other databases (LEFT, SUBSTR) are left out: the function behind them is there.
SELECT name, CAST(is_aggregate, 'Bool') AS aggregate, syntax, replaceRegexpAll(extract(description, '^\\s*([^\\n]*)'), '\\[([^\\]]*)\\]\\([^)]*\\)|`', '\\1') AS description
FROM system.functions
WHERE alias_to = '' AND origin = 'System' AND NOT startsWith(name, '__')
ORDER BY name
