INSERT INTO confirmations (source, incident, change, confirmed, decided_by, at, version)
