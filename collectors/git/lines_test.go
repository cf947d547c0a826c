package git

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// slowCommon is common by trying line after line.
func slowCommon(a, b []byte) (start, end int) {
	left, right := bytes.SplitAfter(a, newline), bytes.SplitAfter(b, newline)
	left = slices.DeleteFunc(left, func(l []byte) bool { return len(l) == 0 })
	right = slices.DeleteFunc(right, func(l []byte) bool { return len(l) == 0 })
	for len(left) > 0 && len(right) > 0 && bytes.Equal(left[0], right[0]) {
		start += len(left[0])
		left, right = left[1:], right[1:]
	}
	for len(left) > 0 && len(right) > 0 && bytes.Equal(left[len(left)-1], right[len(right)-1]) {
		end += len(left[len(left)-1])
		left, right = left[:len(left)-1], right[:len(right)-1]
	}
	return start, end
}

func TestCommonIsWholeLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([ab]?[ab]?\n?)*`)
		long := strings.Repeat("long common part\n", rapid.IntRange(0, 40).Draw(t, "long"))
		a := []byte(long + text.Draw(t, "a") + long)
		b := []byte(long + text.Draw(t, "b") + long)
		start, end := common(a, b)
		if wantStart, wantEnd := slowCommon(a, b); start != wantStart || end != wantEnd {
			t.Fatalf("common(%q, %q) = %d, %d, want %d, %d", a, b, start, end, wantStart, wantEnd)
		}
	})
}

// slowDistance is the edit distance by the usual table.
func slowDistance(a, b []int32) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			above := row[j+1]
			if a[i] == b[j] {
				row[j+1] = diagonal
			} else {
				row[j+1] = 1 + min(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

func TestEditDistance(t *testing.T) {
	var search editSearch // used again, as in use
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.Int32Range(0, int32(rapid.IntRange(1, 8).Draw(t, "distinct")))
		a := rapid.SliceOfN(line, 0, 60).Draw(t, "a")
		b := rapid.SliceOfN(line, 0, 60).Draw(t, "b")
		if got, ok := search.distance(a, b); !ok || got != slowDistance(a, b) {
			t.Fatalf("distance(%v, %v) = %d, %t, want %d", a, b, got, ok, slowDistance(a, b))
		}
	})
}

func TestEditDistanceGivesUp(t *testing.T) {
	var search editSearch
	sequence := func(n int, first int32) []int32 {
		s := make([]int32, n)
		for i := range s {
			s[i] = first + int32(i)
		}
		return s
	}
	for _, tc := range []struct {
		n  int
		ok bool
	}{{maxEdits / 2, true}, {maxEdits/2 + 1, false}, {10 * maxEdits, false}} {
		got, ok := search.distance(sequence(tc.n, 0), sequence(tc.n, 1_000_000))
		if ok != tc.ok || ok && got != 2*tc.n {
			t.Errorf("%d lines all different: %d, %t", tc.n, got, ok)
		}
	}
	if got, ok := search.distance(sequence(10_000, 0), nil); !ok || got != 10_000 {
		t.Errorf("removing all of 10,000 lines: %d, %t; there is nothing to search", got, ok)
	}
}

func TestLineClasses(t *testing.T) {
	var l lineClasses
	for round := range 3 { // tables of any size are used again
		n := []int{10, 5000, 40}[round]
		l.reset()
		var text bytes.Buffer
		for i := range n {
			fmt.Fprintf(&text, "line %d\nevery\n", i)
		}
		old := l.addAll(nil, text.Bytes(), 0)
		new := l.addAll(nil, []byte("line 1\nevery\nelse"), 1)
		if len(l.list) != n+2 || len(old) != 2*n || len(new) != 3 {
			t.Fatalf("round %d: %d classes of %d and %d lines", round, len(l.list), len(old), len(new))
		}
		if n := l.countShared([]byte("every\nline 2\nnever\nevery\nelse\n")); n != 5 {
			t.Errorf("%d shared lines, want 5", n)
		}
		for _, want := range []struct {
			text     string
			class    int32
			old, new int
		}{
			{"every\n", old[1], n + 2, 3}, {"line 1\n", new[0], 1, 1}, {"line 2\n", old[4], 2, 1}, {"else", new[2], 0, 1},
		} {
			c := l.list[want.class]
			if string(c.text) != want.text || c.in(0) != want.old || c.in(1) != want.new {
				t.Errorf("round %d: class of %q is %q, %d in old and %d in new, want %+v", round, want.text, c.text, c.in(0), c.in(1), want)
			}
		}
		if !l.overlap() {
			t.Error("no overlap")
		}
	}
	l.reset()
	l.addAll(nil, []byte("a\nb\n"), 0)
	l.addAll(nil, []byte("c\nb"), 1)
	if l.overlap() {
		t.Error("a line without its line feed is another line")
	}
}

func TestFrequent(t *testing.T) {
	for n, want := range map[int]int{0: 1, 1: 2, 3: 2, 4: 4, 15: 4, 16: 8, 1000: 32, 1 << 20: 1024, 1 << 30: 1024} {
		if got := frequent(n); got != want {
			t.Errorf("frequent(%d) = %d, want %d", n, got, want)
		}
	}
}

// TestNoiseIsSetAside spells lines as the other content has them: n never, s seldom, f frequently.
func TestNoiseIsSetAside(t *testing.T) {
	for _, tc := range []struct{ lines, aside string }{
		{"f", "-"},
		{"fff", "---"},
		{"nf", "x-"},
		{"fn", "-x"},
		{"nfn", "x-x"},         // frequent lines are half of the run, the line itself counting twice
		{"nnnfnnn", "xxx-xxx"}, // a quarter is still too many
		{"nnnnfnnn", "xxxxxxxx"},
		{"nnnnnnnsfsnnnnnnn", "xxxxxxx---xxxxxxx"}, // seldom lines end the run
		{"nnnnnnnfsnnnnnnnn", "xxxxxxx--xxxxxxxx"},
		{"nnnnnnnffnnnnnnnn", "xxxxxxxxxxxxxxxxx"},
		{strings.Repeat("f", 150) + "n", strings.Repeat("-", 150) + "x"},
	} {
		var s lineSide
		classes := []lineClass{{}, {inside: [2]int32{0, 1}}, {inside: [2]int32{0, 1000}}}
		for _, r := range tc.lines {
			s.lines = append(s.lines, int32(strings.IndexRune("nsf", r)))
		}
		s.total = len(s.lines)
		if s.total < 16 {
			s.total = 16
		}
		s.setAside(classes, 1)
		var want []int32
		for i, r := range tc.aside {
			if r == '-' {
				want = append(want, s.lines[i])
			}
		}
		if !slices.Equal(s.search, want) || s.alone != 0 {
			t.Errorf("%s: %v are searched and %d alone, want %v", tc.lines, s.search, s.alone, want)
		}
	}
}

func TestOnlyLinesBetweenOwnOnesCanBeSetAside(t *testing.T) {
	classes := []lineClass{{}, {inside: [2]int32{1, 1}}} // n, m
	for lines, want := range map[string]bool{
		"": false, "n": false, "m": false, "nm": false, "mn": false, "mnm": false, "nnmm": false, "nmn": true, "mnmmnm": true,
	} {
		var s lineSide
		for _, r := range lines {
			s.lines = append(s.lines, int32(strings.IndexRune("nm", r)))
		}
		if got := s.betweenOwn(classes, 1); got != want {
			t.Errorf("betweenOwn(%q) = %t", lines, got)
		}
	}
}

func TestLinesFoundElsewhereAreSearchedInVain(t *testing.T) {
	classes := []lineClass{{shared: 1}, {inside: [2]int32{1, 1}}}
	s := lineSide{lines: []int32{0, 1, 0}, total: 100}
	s.setAside(classes, 1)
	if !slices.Equal(s.search, []int32{1}) || s.alone != 2 {
		t.Errorf("%v are searched and %d alone, want one and two", s.search, s.alone)
	}
}

func TestGitCounterFindsWhatItCannotRead(t *testing.T) {
	r := newRepo(t)
	rnd := rand.New(rand.NewPCG(3, 4))
	var pairs []*pair
	for i := range 40 {
		p := &pair{}
		for _, side := range []*oid{&p.old, &p.new} {
			name := r.gitIn(fmt.Sprintf("content %d\n", rnd.Int()), "hash-object", "-w", "--stdin")
			id, err := parseOID([]byte(name))
			if err != nil {
				t.Fatal(err)
			}
			*side = id
			if i == 7 || i == 30 {
				r.corrupt(name)
			}
		}
		pairs = append(pairs, p)
	}
	pairs[12].new = oid{1, 2, 3} // missing
	pairs = append(pairs,
		&pair{old: pairs[0].old, new: pairs[0].old},        // another mode only
		&pair{new: pairs[0].old}, &pair{old: pairs[0].old}, // added, removed
		&pair{old: oid{1}, new: oid{2}, links: oldLink | newLink},                // a submodule that moved
		&pair{old: pairs[0].old, new: oid{2}, links: newLink}, &pair{new: oid{}}) // a file became one; nothing
	g := gitCounter{dir: testScratch(t, r).gitDir, format: formatSHA1}
	if err := g.count(t.Context(), pairs); err != nil {
		t.Fatal(err)
	}
	for i, p := range pairs {
		want := lineCounts(1, 1)
		switch i {
		case 7, 12, 30:
			want = counts{state: unreadable}
		case 40:
			want = lineCounts(0, 0)
		case 41:
			want = lineCounts(0, 1)
		case 42:
			want = lineCounts(1, 0)
		case 45:
			want = counts{}
		}
		if p.counts != want {
			t.Errorf("pair %d: %+v, want %+v", i, p.counts, want)
		}
	}
}

func TestBlobCounterGoesOnAfterWhatItCannotRead(t *testing.T) {
	r := newRepo(t)
	var pairs []*pair
	var previous oid
	for i := range 60 {
		name := r.gitIn(strings.Repeat(fmt.Sprintln(i), i+1), "hash-object", "-w", "--stdin")
		id, err := parseOID([]byte(name))
		if err != nil {
			t.Fatal(err)
		}
		if i%20 == 10 {
			r.corrupt(name)
		}
		pairs = append(pairs, &pair{old: previous, new: id})
		previous = id
	}
	b := blobCounter{dir: testScratch(t, r).gitDir, format: formatSHA1}
	defer b.close()
	for _, part := range [][]*pair{pairs[:5], pairs[5:45], pairs[45:45], pairs[45:]} {
		if err := b.count(t.Context(), part); err != nil {
			t.Fatal(err)
		}
	}
	for i, p := range pairs {
		want := lineCounts(i, i+1)
		if i%20 == 10 || i%20 == 11 {
			want = counts{state: unreadable}
		}
		if p.counts != want {
			t.Errorf("pair %d: %+v, want %+v", i, p.counts, want)
		}
	}
}

func TestLargeBlobsAreLeftToGit(t *testing.T) {
	r := newRepo(t)
	large := strings.Repeat("0123456789abcdef\n", maxBlob/17+1)
	r.commit(commitSpec{ref: "refs/heads/main", message: "one", files: map[string]string{"large": large}})
	r.commit(commitSpec{ref: "refs/heads/main", message: "two", files: map[string]string{"large": large + "more\n"}})
	sha := r.tip("main")
	c := collectAll(t, r.dir)
	if got := c.Commits[sha].Files; len(got) != 1 || got[0].Additions != 1 || got[0].Deletions != 0 {
		t.Errorf("files %+v", got)
	}
}
