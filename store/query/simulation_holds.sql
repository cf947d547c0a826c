-- What a database holds, in words for a person, by where it came from.
SELECT held
FROM
(
    SELECT concat(source, ' facts (', toString(uniqExact(scope)), if(uniqExact(scope) = 1, ' scope)', ' scopes)')) AS held
    FROM collections
    WHERE (SELECT count() FROM simulations) = 0
    GROUP BY source
    UNION ALL
    SELECT concat('the simulated fleet ', scenario, ' of ', toString(changes), ' changes') FROM simulations
    UNION ALL
    SELECT 'simulated changes of a run that was cut off'
    FROM (SELECT count() AS rows FROM simulated)
    WHERE rows > 0 AND (SELECT count() FROM simulations) = 0
)
ORDER BY held
