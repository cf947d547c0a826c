package people

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// parseYAML reads rows below the one key that a people file has.
func parseYAML(body []byte) ([]row, []error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(body, &doc); err != nil {
		return nil, []error{err}
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		return nil, []error{wrong(root.Line, "people", "the file has one key, people, with a list of rows")}
	}
	var rows []row
	var problems []error
	for i := 0; i < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		if key.Value != "people" || value.Kind != yaml.SequenceNode {
			problems = append(problems, wrong(key.Line, key.Value, "the file has one key, people, with a list of rows"))
			continue
		}
		for _, item := range value.Content {
			r, bad := yamlRow(item)
			rows, problems = append(rows, r), append(problems, bad...)
		}
	}
	return rows, problems
}

func yamlRow(item *yaml.Node) (row, []error) {
	r := row{line: item.Line}
	if item.Kind != yaml.MappingNode {
		return r, []error{wrong(item.Line, "people", "a row is a mapping of %s", strings.Join(fields, ", "))}
	}
	var problems []error
	var seen []string
	for i := 0; i < len(item.Content); i += 2 {
		key, value := item.Content[i], item.Content[i+1]
		if slices.Contains(seen, key.Value) {
			problems = append(problems, wrong(key.Line, key.Value, "it is there twice"))
		}
		seen = append(seen, key.Value)
		if err := r.set(key, value); err != nil {
			problems = append(problems, err)
		}
	}
	return r, problems
}

func (r *row) set(key, value *yaml.Node) error {
	if key.Value == "accounts" {
		if value.Kind != yaml.SequenceNode {
			return wrong(value.Line, "accounts", "it is a list")
		}
		for _, a := range value.Content {
			if a.Kind != yaml.ScalarNode {
				return wrong(a.Line, "accounts", "an account is one text: quote what has a colon and a blank")
			}
			r.accounts = append(r.accounts, strings.TrimSpace(a.Value))
		}
		return nil
	}
	into := map[string]*string{"person": &r.person, "team": &r.team, "from": &r.from, "to": &r.to}[key.Value]
	if into == nil {
		return wrong(key.Line, key.Value, "there is no such field; there are %s", strings.Join(fields, ", "))
	}
	if value.Kind != yaml.ScalarNode {
		return wrong(value.Line, key.Value, "it is one value")
	}
	if value.Tag != "!!null" {
		*into = strings.TrimSpace(value.Value)
	}
	return nil
}
