package alertmanager

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
)

var nine = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// history is what an Alertmanager says about one group whose alerts begin and end at random, in its order: at each minute in
// which something happens, the alerts that fire and those that have just ended.
func history(random *rand.Rand) []*Notification {
	type span struct{ begin, end int }
	spans := make([]span, 1+random.IntN(5))
	last := 0
	for i := range spans {
		begin := 0
		if i > 0 {
			begin = random.IntN(last) // before the others are over: one incident
		}
		spans[i] = span{begin, begin + 1 + random.IntN(20)}
		last = max(last, spans[i].end)
	}
	var all []*Notification
	for minute := 0; minute <= last; minute++ {
		n := &Notification{Version: "4", GroupKey: "g", Status: "resolved"}
		news := false
		for i, s := range spans {
			a := Alert{
				Status: "firing", Fingerprint: fmt.Sprint(i), StartsAt: nine.Add(time.Duration(s.begin) * time.Minute),
				Labels: map[string]string{"alertname": "Errors", "severity": []string{"critical", "warning"}[i%2]},
			}
			switch {
			case minute < s.begin || minute > s.end:
				continue
			case minute == s.end:
				a.Status, a.EndsAt, news = "resolved", nine.Add(time.Duration(s.end)*time.Minute), true
			default:
				n.Status, news = "firing", news || minute == s.begin
			}
			n.Alerts = append(n.Alerts, a)
		}
		if news {
			all = append(all, n)
		}
	}
	return all
}

// tell hands notifications over one by one, with the memory written and read between them, and returns each incident's last state.
func tell(t *testing.T, all []*Notification) map[string]record.Incident {
	t.Helper()
	known, told := groups{}, map[string]record.Incident{}
	for _, n := range all {
		i, _ := known.take(n, nil, nine.Add(time.Hour))
		if before := told[i.ID]; !i.UpdatedAt.Before(before.UpdatedAt) { // as the store has it
			told[i.ID] = *i
		}
		text, err := json.Marshal(known)
		if err != nil {
			t.Fatal(err)
		}
		known = nil
		if err := json.Unmarshal(text, &known); err != nil {
			t.Fatal(err)
		}
	}
	return told
}

// A group's alerts overlap, so there is one incident, from the first beginning to the last end; notifications that come again, later
// than newer ones, change nothing.
func TestRepeatsChangeNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		all := history(random)
		want := tell(t, all)
		if len(want) != 1 {
			t.Fatalf("%d incidents", len(want))
		}
		for _, i := range want {
			end := all[len(all)-1].Alerts[0].EndsAt
			if !i.StartedAt.Equal(nine) || !i.ResolvedAt.Equal(end) || i.Status != "resolved" || i.Severity != 1 {
				t.Fatalf("%+v, want the end %s", i, end)
			}
		}
		var repeated []*Notification
		for n := range all {
			repeated = append(repeated, all[n])
			for random.IntN(2) == 0 {
				repeated = append(repeated, all[random.IntN(n+1)])
			}
		}
		if diff := cmp.Diff(want, tell(t, repeated)); diff != "" {
			t.Fatal(diff)
		}
	}
}

// What is over is forgotten after a day, and what fires after weeks of silence.
func TestForget(t *testing.T) {
	known := groups{}
	over := &Notification{GroupKey: "over", Status: "resolved", Alerts: []Alert{{Status: "resolved", Fingerprint: "a", StartsAt: nine, EndsAt: nine.Add(time.Minute)}}}
	fires := &Notification{GroupKey: "fires", Status: "firing", Alerts: []Alert{{Status: "firing", Fingerprint: "a", StartsAt: nine}}}
	known.take(over, nil, nine)
	known.take(fires, nil, nine)
	if known.forget(nine); len(known) != 2 {
		t.Errorf("at once: %v", known)
	}
	known.forget(nine.AddDate(0, 0, 2))
	if len(known) != 1 || known["fires"] == nil {
		t.Errorf("after two days: %v", known)
	}
	known.forget(nine.AddDate(0, 0, 40))
	if len(known) != 0 {
		t.Errorf("after forty days: %v", known)
	}
}
