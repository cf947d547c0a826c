SELECT slug, name, sql, params, saved_at FROM sql_saved FINAL WHERE slug = {slug:String} AND NOT deleted
