INSERT INTO agent_tasks (source, repo, id, tool, creator, creator_kind, number, state, created_at, updated_at,
    version)
