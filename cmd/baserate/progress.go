package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors"
)

// display shows how far a runner has come: a line that is written over on a terminal, a line now and then elsewhere.
type display struct {
	w        io.Writer
	runner   *collectors.Runner
	terminal bool
	done     chan struct{}
	ended    chan struct{}
}

func showProgress(f *os.File, runner *collectors.Runner) *display {
	d := &display{w: f, runner: runner, done: make(chan struct{}), ended: make(chan struct{})}
	if info, err := f.Stat(); err == nil {
		d.terminal = info.Mode()&os.ModeCharDevice != 0
	}
	go d.loop()
	return d
}

func (d *display) loop() {
	defer close(d.ended)
	every := 5 * time.Second
	if d.terminal {
		every = 250 * time.Millisecond
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-d.done:
			d.clear()
			return
		case <-tick.C:
			d.draw()
		}
	}
}

func (d *display) draw() {
	running := d.runner.Progress()
	if len(running) == 0 {
		return
	}
	parts := make([]string, len(running))
	for i, r := range running {
		parts[i] = line(r)
	}
	if d.terminal {
		fmt.Fprintf(d.w, "\r\x1b[K%s", strings.Join(parts, "  |  "))
		return
	}
	fmt.Fprintln(d.w, strings.Join(parts, "  |  "))
}

func (d *display) clear() {
	if d.terminal {
		fmt.Fprint(d.w, "\r\x1b[K")
	}
}

// stop ends the display and waits until it has written its last.
func (d *display) stop() {
	close(d.done)
	<-d.ended
}

// line says: repository, done of total, rate, time left.
func line(r collectors.Running) string {
	if r.Total == 0 {
		return r.Scope + ": reading"
	}
	text := fmt.Sprintf("%s: %d of %d %s", r.Scope, r.Done, r.Total, r.Unit)
	if r.PerSecond > 0 {
		text += fmt.Sprintf(", %.0f/s", r.PerSecond)
	}
	if r.Left >= 0 {
		text += fmt.Sprintf(", %s left", r.Left.Round(time.Second))
	}
	return text
}
