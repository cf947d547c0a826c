package attribution

import "strings"

// negated reports whether the form's first word is denied by one of the four before it.
func (s *sentence) negated(first int) bool {
	for k := max(0, first-4); k <= first && k < len(s.words); k++ {
		if s.words[k].is(isNegation) {
			return true
		}
	}
	return false
}

// conditional reports whether the sentence speaks of what may or should be.
func (s *sentence) conditional(first, i int) bool {
	for k := range s.words {
		if s.words[k].is(isModal) && k < i+8 || k < max(first, i) && s.words[k].is(isCondition) {
			return true
		}
	}
	return false
}

// denied: "no AI used", "written without AI", "without any LLM".
func (s *sentence) denied(i int) bool {
	if s.words[i].tool.Kind != "generic" && !s.isWord(i-1, "without") || len(s.words) > 25 {
		return false
	}
	j := s.left(i, isAdverb|isVendor)
	if s.excepted() {
		return false
	}
	if s.isWord(j, "use", "using", "used") && s.at(j-1, isNegation) {
		return true
	}
	for s.at(j, isDet) && !s.at(j, isNegation) || s.isWord(j, "use", "using", "help", "any") {
		j--
	}
	switch {
	case s.isWord(j, "no", "zero"):
		next := i + 1
		return next >= len(s.words) || s.words[next].pause || s.at(next, isUsed|isWas) || s.at(next, isPresent) && s.at(next+1, isUsed) || s.isWord(next, "usage", "use", "tools", "involved", "assistance", "here", "involvement", "whatsoever")
	case s.isWord(j, "without"):
		return s.at(j-1, isMade) || j == 0 && s.ends(i)
	case s.isWord(j, "by", "with"):
		made := s.left(j, isAdverb)
		return s.at(made, isMade) && s.isWord(s.left(made, isAdverb), "not", "isn't", "wasn't") && s.changeIn(0, made)
	}
	return false
}

// excepted reports whether a denial takes part of itself back: "No AI was used except to check the grammar".
func (s *sentence) excepted() bool {
	for j := range s.words {
		if s.isWord(j, "except", "besides", "apart", "aside", "other") {
			return true
		}
	}
	return false
}

// denies reports whether the text begins by saying no, or says that no AI was used.
func denies(value string) bool {
	lower := strings.ToLower(strings.Trim(value, " *_`\"'.,;:-([{"))
	first := lower
	if i := strings.IndexFunc(lower, func(r rune) bool { return !(r >= 'a' && r <= 'z') && r != '/' && r != '\'' }); i >= 0 {
		first = lower[:i]
	}
	switch first {
	case "no", "none", "false", "n/a", "na", "not", "nothing", "never", "without", "nope", "nil", "zero", "n", "human", "off":
		return true
	}
	return lower == "0" || strings.HasPrefix(lower, "0%") || strings.Contains(lower, "no ai ") || strings.Contains(lower, "no llm") || strings.Contains(lower, "not used")
}

// saysNo reports whether a text's first sentence denies the use: "I didn't use AI for this."
func (c *Classifier) saysNo(r *reading, value string) bool {
	_, end := sentenceAround(value, 0)
	s := c.parse(r, value[:end], false)
	for i := range s.words {
		if s.words[i].tool != nil && s.denied(i) {
			return true
		}
	}
	return false
}

// excepted reports whether a denial takes part of itself back: "None used except to validate".
func excepted(value string) bool {
	return containsFold(value, "except") || containsFold(value, "other than") || containsFold(value, "apart from") || containsFold(value, "besides")
}

func (r *reading) deny(c *Classifier, quote string) {
	if r.denial == nil {
		e := c.evidenceOf(c.grammar["denial"], "", ModeFreeText, quote)
		r.denial = &e
	}
}
