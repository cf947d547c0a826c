-- What the analysts' account must not get an answer to, one statement a line. TestAnalystIsRefused runs each.

-- Other tables than the analysts'
SELECT * FROM secret.people
SELECT count() FROM secret.people
SELECT * FROM baserate.as_invoker
SELECT * FROM view(SELECT * FROM secret.people)
SELECT * FROM merge('secret', '.*')
SELECT * FROM merge(REGEXP('.*'), 'people')
SELECT * FROM loop(secret, people) LIMIT 1
SELECT * FROM dictionary('secret.names')
SELECT dictGet('secret.names', 'name', 1)
SELECT * FROM mergeTreeIndex('secret', 'people')
SELECT * FROM mergeTreeProjection('secret', 'people', 'by_name')
SELECT * FROM mergeTreeTextIndex('secret', 'people', 'words')
SELECT * FROM mergeTreeAnalyzeIndexes('secret', 'people', id = 1)
SELECT * FROM viewExplain('EXPLAIN', '', (SELECT * FROM secret.people))
SELECT * FROM eval('SELECT * FROM secret.people')
SELECT * FROM remote('127.0.0.1', secret, people)
SELECT * FROM remoteSecure('127.0.0.1', secret.people)
SELECT * FROM cluster('default', secret.people)
SELECT * FROM clusterAllReplicas('default', secret.people)
SELECT joinGet('secret.people', 'name', 1)
SELECT hasColumnInTable('secret', 'people', 'name')
DESCRIBE TABLE secret.people
SHOW CREATE TABLE secret.people
EXPLAIN SELECT * FROM secret.people
CHECK TABLE secret.people
USE secret

-- The engine's own tables, people and queries
SELECT * FROM system.processes
SELECT * FROM system.query_log
SELECT * FROM system.users
SELECT * FROM system.grants
SELECT * FROM system.parts
SELECT * FROM system.server_settings
SELECT * FROM system.disks
SELECT * FROM system.dictionaries
SELECT * FROM system.named_collections
SELECT * FROM system.detached_parts
SELECT * FROM system.errors
SELECT * FROM system.stack_trace
SELECT * FROM information_schema.tables
SHOW USERS
SHOW ACCESS
SHOW PROCESSLIST
SHOW CREATE USER
SHOW CREATE USER baserate
SHOW GRANTS FOR baserate

-- Files and other machines
SELECT file('/etc/passwd')
SELECT file('/etc/passwd', 'default')
SELECT * APPLY(file) FROM (SELECT '/etc/passwd')
SELECT arrayMap(path -> file(path), ['/etc/passwd'])
SELECT * FROM file('/etc/passwd', LineAsString)
SELECT * FROM file('engine.json', LineAsString)
SELECT * FROM url('file:///etc/passwd', LineAsString, 'l String')
SELECT * FROM url('http://127.0.0.1:1/', LineAsString, 'l String')
SELECT * FROM filesystem('/etc')
SELECT * FROM s3('http://127.0.0.1:1/bucket/x.csv', CSV, 'a String')
SELECT * FROM azureBlobStorage('http://127.0.0.1:1/', 'c', 'b', 'account', 'a2V5', CSV, 'auto', 'a String')
SELECT * FROM hdfs('hdfs://127.0.0.1:1/x', TSV, 'a String')
SELECT * FROM iceberg('http://localhost:1/bucket/x')
SELECT * FROM icebergLocal('/etc')
SELECT * FROM deltaLake('http://localhost:1/bucket/x')
SELECT * FROM deltaLakeLocal('/etc')
SELECT * FROM paimonLocal('/etc')
SELECT * FROM mysql('127.0.0.1:1', 'a', 'b', 'c', 'd')
SELECT * FROM postgresql('127.0.0.1:1', 'a', 'b', 'c', 'd')
SELECT * FROM mongodb('127.0.0.1:1', 'a', 'b', 'c', 'd', 'x Int8')
SELECT * FROM redis('127.0.0.1:1', 'k', 'k String')
SELECT * FROM sqlite('/tmp/x.db', 't')
SELECT * FROM odbc('DSN=x', 'a', 'b')
SELECT * FROM jdbc('x', 'a', 'b')
SELECT * FROM ytsaurus('http://127.0.0.1:1', 'x', 'y', 'a Int8')
SELECT * FROM executable('cat /etc/passwd', TSV, 'a String')
SELECT catboostEvaluate('/etc/passwd', 1)
DESCRIBE TABLE file('/etc/passwd', LineAsString)
DESCRIBE TABLE url('http://127.0.0.1:1/x')
SELECT addressToLine(1)

