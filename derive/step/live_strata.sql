-- From now on the strata that this derivation made are those that count.
INSERT INTO strata_live (repo, version)
SELECT arrayJoin({repos:Array(String)}), {version:UInt64}
