INSERT INTO derivations (repo, facts_version, definitions, version)
