package simulate_test

import (
	"encoding/binary"
	"hash/fnv"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/simulate"
)

// named returns the scenario of that name.
func named(t testing.TB, name string) simulate.Scenario {
	t.Helper()
	s, ok := simulate.Named(name)
	if !ok {
		t.Fatalf("there is no scenario %s", name)
	}
	return s
}

// sum is a fingerprint of changes, the same on every machine.
func sum(t testing.TB, all []simulate.Change) uint64 {
	t.Helper()
	h := fnv.New64a()
	if err := binary.Write(h, binary.LittleEndian, all); err != nil {
		t.Fatal(err)
	}
	return h.Sum64()
}

// all returns every change of a fleet.
func all(f *simulate.Fleet) []simulate.Change {
	var changes []simulate.Change
	for i := range f.Chunks() {
		changes = append(changes, f.Chunk(i, nil)...)
	}
	return changes
}

// Two fleets of one seed are the same to the byte, whoever makes which chunk in which order; another seed, and every other
// chunk, are others.
func TestSameSeedSameFleet(t *testing.T) {
	options := simulate.Options{Changes: 4*simulate.ChunkSize + 1000, Seed: 7}
	s := named(t, "misattributed")
	want := all(simulate.New(s, options))
	f := simulate.New(s, options)
	chunks := make([][]simulate.Change, f.Chunks())
	var group sync.WaitGroup
	for w := range 4 {
		group.Go(func() {
			for i := f.Chunks() - 1 - w; i >= 0; i -= 4 {
				chunks[i] = f.Chunk(i, make([]simulate.Change, 10, simulate.ChunkSize))
			}
		})
	}
	group.Wait()
	var got []simulate.Change
	sums := map[uint64]bool{}
	for _, c := range chunks {
		got = append(got, c...)
		sums[sum(t, c)] = true
	}
	if len(got) != options.Changes || sum(t, got) != sum(t, want) {
		t.Errorf("%d changes by four workers are not the %d by one", len(got), len(want))
	}
	if len(sums) != f.Chunks() {
		t.Errorf("%d different chunks, want %d", len(sums), f.Chunks())
	}
	options.Seed++
	if other := all(simulate.New(s, options)); sum(t, other) == sum(t, want) {
		t.Error("another seed gives the same fleet")
	}
}

// What is published of a fleet must be found again: a change of the generator is a change of every number that rests on it,
// and has to be made on purpose.
func TestFleetsDoNotChangeUnseen(t *testing.T) {
	for name, want := range map[string]uint64{"null": 0x22819abb173132aa, "late-labels": 0xa21a7f6a44582bba, "misattributed": 0x443cf64746c6efab, "demo": 0x787742438b25f5c9} {
		f := simulate.New(named(t, name), simulate.Options{Changes: 100_000, Seed: 42})
		if got := sum(t, all(f)); got != want {
			t.Errorf("%s: fingerprint %#x, want %#x", name, got, want)
		}
	}
}

// Memory does not grow with the fleet: a chunk is made in the buffer that is given.
func TestChunksReuseTheirBuffer(t *testing.T) {
	f := simulate.New(named(t, "worse"), simulate.Options{Changes: 100 * simulate.ChunkSize, Seed: 1})
	buf := f.Chunk(0, nil)
	if allocations := testing.AllocsPerRun(3, func() { buf = f.Chunk(50, buf) }); allocations > 1 {
		t.Errorf("%g allocations for a chunk", allocations)
	}
}

// The changes land in the order of their numbers, within the weeks that end with the data.
func TestTimes(t *testing.T) {
	end := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	f := simulate.New(named(t, "null"), simulate.Options{Changes: 100_001, Seed: 3, End: end})
	if want := end.AddDate(0, 0, -26*7); !f.Start().Equal(want) {
		t.Errorf("starts at %s, want %s", f.Start(), want)
	}
	var last uint32
	for i, c := range all(f) {
		if c.Index != uint32(i) || c.At < last || c.At >= 26*7*86400 {
			t.Fatalf("change %d is %+v after one at %d", i, c, last)
		}
		last = c.At
	}
	if late := float64(last) / (26 * 7 * 86400); late < .999 {
		t.Errorf("the last change lands at %.3f of the time", late)
	}
}

// A fleet of a hundred million changes comes from as many more repositories and authors as are needed to make them.
func TestLargeFleetsHaveMorePeople(t *testing.T) {
	f := simulate.New(named(t, "null"), simulate.Options{Changes: 100_000_000, Seed: 1})
	if f.Repositories != 5000 || f.Authors != 37500 || f.Teams != 300 {
		t.Errorf("%d repositories, %d authors, %d teams", f.Repositories, f.Authors, f.Teams)
	}
	if chunk := f.Chunk(f.Chunks()-1, nil); len(chunk) != 100_000_000%simulate.ChunkSize {
		t.Errorf("the last chunk has %d changes", len(chunk))
	}
}

// What happens after the end of the data is not known.
func TestKnown(t *testing.T) {
	f := simulate.New(named(t, "null"), simulate.Options{Changes: 1})
	const end = 26 * 7 * 86400
	struck := simulate.Change{At: end - 86400, After: 3600, Mistake: simulate.Incident, Severity: 2, Outage: 30, LateLabel: true, ControlAfter: 100}
	for name, tc := range map[string]struct {
		change func(*simulate.Change)
		want   func(*simulate.Change)
	}{
		"all of it, but the label of the next day": {func(*simulate.Change) {}, func(c *simulate.Change) { c.LateLabel = false }},
		"no end of the outage":                     {func(c *simulate.Change) { c.Outage = 60 * 24 }, func(c *simulate.Change) { c.LateLabel, c.Outage = false, 0 }},
		"no incident": {func(c *simulate.Change) { c.After = 86400 }, func(c *simulate.Change) {
			c.LateLabel, c.Mistake, c.After, c.Severity, c.Outage = false, simulate.NoMistake, 0, 0, 0
		}},
		"no control": {func(c *simulate.Change) { c.ControlAfter = 86400 }, func(c *simulate.Change) { c.LateLabel, c.ControlAfter = false, 0 }},
	} {
		given := struck
		tc.change(&given)
		want := given
		tc.want(&want)
		if diff := cmp.Diff(want, f.Known(given)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
}

// BenchmarkChunk prints nanoseconds for a change.
func BenchmarkChunk(b *testing.B) {
	f := simulate.New(named(b, "null"), simulate.Options{Changes: 1 << 30, Seed: 1})
	var buf []simulate.Change
	i := 0
	for b.Loop() {
		buf = f.Chunk(i, buf)
		i++
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(i*simulate.ChunkSize), "ns/change")
	runtime.KeepAlive(buf)
}
