package git

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// gitCounts is what plain git says about every commit: the rival and the judge.
func gitCounts(r *testRepo) map[string][]string {
	out := r.git("log", "--all", "--numstat", "--no-renames", "-z", "--format=C%H")
	counts := map[string][]string{}
	sha := ""
	for token := range strings.SplitSeq(out, "\x00") {
		token = strings.TrimPrefix(token, "\n")
		if name, found := strings.CutPrefix(token, "C"); found && len(name) >= 40 && !strings.Contains(name, "\t") {
			sha = name
			counts[sha] = nil
		} else if token != "" {
			counts[sha] = append(counts[sha], token)
		}
	}
	return counts
}

func ourCounts(c *collected) map[string][]string {
	counts := map[string][]string{}
	for sha, commit := range c.Commits {
		var lines []string
		for _, f := range commit.Files {
			if f.Binary {
				lines = append(lines, "-\t-\t"+f.Path)
			} else {
				lines = append(lines, fmt.Sprintf("%d\t%d\t%s", f.Additions, f.Deletions, f.Path))
			}
		}
		counts[sha] = lines
	}
	return counts
}

func TestCountsAreGits(t *testing.T) {
	r := newRepo(t)
	other := strings.Repeat("1", 40)
	nul := "a\x00b\n"
	long := strings.Repeat("line\n", 3000)
	names := r.commits(
		commitSpec{ref: "refs/heads/main", message: "kinds", files: map[string]string{
			"empty": "", "text": "a\nb\nc\n", "no line feed": "a\nb", "nul": nul, "link": "text", "mod": other,
			"latenul": strings.Repeat("x", 8000) + "\x00\n", "earlynul": strings.Repeat("x", 7999) + "\x00\n",
			"run": "#!/bin/sh\n", "run.bin": nul, "crlf": "a\r\nb\r\n", "ünïcode \"q\".txt": "a\n", "dir/a": "a\n", "swap": "a\n",
			"long": long,
		}, modes: map[string]string{"link": "120000", "mod": "160000"}},
		commitSpec{ref: "refs/heads/main", message: "changes", files: map[string]string{
			"empty": "no longer\n", "text": "a\nB\nc\nd\n", "no line feed": "a\nb\n", "nul": nul + "more\n", "link": "empty",
			"mod": strings.Repeat("2", 40), "run": "#!/bin/sh\n", "run.bin": nul, "crlf": "a\nb\r\n", "ünïcode \"q\".txt": "a",
			"swap": "text", "long": strings.Repeat("line\n", 2000) + strings.Repeat("other\n", 1500),
		}, modes: map[string]string{"link": "120000", "mod": "160000", "run": "100755", "run.bin": "100755", "swap": "120000"}},
		commitSpec{
			ref: "refs/heads/main", message: "removals and changes of type", remove: []string{"empty", "nul", "dir/a", "text"},
			files: map[string]string{"mod": "a file\nnow\n", "link": other, "dir": "a file now\n", "swap": "a\n", "text/in": "a folder now\n"},
			modes: map[string]string{"link": "160000"},
		},
		commitSpec{ref: "refs/heads/main", message: "nothing"},
		commitSpec{ref: "refs/heads/main", message: "a submodule goes", remove: []string{"link"}},
		commitSpec{ref: "refs/heads/side", parents: []string{"@2"}, message: "side", files: map[string]string{"side": "s\n"}},
		commitSpec{ref: "refs/heads/main", parents: []string{"@5", "@6"}, message: "merge", files: map[string]string{"side": "s\n", "more": "m\n"}},
	)
	c := collectAll(t, r.dir)
	if diff := cmp.Diff(gitCounts(r), ourCounts(c)); diff != "" {
		t.Errorf("counts differ (-git +baserate):\n%s", diff)
	}
	if merge := c.Commits[names[6]]; !merge.IsMerge() || merge.Files != nil {
		t.Errorf("merge %+v: want two parents and no files, as in git log", merge)
	}
}

