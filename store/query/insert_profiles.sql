INSERT INTO profiles (repo, team, tier, services, version)
