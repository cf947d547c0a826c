package github

import "github.com/baserate/baserate/collectors"

// Tasks are the streams of the source, each with its own line in the ledger. Those that this GitHub does not have, or does not
// show to this account, say so when they are read.
func (s *Source) Tasks() []collectors.Task {
	tasks := []collectors.Task{
		s.hostedRepositories(),
		s.pulls(),
		s.deletions(),
		s.deployments(),
		s.permissions(),
		s.rules(),
		s.installations(),
		s.suites(),
		s.activity(),
		s.audit(),
		s.agentTasks(),
		s.teams(),
	}
	if len(s.opts.IncidentLabels) > 0 {
		tasks = append(tasks, s.issues())
	}
	if s.opts.Copilot {
		tasks = append(tasks, s.copilotUsage(), s.copilotSeats())
	}
	return tasks
}