func TestCountsAreGitsInSHA256(t *testing.T) {
	r := newRepo(t, "--object-format=sha256")
	for i := range 5 {
		r.commit(commitSpec{ref: "refs/heads/main", message: "c", files: map[string]string{"a": strings.Repeat("x\n", i), "b": "b\n"}})
	}
	c := collectAll(t, r.dir)
	if diff := cmp.Diff(gitCounts(r), ourCounts(c)); diff != "" || len(c.Commits) != 5 {
		t.Errorf("%d commits; counts differ (-git +baserate):\n%s", len(c.Commits), diff)
	}
}

// randomContent has the shape that makes git set lines aside: few distinct lines, some of them everywhere.
func randomContent(rnd *rand.Rand, lines int) []string {
	vocabulary := 1 + rnd.IntN(60)
	content := make([]string, lines)
	for i := range content {
		switch rnd.IntN(4) {
		case 0:
			content[i] = "\n"
		case 1:
			content[i] = "}\n"
		default:
			content[i] = fmt.Sprintf("line %d\n", rnd.IntN(vocabulary*(1+rnd.IntN(20))))
		}
	}
	return content
}

// mutate replaces, removes, adds and moves blocks of lines.
func mutate(rnd *rand.Rand, content []string) []string {
	content = slices.Clone(content)
	for range 1 + rnd.IntN(6)*(1+rnd.IntN(10)) {
		at := rnd.IntN(len(content) + 1)
		end := min(len(content), at+rnd.IntN(12))
		switch rnd.IntN(4) {
		case 0:
			content = slices.Delete(content, at, end)
		case 1:
			content = slices.Insert(content, at, randomContent(rnd, rnd.IntN(15))...)
		case 2:
			content = slices.Replace(content, at, end, randomContent(rnd, rnd.IntN(15))...)
		default:
			block := slices.Clone(content[at:end])
			content = slices.Delete(content, at, end)
			content = slices.Insert(content, rnd.IntN(len(content)+1), block...)
		}
	}
	return content
}

func joined(rnd *rand.Rand, lines []string) string {
	text := strings.Join(lines, "")
	if rnd.IntN(8) == 0 {
		text = strings.TrimSuffix(text, "\n")
	}
	return text
}

// TestCompareLinesAgreesWithGit lets git count random pairs, in which every rule of its own matters, and compares.
func TestCompareLinesAgreesWithGit(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	r := newRepo(t)
	const n = 2000
	var import_ bytes.Buffer
	contents := make([]string, 0, 2*n)
	for i := range n {
		lines := randomContent(rnd, rnd.IntN(1+rnd.IntN(1200)))
		contents = append(contents, joined(rnd, lines), joined(rnd, mutate(rnd, lines)))
		for side := range 2 {
			text := contents[2*i+side]
			fmt.Fprintf(&import_, "blob\nmark :%d\ndata %d\n%s\n", 2*i+side+1, len(text), text)
		}
	}
	names := r.importBlobs(import_.String(), 2*n)
	pairs := make([]*pair, n)
	for i := range pairs {
		pairs[i] = &pair{old: names[2*i], new: names[2*i+1]}
	}
	judge := gitCounter{dir: testScratch(t, r).gitDir, format: formatSHA1}
	if err := judge.count(context.Background(), pairs); err != nil {
		t.Fatal(err)
	}
	var d lineDiffer
	answered, aside := 0, 0
	for i, p := range pairs {
		got, ok := d.compare([]byte(contents[2*i]), []byte(contents[2*i+1]))
		if !ok {
			continue
		}
		answered++
		if len(d.old.search)+len(d.new.search) > 0 && d.old.total > 0 {
			aside++
		}
		if got != p.counts {
			t.Errorf("pair %d: %+v, git says %+v", i, got, p.counts)
		}
	}
	if answered < n*9/10 || aside < n/10 {
		t.Errorf("%d of %d pairs answered, %d of them with shared lines counted: too few to mean anything", answered, n, aside)
	}
}

// importBlobs runs fast-import on a stream that marks blobs 1 to n and returns their names.
func (r *testRepo) importBlobs(stream string, n int) []oid {
	r.t.Helper()
	var get strings.Builder
	for i := range n {
		fmt.Fprintf(&get, "get-mark :%d\n", i+1)
	}
	out := r.gitIn(stream+get.String(), "fast-import", "--quiet")
	names := make([]oid, 0, n)
	for line := range bytes.FieldsSeq([]byte(out)) {
		id, err := parseOID(line)
		if err != nil {
			r.t.Fatal(err)
		}
		names = append(names, id)
	}
	return names
}

