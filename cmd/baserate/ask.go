package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/derive"
	"github.com/baserate/baserate/frontend"
)

// ask writes what GET of an address of the API answers about a database, in this process and without a port: what a command
// prints is what the pages show.
func ask(ctx context.Context, db *opened, address string, w io.Writer) error {
	ledger, _, err := ledgerOf(ctx, db.Store)
	if err != nil {
		return err
	}
	server, err := api.New(api.Options{
		Store: db.Store, Ledger: ledger, Assets: frontend.Assets(), Version: version, Definitions: derive.Definitions, Timeout: 10 * time.Minute,
	})
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	a := &reply{header: http.Header{}, to: w}
	server.ServeHTTP(a, r)
	return a.err()
}

// reply passes an answer on as it comes, and keeps a problem to be told.
type reply struct {
	header http.Header
	to     io.Writer
	status int
	said   []byte // of a problem
	failed error  // of writing
}

func (r *reply) Header() http.Header    { return r.header }
func (r *reply) WriteHeader(status int) { r.status = status }

func (r *reply) Write(p []byte) (int, error) {
	if r.status >= http.StatusBadRequest {
		r.said = append(r.said, p...)
		return len(p), nil
	}
	n, err := r.to.Write(p)
	r.failed = errors.Join(r.failed, err)
	return n, err
}

func (r *reply) err() error {
	if r.status < http.StatusBadRequest {
		return r.failed
	}
	var p api.Problem
	if err := json.Unmarshal(r.said, &p); err != nil {
		return fmt.Errorf("answer %d: %w", r.status, err)
	}
	text := p.Title
	if p.Field != nil {
		text += ": " + *p.Field
	}
	if p.Detail != nil {
		text += ": " + *p.Detail
	}
	return errors.New(text)
}
