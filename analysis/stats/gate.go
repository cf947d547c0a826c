package stats

// Thresholds of the gates: where one fails there is no verdict, only the name of the check.
const (
	MinAttributionCoverage = 0.95
	MinLinkCoverage        = 0.80
	MaxDataAgeHours        = 36
	MinClusters            = 5
	FewClusters            = 10 // below this a verdict is labelled "few teams"
)

// GateName names a check of the data behind a verdict.
type GateName string

// The gates, in the order in which they are checked.
const (
	GateAttribution     GateName = "attribution_coverage"
	GateLinks           GateName = "link_coverage"
	GateNegativeControl GateName = "negative_control"
	GateFreshness       GateName = "data_age_hours"
	GateClusters        GateName = "clusters"
)

// Gate is the result of one check: a value against its threshold. For the negative control the value is its risk ratio
// and the threshold 1, which its interval must contain.
type Gate struct {
	Name      GateName `json:"name"`
	Value     Number   `json:"value"`
	Threshold float64  `json:"threshold"`
	Pass      bool     `json:"pass"`
}

// Quality is what the gates look at. A negative control that is undefined (too few events for an interval) passes: it
// has shown nothing; the page says so.
type Quality struct {
	AttributionCoverage Number   // share of changes whose author class is known
	LinkCoverage        Number   // share of incidents linked to a cause, or known to have none
	NegativeControl     Estimate // risk ratio of an outcome that AI cannot have caused
	DataAgeHours        Number   // age of the newest data
	Clusters            int      // clusters in informative strata
}

// Gates checks the data, in the order of the claims' definition. An undefined coverage or age fails.
func Gates(q Quality) []Gate {
	control := q.NegativeControl
	excludesOne := (control.Low.OK() && control.Low.F > 1) || (control.High.OK() && control.High.F < 1)
	return []Gate{
		{GateAttribution, q.AttributionCoverage, MinAttributionCoverage, atLeast(q.AttributionCoverage, MinAttributionCoverage)},
		{GateLinks, q.LinkCoverage, MinLinkCoverage, atLeast(q.LinkCoverage, MinLinkCoverage)},
		{GateNegativeControl, control.Value, 1, !excludesOne},
		{GateFreshness, q.DataAgeHours, MaxDataAgeHours, q.DataAgeHours.OK() && q.DataAgeHours.F <= MaxDataAgeHours},
		{GateClusters, Num(float64(q.Clusters)), MinClusters, q.Clusters >= MinClusters},
	}
}

func atLeast(x Number, threshold float64) bool { return x.OK() && x.F >= threshold }
