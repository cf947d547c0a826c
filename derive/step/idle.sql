-- Steps that would make nothing of these repositories, since there is nothing that they are about: planning a step costs as much
-- as a small repository. What they made before is retired all the same.
SELECT arrayJoin(arrayFilter(s -> s != '', arrayConcat(
    if((SELECT count() FROM actions WHERE system IN {repos:Array(String)}) = 0, ['action_landings', 'action_holdings'], []),
    if((SELECT uniqExact(repo) FROM placements WHERE repo IN {repos:Array(String)} AND landed_by != '') = length({repos:Array(String)}), ['unplaced_commits', 'unplaced_landings'], []),
    if((SELECT count() FROM rule_suites WHERE repo IN {repos:Array(String)} AND result = 'bypass') = 0, ['bypasses'], []),
    if((SELECT count() FROM permissions WHERE repo IN {repos:Array(String)} OR repo = '') = 0, ['holdings'], [])))) AS step
