SELECT slug, name, sql, params, saved_at FROM sql_saved FINAL WHERE NOT deleted ORDER BY lower(name), slug
