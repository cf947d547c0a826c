-- What somebody could try in the workbench, one statement a line, in groups. TestHostile runs each as an analyst would: every one
-- must be refused by the guard or by the database, or run into a limit. Those that begin with "= " may be answered: what they can do
-- is nothing, and the test looks that no answer holds what is secret. FILE is a file of the server's user, DIR the engine's folder.

-- group: writes
INSERT INTO repositories (repo) VALUES ('x')
INSERT INTO baserate_store.repositories (repo) VALUES ('x')
INSERT INTO baserate_store.commits (repo, sha) SELECT repo, sha FROM changes
INSERT INTO FUNCTION file('DIR/written.csv', 'CSV', 'a String') SELECT 'a'
INSERT INTO FUNCTION url('http://127.0.0.1:1/', 'TSV', 'a String') SELECT repo FROM repositories
INSERT INTO FUNCTION null('a String') SELECT 'a'
INSERT INTO FUNCTION remote('127.0.0.1', baserate_store.sql_saved) SELECT 1
INSERT INTO TABLE FUNCTION s3('http://127.0.0.1:1/b/x.csv', CSV, 'a String') SELECT 'a'
ALTER TABLE baserate_store.commits DELETE WHERE 1
ALTER TABLE baserate_store.commits UPDATE message = '' WHERE 1
DELETE FROM baserate_store.commits WHERE 1
UPDATE baserate_store.commits SET message = '' WHERE 1
TRUNCATE TABLE baserate_store.commits
TRUNCATE ALL TABLES FROM baserate_store
OPTIMIZE TABLE baserate_store.commits FINAL
EXPLAIN PIPELINE INSERT INTO baserate_store.commits (repo) SELECT 'x'
WITH x AS (SELECT 1) INSERT INTO repositories SELECT * FROM x

-- group: definitions
CREATE TABLE t (a Int8) ENGINE = Memory
CREATE TABLE baserate.t (a Int8) ENGINE = File(TSV)
CREATE TABLE baserate.t ENGINE = MergeTree ORDER BY repo AS SELECT * FROM changes
CREATE TABLE t (a String) ENGINE = URL('http://127.0.0.1:1/', CSV)
CREATE TEMPORARY TABLE t (a Int8)
CREATE TEMPORARY TABLE t (a String) ENGINE = File(LineAsString, 'FILE')
CREATE OR REPLACE VIEW changes AS SELECT 1
CREATE VIEW baserate.mine SQL SECURITY NONE AS SELECT * FROM baserate_store.commits
CREATE VIEW baserate.mine DEFINER = baserate SQL SECURITY DEFINER AS SELECT * FROM baserate_store.commits
CREATE MATERIALIZED VIEW baserate.mine ENGINE = Memory AS SELECT * FROM changes
CREATE DATABASE mine
CREATE DATABASE mine ENGINE = Filesystem('/')
CREATE FUNCTION mine AS x -> x + 1
CREATE OR REPLACE FUNCTION file AS x -> x
CREATE DICTIONARY d (a Int8) PRIMARY KEY a SOURCE(FILE(path 'FILE' format 'LineAsString')) LAYOUT(FLAT()) LIFETIME(1)
CREATE NAMED COLLECTION mine AS a = 'b'
DROP VIEW changes
DROP TABLE baserate_store.commits
DROP DATABASE baserate
DROP FUNCTION file
RENAME TABLE baserate.changes TO baserate.gone
EXCHANGE TABLES baserate.changes AND baserate.repositories
DETACH TABLE changes PERMANENTLY
ATTACH TABLE baserate.changes
UNDROP TABLE baserate.changes
MOVE ROLE x TO y
ALTER VIEW changes COMMENT COLUMN repo 'x'
ALTER TABLE baserate.changes MODIFY COMMENT 'x'
CREATE WORKLOAD all
CREATE RESOURCE r (WRITE DISK default)
CREATE WINDOW VIEW w AS SELECT count() FROM changes GROUP BY tumble(now(), INTERVAL 1 SECOND)
CREATE INDEX i ON baserate_store.commits (repo) TYPE minmax

