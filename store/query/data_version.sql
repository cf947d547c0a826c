-- A text that changes whenever an answer could: the newest row of what answers are made from.
SELECT concat(
    toString((SELECT max(version) FROM derivations)), ' ', toString((SELECT count() FROM derivations)), ' ',
    toString((SELECT max(version) FROM collections)), ' ', toString((SELECT max(version) FROM usage)), ' ',
    toString((SELECT max(version) FROM incidents)), ' ', toString((SELECT max(version) FROM members))) AS version
