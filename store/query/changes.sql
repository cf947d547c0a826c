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
            AND ({from:DateTime64(0, 'UTC')} = toDateTime64('1900-01-01 00:00:00', 0, 'UTC') OR c.landed_at >= {from:DateTime64(0, 'UTC')})
            AND ({to:DateTime64(0, 'UTC')} = toDateTime64('2299-12-31 00:00:00', 0, 'UTC') OR c.landed_at < {to:DateTime64(0, 'UTC')})
            AND ({mature:Int8} = -1 OR c.mature = ({mature:Int8} = 1))
            AND ({followed:UInt16} = 0 OR c.followed_days >= {followed:UInt16})
            AND ({instant:Int8} = -1 OR isNotNull(c.opened_at) AND (c.landed_at <= c.opened_at + INTERVAL 1 MINUTE) = ({instant:Int8} = 1))
            AND ({min_lines:UInt64} = 0 OR c.size_lines >= {min_lines:UInt64})
            AND ({max_lines:Int64} = -1 OR c.size_lines <= {max_lines:Int64})
            AND ({change:String} = '' OR c.change_id = {change:String})
            -- Spelled out, so that the database drops what is not asked for with its columns; of a CASE it reads all of them.
            AND ({outcome:String} = ''
                OR {outcome:String} = 'reverted' AND c.reverted
                OR {outcome:String} = 'mistake' AND c.mature AND c.mistake
                OR {outcome:String} = 'incident' AND c.mature AND c.incident
                OR {outcome:String} = 'major' AND c.mature AND c.major
                OR {outcome:String} = 'reverted_14d' AND c.mature AND c.reverted_14d
                OR {outcome:String} = 'hotfixed_72h' AND c.mature AND c.hotfixed
                OR {outcome:String} = 'failed_deployment' AND c.mature AND c.failed_deployment
                OR {outcome:String} = 'control' AND c.mature AND c.control
                OR {outcome:String} = 'rework_21d' AND c.mature AND c.followed_days >= 21 AND c.reworked
                OR {outcome:String} = 'mistake_sure' AND c.mature AND (c.incident AND c.incident_score >= 0.8 OR c.reverted_14d
                    OR c.hotfixed AND c.hotfix_score >= 0.8 OR c.failed_deployment)
                OR {outcome:String} IN ('mistake_3d', 'mistake_7d', 'mistake_30d') AND c.mature AND (days < 30 OR c.followed_days >= 30) AND (c.hotfixed
                    OR ifNull(c.incident_at <= c.landed_at + toIntervalDay(days), false)
                    OR ifNull(c.reverted_at <= c.landed_at + toIntervalDay(days), false)
                    OR ifNull(c.failed_at <= c.landed_at + toIntervalDay(days), false)))
    )
SELECT
    change_id, kind, method, repo, sha, pr_number, title, landed_at, author_class, tool, autonomy, review_state, approvals, permission,
    usual_permission, team, tier, commits, size_lines, files, opened_at, first_review_at, review_rounds, review_comments, reverted,
    reverted_at, hotfixed, hotfixed_at, reworked_at, failed_at, incident_id, incident_at, incident_method, incident_score, incident_severity AS severity,
    outage_minutes, mistake, control_at, followed_days, mature,
    (SELECT count() FROM matching) AS total
FROM matching AS m
-- What a page begins at is looked for among the days alone: the wide columns are then read of few rows.
WHERE m.landed_at >= (SELECT min(d.landed_at) FROM (SELECT landed_at FROM matching WHERE landed_at < {after_at:DateTime64(0, 'UTC')} ORDER BY landed_at DESC LIMIT {limit:UInt64}) AS d)
    AND ({after_id:String} = '' OR (m.landed_at, m.change_id) < ({after_at:DateTime64(0, 'UTC')}, {after_id:String}))
ORDER BY m.landed_at DESC, m.change_id DESC
LIMIT {limit:UInt64}
