package github

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/collectors"
)

// One repository that GitHub cannot answer for spoils no other, wherever it stands, and does not cost a request for each.
func TestOneBadNodeSpoilsNoOther(t *testing.T) {
	var names []string
	for i := range 60 {
		names = append(names, fmt.Sprintf("acme/r%02d", i))
	}
	for _, bad := range []string{"R_1", "R_13", "R_25", "R_26", "R_60"} {
		o := newOcto(t, names...)
		o.onQuery("Collaborators", func(vars map[string]any) any {
			ids := vars["ids"].([]any)
			if slices.Contains(ids, any(bad)) {
				return graphErrors{nil, []map[string]any{{"message": "Something went wrong while executing your query."}}}
			}
			nodes := []any{}
			for range ids {
				nodes = append(nodes, collaborators("", edge("ada", "WRITE")))
			}
			return map[string]any{"nodes": nodes}
		})
		g := must(t, o.source().permissions(), nil)
		failed := 0
		for _, c := range g.Covered {
			if c.Error != "" {
				failed++
			}
		}
		if asked := len(o.requests("query Collaborators")); len(g.Permissions) != 59 || failed != 1 || asked > 40 {
			t.Errorf("%s: %d rights, %d repositories failed, %d queries", bad, len(g.Permissions), failed, asked)
		}
	}
}

func TestAskNodes(t *testing.T) {
	type thing struct{ Name string }
	for name, tc := range map[string]struct {
		answer any
		want   string // of R_1 and R_2
		err    bool
	}{
		"both":           {map[string]any{"nodes": []any{thing{"a"}, thing{"b"}}}, "a b", false},
		"one is gone":    {map[string]any{"nodes": []any{nil, thing{"b"}}}, "absent b", false},
		"one is refused": {graphErrors{map[string]any{"nodes": []any{thing{"a"}, nil}}, refused("FORBIDDEN", 1)}, "a absent", false},
		"too few":        {map[string]any{"nodes": []any{thing{"a"}, thing{"b"}, thing{"c"}}}, "", true},
		"it broke":       {graphErrors{map[string]any{"nodes": []any{thing{"a"}, nil}}, refused("SERVICE_UNAVAILABLE", 1)}, "", true},
		"no right":       {http.StatusUnauthorized, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOcto(t)
			o.onQuery("TaskPulls", func(map[string]any) any { return tc.answer })
			found, err := askNodes[thing](t.Context(), o.source(), taskPullsQuery, nil, []string{"R_1", "R_2"})
			if (err != nil) != tc.err {
				t.Fatal(err)
			}
			if err != nil {
				return
			}
			var got []string
			for _, id := range []string{"R_1", "R_2"} {
				word := "absent"
				if n := found[id]; n.Err == nil {
					word = n.Value.Name
				} else if !errors.As(n.Err, new(collectors.Absent)) {
					t.Error(n.Err)
				}
				got = append(got, word)
			}
			if diff := cmp.Diff(tc.want, got[0]+" "+got[1]); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func refused(kind string, at int) []map[string]any {
	return []map[string]any{{"type": kind, "path": []any{"nodes", at, "x"}, "message": "no"}}
}
