SELECT count() AS keys FROM pseudonym_key