-- group: settings
SET readonly = 0
SET max_execution_time = 0
SET max_memory_usage = 0
SET param_x = 1; SELECT {x:UInt8}
SET allow_introspection_functions = 1
SELECT 1 SETTINGS readonly = 0
SELECT 1 SETTINGS readonly = 2
SELECT 1 SETTINGS max_execution_time = 0
SELECT 1 SETTINGS max_execution_time = 3600
SELECT 1 SETTINGS max_memory_usage = 0
SELECT 1 SETTINGS max_memory_usage = 99999999999
SELECT 1 SETTINGS max_memory_usage_for_user = 0
SELECT 1 SETTINGS max_result_rows = 0
SELECT 1 SETTINGS max_result_rows = 99999999999
SELECT 1 SETTINGS result_overflow_mode = 'break'
SELECT 1 SETTINGS max_threads = 100000
SELECT 1 SETTINGS max_concurrent_queries_for_user = 0
SELECT 1 SETTINGS timeout_overflow_mode = 'break'
SELECT 1 SETTINGS allow_ddl = 1, readonly = 0
SELECT 1 SETTINGS allow_experimental_eval_table_function = 1
SELECT 1 SETTINGS function_sleep_max_microseconds_per_block = 3000000000
SELECT 1 SETTINGS log_queries = 0
SELECT 1 SETTINGS log_comment = 'x'
SELECT 1 SETTINGS format_schema = 'FILE'
SELECT 1 SETTINGS max_temporary_data_on_disk_size_for_user = 0
SELECT 1 SETTINGS max_bytes_before_external_sort = 1
= SELECT 1 SETTINGS profile = 'default'
SELECT 1 SETTINGS role = 'x'
SELECT 1 SETTINGS custom_x = 1
SELECT 1 SETTINGS max_ast_depth = 0
SELECT 1 SETTINGS max_execution_time = DEFAULT
SELECT 1 SETTINGS readonly = DEFAULT
SELECT 1 SETTINGS readonly=/**/default, max_memory_usage = DEFAULT
SELECT count() FROM numbers(1e9) AS a, numbers(1e9) AS b WHERE a.number * b.number = 7 SETTINGS max_execution_time = `DEFAULT`
SELECT * FROM (SELECT 1 SETTINGS max_execution_time = DEFAULT)
SET max_execution_time = DEFAULT
SET profile = 'default'
SET readonly = DEFAULT
SELECT * FROM (SELECT count() FROM numbers(1e9) AS a, numbers(1e9) AS b WHERE a.number * b.number = 7 SETTINGS max_execution_time = 0)
SELECT * FROM (SELECT length(groupArray(number)) FROM numbers(60000000) SETTINGS max_memory_usage = 99999999999)
SELECT * FROM (SELECT sleep(2000) SETTINGS function_sleep_max_microseconds_per_block = 99999999999)
SELECT * FROM (SELECT * FROM eval('SELECT * FROM baserate_store.commits') SETTINGS allow_experimental_eval_table_function = 1)
SELECT 1 SETTINGS additional_table_filters = {'baserate.changes': '1'}
= SELECT * FROM (SELECT 1 SETTINGS max_memory_usage = 99999999999)
SELECT 1 SETTINGS http_max_uri_size = 1, send_logs_level = 'trace'
SELECT 1 SETTINGS use_query_cache = 1
SELECT 1 SETTINGS workload = 'x'
SELECT 1 SETTINGS priority = 1