-- Writing
INSERT INTO secret.people (id) VALUES (1)
INSERT INTO baserate.changes (id) VALUES (1)
INSERT INTO FUNCTION file('written', 'TSV', 'a String') SELECT 'a'
INSERT INTO FUNCTION url('http://127.0.0.1:1/', 'TSV', 'a String') SELECT 'a'
INSERT INTO FUNCTION null('a String') SELECT 'a'
CREATE TABLE baserate.t (a Int8) ENGINE = Memory
CREATE TABLE baserate.t (a Int8) ENGINE = File(TSV)
CREATE TEMPORARY TABLE t (a Int8)
CREATE TEMPORARY TABLE t (a String) ENGINE = File(LineAsString, '/etc/passwd')
CREATE VIEW baserate.mine SQL SECURITY DEFINER AS SELECT 1
CREATE VIEW baserate.mine DEFINER = baserate SQL SECURITY DEFINER AS SELECT * FROM secret.people
CREATE VIEW baserate.mine SQL SECURITY NONE AS SELECT * FROM secret.people
CREATE DATABASE mine
CREATE DATABASE mine ENGINE = Filesystem('/')
CREATE FUNCTION mine AS x -> x
CREATE DICTIONARY baserate.d (a Int8) PRIMARY KEY a SOURCE(FILE(path '/etc/passwd' format 'LineAsString')) LAYOUT(FLAT()) LIFETIME(1)
CREATE NAMED COLLECTION mine AS a = 'b'
ALTER TABLE secret.people DELETE WHERE 1
DELETE FROM secret.people WHERE 1
TRUNCATE TABLE secret.people
DROP TABLE baserate.changes
DROP DATABASE secret
DROP FUNCTION file
RENAME TABLE baserate.changes TO baserate.gone
DETACH TABLE baserate.changes
OPTIMIZE TABLE secret.people
BACKUP DATABASE secret TO File('stolen')
RESTORE ALL FROM File('stolen')

-- Becoming somebody else, and the engine itself
CREATE USER mine
CREATE ROLE mine
CREATE QUOTA mine
ALTER USER analyst IDENTIFIED BY 'x'
ALTER USER analyst SETTINGS readonly = 0
GRANT SELECT ON secret.* TO analyst
REVOKE ALL ON *.* FROM baserate
EXECUTE AS baserate
SYSTEM SHUTDOWN
SYSTEM KILL
SYSTEM STOP LISTEN TCP
SYSTEM START LISTEN HTTP
SYSTEM STOP MERGES secret.people
SYSTEM RELOAD USERS
SYSTEM FLUSH LOGS
SYSTEM DROP MARK CACHE

-- More than the limits
SET readonly = 0
SET max_execution_time = 0
SET max_memory_usage = 0
SET max_result_rows = 0
SELECT 1 SETTINGS readonly = 0
SELECT 1 SETTINGS readonly = 2
SELECT 1 SETTINGS max_execution_time = 0
SELECT 1 SETTINGS max_execution_time = 3600
SELECT 1 SETTINGS max_memory_usage = 0
SELECT 1 SETTINGS max_memory_usage = 99999999999
SELECT 1 SETTINGS max_memory_usage_for_user = 0
SELECT 1 SETTINGS max_result_rows = 0
SELECT 1 SETTINGS max_result_rows = 99999999
SELECT 1 SETTINGS max_threads = 1000
SELECT 1 SETTINGS max_concurrent_queries_for_user = 0
SELECT 1 SETTINGS timeout_overflow_mode = 'break'
SELECT 1 SETTINGS allow_experimental_analyzer = 0
SELECT 1 SETTINGS format_schema = '/etc/passwd'
SELECT 1 SETTINGS allow_experimental_eval_table_function = 1
SELECT 1 SETTINGS function_sleep_max_microseconds_per_block = 3000000000
SELECT groupArray(number) FROM numbers(1000000000)
SELECT number FROM numbers(100000000)
SELECT sleepEachRow(1) FROM numbers(3600)
SELECT count() FROM numbers(1000000) a, numbers(1000000) b, numbers(1000000) c
