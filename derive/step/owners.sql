-- Who is who, for this derivation.
INSERT INTO owners SELECT account, person FROM persons
