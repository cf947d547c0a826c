package simulate

// Scenario is a world to draw fleets from. Effects are on the logit scale where they concern the use of AI and on the
// log scale where they concern risk; the package documentation has the formulas.
type Scenario struct {
	Name string
	Line string // what the world is like, in one sentence

	Repositories, Teams, Authors, Weeks int

	Share                                 float64 // of changes by AI, before the effects below
	AIPermission, AISize, AITrend, AITier float64
	SDAuthorAI, SDRepoAI                  float64
	ToSize, ToNoReview                    float64 // what AI does to a change's size and review

	Base                                float64 // risk of a mistake of the safest change of an average author and repository
	SDRepo, SDAuthor, SDTeam, SDWeek    float64
	RR, RROperator, RRAssisted          float64 // the truth
	Assisted                            float64 // share of the AI changes that a person made with assistance; the others are an agent's
	Control                             float64 // risk of an incident that no change causes
	Fragility                           float64 // sd of what nobody measures in a repository: raises risk, control and, in proportion, the use of AI
	FragilityAI                         float64 // effect of one unit of it on the use of AI
	Misattributed                       float64 // share of mistakes that are blamed on another change of the repository
	Sensitivity, Specificity, LateCases float64 // of the label at landing; and the share of AI changes with an incident that have one in the end, 0 for no late labels
	Mixed                               bool    // mistakes of every kind and reviews of every state, by facts only
}

// Truth is what the claims ought to find, written beside the data.
type Truth struct {
	Scenario     string  `json:"scenario"`
	Line         string  `json:"line"`
	Changes      int     `json:"changes"`
	Seed         uint64  `json:"seed"`
	Path         string  `json:"path"` // facts or fast
	From         string  `json:"from"` // first day
	End          string  `json:"end"`
	RR           float64 `json:"relative_risk"`          // an agent's change against a person's, all else equal
	RRAssisted   float64 `json:"relative_risk_assisted"` // likewise of an assisted change
	RROperator   float64 `json:"relative_risk_operator"` // factor on top with operator permission
	RRControl    float64 `json:"relative_risk_control"`  // of incidents with extrinsic causes
	Sensitivity  float64 `json:"sensitivity"`            // of the AI label at landing
	Specificity  float64 `json:"specificity"`
	Wrong        float64 `json:"misattributed"` // share of mistakes blamed on the wrong change
	Repositories int     `json:"repositories"`
	Teams        int     `json:"teams"`
	Authors      int     `json:"authors"`
}

// Scenarios are all worlds, in the order of their listing.
func Scenarios() []Scenario {
	return []Scenario{
		null(), worse(), simpsonA(), simpsonB(), accessOnly(), operatorAutonomy(), sizeMediator(), rare(), heavyClusters(),
		misattributed(), lateLabels(), fragileRepos(), demo(),
	}
}

// Named returns the scenario of that name.
func Named(name string) (Scenario, bool) {
	for _, s := range Scenarios() {
		if s.Name == name {
			return s, true
		}
	}
	return Scenario{}, false
}
