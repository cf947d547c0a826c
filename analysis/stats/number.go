package stats

import (
	"encoding/json"
	"fmt"
	"math"
)

// Number is a result that may be missing: a finite value or ±Inf, or undefined for a reason. It is never NaN.
// In JSON it is a number, "inf", "-inf" or null.
type Number struct {
	F   float64 // the value; 0 when Why is set
	Why Reason  // why there is no value; empty when there is one
}

// Reason says, in words fit for a page, why a number is undefined.
type Reason string

// Reasons for which a number can be undefined.
const (
	NoAIChanges    Reason = "no AI changes"
	NoHumanChanges Reason = "no changes without AI to compare with"
	NoChanges      Reason = "no changes"
	NoOverlap      Reason = "no stratum has changes in both arms"
	NoIncidents    Reason = "no incidents where both arms have changes"
	AllIncidents   Reason = "every change had an incident"
	OneSided       Reason = "incidents in one arm only"
	OneStratum     Reason = "needs at least two strata with incidents"
	OneCluster     Reason = "needs at least two clusters"
	OneClusterAll  Reason = "without one of the clusters nothing is left to compare"
	NoVariance     Reason = "no variation to measure"
	Fractional     Reason = "needs whole counts"
	Infeasible     Reason = "not possible with the sensitivity and specificity given"
	OutOfReach     Reason = "no effect is large enough to be seen"
	NotReached     Reason = "not reached in the time observed"
	NoFollowUp     Reason = "nobody observed that long"
	Separated      Reason = "a covariate separates incidents from non-incidents"
	Collinear      Reason = "covariates are linearly dependent"
	NotConverged   Reason = "the fit did not converge"
	Degenerate     Reason = "no more variation between groups than chance gives"
	NotEstimable   Reason = "not estimable from these counts"
	InvalidInput   Reason = "impossible counts or parameters"
)

// Num wraps a computed value; NaN becomes undefined.
func Num(x float64) Number {
	if math.IsNaN(x) {
		return Undefined(NotEstimable)
	}
	return Number{F: x + 0} // + 0 turns −0 into 0
}

// Undefined is a number that does not exist.
func Undefined(why Reason) Number { return Number{Why: why} }

// OK reports whether there is a value; it may be infinite.
func (x Number) OK() bool { return x.Why == "" }

// Finite reports whether there is a value and it is finite.
func (x Number) Finite() bool { return x.OK() && !math.IsInf(x.F, 0) }

// Or is the value, or alt if there is none.
func (x Number) Or(alt float64) float64 {
	if x.OK() {
		return x.F
	}
	return alt
}

// Then applies f to the value; an undefined number stays what it is.
func (x Number) Then(f func(float64) float64) Number {
	if !x.OK() {
		return x
	}
	return Num(f(x.F))
}

// String formats the value with six digits, or the reason in brackets.
func (x Number) String() string {
	if !x.OK() {
		return "(" + string(x.Why) + ")"
	}
	return fmt.Sprintf("%.6g", x.F)
}

// MarshalJSON writes a number, "inf", "-inf" or null.
func (x Number) MarshalJSON() ([]byte, error) {
	switch {
	case !x.OK():
		return []byte("null"), nil
	case math.IsInf(x.F, 1):
		return []byte(`"inf"`), nil
	case math.IsInf(x.F, -1):
		return []byte(`"-inf"`), nil
	}
	return json.Marshal(x.F)
}

// UnmarshalJSON reads what MarshalJSON writes; null becomes undefined as not estimable.
func (x *Number) UnmarshalJSON(b []byte) error {
	switch string(b) {
	case "null":
		*x = Undefined(NotEstimable)
		return nil
	case `"inf"`:
		*x = Num(math.Inf(1))
		return nil
	case `"-inf"`:
		*x = Num(math.Inf(-1))
		return nil
	}
	*x = Number{}
	return json.Unmarshal(b, &x.F)
}

// both combines two numbers; the first undefined one decides.
func both(x, y Number, f func(x, y float64) float64) Number {
	switch {
	case !x.OK():
		return x
	case !y.OK():
		return y
	}
	return Num(f(x.F, y.F))
}
