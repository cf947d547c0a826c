SELECT scenario, seed, changes, path, truth, made_at
FROM simulations
ORDER BY version DESC
LIMIT 1
