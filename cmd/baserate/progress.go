package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors"
)

// statusLine is one line of progress: written over on a terminal, a new line now and then elsewhere.
type statusLine struct {
	w        io.Writer
	terminal bool
	every    time.Duration // how often it is worth writing
}

func newStatusLine(f *os.File) statusLine {
	if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		return statusLine{f, true, 250 * time.Millisecond}
	}
	return statusLine{f, false, 5 * time.Second}
}

func (s statusLine) write(text string) {
	if s.terminal {
		fmt.Fprintf(s.w, "\r\x1b[K%s", text)
		return
	}
	fmt.Fprintln(s.w, text)
}

func (s statusLine) clear() {
	if s.terminal {
		fmt.Fprint(s.w, "\r\x1b[K")
	}
}

// display shows how far a runner has come.
type display struct {
	statusLine
	drawn  bool
	runner *collectors.Runner
	done   chan struct{}
	ended  chan struct{}
}

func showProgress(f *os.File, runner *collectors.Runner) *display {
	d := &display{statusLine: newStatusLine(f), runner: runner, done: make(chan struct{}), ended: make(chan struct{})}
	go d.loop()
	return d
}

func (d *display) loop() {
	defer close(d.ended)
	tick := time.NewTicker(d.every)
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
		if d.drawn {
			d.clear()
		}
		d.drawn = false
		return
	}
	d.drawn = true
	parts := make([]string, len(running))
	for i, r := range running {
		parts[i] = line(r)
	}
	d.write(strings.Join(parts, "  |  "))
}

// stop ends the display and waits until it has written its last.
func (d *display) stop() {
	close(d.done)
	<-d.ended
}

// line says: what is read, done of total, rate, requests, time left.
func line(r collectors.Running) string {
	text := r.Scope
	if r.Source != "" && r.Source != "git" {
		text += " " + r.Stream
	}
	if r.Total == 0 {
		text += ": reading"
	} else {
		text += fmt.Sprintf(": %d of %d %s", r.Done, r.Total, r.Unit)
	}
	if r.PerSecond > 0 && r.Total > 0 {
		text += fmt.Sprintf(", %.0f/s", r.PerSecond)
	}
	if r.Requests > 0 {
		text += fmt.Sprintf(", %d requests", r.Requests)
	}
	if r.Left >= 0 && r.Total > 0 {
		text += fmt.Sprintf(", %s left", r.Left.Round(time.Second))
	}
	return text
}
