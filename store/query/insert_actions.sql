INSERT INTO actions (system, at, source, id, actor_source, actor, actor_kind, principal, on_behalf_source, on_behalf,
    user_agent, session, verb, resource, environment, destructive, failed, level, console, approval, approver_source,
    approver, version)
