INSERT INTO touched (repo, since, version)
