INSERT INTO schedule_pauses (source, paused, version)
