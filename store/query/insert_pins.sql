INSERT INTO pins (address, at, body, version)
