INSERT INTO agent_tasks (source, repo, id, tool, creator, creator_kind, number, state, created_at, updated_at, version)
SELECT 'github', repo, toString(n), 'copilot', author, 'person', position, 'completed', at - 8000, at, 1 FROM bench_landings(first = {first:UInt64}, rows = {rows:UInt64}, per = {per:UInt64}) WHERE tasked AND NOT pushed