-- group: table functions
SELECT * FROM file('FILE', LineAsString)
SELECT * FROM file('DIR/../engine.json', LineAsString)
SELECT * FROM url('file://FILE', LineAsString, 'l String')
SELECT * FROM url('http://127.0.0.1:1/', LineAsString, 'l String')
SELECT * FROM urlCluster('default', 'http://127.0.0.1:1/', LineAsString, 'l String')
SELECT * FROM fileCluster('default', 'FILE', LineAsString)
SELECT * FROM s3('http://127.0.0.1:1/bucket/x.csv', CSV, 'a String')
SELECT * FROM s3Cluster('default', 'http://127.0.0.1:1/bucket/x.csv', CSV, 'a String')
SELECT * FROM gcs('http://127.0.0.1:1/bucket/x.csv', CSV, 'a String')
SELECT * FROM azureBlobStorage('http://127.0.0.1:1/', 'c', 'b', 'account', 'a2V5', CSV, 'auto', 'a String')
SELECT * FROM hdfs('hdfs://127.0.0.1:1/x', TSV, 'a String')
SELECT * FROM iceberg('http://localhost:1/bucket/x')
SELECT * FROM icebergLocal('DIR')
SELECT * FROM deltaLakeLocal('DIR')
SELECT * FROM remote('127.0.0.1', baserate_store.commits)
SELECT * FROM remote('127.0.0.1', system, users, 'baserate', '')
SELECT * FROM remoteSecure('127.0.0.1', baserate_store.commits)
SELECT * FROM cluster('default', baserate_store.commits)
SELECT * FROM clusterAllReplicas('default', system.processes)
SELECT * FROM mysql('127.0.0.1:1', 'a', 'b', 'c', 'd')
SELECT * FROM postgresql('127.0.0.1:1', 'a', 'b', 'c', 'd')
SELECT * FROM mongodb('127.0.0.1:1', 'a', 'b', 'c', 'd', 'x Int8')
SELECT * FROM redis('127.0.0.1:1', 'k', 'k String')
SELECT * FROM sqlite('DIR/x.db', 't')
DESCRIBE TABLE SQLite ('DIR/x.db', 't')
SELECT * FROM `sqlite`('DIR/x.db', 't')
SELECT * FROM odbc('DSN=x', 'a', 'b')
SELECT * FROM jdbc('x', 'a', 'b')
SELECT * FROM executable('cat FILE', TSV, 'a String')
SELECT * FROM input('a String')
SELECT * FROM arrowFlight('127.0.0.1:1', 'x')
SELECT * FROM ytsaurus('http://127.0.0.1:1', 'x', 'y', 'a Int8')
SELECT * FROM filesystem('DIR')
SELECT * FROM merge('baserate_store', '.*')
= SELECT * FROM merge(REGEXP('.*'), 'commits')
SELECT * FROM loop(baserate_store, commits) LIMIT 1
SELECT * FROM loop(repositories)
SELECT * FROM view(SELECT * FROM baserate_store.commits)
SELECT * FROM viewExplain('EXPLAIN', '', (SELECT * FROM baserate_store.commits))
SELECT * FROM eval('SELECT * FROM baserate_store.commits')
SELECT * FROM mergeTreeIndex('baserate_store', 'commits')
SELECT * FROM mergeTreeProjection('baserate_store', 'commits', 'x')
SELECT * FROM dictionary('baserate_store.x')
SELECT * FROM timeSeriesData('baserate_store', 'commits')
SELECT * FROM fuzzQuery('SELECT 1')
SELECT * FROM primes() WHERE 0 OR (SELECT count() FROM baserate_store.commits) > 0 LIMIT 1
DESCRIBE TABLE file('FILE', LineAsString)
DESCRIBE TABLE url('http://127.0.0.1:1/x')
= SELECT * FROM format(CSV, 'a String', 'x')
= SELECT * FROM generateRandom('a String', 1, 2, 2) LIMIT 1
= SELECT * FROM values('a String', 'x')
= SELECT * FROM viewIfPermitted(SELECT message FROM baserate_store.commits ELSE null('message String'))

