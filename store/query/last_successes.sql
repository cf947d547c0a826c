SELECT source, scope, stream, assumeNotNull(last_success_at) AS at FROM baserate.coverage WHERE isNotNull(last_success_at)
