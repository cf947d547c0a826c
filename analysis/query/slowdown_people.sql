-- How many persons stand behind the proposals of each group.
SELECT if(p.author_class IN ('ai_agent', 'ai_assisted'), toString(p.author_class), 'none') AS class, uniqExactIf(p.author, p.author != 0) AS people
FROM proposals AS p FINAL
WHERE p.author_class != 'automation'
GROUP BY class
