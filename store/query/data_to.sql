-- The newest landing, but for those dated ahead of the clock.
SELECT maxOrNullIf(landed_at, landed_at <= now()) AS data_to FROM changes FINAL
