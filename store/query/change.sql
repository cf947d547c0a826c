SELECT
    change_id, kind, method, repo, sha, pr_number, title, landed_at, author_class, tool, autonomy, review_state, approvals, permission,
    usual_permission, team, tier, commits, size_lines, files, opened_at, first_review_at, review_rounds, review_comments, reverted,
    reverted_at, hotfixed, hotfixed_at, reworked_at, failed_at, incident_id, incident_at, incident_method, incident_score, incident_severity AS severity,
    outage_minutes, mistake, control_at, followed_days, mature,
    toUInt64(1) AS total
FROM baserate.changes
WHERE repo = {repo:String} AND sha = {sha:String}
