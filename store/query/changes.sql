-- A page of the changes behind a number, newest first, with how many there are in all. An empty list, an empty
-- outcome or change, a followed or min_lines of 0, a max_lines of -1 and a mature, raised or instant of -1 do not filter. Outcomes are those of step strata of package
-- derive, and like there count only among changes that are old enough to tell.
WITH
    ['none', 'read', 'triage', 'write', 'maintain', 'admin', 'operator'] AS levels,
    transform({outcome:String}, ['mistake_3d', 'mistake_7d', 'mistake_30d'], [3, 7, 30], 0) AS days,
    matching AS
    (
        SELECT c.*
        FROM baserate.changes AS c
        WHERE (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
            AND (empty({classes:Array(String)}) OR c.author_class IN {classes:Array(String)})
            AND (empty({tools:Array(String)}) OR hasAny(c.tools, {tools:Array(String)}))
            AND (empty({kinds:Array(String)}) OR c.kind IN {kinds:Array(String)})
            AND (empty({reviews:Array(String)}) OR c.review_state IN {reviews:Array(String)})
            AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
            AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
            AND (empty({permissions:Array(String)}) OR c.permission IN {permissions:Array(String)})
            AND ({raised:Int8} = -1 OR indexOf(levels, c.permission) > 0 AND indexOf(levels, c.usual_permission) > 0
                AND (indexOf(levels, c.permission) > indexOf(levels, c.usual_permission)) = ({raised:Int8} = 1))
            AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
            AND ({mature:Int8} = -1 OR c.mature = ({mature:Int8} = 1))
            AND ({followed:UInt16} = 0 OR c.followed_days >= {followed:UInt16})
            AND ({instant:Int8} = -1 OR isNotNull(c.opened_at) AND (c.landed_at <= c.opened_at + INTERVAL 1 MINUTE) = ({instant:Int8} = 1))
            AND ({min_lines:UInt64} = 0 OR c.size_lines >= {min_lines:UInt64})
            AND ({max_lines:Int64} = -1 OR c.size_lines <= {max_lines:Int64})
            AND ({change:String} = '' OR c.change_id = {change:String})
            AND CASE {outcome:String}
                WHEN '' THEN true
                WHEN 'reverted' THEN c.reverted
                WHEN 'mistake' THEN c.mature AND c.mistake
                WHEN 'incident' THEN c.mature AND c.incident
                WHEN 'major' THEN c.mature AND c.major
                WHEN 'reverted_14d' THEN c.mature AND c.reverted_14d
                WHEN 'hotfixed_72h' THEN c.mature AND c.hotfixed
                WHEN 'failed_deployment' THEN c.mature AND c.failed_deployment
                WHEN 'control' THEN c.mature AND c.control
                WHEN 'rework_21d' THEN c.mature AND c.followed_days >= 21 AND c.reworked
                WHEN 'mistake_sure' THEN c.mature AND (c.incident AND c.incident_score >= 0.8 OR c.reverted_14d
                    OR c.hotfixed AND c.hotfix_score >= 0.8 OR c.failed_deployment)
                ELSE days > 0 AND c.mature AND (days < 30 OR c.followed_days >= 30) AND (c.hotfixed
                    OR ifNull(c.incident_at <= c.landed_at + toIntervalDay(days), false)
                    OR ifNull(c.reverted_at <= c.landed_at + toIntervalDay(days), false)
                    OR ifNull(c.failed_at <= c.landed_at + toIntervalDay(days), false)) END
    )
SELECT
    change_id, kind, method, repo, sha, pr_number, title, landed_at, author_class, tool, autonomy, review_state, approvals, permission,
    usual_permission, team, tier, commits, size_lines, files, opened_at, first_review_at, review_rounds, review_comments, reverted,
    reverted_at, hotfixed, hotfixed_at, reworked_at, failed_at, incident_id, incident_at, incident_method, incident_score, incident_severity AS severity,
    outage_minutes, mistake, control_at, followed_days, mature,
    (SELECT count() FROM matching) AS total
FROM matching
WHERE {after_id:String} = '' OR (landed_at, change_id) < ({after_at:DateTime64(0, 'UTC')}, {after_id:String})
ORDER BY landed_at DESC, change_id DESC
LIMIT {limit:UInt64}