-- group: functions
SELECT file('FILE')
SELECT file('FILE', 'default')
SELECT arrayMap(path -> file(path), ['FILE'])
SELECT * APPLY(file) FROM (SELECT 'FILE')
SELECT `file`('FILE')
SELECT catboostEvaluate('FILE', 1)
SELECT joinGet('baserate_store.commits', 'message', 'x')
SELECT dictGet('baserate_store.x', 'y', 1)
SELECT hasColumnInTable('baserate_store', 'commits', 'message')
SELECT addressToLine(1)
SELECT addressToSymbol(1)
SELECT showCertificate()
SELECT getMergeTreeSetting('x')
SELECT lemmatize('en', 'x')
SELECT synonyms('en', 'x')
SELECT aiGenerateContent('x')
= SELECT getServerSetting('max_server_memory_usage')
SELECT getMacro('x')
= SELECT zookeeperSessionUptime()
= SELECT logTrace('x'), hostName()
= SELECT length(hostName()) > 0, uptime() > 0, version() != ''
= SELECT currentUser(), currentDatabase(), currentProfiles()
= SELECT filesystemAvailable() > 0, filesystemCapacity() > 0
= SELECT serverUUID() != toUUID('00000000-0000-0000-0000-000000000000'), tcpPort() > 0
= SELECT getSetting('readonly')
= SELECT queryID() != '', connectionId() > 0

-- group: system tables
SELECT * FROM system.processes
SELECT * FROM system.query_log
SELECT * FROM system.users
SELECT * FROM system.grants
SELECT * FROM system.roles
SELECT * FROM system.parts
SELECT * FROM system.parts_columns
SELECT * FROM system.server_settings
SELECT * FROM system.settings_profiles
SELECT * FROM system.disks
SELECT * FROM system.dictionaries
SELECT * FROM system.named_collections
SELECT * FROM system.errors
SELECT * FROM system.stack_trace
SELECT * FROM system.metrics
SELECT * FROM system.asynchronous_metrics
SELECT * FROM system.events
SELECT * FROM system.mutations
SELECT * FROM system.merges
SELECT * FROM system.warnings
SELECT * FROM system.session_log
SELECT * FROM system.text_log
SELECT * FROM system.user_processes
SELECT * FROM system.query_cache
SELECT * FROM system.user_defined_functions
SELECT * FROM system.zookeeper WHERE path = '/'
SELECT * FROM system.remote_data_paths
SELECT * FROM system.crash_log
SELECT * FROM `system`.`processes`
SELECT * FROM "system"."query_log"
= SELECT create_table_query FROM system.tables WHERE database != 'baserate' AND database != 'system'
= SELECT create_table_query, as_select FROM system.tables WHERE database = 'baserate'
= SELECT name FROM system.databases WHERE name NOT IN ('baserate', 'system')
= SELECT * FROM system.columns WHERE database = 'baserate_store'
= SELECT word FROM system.completions WHERE word LIKE '%baserate_store%' OR word LIKE '%pseudonym%'
= SHOW DATABASES

-- group: information_schema
SELECT * FROM information_schema.tables
SELECT * FROM INFORMATION_SCHEMA.COLUMNS
SELECT table_name FROM information_schema.views
SELECT * FROM information_schema.key_column_usage
SELECT * FROM information_schema.statistics

