package stats

import (
	"encoding/json"
	"math"
	"testing"
)

func TestNumberIsNeverNaN(t *testing.T) {
	if x := Num(math.NaN()); x.OK() || x.Why != NotEstimable {
		t.Errorf("NaN became %v", x)
	}
	if x := Num(1).Then(func(float64) float64 { return math.NaN() }); x.OK() {
		t.Errorf("a NaN in between became %v", x)
	}
	if x := Undefined(NoIncidents).Then(math.Exp); x.Why != NoIncidents {
		t.Errorf("the reason became %q", x.Why)
	}
	if x := Num(math.Copysign(0, -1)); math.Signbit(x.F) {
		t.Error("minus zero survived")
	}
}

func TestNumberJSON(t *testing.T) {
	for _, c := range []struct {
		x    Number
		want string
	}{
		{Num(1.5), "1.5"},
		{Num(math.Inf(1)), `"inf"`},
		{Num(math.Inf(-1)), `"-inf"`},
		{Undefined(NotEstimable), "null"},
		{Num(8.394930299634e-82), "8.394930299634e-82"},
	} {
		b, err := json.Marshal(c.x)
		if err != nil || string(b) != c.want {
			t.Errorf("%v as JSON is %s (%v), want %s", c.x, b, err, c.want)
		}
		var back Number
		if err := json.Unmarshal(b, &back); err != nil || back != c.x {
			t.Errorf("%s read back as %v (%v), want %v", b, back, err, c.x)
		}
	}
	var x Number
	if err := json.Unmarshal([]byte(`"many"`), &x); err == nil {
		t.Errorf("a word was read as %v", x)
	}
}

func TestNumberString(t *testing.T) {
	if got := Num(1.0 / 3).String(); got != "0.333333" {
		t.Errorf("a third prints as %q", got)
	}
	if got := Undefined(NoAIChanges).String(); got != "(no AI changes)" {
		t.Errorf("an undefined number prints as %q", got)
	}
}

func TestStratumValidate(t *testing.T) {
	for _, c := range []struct {
		s    Stratum
		want string
	}{
		{Stratum{1, 2, 3, 4}, ""},
		{Stratum{}, ""},
		{Stratum{3, 2, 0, 4}, "a is 3, more than n1 (2): incidents are counted among the changes"},
		{Stratum{0, 2, 5, 4}, "c is 5, more than n0 (4): incidents are counted among the changes"},
		{Stratum{0, -1, 0, 4}, "n1 is -1: a count must be 0 or between 1e-09 and 1e+12"},
		{Stratum{0, math.NaN(), 0, 4}, "n1 is NaN: a count must be 0 or between 1e-09 and 1e+12"},
		{Stratum{0, 1, 0, math.Inf(1)}, "n0 is +Inf: a count must be 0 or between 1e-09 and 1e+12"},
	} {
		got := ""
		if err := c.s.Validate(); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%+v: %q, want %q", c.s, got, c.want)
		}
		if (got == "") != c.s.valid() {
			t.Errorf("%+v: Validate says %q but valid says %v", c.s, got, c.s.valid())
		}
	}
}

func TestOverlap(t *testing.T) {
	o := MeasureOverlap([]Stratum{{1, 100, 2, 300}, {3, 300, 0, 0}, {0, 0, 4, 100}})
	if o.Strata != 1 || o.Dropped != 2 || o.Events != 3 {
		t.Errorf("overlap %+v", o)
	}
	near(t, "AI share", o.AIShare, 0.25, 1e-15)
	near(t, "human share", o.HumanShare, 0.75, 1e-15)
	near(t, "event share", o.EventShare, 0.3, 1e-15)
	undefined(t, "AI share of nothing", MeasureOverlap(nil).AIShare, NoAIChanges)
	undefined(t, "AI share of nonsense", MeasureOverlap([]Stratum{{A: 1}}).AIShare, InvalidInput)
}
