INSERT INTO cursors (source, scope, cursor, version)
