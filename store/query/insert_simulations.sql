INSERT INTO simulations (scenario, seed, changes, path, truth, made_at, version)
