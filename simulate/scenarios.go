package simulate

// null is the world that all others differ from in a few parameters.
func null() Scenario {
	return Scenario{
		Name: "null", Line: "AI makes no difference.",
		Repositories: 200, Teams: 60, Authors: 1500, Weeks: 26,
		Share: .35, AITrend: 1.5, SDAuthorAI: 1.2, SDRepoAI: .5,
		Base: 1e-3, SDRepo: .7, SDAuthor: .5, SDTeam: .3, SDWeek: .2,
		RR: 1, RROperator: 1, RRAssisted: 1, Control: 4e-3,
		Sensitivity: 1, Specificity: 1,
	}
}

func worse() Scenario {
	s := null()
	s.Name, s.Line = "worse", "AI makes one and a half times the mistakes, all else equal."
	s.RR = 1.5
	return s
}

func simpsonA() Scenario {
	s := null()
	s.Name, s.Line = "simpson-a", "AI makes no difference, but is given risky, unreviewed, operator work: it looks twice as bad."
	s.AIPermission, s.AISize, s.AITier, s.ToNoReview = .95, .35, .85, 1
	return s
}

func simpsonB() Scenario {
	s := null()
	s.Name, s.Line = "simpson-b", "AI makes 1.4 times the mistakes, but is given safe work: it looks better than people."
	s.RR, s.AIPermission, s.AISize, s.AITier = 1.4, -1.5, -.7, -1.4
	return s
}

func accessOnly() Scenario {
	s := null()
	s.Name, s.Line = "access-only", "AI makes no difference at equal access; it has more access and less review."
	s.AIPermission, s.ToNoReview = 1, 1
	return s
}

func operatorAutonomy() Scenario {
	s := null()
	s.Name, s.Line = "operator-autonomy", "AI makes no difference but with operator permission, where it makes three times the mistakes."
	s.RROperator = 3
	return s
}

func sizeMediator() Scenario {
	s := null()
	s.Name, s.Line = "size-mediator", "AI makes changes larger, and no other difference."
	s.ToSize = .55
	return s
}

func rare() Scenario {
	s := null()
	s.Name, s.Line = "rare", "AI makes no difference, and incidents are so rare that little can be said."
	s.Base = 5e-5
	return s
}

func heavyClusters() Scenario {
	s := null()
	s.Name, s.Line = "heavy-clusters", "AI makes no difference, but authors differ greatly: the naive test sees effects that are none."
	s.SDAuthor, s.SDAuthorAI, s.Base = 2, 2, 3e-4
	return s
}

func misattributed() Scenario {
	s := null()
	s.Name, s.Line = "misattributed", "AI makes twice the mistakes, but three in ten incidents are blamed on the wrong change."
	s.RR, s.Misattributed = 2, .3
	return s
}

func lateLabels() Scenario {
	s := null()
	s.Name, s.Line = "late-labels", "AI makes no difference, but after an incident somebody looks for AI harder than before it."
	s.Share, s.Sensitivity, s.LateCases = .27, .65, .95
	return s
}

func fragileRepos() Scenario {
	s := null()
	s.Name, s.Line = "fragile-repos", "AI makes no difference; repositories that break easily use it more, and nobody measured which these are."
	s.Repositories, s.Teams, s.Control = 1000, 100, 8e-3 // enough of them for the control to show it
	s.Fragility, s.FragilityAI = .8, 1.05
	return s
}

func demo() Scenario {
	s := null()
	s.Name, s.Line = "demo", "A fleet of 200 repositories over 18 months; agents make 1.3 times the mistakes and are given riskier work, assistants make no difference."
	s.Teams, s.Authors, s.Weeks = 30, 600, 78
	s.Share, s.AITrend, s.AIPermission, s.AITier, s.ToNoReview = .175, 4.2, .4, .3, .3
	s.Base, s.Control, s.RR, s.Assisted, s.Mixed = 4e-3, 4e-3, 1.3, .5, true
	return s
}
