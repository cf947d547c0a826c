package api

// The codes of problems. A code never changes its meaning; clients may decide by it.
const (
	invalidParameter  = "invalid_parameter"
	unknownParameter  = "unknown_parameter"
	repeatedParameter = "repeated_parameter"
	badCursor         = "bad_cursor"
	notFound          = "not_found"
	noSuchClaim       = "no_such_claim"
	noSuchFigure      = "no_such_figure"
	noSuchChange      = "no_such_change"
	noSuchOutage      = "no_such_outage"
	noSuchSource      = "no_such_source"
	noParquet         = "no_parquet"
	nothingRecorded   = "nothing_recorded"
	methodNotAllowed  = "method_not_allowed"
	bodyTooLarge      = "body_too_large"
	unknownHost       = "unknown_host"
	invalidBody       = "invalid_body"
	crossOrigin       = "cross_origin"
	controlsOff       = "controls_off"
	noSuchQuery       = "no_such_query"
	noSuchSaved       = "no_such_saved_query"
	invalidSQL        = "invalid_sql"
	queryFailed       = "query_failed"
	savingOff         = "saving_off"
	sqlOff            = "sql_off"
	clientGone        = "client_gone"
	databaseDown      = "database_down"
	notReady          = "not_ready"
	beingMade         = "being_made"
	timedOut          = "timed_out"
	internal          = "internal"
)

// kinds is the one table of what can go wrong. GET /api/v1/problems shows it.
var kinds = []ProblemKind{
	{Code: invalidParameter, Status: 400, Title: "A parameter is not as the contract has it", Action: "Correct the parameter that field names; api/openapi.yaml says what it may be."},
	{Code: unknownParameter, Status: 400, Title: "There is no such parameter", Action: "Leave out the parameter that field names, or correct its spelling."},
	{Code: repeatedParameter, Status: 400, Title: "A parameter is given twice", Action: "Give the parameter once; several values are separated by commas."},
	{Code: badCursor, Status: 400, Title: "The cursor is not one of ours", Action: "Take the cursor from next of the page before, or leave it out to begin at the first page."},
	{Code: invalidBody, Status: 400, Title: "The body is not as the contract has it", Action: "Send JSON with Content-Type: application/json; api/openapi.yaml says what it may hold."},
	{Code: invalidSQL, Status: 400, Title: "This is not one statement", Action: "Send one statement of SQL, at most 50 000 bytes long."},
	{Code: queryFailed, Status: 422, Title: "The database refused the statement", Action: "Run it in the workbench to see where it fails."},
	{Code: savingOff, Status: 403, Title: "Queries cannot be saved from here", Action: "Save them on the machine itself, or set control: true in baserate.yaml: whoever reaches the server can then do so."},
	{Code: crossOrigin, Status: 403, Title: "The request comes from another site", Action: "Send it from a page of this server, or from a program without the header Origin."},
	{Code: controlsOff, Status: 403, Title: "Collections cannot be run or paused from here", Action: "Use baserate collect on the machine itself, or set control: true in baserate.yaml: whoever reaches the server can then do so."},
	{Code: notFound, Status: 404, Title: "There is nothing at this address", Action: "Check the address. The id of a change goes percent-encoded into a path: owner%2Fname%40sha."},
	{Code: noSuchFigure, Status: 404, Title: "There is no such figure", Action: "GET /api/v1/figures lists the figures."},
	{Code: noSuchClaim, Status: 404, Title: "There is no such claim", Action: "GET /api/v1/claims lists the claims."},
	{Code: noSuchChange, Status: 404, Title: "There is no such change", Action: "Take change_id from GET /api/v1/changes. A change goes when its commit leaves the default branch."},
	{Code: noSuchOutage, Status: 404, Title: "There is no such outage", Action: "Take id from GET /api/v1/figures/outages. Drills and incidents that their source deleted are none."},
	{Code: noSuchSource, Status: 404, Title: "The schedule has no such source", Action: "GET /api/v1/coverage lists the sources and streams that this server collects."},
	{Code: noParquet, Status: 404, Title: "This database makes no Parquet files", Action: "Take the CSV, which has the same rows; the built-in database makes Parquet files under baserate serve."},
	{Code: nothingRecorded, Status: 404, Title: "Nothing was recorded by then", Action: "Ask for a later day, or leave as_of out for the answer of now."},
	{Code: noSuchQuery, Status: 404, Title: "There is no such query", Action: "POST /api/v1/sql/queries runs one; the history keeps what was run for 180 days."},
	{Code: noSuchSaved, Status: 404, Title: "There is no such saved query", Action: "GET /api/v1/sql/saved lists them."},
	{Code: methodNotAllowed, Status: 405, Title: "This address does not take the method", Action: "Use GET or HEAD; api/openapi.yaml names the addresses that take POST."},
	{Code: bodyTooLarge, Status: 413, Title: "The request has too large a body", Action: "Send no body; parameters go into the address."},
	{Code: unknownHost, Status: 421, Title: "The server does not answer to this name", Action: "Use 127.0.0.1 or localhost, or start the server with --host NAME."},
	{Code: clientGone, Status: 499, Title: "The client went away", Action: "Ask again."},
	{Code: internal, Status: 500, Title: "The server made a mistake", Action: "Look in the server's log for the request id, and report what it says."},
	{Code: databaseDown, Status: 503, Title: "The database does not answer", Action: "Wait; it is started again by itself. If it stays away, baserate doctor says what is wrong."},
	{Code: notReady, Status: 503, Title: "Not ready", Action: "Wait; if it does not pass, baserate doctor says what is wrong."},
	{Code: beingMade, Status: 503, Title: "The demo fleet is being made", Action: "Wait; GET /api/v1/fleet says how far it is."},
	{Code: sqlOff, Status: 501, Title: "This server cannot do that with SQL", Action: "The detail says what it lacks; docs/analysts.md says how it is set up."},
	{Code: timedOut, Status: 504, Title: "The answer took too long", Action: "Narrow the filter, or ask again when the collection under way is over."},
}

func kindOf(code string) ProblemKind {
	for _, k := range kinds {
		if k.Code == code {
			return k
		}
	}
	return kindOf(internal)
}
