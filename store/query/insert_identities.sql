INSERT INTO identities (source, account, at, person, parted, origin, version)