func testScratch(t testing.TB, r *testRepo) *scratch {
	t.Helper()
	c, err := openClone(context.Background(), "git", r.dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := newScratch(c, t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCompareLines(t *testing.T) {
	for _, tc := range []struct {
		name, old, new string
		want           counts
	}{
		{"equal", "a\nb\n", "a\nb\n", lineCounts(0, 0)},
		{"both empty", "", "", lineCounts(0, 0)},
		{"from nothing", "", "a\nb", lineCounts(0, 2)},
		{"to nothing", "a\nb\n", "", lineCounts(2, 0)},
		{"appended", "a\n", "a\nb\n", lineCounts(0, 1)},
		{"line feed added", "a\nb", "a\nb\n", lineCounts(1, 1)},
		{"line feed added and a line", "a", "a\nb", lineCounts(1, 2)},
		{"common end of a line is no common line", "xa\n", "ya\n", lineCounts(1, 1)},
		{"common beginning of a line is no common line", "ax\n", "ay\n", lineCounts(1, 1)},
		{"repeated", "a\na\na\n", "a\na\n", lineCounts(1, 0)},
		{"replaced", "a\nb\nc\n", "a\nx\ny\nc\n", lineCounts(1, 2)},
		{"two places", "1\nb\n2\n", "3\nb\n4\n", lineCounts(2, 2)},
		{"nothing in common", "a\nb\n", "c\nd\ne\n", lineCounts(2, 3)},
		{"binary", "a\n", "\x00", counts{state: binary}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var d lineDiffer
			for range 2 { // the second time with used memory
				if got, ok := d.compare([]byte(tc.old), []byte(tc.new)); !ok || got != tc.want {
					t.Errorf("%+v %t, want %+v", got, ok, tc.want)
				}
			}
		})
	}
}

func TestCompareLinesLeavesGuessesToGit(t *testing.T) {
	var old, new, changed strings.Builder
	for i := range 600 {
		fmt.Fprintf(&old, "line %d\nsame %d\n", i, i)
		fmt.Fprintf(&new, "line %d\nsame %d\n", 599-i, i) // the same lines in another order
		fmt.Fprintf(&changed, "changed %d\nsame %d\n", i, i)
	}
	var d lineDiffer
	if got, ok := d.compare([]byte(old.String()), []byte(new.String())); ok {
		t.Errorf("%+v; git stops searching for the shortest script before that", got)
	}
	// Lines that it has elsewhere are searched too, in vain.
	if got, ok := d.compare([]byte(old.String()+new.String()+"end\n"), []byte(old.String()+"x\nend\nx\n")); ok {
		t.Errorf("%+v for 1200 lines that the other content has elsewhere", got)
	}
	// Lines that the other content does not have are not searched, however many there are.
	if got, ok := d.compare([]byte(old.String()), []byte(changed.String())); !ok || got != lineCounts(600, 600) {
		t.Errorf("%+v, %t for 600 lines changed", got, ok)
	}
}

func TestPairMemoryIsBounded(t *testing.T) {
	var m pairMemory
	key := func(i int) pairKey {
		return pairKey{old: [16]byte{byte(i), byte(i >> 8), byte(i >> 16)}}
	}
	for i := range 3 * generation {
		m.put(key(i), counts{additions: uint32(i)})
		m.get(key(0)) // asked for all the time
	}
	if n := len(m.young) + len(m.old); n > 2*generation {
		t.Errorf("%d pairs remembered", n)
	}
	if c, found := m.get(key(0)); !found || c.additions != 0 {
		t.Errorf("the pair that was asked for all the time is forgotten")
	}
	if _, found := m.get(key(1)); found {
		t.Errorf("a pair of two generations ago is remembered")
	}
	if c, found := m.get(key(3*generation - 1)); !found || c.additions != 3*generation-1 {
		t.Errorf("the newest pair is %+v, %t", c, found)
	}
}
