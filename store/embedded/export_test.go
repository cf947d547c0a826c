package embedded

// EnginePID is the process that the engine runs in now, for tests that kill it.
func (e *Engine) EnginePID() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.pid
}

// Statements are what the engine's own session runs.
var Statements = statements
