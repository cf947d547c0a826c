package jira

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// texts are the values of a field as text: a string, an option, a list of those, or a document.
func (i *issue) texts(field string) []string {
	var value any
	if field == "" || json.Unmarshal(i.Fields[field], &value) != nil {
		return nil
	}
	return words(value)
}

func (i *issue) text(field string) string { return strings.Join(i.texts(field), "; ") }

func (i *issue) time(field string) time.Time { return date(i.text(field)) }

// words takes the text out of a value.
func words(value any) []string {
	switch v := value.(type) {
	case string:
		if v = strings.TrimSpace(v); v != "" {
			return []string{v}
		}
	case []any:
		var all []string
		for _, element := range v {
			all = append(all, words(element)...)
		}
		return all
	case map[string]any:
		if v["type"] == "doc" {
			var text strings.Builder
			document(&text, v)
			return words(text.String())
		}
		for _, name := range []string{"value", "name", "displayName"} {
			if text, is := v[name].(string); is {
				return words(text)
			}
		}
	}
	return nil
}

// document writes the text of a node of the Atlassian Document Format, a line a block; links are written out.
func document(to *strings.Builder, node map[string]any) {
	text, _ := node["text"].(string)
	to.WriteString(text)
	for _, mark := range list(node["marks"]) {
		href, _ := object(mark["attrs"])["href"].(string)
		if href != "" && href != text {
			to.WriteString(" " + href + " ")
		}
	}
	if address, is := object(node["attrs"])["url"].(string); is { // an inline card
		to.WriteString(address)
	}
	if node["type"] == "hardBreak" {
		to.WriteString("\n")
	}
	for _, child := range list(node["content"]) {
		document(to, child)
	}
	if slices.Contains([]string{"paragraph", "heading", "listItem", "codeBlock", "tableCell"}, asText(node["type"])) {
		to.WriteString("\n")
	}
}

func list(value any) []map[string]any {
	elements, _ := value.([]any)
	all := make([]map[string]any, 0, len(elements))
	for _, e := range elements {
		all = append(all, object(e))
	}
	return all
}

func object(value any) map[string]any {
	o, _ := value.(map[string]any)
	return o
}

func asText(value any) string {
	s, _ := value.(string)
	return s
}
