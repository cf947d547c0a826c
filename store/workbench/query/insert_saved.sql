INSERT INTO sql_saved (slug, name, sql, params, saved_at, deleted, version)
