package actions

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/baserate/baserate/record"
)

// Whatever a log holds, it is read to its end, the same way however it arrives, and never beyond.
func FuzzReader(f *testing.F) {
	f.Add("{\"a\":1}\n{\"b\":\"}\"}\n{")
	f.Add(`{"Records":[{"a":{"b":1}},{"c":"\"{"}]}`)
	f.Add("[{}, {} x\n{}]")
	f.Add("{\n}\n{\n")
	f.Add("\x1f\x8b")
	f.Fuzz(func(t *testing.T, text string) {
		whole, r, end := chunks(t, text)
		if r != nil && (r.at > int64(len(text)) && !r.zipped || r.line < 1) {
			t.Errorf("byte %d of %d, line %d", r.at, len(text), r.line)
		}
		slow, err := newReader(iotest.OneByteReader(strings.NewReader(text)))
		for n := 0; err == nil; n++ {
			var c chunk
			if c, err = slow.next(); err == nil && (n >= len(whole) || !strings.HasSuffix(whole[n], string(c.data))) {
				t.Fatalf("record %d is %q byte by byte, and %q at once", n, c.data, whole)
			}
		}
		if errors.Is(err, io.EOF) != errors.Is(end, io.EOF) {
			t.Errorf("ends with %v byte by byte, and %v at once", err, end)
		}
	})
}

// Whatever a record holds, what becomes of it is an action that can be kept, or an error.
func FuzzRecords(f *testing.F) {
	f.Add(trailed(session("Deployer", "run-7", ""), ""))
	f.Add(trailed(user, `,"resources":[{"ARN":"x"}]`))
	f.Add(strings.Replace(trailed(user, ""), "DeleteStack", "AssumeRole", 1))
	f.Add(audited(agent, "delete", deployment, `,"annotations":{"a/b":"c"}`))
	f.Add(audited(`{"username":"@.","extra":{"sessionName":[]}}`, "create", `{"resource":"pods","subresource":"exec"}`, ""))
	trail, err := New(Options{Kind: CloudTrail, Path: "."})
	if err != nil {
		f.Fatal(err)
	}
	blue, err := New(Options{Kind: Kubernetes, Path: ".", Cluster: "blue"})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, read := range []func([]byte) (record.Action, bool, error){trail.fromTrail, blue.fromCluster} {
			a, kept, err := read([]byte(text))
			if err != nil && kept {
				t.Errorf("kept in spite of %v", err)
			}
			if !kept {
				continue
			}
			if a.ID == "" || a.System == "" || a.Verb == "" || a.At.IsZero() || a.Level == "" || a.Source == "" {
				t.Errorf("%+v lacks what it is known by", a)
			}
			for _, who := range []record.Account{a.Actor, a.OnBehalf, a.ApprovedBy} {
				if who.Login != strings.ToLower(who.Login) || (who.Login == "") != (who == record.Account{}) && who.Kind != record.KindApp {
					t.Errorf("account %+v", who)
				}
			}
		}
	})
}

// Strings of a request are visited in their order, with the keys above them, up to where the JSON breaks.
func TestWalkStrings(t *testing.T) {
	var got []string
	walkStrings([]byte(`{"a":{"b":"1","c":[{"d":"2"},"3",4,null,true]},"e":"4","f":{"g":`), func(path []string, value string) bool {
		got = append(got, strings.Join(path, ".")+"="+value)
		return true
	})
	wants(t, "visited", got, []string{"a.b=1", "a.c.d=2", "a.c=3", "e=4"})
	got = nil
	walkStrings([]byte(`{"a":"1","b":"2","c":"3"}`), func(_ []string, value string) bool {
		got = append(got, value)
		return value != "2"
	})
	wants(t, "up to the second", got, []string{"1", "2"})
}

// What is remembered of files comes back as it was.
func TestCursorsComeBack(t *testing.T) {
	c, err := readCursor(nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 1000 {
		f := file{name: strings.Repeat("x", i%7), size: int64(i), stamp: "1"}
		c.Done[f.fingerprint()] = struct{}{}
	}
	c.Growing["audit.log"] = growth{Head: 1<<63 + 1, Size: 1024, At: 1 << 40, Line: 7}
	c.Damaged["x.json"] = damage{Print: 1<<64 - 1, Detail: "cut off"}
	c.After["p/"] = "p/2026/11/20"
	text, err := c.write()
	if err != nil {
		t.Fatal(err)
	}
	if len(text) > 12*1000+500 {
		t.Errorf("%d bytes for a thousand files", len(text))
	}
	back, err := readCursor(text)
	if err != nil || len(back.Done) != 1000 || back.Growing["audit.log"] != c.Growing["audit.log"] || back.Damaged["x.json"] != c.Damaged["x.json"] ||
		back.After["p/"] != c.After["p/"] {
		t.Errorf("%+v, %v", back, err)
	}
	for print := range c.Done {
		if _, there := back.Done[print]; !there {
			t.Fatalf("%d is lost", print)
		}
	}
	for _, text := range []string{`{"v":1,"done":7}`, `{"v":1,"done":"%"}`, `[]`} {
		if _, err := readCursor(record.Cursor(text)); err == nil {
			t.Errorf("%s: no error", text)
		}
	}
}

// A log that nobody has written to for two weeks is closed: no more than its fingerprint is kept.
func TestSettledLogs(t *testing.T) {
	l := newLogs(t)
	l.now = l.now.Add(-settled - 48*time.Hour)
	l.write("old.log", line("a"))
	l.now = l.now.Add(settled)
	l.write("new.log", line("b"))
	s := source(t, Options{Kind: Kubernetes, Path: l.dir, Cluster: "blue"})
	got := collect(t, s, nil)
	c, err := readCursor(got.cursor)
	if err != nil || len(c.Growing) != 1 || c.Growing["new.log"].Line != 2 || len(c.Done) != 2 {
		t.Errorf("%+v, %v", c, err)
	}
	l.write("new.log", "") // emptied in place, as some rotations do
	l.add("new.log", line("c"))
	wants(t, "emptied", collect(t, s, got.cursor).ids, []string{"c"})
}
