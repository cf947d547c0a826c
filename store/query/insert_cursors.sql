INSERT INTO cursors (source, scope, stream, cursor, version)
