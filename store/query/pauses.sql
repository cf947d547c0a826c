SELECT source FROM schedule_pauses FINAL WHERE paused ORDER BY source
