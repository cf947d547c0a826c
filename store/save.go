package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"syscall"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/baserate/baserate/record"
	"github.com/cenkalti/backoff/v5"
)

// Save keeps a batch's facts, then its cursor, then the row of the coverage ledger. While the server is away it
// waits and tries again; saving a batch twice leaves what saving it once leaves.
func (s *Store) Save(ctx context.Context, b record.Batch, ledger record.Collection) error {
	for _, part := range []func(record.Batch, record.Collection) []insert{s.facts, s.touched, s.closing} {
		for _, in := range part(b, ledger) {
			if err := s.Insert(ctx, query(in.query), in.columns); err != nil {
				return fmt.Errorf("save %s %s: %s: %w", ledger.Source, ledger.Scope, in.query, err)
			}
		}
	}
	return nil
}

// facts lists what Save writes first, in the order that a crash may cut anywhere.
func (s *Store) facts(b record.Batch, _ record.Collection) []insert {
	version := s.Version()
	var all []insert
	if b.Repository != nil {
		all = append(all, insertRepository(*b.Repository, version))
	}
	all = add(all, b.Commits, version, insertCommits)
	all = add(all, b.Notes, version, insertNotes)
	all = add(all, b.RefUpdates, version, insertRefUpdates)
	all = add(all, b.Placements, version, insertPlacements)
	all = add(all, b.PullRequests, version, insertPullRequests)
	all = add(all, b.Reviews, version, insertReviews)
	all = add(all, b.Permissions, version, insertPermissions)
	all = add(all, b.Deployments, version, insertDeployments)
	all = add(all, b.Incidents, version, insertIncidents)
	all = add(all, b.Causes, version, insertCauses)
	all = add(all, b.Usage, version, insertUsage)
	all = add(all, b.Members, version, insertMembers)
	all = add(all, b.Profiles, version, insertProfiles)
	all = add(all, b.Hosted, version, insertHosted)
	all = add(all, b.PullCommits, version, insertPullCommits)
	all = add(all, b.PullEvents, version, insertPullEvents)
	all = add(all, b.AgentTasks, version, insertAgentTasks)
	all = add(all, b.Actions, version, insertActions)
	all = add(all, b.RuleSuites, version, insertRuleSuites)
	all = add(all, b.Activities, version, insertActivities)
	all = add(all, b.Rules, version, insertRules)
	all = add(all, b.Seats, version, insertSeats)
	all = add(all, b.Identities, version, insertIdentities)
	all = add(all, b.Confirmations, version, insertConfirmations)
	if s.options.KeepPayloads > 0 {
		all = add(all, b.Payloads, version, s.insertPayloads)
	}
	return add(all, b.Tombstones, version, insertTombstones)
}

// closing lists what Save writes when all facts are kept: how far they reach, and the ledger.
func (s *Store) closing(b record.Batch, ledger record.Collection) []insert {
	version := s.Version()
	var all []insert
	if b.Cursor != nil {
		all = append(all, insertCursor(ledger, b.Cursor, version))
	}
	return append(all, insertCollections(append(covered(b.Covered, ledger), ledger), version))
}

// covered are the rows of the ledger for the parts of a scope that are done.
func covered(parts []record.Covered, whole record.Collection) []record.Collection {
	rows := make([]record.Collection, len(parts), len(parts)+1)
	for i, p := range parts {
		rows[i] = record.Collection{
			Source: whole.Source, Scope: p.Scope, Stream: whole.Stream, StartedAt: whole.StartedAt, FinishedAt: time.Now(), Status: record.StatusOK,
			Rows: p.Rows, Requests: p.Requests, From: p.From, To: p.To,
		}
		switch {
		case p.Error != "":
			rows[i].Status, rows[i].Error = record.StatusFailed, p.Error
		case p.Absent != "":
			rows[i].Status, rows[i].Error = record.StatusAbsent, p.Absent
		}
	}
	return rows
}

// add appends the insert of the facts of one kind, if there are any.
func add[T any](all []insert, facts []T, version uint64, columns func([]T, uint64) insert) []insert {
	if len(facts) == 0 {
		return all
	}
	return append(all, columns(facts, version))
}

// Cursor returns how far a stream of a scope was read, nil when it never was.
func (s *Store) Cursor(ctx context.Context, source, scope, stream string) (record.Cursor, error) {
	rows, err := Select[struct {
		Cursor string `ch:"cursor"`
	}](ctx, s, query("cursor"), Params{"source": source, "scope": scope, "stream": stream})
	if err != nil {
		return nil, fmt.Errorf("cursor of %s %s %s: %w", source, scope, stream, err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return record.Cursor(rows[0].Cursor), nil
}

// retry repeats an operation while the server cannot be reached, for as long as the options allow.
func (s *Store) retry(ctx context.Context, operation func() error) error {
	policy := backoff.NewExponentialBackOff()
	policy.InitialInterval = 50 * time.Millisecond
	policy.MaxInterval = 2 * time.Second
	_, err := backoff.Retry(ctx, func() (struct{}, error) {
		err := operation()
		if err != nil && !away(err) {
			err = backoff.Permanent(err)
		}
		return struct{}{}, err
	}, backoff.WithBackOff(policy), backoff.WithMaxElapsedTime(s.options.Patience))
	return err
}

// away reports whether an error says that the server could not be reached or went away, as opposed to an answer
// from it.
func away(err error) bool {
	var network net.Error
	var answer *clickhouse.Exception
	switch {
	case errors.As(err, &answer):
		return answer.Code == 209 || answer.Code == 210 // SOCKET_TIMEOUT, NETWORK_ERROR
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return false
	}
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNREFUSED) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || errors.Is(err, clickhouse.ErrAcquireConnTimeout) ||
		errors.As(err, &network)
}