-- group: other databases
SELECT * FROM baserate_store.commits
SELECT author_email FROM baserate_store.commits
SELECT * FROM baserate_store.pseudonym_key
SELECT * FROM baserate_store.sql_history
SELECT count() FROM baserate_store.commits
SELECT 1 FROM changes WHERE repo IN (SELECT repo FROM baserate_store.commits)
SELECT (SELECT any(message) FROM baserate_store.commits)
SELECT exists(SELECT 1 FROM baserate_store.commits)
SELECT 1 IN baserate_store.commits
WITH c AS (SELECT * FROM baserate_store.commits) SELECT * FROM c
SELECT * FROM changes AS a JOIN baserate_store.commits AS b ON a.sha = b.sha
SELECT * FROM changes UNION ALL SELECT * FROM baserate_store.commits
SELECT * FROM {t:Identifier}.commits
SELECT * FROM default.t
DESCRIBE TABLE baserate_store.commits
SHOW CREATE TABLE baserate_store.commits
SHOW CREATE DATABASE baserate_store
= SHOW TABLES FROM baserate_store
= SHOW COLUMNS FROM commits FROM baserate_store
SHOW INDEX FROM commits FROM baserate_store
EXISTS TABLE baserate_store.commits
EXPLAIN SELECT * FROM baserate_store.commits
EXPLAIN ESTIMATE SELECT * FROM baserate_store.commits
= EXPLAIN QUERY TREE SELECT message FROM baserate_store.commits
CHECK TABLE baserate_store.commits
USE baserate_store
EXPLAIN QUERY TREE SELECT (SELECT any(message) FROM baserate_store.commits)
EXPLAIN SYNTAX run_query_tree_passes = 1 SELECT (SELECT any(message) FROM baserate_store.commits)
DESCRIBE (SELECT * FROM baserate_store.commits)
= SHOW CREATE VIEW changes
= EXPLAIN AST SELECT * FROM baserate_store.commits
= EXPLAIN SYNTAX SELECT * FROM baserate_store.commits

-- group: stacked and hidden
SELECT 1; DROP TABLE baserate_store.commits
SELECT 1;;SELECT 2
SELECT 1 /* ; */ ; SELECT 2
SELECT 1 -- \n ; SELECT 2\n; DROP VIEW changes
SELECT '\'; SELECT 2
SELECT '\\'; SELECT message FROM baserate_store.commits; --'
SELECT $a$;$a$; SELECT 2
/* SELECT 1 */ DROP VIEW changes
/*! SELECT 1 */ TRUNCATE TABLE baserate_store.commits
-- harmless\nDROP VIEW changes
# harmless\nDROP VIEW changes
SEL/**/ECT 1
SELECT/**/*/**/FROM/**/baserate_store/**/./**/commits
SELECT * FROM "baserate_store"."commits"
SELECT * FROM `baserate\x5fstore`.`commits`
SELECT＊FROM baserate_store.commits
(SELECT 1) ; (SELECT 2)
BEGIN TRANSACTION
COMMIT
PARALLEL WITH DROP VIEW changes
DROP VIEW changes PARALLEL WITH DROP VIEW links

-- group: files and formats
SELECT 1 INTO OUTFILE 'DIR/out'
SELECT 1 INTO OUTFILE 'DIR/out' TRUNCATE FORMAT CSV
SELECT 1 into /* */ outfile 'DIR/out'
SELECT 1 INTO OUTFILE 'DIR/out' APPEND AND STDOUT COMPRESSION 'gzip'
SELECT 1 INTO DUMPFILE 'DIR/out'
SELECT LOAD_FILE('FILE')
SELECT 1 FROM INFILE 'FILE' FORMAT CSV
INSERT INTO repositories FROM INFILE 'FILE' FORMAT CSV
SELECT 1 FORMAT Template SETTINGS format_template_row = 'FILE'
SELECT 1 FORMAT Protobuf SETTINGS format_schema = 'FILE:x'
= SELECT 1 FORMAT NoSuchFormat
= SELECT 1 FORMAT Null
= SELECT 1 FORMAT JSON

