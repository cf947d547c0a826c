INSERT INTO pseudonym_key (k0, k1, version)
