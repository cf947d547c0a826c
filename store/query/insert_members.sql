INSERT INTO members (source, account, person, team, from_at, to_at, version)