-- group: bombs
SELECT groupArray(number) FROM numbers(1000000000)
SELECT number FROM numbers(100000000000) ORDER BY rand()
SELECT count() FROM numbers(1000000) a, numbers(1000000) b, numbers(1000000) c
SELECT count() FROM system.numbers
SELECT sum(cityHash64(number)) FROM numbers_mt(1000000000000)
SELECT sleepEachRow(1) FROM numbers(3600)
SELECT sleep(3), sleep(3), sleep(3)
SELECT range(1000000000)
SELECT arrayMap(x -> range(100000000), range(1000))
SELECT repeat('x', 100000000000)
SELECT repeat(repeat('x', 1000000), 1000000)
SELECT length(arrayFold((a, x) -> arrayConcat(a, a), range(40), [1]))
SELECT uniqExact(number) FROM numbers(10000000000)
SELECT a.number FROM numbers(100000000) a JOIN numbers(100000000) b ON a.number = b.number
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n FROM r UNION ALL SELECT n FROM r) SELECT count() FROM r
SELECT * FROM generateRandom('a Array(Array(String))', 1, 1000000, 1000000)
SELECT max(number) FROM (SELECT number FROM numbers(10000000000) GROUP BY number)
SELECT count() FROM zeros(1000000000000) WHERE sleepEachRow(0.001) = 0
SELECT quantilesExact(0.1, 0.5)(number) FROM numbers(10000000000)
= SELECT match(repeat('a', 1000000), '(a|a)*b'), sum(match(repeat('a', 100000), '(a*)*b')) FROM numbers(1000000)
SELECT bitTest(1, 1), geoToH3(0., 0., 15), h3kRing(644325529233966508, 10000) FROM numbers(10000)
= SELECT JSONExtractRaw(repeat('[', 1000000)), groupArray(JSONExtractRaw(repeat('[', 1000000))) FROM numbers(1000000)
SELECT arrayCartesianProduct(range(1000), range(1000), range(1000))
SELECT arrayJoin(range(1000000)), arrayJoin(range(1000000)) AS b, arrayJoin(range(1000000)) AS c
SELECT runningDifference(number), windowFunnel(1000)(number, 1, 1) FROM numbers(100000000000) GROUP BY number
SELECT number FROM numbers(100) GROUP BY CUBE(number, number + 1, number + 2, number + 3, number + 4, number + 5, number + 6, number + 7, number + 8, number + 9, number + 10, number + 11, number + 12, number + 13, number + 14, number + 15, number + 16, number + 17, number + 18, number + 19, number + 20, number + 21)
SELECT toTypeName(CAST(repeat('[', 100000), 'String')), arrayWithConstant(10000000000, 1)
SELECT randomString(10000000000)
SELECT format('{}{}', repeat('a', 500000000), repeat('b', 500000000)) FROM numbers(10)

-- group: accounts and the engine
CREATE USER mine
CREATE ROLE mine
CREATE QUOTA mine
CREATE ROW POLICY p ON baserate.changes USING 1
CREATE SETTINGS PROFILE p SETTINGS readonly = 0
ALTER USER analyst IDENTIFIED BY 'x'
ALTER USER analyst SETTINGS readonly = 0
ALTER USER CURRENT_USER SETTINGS NONE
DROP USER baserate
GRANT SELECT ON *.* TO analyst
GRANT CURRENT GRANTS ON *.* TO analyst WITH REPLACE OPTION
REVOKE ALL ON *.* FROM baserate
SET ROLE ALL
SET DEFAULT ROLE ALL TO analyst
EXECUTE AS baserate
EXECUTE AS baserate SELECT * FROM baserate_store.commits
SHOW USERS
SHOW ACCESS
SHOW GRANTS FOR baserate
SHOW CREATE USER baserate
SHOW PROCESSLIST
KILL QUERY WHERE 1
KILL QUERY WHERE user = 'baserate' SYNC
KILL MUTATION WHERE 1
BACKUP DATABASE baserate_store TO File('DIR/stolen')
BACKUP TABLE baserate.changes TO Disk('default', 'x')
RESTORE ALL FROM File('DIR/stolen')
SYSTEM SHUTDOWN
SYSTEM KILL
SYSTEM STOP LISTEN TCP
SYSTEM START LISTEN HTTP
SYSTEM RELOAD CONFIG
SYSTEM RELOAD USERS
SYSTEM FLUSH LOGS
SYSTEM DROP QUERY CACHE
SYSTEM DROP MARK CACHE
SYSTEM STOP MERGES baserate_store.commits
SYSTEM ENABLE FAILPOINT x
SYSTEM INSTRUMENT REMOVE ALL
= SHOW GRANTS
= SHOW SETTINGS LIKE 'readonly'
